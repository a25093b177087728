"""Text to arrays of word keys: the only place where sift looks at letters.

A word's key is a 59-bit hash of its lower-case form, shifted left by four; bit 0 says that it is a name or a number (what a
spinner leaves alone), bit 1 that it is a common word (data/common_words.txt), bit 2 that its line is too short to be prose:
a heading, a menu, a caption, a call to subscribe; bit 3 that it calls to the reader (data/furniture_words.txt). A short line that ends
like a sentence, and calls to nobody, is prose. Shingles are made of the hash alone: case does not matter.
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

NAME, COMMON, ASIDE, CALL = 1, 2, 4, 8
FLAG_BITS = np.uint64(4)

# A line that starts in lower case goes on with the one before (wrapped text).
_LINE_END = re.compile(r"\n(?![a-z])")
_AFTER_SENTENCE = " \t\"'”’»)]"
_WORD = re.compile(r"\w+(?:['’‘]+\w+)*")
# Scripts without spaces between words: each sign is a word.
_SIGNS = "぀-ヿ㐀-鿿가-힯"
_HAS_SIGNS = re.compile(f"[{_SIGNS}]")
_WORD_OR_SIGN = re.compile(rf"[{_SIGNS}]|[^\W{_SIGNS}]+(?:['’‘]+[^\W{_SIGNS}]+)*")
# Typographic signs of Latin text, and what takes their place when words are cut: so most pages become ASCII, which is quick.
_TYPOGRAPHIC = (("’", "'"), ("‘", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\xa0", " "))
_BREAK, _STOP = "\x01", "\x02"
_WORD_OR_BREAK, _SIGN_OR_BREAK = (re.compile(f"[{_BREAK}{_STOP}]|{form.pattern}") for form in (_WORD, _WORD_OR_SIGN))
_SPACES = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "_'" + _BREAK + _STOP)}
# Keys fit a signed integer, which NumPy takes faster than an unsigned one.
_HASH_BITS = (1 << 63) - 16
# Keys that are no words: the end of a line, the same after the end of a sentence, and an apostrophe that stands alone.
_LINE, _SENTENCE, _NOTHING = 0, 2, 4
_END_OF_LINE = {_BREAK: _LINE, _STOP: _SENTENCE}
# Any odd constant spreads well; this is the 64-bit golden ratio.
_MIX = 0x9E3779B97F4A7C15
_KNOWN_WORDS = 1 << 19
# Lines of fewer words are headings, menus, captions; the longest calls to subscribe have fourteen. A whole sentence needs less,
# unless it has a word of calls to the reader; with two of them it is no prose.
_PROSE_WORDS, _SENTENCE_WORDS, _CALLING_WORDS = 15, 6, 9


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The shipped list of words that carry no news."""
    return _listed("common_words.txt")


@lru_cache(maxsize=1)
def _furniture_words() -> frozenset[str]:
    return _listed("furniture_words.txt")


def _listed(name: str) -> frozenset[str]:
    text = files(__package__).joinpath(f"data/{name}").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


class _Known(dict[str, int]):
    """The keys of the words met so far, by their spelling; emptied when it has grown to a hundred megabytes or so."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _KNOWN_WORDS:
            self.clear()
            self.update(_END_OF_LINE)
        word_only = word.replace("’", "'").replace("‘", "'").strip("'")
        if not word_only:
            return _NOTHING
        lower = word_only.lower()
        digest = int.from_bytes(blake2b(lower.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
        key = digest & _HASH_BITS or 1 << 4
        if lower in _furniture_words():
            key |= CALL
        if lower in common_words():
            key |= COMMON
        elif word_only[0].isupper() or word_only[0].isdigit():
            key |= NAME
        self[word] = key
        return key


_KNOWN = _Known(_END_OF_LINE)


def word_keys(text: str) -> Keys:
    """The key of every word of `text`, in order."""
    found = _cut(text)
    keys = np.fromiter(map(_KNOWN.__getitem__, found), dtype=np.int64, count=len(found)).view(np.uint64)
    keys = keys[keys != _NOTHING]
    breaks = np.flatnonzero(keys <= _SENTENCE)
    bounds = np.concatenate([[-1], breaks, [len(keys)]])
    words_of_line = bounds[1:] - bounds[:-1] - 1
    least = np.append(np.where(keys[breaks] == _SENTENCE, _SENTENCE_WORDS, _PROSE_WORDS), _PROSE_WORDS)
    calls = np.searchsorted(breaks, np.flatnonzero(keys & np.uint64(CALL)))
    calls_of_line = np.bincount(calls, minlength=len(least))
    least[calls_of_line == 1] = np.maximum(least[calls_of_line == 1], _CALLING_WORDS)
    least[calls_of_line > 1] = _PROSE_WORDS
    flags = np.repeat(np.where(words_of_line < least, ASIDE, 0), words_of_line)
    words: Keys = keys[keys > _SENTENCE] | flags.astype(np.uint64)
    return words


def _cut(text: str) -> list[str]:
    """The words of `text`, and a break for the end of each line; by `str.split` where that does the same as `_WORD`."""
    text = text.replace(_BREAK, " ").replace(_STOP, " ") + "\n"
    plain = _LINE_END.sub(_end_of_line, text)
    if not plain.isascii():
        for sign, other in _TYPOGRAPHIC:
            plain = plain.replace(sign, other)
    if plain.isascii():
        return plain.translate(_SPACES).split()
    return (_SIGN_OR_BREAK if _HAS_SIGNS.search(text) else _WORD_OR_BREAK).findall(plain)


def _end_of_line(end: re.Match[str]) -> str:
    before = end.string[max(0, end.start() - 4) : end.start()].rstrip(_AFTER_SENTENCE)
    return f" {_STOP} " if before.endswith((".", "!", "?", "…")) else f" {_BREAK} "


def _pattern(text: str) -> re.Pattern[str]:
    return _WORD_OR_SIGN if _HAS_SIGNS.search(text) else _WORD


def word_places(text: str) -> Places:
    """The places of the words of `text`, (word, 2): start and end in code points. As many as `word_keys(text)`."""
    spans = [match.span() for match in _pattern(text).finditer(text)]
    return np.array(spans, dtype=np.int64).reshape(-1, 2)


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
