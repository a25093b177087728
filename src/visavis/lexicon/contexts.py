"""Contexts of events, PLOVER's second axis beside the type: what an event is about. The signs stand in `contexts.csv`."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick


class Sign(NamedTuple):
    """Words that tell a context; `begins` when any ending may follow."""

    context: str
    words: str
    begins: bool


@cache
def _rows() -> tuple[dict[str, str], ...]:
    lines = (resources.files("visavis.lexicon") / "contexts.csv").read_text("utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def _codes() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(context, CAMEO prefixes that imply it)."""
    return tuple((row["context"], tuple(row["cameo"].split("|"))) for row in _rows() if row["cameo"])


@cache
def _signs() -> tuple[AhoCorasick, tuple[Sign, ...]]:
    """The signs, and what finds where they may stand."""
    signs = tuple(
        Sign(row["context"], words.removesuffix("*"), words.endswith("*"))
        for row in _rows()
        for words in row["words"].split("|")
        if words
    )
    return AhoCorasick([sign.words for sign in signs]), signs


def contexts_of(cameo: str, sentence: str) -> tuple[str, ...]:
    """The contexts of an event by its code and its sentence, in alphabetical order; often none.

    >>> contexts_of("163", "The Senate voted to freeze the bank's accounts.")
    ('economic', 'election', 'legislative')
    """
    text = f" {sentence.lower()} "
    automaton, signs = _signs()
    found = {context for context, prefixes in _codes() if cameo.startswith(prefixes)}
    for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        sign = signs[number]
        if not _goes_on(text[start - 1]) and (sign.begins or not _goes_on(text[end])):
            found.add(sign.context)
    return tuple(sorted(found))


def _goes_on(character: str) -> bool:
    """Whether a word goes on with it."""
    return character.isalnum() or character == "_"
