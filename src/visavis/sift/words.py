"""Text to arrays of word keys: the only place where sift looks at letters.

A word's key is a 60-bit hash of its lower-case form, shifted left by three; bit 0 says that it is a name or a number (what a
spinner leaves alone), bit 1 that it is a common word (data/common_words.txt), bit 2 that its line is too short to be prose:
a heading, a menu, a caption, a call to subscribe. Shingles are made of the hash alone, so case does not matter to them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

NAME, COMMON, ASIDE = 1, 2, 4
FLAG_BITS = np.uint64(3)

# A line that starts in lower case goes on with the one before (wrapped text).
_LINE_END = re.compile(r"\n(?![a-z])")
_WORD = re.compile(r"\w+(?:['’‘]+\w+)*")
# Scripts without spaces between words: each sign is a word.
_SIGNS = "぀-ヿ㐀-鿿가-힯"
_HAS_SIGNS = re.compile(f"[{_SIGNS}]")
_WORD_OR_SIGN = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+(?:['’‘]+[^\W{_SIGNS}]+)*")
# Typographic signs of Latin text, and what takes their place when words are cut: so most pages become ASCII, which is quick.
_TYPOGRAPHIC = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\xa0", " "))
_BREAK = "\x01"
_SPACES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "_'" + _BREAK)}
# Keys fit a signed integer, which NumPy takes faster than an unsigned one.
_HASH_BITS = (1 << 63) - 8
# Keys that are no words: the end of a line, and an apostrophe that stands alone.
_LINE, _NOTHING = 0, 4
# Any odd constant spreads well; this is the 64-bit golden ratio.
_MIX = 0x9E3779B97F4A7C15
_KNOWN_WORDS = 1 << 19
# Lines of fewer words are headings, menus, captions; the longest calls to subscribe have fourteen.
_PROSE_WORDS = 15


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The shipped list of words that carry no news."""
    text = files(__package__).joinpath("data/common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


class _Known(dict[str, int]):
    """The keys of the words met so far, by their spelling; emptied when it has grown to a hundred megabytes or so."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
            self[_BREAK] = _LINE
        word_only = word.replace("’", "'").replace("‘", "'").strip("'")
        if not word_only:
            return _NOTHING
        lower = word_only.lower()
        digest = int.from_bytes(blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        key = digest & _HASH_BITS or 1 << 3
        if lower in common_words():
            key |= COMMON
        elif word_only[0].isupper() or word_only[0].isdigit():
            key |= NAME
        self[word] = key
        return key


_KNOWN = _Known()
_KNOWN[_BREAK] = _LINE


def word_keys(text: str) -> Keys:
    """The key of every word of `text`, in order."""
    found = _cut(text)
    keys = np.fromiter(map(_KNOWN.__getitem__, found), dtype=np.int64, count=len(found)).view(np.uint64)
    keys = keys[keys != _NOTHING]
    is_line = keys == _LINE
    breaks = np.flatnonzero(is_line)
    words_of_line = np.diff(breaks, prepend=-1, append=len(keys)) - 1
    words: Keys = keys[~is_line] | _asides(words_of_line)
    return words


def _cut(text: str) -> list[str]:
    """The words of `text`, and a break for the end of each line; by `str.split` where that does the same as `_WORD`."""
    plain = _LINE_END.sub(f" {_BREAK} ", text.replace(_BREAK, " "))
    if not plain.isascii():
        for sign, other in _TYPOGRAPHIC:
            plain = plain.replace(sign, other)
    if plain.isascii():
        return plain.translate(_SPACES).split()
    pattern = _pattern(text)
    return [word for line in plain.split(_BREAK) for word in (_BREAK, *pattern.findall(line))][1:]


def _pattern(text: str) -> re.Pattern[str]:
    return _WORD_OR_SIGN if _HAS_SIGNS.search(text) else _WORD


def word_places(text: str) -> Places:
    """The places of the words of `text`, (word, 2): start and end in code points. As many as `word_keys(text)`."""
    spans = [match.span() for match in _pattern(text).finditer(text)]
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


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


def distinct(hashes: Keys) -> Keys:
    """The sorted, distinct values."""
    ordered = np.sort(hashes)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered
