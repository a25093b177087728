"""One article as a side of a comparison: its words, and what its text says about itself; each worked out once, when asked for."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import pairwise

import numpy as np

from visavis.records import Article

from .common import keys_of
from .passages import Seeds
from .words import ASIDE, COMMON, FLAG_BITS, Keys, Places, word_places

_CREDIT = re.compile(
    r"\b(?:[Ff]rom our partner|(?:[Ff]irst|[Oo]riginally) (?:published|appeared) (?:by|in|on|at)"
    r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November"
    r"|December|\d)"
    r"|[Rr]e-?(?:published|printed) (?:from|with)|[Cc]ourtesy of|[Ss]ource link|[Oo]riginal (?:credit )?source|[Oo]riginal article"
    r"|Theo [A-Z]\w+)\b"
)
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$|\b(?:continue reading|read (?:more|the full (?:story|article)))\b", re.I
)
_DOTS = re.compile(r"[\"'”’)]*\s*[\[(]?(?:\.\.\.|…)")
_WRONG_ARTICLE = re.compile(
    r"\b[Aa] [aeio][a-z]{3,}|\b[Aa]n (?!hour|heir|honest|honou?r)[bcdfghjklmnpqrstvwxz][a-z]{3,}"
)
# Notes on how an article came to be stand under articles that have nothing else in common.
_NOTE = re.compile(
    r"\b(?:[Tt]his (?:article|report|story|series|piece|investigation|project|research) (?:is|was|forms|has been|has not been) (?:the result"
    r"|part|edited|auto-?generated|produced|published|supported|funded|made|written|translated|originally|first|an? )"
    r"|[Rr]e-?(?:printed|published|posted) (?:and|from|with|here|by)\b|[Tt]ranslated and [a-z]+ (?:with|from|by)\b)"
)
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s+|\n(?![a-z])\s*")
# Credits and marks of a cut stand at the head or the foot of a page; in between, the same words are prose.
_HEAD, _FOOT = 300, 400
# Page furniture is looked for in so many lines at either end; a line of fewer words is no prose.
_OUTER_LINES, _PROSE_WORDS = 6, 15
# What may stand between a passage and the end of its paragraph.
_INSIDE = " .,;:!?…\"'“”‘’«»()[]*"


class Side:
    """An article and what a comparison asks of it."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def keys(self) -> Keys:
        """The keys of its words; those of notes on how it came to be are no prose."""
        keys = keys_of(self.article.text)
        for note in _NOTE.finditer(self.article.text):
            at = int(np.searchsorted(self.places[:, 0], note.start()))
            for first, last in self.sentences(at, at + 1):
                keys[first:last] |= np.uint64(ASIDE)
        return keys

    @cached_property
    def seeds(self) -> Seeds:
        """The three-word shingles from which comparisons start."""
        return Seeds.of(self.keys)

    @cached_property
    def places(self) -> Places:
        """The places of its words, (word, 2)."""
        return word_places(self.article.text)

    @cached_property
    def credit(self) -> str:
        """The words that credit somebody, "" when there are none."""
        given = " ".join(self.article.credits)
        text = self.article.text
        found = (
            _CREDIT.search(text) if len(text) < _HEAD + _FOOT else _CREDIT.search(f"{text[:_HEAD]}\n{text[-_FOOT:]}")
        )
        return given or (found.group() if found is not None else "")

    @cached_property
    def is_cut(self) -> bool:
        """Whether it says that it breaks off."""
        return self.article.kind == "teaser" or _CUT.search(self.article.text[-_FOOT:]) is not None

    @cached_property
    def asides(self) -> int:
        """The number of words outside prose."""
        return int(((self.keys & np.uint64(ASIDE)) != 0).sum())

    @property
    def prose(self) -> int:
        """The number of words of prose; of all words, when there is no prose."""
        return len(self.keys) - self.asides or len(self.keys)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Words first..last (end exclusive) as code points."""
        return int(self.places[first, 0]), int(self.places[last - 1, 1])

    @cached_property
    def _bounds(self) -> Places:
        """The number of the first word of each sentence, and the number of words."""
        ends = [match.end() for match in _SENTENCE_END.finditer(self.article.text)]
        firsts = np.searchsorted(self.places[:, 0], ends)
        return np.unique(np.concatenate([[0], firsts, [len(self.places)]]))

    def sentences(self, first: int, last: int) -> list[tuple[int, int]]:
        """The sentences, as word numbers (end exclusive), of which words first..last hold a part."""
        bounds = self._bounds
        low, high = np.searchsorted(bounds, first, side="right") - 1, np.searchsorted(bounds, last, side="left")
        return list(pairwise(bounds[low : high + 1].tolist()))

    @cached_property
    def lines(self) -> frozenset[str]:
        """Its lines, in small letters."""
        return frozenset(line.strip().casefold() for line in self.article.text.split("\n"))

    def furniture(self, first: int, last: int, other: Side) -> int:
        """The number of short lines at the head and foot of the page that lie outside words first..last and not in `other`."""
        start, end = self.span(first, last)
        outside = [
            [line for line in part.split("\n") if line.strip()]
            for part in (self.article.text[:start], self.article.text[end:])
        ]
        outer = outside[0][:_OUTER_LINES] + outside[1][-_OUTER_LINES:]
        return sum(len(line.split()) < _PROSE_WORDS and line.strip().casefold() not in other.lines for line in outer)

    def breaks_off(self, last: int) -> bool:
        """Whether dots say that a text breaks off after word `last` (exclusive)."""
        end = int(self.places[last - 1, 1])
        return _DOTS.match(self.article.text, end) is not None

    def kinship(self, first: int, last: int) -> float:
        """The share of the telling words and names in words first..last that stand in the rest of the article too."""
        plain = (self.keys & np.uint64(COMMON)) == 0
        inside = np.unique(self.keys[first:last][plain[first:last]] >> FLAG_BITS)
        rest = np.concatenate([self.keys[:first], self.keys[last:]]) >> FLAG_BITS
        return float(np.isin(inside, rest).mean()) if len(inside) else 0.0

    def stands_alone(self, first: int, last: int) -> bool:
        """Whether words first..last are paragraphs of their own."""
        start, end = self.span(first, last)
        before, after = self.article.text[:start].rstrip(_INSIDE), self.article.text[end:].lstrip(_INSIDE)
        return before[-1:] in ("", "\n") and after[:1] in ("", "\n")

    def wrong_articles(self, first: int, last: int) -> int:
        """How often "a" stands before a vowel or "an" before a consonant among words first..last: a spinner's trace."""
        start, end = self.span(first, last)
        return len(_WRONG_ARTICLE.findall(self.article.text, start, end))
