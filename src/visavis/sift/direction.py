"""Who copied whom: from dates where they are known, from the texts where they say so; "unknown" is an answer."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from visavis.lexicon import load
from visavis.records import Article

from .side import Side
from .verify import Match
from .words import COMMON

# A passage that is a smaller share of both sides is a quoted block.
_PART = 0.6
# How much more of a quoted passage's words the rest of its own article holds than that of the article that quotes it.
_KINSHIP = 0.12
# A name of this length or more, respelt by so many letters, is still told for the same.
_NAME = re.compile(r"\b[A-Z][a-zà-ÿ]{4,}")
_BESIDE = 24
_RESPELT = 2


class Direction(NamedTuple):
    """`forward` is true when the first article copies the second; `how` is dated, textual or unknown."""

    forward: bool
    how: str
    why: tuple[str, ...]


def direction(a: Side, b: Side, found: Match) -> Direction:
    """Which of `a` and `b` copied the other, and what says so. Undecided pairs name the shorter, then the later id, as the copy."""
    known = _by_kind(a.article, b.article) or _by_date(a.article, b.article)
    if known is not None:
        return known
    votes = [
        *_by_credit(a, b),
        *_by_byline(a.article, b.article),
        *_by_shape(a, b, found),
        *_by_wording(a, b, found),
        *_by_spelling(a, b, found),
    ]
    weight = sum(sign for sign, _ in votes)
    if abs(weight) < 1:
        first, second = (len(a.article.text), b.article.article_id), (len(b.article.text), a.article.article_id)
        return Direction(first < second, "unknown", ())
    return Direction(weight > 0, "textual", tuple(reason for sign, reason in votes if sign * weight > 0))


def _by_kind(a: Article, b: Article) -> Direction | None:
    if (a.kind == "teaser") == (b.kind == "teaser"):
        return None
    return Direction(a.kind == "teaser", "textual", ("a teaser of the other",))


def _by_date(a: Article, b: Article) -> Direction | None:
    first, second = a.published, b.published
    if first.earliest and second.latest and first.earliest > second.latest:
        return Direction(True, "dated", (f"published {first.iso}, after {second.iso}",))
    if second.earliest and first.latest and second.earliest > first.latest:
        return Direction(False, "dated", (f"published {second.iso}, after {first.iso}",))
    return None


_Votes = list[tuple[float, str]]


def _by_credit(a: Side, b: Side) -> _Votes:
    """A side that credits somebody, where the other does not, is the copy; surely so when it credits the other's outlet."""
    if bool(a.credit) == bool(b.credit):
        return []
    outlet = b.article.outlet if a.credit else a.article.outlet
    weight = 3.0 if outlet and outlet.casefold() in (a.credit or b.credit).casefold() else 1.0
    return [(weight if a.credit else -weight, f"credits its source: {a.credit or b.credit!r}")]


def _by_byline(a: Article, b: Article) -> _Votes:
    """Reposts often lose the name of the author; nobody adds one."""
    if bool(a.authors) == bool(b.authors):
        return []
    return [(1.0 if b.authors else -1.0, f"names no author; the other is by {' and '.join(a.authors or b.authors)}")]


def _by_shape(a: Side, b: Side, found: Match) -> _Votes:
    votes: _Votes = []
    if a.is_cut != b.is_cut and abs(found.share_a - found.share_b) > 0.15:
        votes.append((2.0 if a.is_cut else -2.0, "breaks off where the other goes on"))
    hull_a = min(p.start for p in found.found), max(p.end for p in found.found)
    hull_b = min(p.of_start for p in found.found), max(p.of_end for p in found.found)
    breaks = a.breaks_off(hull_a[1]), b.breaks_off(hull_b[1])
    if breaks[0] != breaks[1]:
        votes.append((2.0 if breaks[0] else -2.0, "dots stand where the other goes on"))
    lines = a.furniture(*hull_a, b) - b.furniture(*hull_b, a)
    # One line more may be a title.
    if abs(lines) >= 2:
        votes.append((1.0 if lines > 0 else -1.0, "wrapped in page furniture that the other lacks"))
    return votes + (_by_place(a, hull_a, b, hull_b) if max(found.share_a, found.share_b) < _PART else [])


