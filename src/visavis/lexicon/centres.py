"""Where a state is, roughly, and its two-letter code. The table is `centres.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple


class Centre(NamedTuple):
    """The middle of a state's land in degrees north and east, and its ISO 3166 alpha-2 code in small letters."""

    alpha2: str
    north: float
    east: float


@cache
def centres() -> dict[str, Centre]:
    """{our code: centre} of the states and territories of today."""
    lines = (resources.files("visavis.lexicon") / "centres.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: Centre(row["alpha2"], float(row["north"]), float(row["east"])) for row in rows}


@cache
def state_of_place() -> dict[str, str]:
    """{name of a place in small letters: the code of its state}: capitals, cities and regions of the lexicon, and states by name."""
    folder = resources.files("visavis.lexicon") / "actors"
    found: dict[str, str] = {}
    for file, columns in (("states.csv", ("name", "other", "capital")), ("places.csv", ("name", "also"))):
        lines = (folder / file).read_text("utf-8").splitlines()
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            if row.get("kind") == "people":
                continue
            for name in (name for column in columns for name in row[column].split("|")):
                found.setdefault(name.strip("~ ").casefold(), row["code"])
    found.pop("", None)
    return found
