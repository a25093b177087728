"""Text to arrays of word keys: the only place where sift looks at letters.

A word's key is a 61-bit hash of its lower-case form, shifted left by three; bit 0 says that it is a name or a number (what a
spinner leaves alone), bit 1 that it is a common word (data/common_words.txt), bit 2 that its line is too short to be prose:
a heading, a menu, a caption, a call to subscribe. Shingles are made of the hash alone, so case does not matter to them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

NAME, COMMON, ASIDE = 1, 2, 4
FLAG_BITS = np.uint64(3)

_WORD = re.compile(r"\w+(?:['’]\w+)?")
# Scripts without spaces between words: each sign is a word.
_SIGNS = "぀-ヿ㐀-鿿가-힯"
_WORD_OR_SIGN = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+(?:['’][^\W{_SIGNS}]+)?")
# A line that starts in lower case goes on with the one before: the text is wrapped.
_LINE_END = re.compile(r"\n(?![a-z])")
# Lines of fewer words are headings, menus, captions; the longest calls to subscribe have fourteen.
_PROSE_WORDS = 15
# Any odd constant spreads well; this is the 64-bit golden ratio.
_MIX = 0x9E3779B97F4A7C15


class Tokens(NamedTuple):
    """The words of a text: `keys` (see the module), `starts` and `ends` in code points, all of one length."""

    keys: Keys
    starts: Places
    ends: Places


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The shipped list of words that carry no news."""
    text = files(__package__).joinpath("data/common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@lru_cache(maxsize=1 << 18)
def _key(word: str) -> int:
    lower = word.lower().replace("’", "'")
    common = lower in common_words()
    name = not common and (word[0].isupper() or word[0].isdigit())
    digest = int.from_bytes(blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
    return (digest & ~7) | (COMMON if common else 0) | (NAME if name else 0)


def word_keys(text: str) -> Keys:
    """The key of every word of `text`, in order."""
    find = (_WORD if text.isascii() else _WORD_OR_SIGN).findall
    lines = [find(line) for line in _LINE_END.split(text)]
    keys = np.array([_key(word) for line in lines for word in line], dtype=np.uint64)
    return keys | _asides(np.array([len(line) for line in lines]))


def tokens(text: str) -> Tokens:
    """The words of `text` with their places; `tokens(text).keys` equals `word_keys(text)`."""
    pattern = _WORD if text.isascii() else _WORD_OR_SIGN
    found = list(pattern.finditer(text))
    places = np.array([match.span() for match in found], dtype=np.int64).reshape(-1, 2)
    keys = np.array([_key(match.group()) for match in found], dtype=np.uint64)
    breaks = np.array([match.start() for match in _LINE_END.finditer(text)], dtype=np.int64)
    line = np.searchsorted(breaks, places[:, 0])
    return Tokens(keys | _asides(np.bincount(line, minlength=len(breaks) + 1)), places[:, 0], places[:, 1])


def _asides(words_of_line: Places) -> Keys:
    """The flag of every word, line by line, given the number of words in each line."""
    flags: Keys = np.where(np.repeat(words_of_line, words_of_line) < _PROSE_WORDS, ASIDE, 0).astype(np.uint64)
    return flags


def shingles(keys: Keys, size: int) -> Keys:
    """One 64-bit hash for each run of `size` words: element i covers words i..i+size-1. Empty when the text is shorter."""
    count = len(keys) - size + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    plain = keys >> FLAG_BITS
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(size):
        total *= np.uint64(_MIX)
        total += plain[offset : offset + count]
    total ^= total >> np.uint64(29)
    return total * np.uint64(_MIX)
