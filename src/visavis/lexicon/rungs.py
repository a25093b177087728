"""The partnership ladder: which rung a sentence names. The words stand in `rungs.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import NamedTuple


class Rung(NamedTuple):
    """A step: its height 1..6 and its name."""

    level: int
    name: str


def rung_named(sentence: str) -> Rung | None:
    """The highest rung that the sentence names; None when it names none.

    >>> rung_named("They raised ties to a comprehensive strategic partnership.")
    Rung(level=4, name='comprehensive strategic partnership')
    """
    words = sentence.lower()
    return next((rung for rung, pattern in _rungs() if pattern.search(words)), None)


@cache
def _rungs() -> tuple[tuple[Rung, re.Pattern[str]], ...]:
    """Highest first."""
    lines = (resources.files("visavis.lexicon") / "rungs.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), restkey="rest")
    found = [(Rung(int(r["level"]), r["rung"]), "|".join((r["words"] or "").split(" || "))) for r in rows]
    return tuple((rung, re.compile(words)) for rung, words in sorted(found, reverse=True))
