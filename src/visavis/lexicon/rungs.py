"""The partnership ladder: which rung a sentence names. The words stand in `rungs.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import NamedTuple


class Rung(NamedTuple):
    """A step: its height 1..6, its name, and where the text names it (offsets, end exclusive)."""

    level: int
    name: str
    start: int
    end: int


def find_rung(text: str) -> Rung | None:
    """The highest rung that the text names, at its first mention; None when it names none.

    >>> find_rung("They raised ties to a comprehensive strategic partnership.")
    Rung(level=4, name='comprehensive strategic partnership', start=22, end=57)
    """
    lower = text.lower()
    for level, name, holds, pattern in _rungs():
        if any(words in lower for words in holds) and (met := pattern.search(text)):
            return Rung(level, name, met.start(), met.end())
    return None


def rung_levels() -> dict[str, int]:
    """{name of a rung: its height}, lowest first."""
    return {name: level for level, name, *_ in reversed(_rungs())}


@cache
def _rungs() -> tuple[tuple[int, str, tuple[str, ...], re.Pattern[str]], ...]:
    """(height, name, words of which a text that names it has one, how it is named), the highest first."""
    lines = (resources.files("visavis.lexicon") / "rungs.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), restkey="rest")
    return tuple(
        (int(row["level"]), row["rung"], tuple(row["holds"].split("|")), _pattern(row["words"]))
        for row in sorted(rows, key=lambda row: int(row["level"]), reverse=True)
    )


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split(" || ")), re.IGNORECASE)
