"""Text from pages, made harmless for where it goes: spreadsheets, terminals, XML, JSON that a person looks at.

What a control character or a bidirectional override could do (hide a file's ending, turn our own words round) it can no longer do;
in JSON nothing is lost, elsewhere each such character becomes a middle dot, so that offsets hold.
"""

from __future__ import annotations

import re
import unicodedata

# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_KEPT = {"\n", "\t", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co"}
_ODD = re.compile(r"[^\u0020-\u007e\u00a1-\u00ac\u00ae-\u05ff]")
# Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9) and the second row of control characters (some terminals
# obey U+009B), as they stand in UTF-8. JSON escapes the first row itself, but for DEL.
_TURNING = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xc2[\x80-\x9f]|\x7f")


def without_controls(text: str) -> str:
    """The text, each control character and bidirectional override a middle dot; line ends, tabs and joiners stay."""
    return _ODD.sub(_dot, text)


def _dot(found: re.Match[str]) -> str:
    character = found.group()
    return "·" if unicodedata.category(character) in _UNSEEN and character not in _KEPT else character


def neutral(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would run it as a formula."""
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def cell(text: str) -> str:
    """The text as one cell of a tab-separated file without quoting: one line, single blanks, neutral."""
    return neutral(without_controls(" ".join(text.split())))


def escaped_json(encoded: bytes) -> bytes:
    """UTF-8 JSON that means the same, its bidirectional overrides and control characters written as `\\u202e`: they stand in strings only."""
    return _TURNING.sub(lambda found: b"\\u%04x" % ord(found.group().decode()), encoded)
