"""Which shingles are common: known from shipped lists, never from what happened to arrive first.

A shingle is common when it holds at most one word that is not common (data/common_words.txt), or when all such words are names
(the long name of an office is no copy), stand in lines that are no prose or in one of the shipped stock phrases
(data/stock_phrases.txt). Both lists are written by hand for this package.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from .words import ASIDE, COMMON, NAME, Keys, shingles, word_keys

SIZE = 5
# A five-word shingle needs two words that carry something; with one, "said in a statement that" would link the world.
_LEAST_TELLING = 2

_TAIL = np.uint64(0xFFFF)
_CHOICE = re.compile(r"\(([^)]*)\)")


def _spell_out(line: str) -> list[str]:
    """All the phrases of a line: "(a|b) c" gives "a c" and "b c"."""
    parts = _CHOICE.split(line)
    options = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*options)]


@lru_cache(maxsize=8)
def stock_shingles(size: int) -> Keys:
    """The hashes of all shingles of the shipped stock phrases, sorted."""
    text = files(__package__).joinpath("data/stock_phrases.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [shingles(word_keys(phrase), size) for line in lines for phrase in _spell_out(line)]
    return np.unique(np.concatenate(found))


@lru_cache(maxsize=8)
def _stock_tails(size: int) -> npt.NDArray[np.bool_]:
    """For each value of a hash's last bits, whether a stock phrase has it."""
    tails = np.zeros(int(_TAIL) + 1, dtype=np.bool_)
    tails[(stock_shingles(size) & _TAIL).astype(np.int64)] = True
    return tails


def _in_window(flags: npt.NDArray[np.bool_], size: int) -> npt.NDArray[np.uint8]:
    """How many of `size` flags are set, from each place on."""
    count = len(flags) - size + 1
    total = np.zeros(count, dtype=np.uint8)
    for offset in range(size):
        total += flags[offset : offset + count]
    return total


def keys_of(text: str) -> Keys:
    """The key of every word of `text`; the words of stock phrases are no prose (`ASIDE`)."""
    return keys_and_shingles(text)[0]


def keys_and_shingles(text: str) -> tuple[Keys, Keys]:
    """The same, and the hashes of all runs of `SIZE` words."""
    keys = word_keys(text)
    hashes = shingles(keys, SIZE)
    # Few shingles can be stock phrases: their last bits say which have to be looked up.
    maybe = np.flatnonzero(_stock_tails(SIZE)[(hashes & _TAIL).astype(np.int64)])
    stock = stock_shingles(SIZE)
    place = np.minimum(np.searchsorted(stock, hashes[maybe]), len(stock) - 1)
    for start in maybe[stock[place] == hashes[maybe]].tolist():
        keys[start : start + SIZE] |= np.uint64(ASIDE)
    return keys, hashes


def telling(keys: Keys, size: int = SIZE, least: int = _LEAST_TELLING) -> npt.NDArray[np.bool_]:
    """For each shingle of `keys`, whether it can say that two texts are one: `least` of its words are not common."""
    if len(keys) < size:
        return np.empty(0, dtype=np.bool_)
    rare = _in_window((keys & np.uint64(COMMON)) == 0, size) >= least
    worded = _in_window((keys & np.uint64(COMMON | NAME | ASIDE)) == 0, size) >= 1
    return rare & worded
