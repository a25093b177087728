"""How words are compared: folded letter by letter, so that offsets into the text survive.

Curly quotes, no-break spaces, typographic hyphens and diacritics are folded; invisible characters are dropped; runs of
white space count as one blank. Case is not folded here: `agrees_in_case` decides whether a stretch of text may be a form.
"""

from __future__ import annotations

import re
import unicodedata

_SINGLE = {
    "ı": "i", "İ": "I", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ə": "e",
    "Ə": "E", "ß": "s", "æ": "a", "œ": "o", "þ": "t", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "´": "'", "`": "'", "′": "'",
    "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "—",
}  # fmt: skip
_SPACES = (
    "\t\n\r\x0b\x0c\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)


def _fold_table() -> dict[int, str]:
    table = {ord(char): " " for char in _SPACES} | {ord(char): plain for char, plain in _SINGLE.items()}
    for point in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = unicodedata.normalize("NFD", chr(point))[0]
        if point not in table and base.isascii():
            table[point] = base
    return table


_TABLE = _fold_table()
_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_UNEVEN = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]|  ")


def fold(text: str) -> tuple[str, list[int] | None]:
    """`text` folded, and for each of its characters plus the end the offset in `text` (None when the offsets are the same)."""
    folded = text.translate(_TABLE)
    if not _UNEVEN.search(folded):
        return folded, None
    kept: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(folded):
        if _INVISIBLE.match(char) or (char == " " and kept and kept[-1] == " "):
            continue
        kept.append(char)
        offsets.append(offset)
    offsets.append(len(text))
    return "".join(kept), offsets


def folded(text: str) -> str:
    """`text` folded, without offsets."""
    return fold(text)[0]


def lowered(text: str) -> str:
    """`text` in lower case, as long as `text` itself."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(char.lower()[0] for char in text)


def agrees_in_case(form: str, words: str) -> bool:
    """Whether `words` (equal to `form` but for case) may stand for it.

    Capitals of the form must be capitals in the text, so "turkey" is not Turkey; a form in capitals only must match exactly, so "who"
    and "Who" are not WHO; further capitals are allowed at the start of words and in words that are all capitals (headlines).
    """
    if form == words:
        return True
    letters = [char for char in form if char.isalpha()]
    if all(char.isupper() for char in letters):
        return False
    shouting = words.upper() == words
    for place, (ours, theirs) in enumerate(zip(form, words, strict=True)):
        if ours.isupper() and not theirs.isupper():
            return False
        starts_word = place == 0 or not words[place - 1].isalnum()
        if theirs.isupper() and not ours.isupper() and not shouting and not starts_word and not _shouted(words, place):
            return False
    return True


def _shouted(words: str, place: int) -> bool:
    """Whether the word around `place` is all capitals."""
    start = place
    while start and words[start - 1].isalnum():
        start -= 1
    end = place
    while end < len(words) and words[end].isalnum():
        end += 1
    return words[start:end].isupper()
