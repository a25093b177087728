"""The language of a text, ISO 639-1."""

from __future__ import annotations

import re

import py3langid

_SHORTEST = 60
_SAMPLE = 6000


def language_of(text: str, page_language: str = "") -> str:
    """The code of the language that `text` is in; short texts take the page's language ("" when unknown)."""
    plain = re.sub(r"https?://\S+", " ", text[:_SAMPLE])
    if len(plain.strip()) < _SHORTEST:
        return page_language
    return str(py3langid.classify(plain)[0])
