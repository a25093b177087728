"""Contexts of events, PLOVER's second axis beside the type: what an event is about. The signs stand in `contexts.csv`."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources
from typing import NamedTuple


class Subject(NamedTuple):
    """One context: its name, the CAMEO prefixes that imply it, and a regular expression over the lower-case sentence."""

    name: str
    cameo: tuple[str, ...]
    pattern: re.Pattern[str]


@cache
def subjects() -> tuple[Subject, ...]:
    """All contexts, in alphabetical order."""
    lines = (resources.files("visavis.lexicon") / "contexts.csv").read_text("utf-8").splitlines()
    return tuple(_subject(row) for row in csv.DictReader(line for line in lines if not line.startswith("#")))


def contexts_of(cameo: str, sentence: str) -> tuple[str, ...]:
    """The contexts of an event by its code and its sentence, in alphabetical order; often none.

    >>> contexts_of("163", "The Senate voted to freeze the bank's accounts.")
    ('economic', 'election', 'legislative')
    """
    words = sentence.lower()
    return tuple(
        one.name
        for one in subjects()
        if (one.cameo and cameo.startswith(one.cameo)) or one.pattern.search(words) is not None
    )


def _subject(row: dict[str, str]) -> Subject:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in row["words"].split("|") if word]
    return Subject(
        row["context"], tuple(filter(None, row["cameo"].split("|"))), re.compile(rf"\b(?:{'|'.join(words)})\b")
    )