def _by_place(a: Side, hull_a: tuple[int, int], b: Side, hull_b: tuple[int, int]) -> _Votes:
    """A quoted block is a paragraph of its own, and speaks of other things than the article that quotes it."""
    votes: _Votes = []
    alone = a.stands_alone(*hull_a), b.stands_alone(*hull_b)
    if alone[0] != alone[1]:
        votes.append((1.5 if alone[0] else -1.5, "stands as a paragraph of its own, in the other amid the text"))
    more = a.kinship(*hull_a) - b.kinship(*hull_b)
    if abs(more) >= _KINSHIP:
        votes.append((-2.0 if more > 0 else 2.0, "shares fewer words with the text around it than in the other"))
    return votes


def _by_wording(a: Side, b: Side, found: Match) -> _Votes:
    """A reworded side has rarer words and wrong articles ("an calculated") where the other has plain ones."""
    if found.kept > 0.95:
        return []
    votes: _Votes = []
    spans_a = [(p.start, p.end) for p in found.found]
    spans_b = [(p.of_start, p.of_end) for p in found.found]
    wrong = [sum(side.wrong_articles(*span) for span in spans) for side, spans in ((a, spans_a), (b, spans_b))]
    if abs(wrong[0] - wrong[1]) >= 2:
        votes.append(
            (2.0 if wrong[0] > wrong[1] else -2.0, f"{max(wrong)} wrong articles (a, an) against {min(wrong)}")
        )
    plain = [_plain_share(a, spans_a), _plain_share(b, spans_b)]
    if abs(plain[0] - plain[1]) >= 0.01:
        votes.append((1.5 if plain[0] < plain[1] else -1.5, "fewer plain words where the two differ"))
    return votes


def _plain_share(side: Side, spans: list[tuple[int, int]]) -> float:
    common = sum(int(((side.keys[start:end] & np.uint64(COMMON)) != 0).sum()) for start, end in spans)
    return common / max(1, sum(end - start for start, end in spans))


def _by_spelling(a: Side, b: Side, found: Match) -> _Votes:
    """A reworded side misspells names ("Puttin") that the other spells as the lexicon does."""
    if found.kept > 0.95:
        return []
    mine, theirs = (_names(side.article.text) for side in (a, b))
    pairs = sorted(
        (x, y)
        for x in mine.keys() - theirs.keys()
        for y in theirs.keys() - mine.keys()
        if _respelt(x, y) and mine[x] & theirs[y]
    )
    wrong = [pair for pair in pairs if _known(pair[1]) and not _known(pair[0])]
    other = [(y, x) for x, y in pairs if _known(x) and not _known(y)]
    if len(wrong) == len(other):
        return []
    worse = wrong if len(wrong) > len(other) else other
    return [(3.0 if worse is wrong else -3.0, "respells names: " + ", ".join(f"{x} for {y}" for x, y in worse))]


def _names(text: str) -> dict[str, set[str]]:
    """The capitalised words, each with the words that stand beside it (a dot shows which side)."""
    found: dict[str, set[str]] = {}
    for match in _NAME.finditer(text):
        before, after = (
            text[max(0, match.start() - _BESIDE) : match.start()].split(),
            text[match.end() : match.end() + _BESIDE].split(),
        )
        found.setdefault(match.group(), set()).update(
            [*(f"{w} ." for w in before[-1:]), *(f". {w}" for w in after[:1])]
        )
    return found


def _respelt(one: str, other: str) -> bool:
    """Whether two words are spellings of one name; an ending more ("Russia", "Russian") makes another word."""
    if (
        one[0] != other[0]
        or one.startswith(other)
        or other.startswith(one)
        or one.replace("z", "s") == other.replace("z", "s")
    ):
        return False
    return Levenshtein.distance(one, other, score_cutoff=_RESPELT) <= _RESPELT


def _known(name: str) -> bool:
    return name.casefold() in _known_names()


@cache
def _known_names() -> frozenset[str]:
    """Every word of every name in the lexicon of actors."""
    return frozenset(word for key in load().actors.keys for word in key.split())
