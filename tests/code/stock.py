"""spaCy's own pipeline, which our stand-ins and trees are compared with, and the texts on which they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from visavis.code.parse import DEFAULT_PARSER, plain
from visavis.code.sentences import sentences

DUMPS = sorted((Path(__file__).resolve().parents[2] / "demo" / "dumps").glob("*.txt"))


@cache
def stock() -> Language:
    """The pipeline as it comes, with the pipes that the coder reads."""
    return spacy.load(DEFAULT_PARSER, exclude=["ner", "senter"])


@cache
def dumped() -> tuple[str, ...]:
    """The sentences of the sample dumps, as the parser reads them."""
    return tuple(plain(s.text) for path in DUMPS for s in sentences(path.read_text("utf-8")))
