"""Sentences of an article, with their offsets: paragraphs first, then the rule of spaCy's sentencizer over its tokens, which know abbreviations."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import NamedTuple, cast

import spacy
from spacy.attrs import IDX, IS_PUNCT, LENGTH, ORTH
from spacy.tokenizer import Tokenizer

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
# "in 1992.On the contrary": a full stop that lost its space.
_FUSED = re.compile(r"(?<=[a-z0-9)”\"])\.(?=[A-Z][a-z]+ )")
# "GENEVA, March 3 (Agency) - ": where and when the report was filed; no part of its first sentence.
DATELINE = re.compile(
    r"\s*(?P<place>(?=[^\n–—]{0,20}[A-ZÀ-Ž]{3})[A-ZÀ-Ž][A-ZÀ-Ž'’. -]{2,30})(?:,\s[^()\n–—-]{1,40})?\s*(?:\([^)\n]{2,40}\))?\s*[–—-]{1,2}\s+(?=[\w“\"'‘])"
)
_ENDS = (".", "!", "?", "。", "！", "？")
_CLOSERS = "”\"'’)]"


class Sentence(NamedTuple):
    """One sentence: its number in the article, its offsets there (end exclusive), its text and the paragraph it stands in."""

    no: int
    start: int
    end: int
    text: str
    paragraph: int


@lru_cache(maxsize=1)
def _tokenizer() -> tuple[Tokenizer, frozenset[int]]:
    """spaCy's tokenizer, and the numbers of the marks that end a sentence."""
    nlp = spacy.blank("en")
    return cast(Tokenizer, nlp.tokenizer), frozenset(nlp.vocab.strings.add(mark) for mark in _ENDS)


def _cuts(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of one paragraph: each begins at the first word behind the mark that ends the one before."""
    tokenizer, ends = _tokenizer()
    tokens: list[list[int]] = tokenizer(text).to_array([ORTH, IS_PUNCT, IDX, LENGTH]).tolist()
    starts, ended = [0], False
    for place, (form, is_mark, _, _) in enumerate(tokens):
        if form in ends:
            ended = True
        elif ended and not is_mark:
            starts.append(place)
            ended = False
    found: list[tuple[int, int]] = []
    for first, behind in itertools.pairwise([*starts, len(tokens)]):
        start, end = tokens[first][2], sum(tokens[behind - 1][2:])
        for fused in _FUSED.finditer(text, start, end):
            found.append((start, fused.end()))
            start = fused.end()
        found.append((start, end))
    return _mend(text, found)


def _mend(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Closing quotes go to the sentence they close; a piece without a letter joins the one before."""
    found: list[tuple[int, int]] = []
    for start, end in cuts:
        while found and start < end and text[start] in _CLOSERS and text[start] not in "\"'":
            found[-1] = (found[-1][0], start + 1)
            start += 1
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            continue
        if found and not any(c.isalpha() for c in text[start:end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order; offsets are code points in `text`, and no two overlap. A dateline at the very beginning of the
    text belongs to none."""
    found: list[Sentence] = []
    dateline = DATELINE.match(text)
    opening = dateline.end() if dateline else 0
    for number, paragraph in enumerate(_PARAGRAPH.finditer(text)):
        base = max(paragraph.start(), opening)
        for start, end in _cuts(text[base : paragraph.end()]):
            found.append(Sentence(len(found), base + start, base + end, text[base + start : base + end], number))
    return tuple(found)
