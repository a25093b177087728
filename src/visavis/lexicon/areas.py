"""Issue areas: military, diplomatic, economic, energy, information. The signs by which they are told stand in `areas.csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

# What an event is about when it shows no sign of an area.
DEFAULT_AREA = "diplomatic"


@dataclass(frozen=True)
class Area:
    """One issue area and its signs; `pattern` is a regular expression over the lower-case sentence."""

    name: str
    cameo: tuple[str, ...]
    contexts: tuple[str, ...]
    sectors: tuple[str, ...]
    pattern: str


@cache
def areas() -> tuple[Area, ...]:
    """All areas, in the order in which they are shown."""
    lines = (resources.files("visavis.lexicon") / "areas.csv").read_text("utf-8").splitlines()
    return tuple(_area(row) for row in csv.DictReader(line for line in lines if not line.startswith("#")))


def areas_of(cameo: str, contexts: Iterable[str], sectors: Iterable[str], sentence: str) -> tuple[str, ...]:
    """The names of the areas in which an event lies, at least one.

    >>> areas_of("061", (), (), "The two signed a trade pact over gas.")
    ('economic', 'energy')
    """
    about, sides, words = set(contexts), set(sectors), sentence.lower()
    found = tuple(
        area.name
        for area in areas()
        if cameo.startswith(area.cameo or ("-",))
        or about & set(area.contexts)
        or sides & set(area.sectors)
        or re.search(area.pattern, words)
    )
    return found or (DEFAULT_AREA,)


def _area(row: dict[str, str]) -> Area:
    cameo, contexts, sectors, words = (
        tuple(filter(None, row[name].split("|"))) for name in ("cameo", "contexts", "sectors", "words")
    )
    forms = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return Area(row["area"], cameo, contexts, sectors, rf"\b(?:{forms})\b")
