"""Who copied whom: from dates where they are known, from the texts where they say so; "unknown" is an answer."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from visavis.records import Article

from .verify import Match
from .words import ASIDE, COMMON, Tokens

_CREDIT = re.compile(
    r"\b(?:from our partner|first (?:published|appeared) (?:by|in|on|at)|originally (?:published|appeared) (?:by|in|on|at)"
    r"|re-?published (?:from|with)|reprinted (?:from|with)|courtesy of|source link|original source|original article"
    r"|Theo [A-Z]\w+|via [A-Z]\w+)\b"
)
_CUT = re.compile(
    r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])\s*$|\b(?:continue reading|read (?:more|the full (?:story|article)))\b", re.I
)
_VOWEL_ERROR = re.compile(r"\ba [aeio][a-z]{3,}|\ban (?!hour|heir|honest|honou?r)[bcdfghjklmnpqrstvwxz][a-z]{3,}", re.I)


class Direction(NamedTuple):
    """`forward` is true when the first article copies the second; `how` is dated, textual or unknown."""

    forward: bool
    how: str
    why: tuple[str, ...]


def direction(a: Article, b: Article, ta: Tokens, tb: Tokens, found: Match) -> Direction:
    """Which of `a` and `b` copied the other, and what says so. Undecided pairs name the shorter, then the later id, as the copy."""
    dated = _by_date(a, b)
    if dated is not None:
        return dated
    votes = [*_by_credit(a, b), *_by_shape(a, b, ta, tb, found), *_by_wording(a, b, ta, tb, found)]
    weight = sum(sign for sign, _ in votes)
    if abs(weight) < 1:
        return Direction((len(a.text), b.article_id) < (len(b.text), a.article_id), "unknown", ())
    why = tuple(reason for sign, reason in votes if sign * weight > 0)
    return Direction(weight > 0, "textual", why)


def _by_date(a: Article, b: Article) -> Direction | None:
    first, second = a.published, b.published
    if first.earliest and second.latest and first.earliest > second.latest:
        return Direction(True, "dated", (f"published {first.iso}, after {second.iso}",))
    if second.earliest and first.latest and second.earliest > first.latest:
        return Direction(False, "dated", (f"published {second.iso}, after {first.iso}",))
    return None


def _by_credit(a: Article, b: Article) -> list[tuple[float, str]]:
    """A side that credits somebody, where the other does not, is the copy."""
    words = [" ".join(x.credits) or (m.group() if (m := _CREDIT.search(x.text)) else "") for x in (a, b)]
    if bool(words[0]) == bool(words[1]):
        return []
    return [(2.0 if words[0] else -2.0, f"credits its source: {words[0] or words[1]!r}")]


def _by_shape(a: Article, b: Article, ta: Tokens, tb: Tokens, found: Match) -> list[tuple[float, str]]:
    votes: list[tuple[float, str]] = []
    cut_a, cut_b = _is_cut(a), _is_cut(b)
    if cut_a != cut_b and abs(found.share_a - found.share_b) > 0.15:
        votes.append((2.0 if cut_a else -2.0, "breaks off where the other goes on"))
    asides = [_asides(side) for side in (ta, tb)]
    if abs(asides[0] - asides[1]) >= 3:
        votes.append((1.0 if asides[0] > asides[1] else -1.0, "wrapped in page furniture that the other lacks"))
    return votes


def _is_cut(article: Article) -> bool:
    return article.kind == "teaser" or bool(_CUT.search(article.text[-400:]))


def _asides(side: Tokens) -> int:
    """The words outside prose, in the head and foot of a page."""
    return int(((side.keys & np.uint64(ASIDE)) != 0).sum())


def _by_wording(a: Article, b: Article, ta: Tokens, tb: Tokens, found: Match) -> list[tuple[float, str]]:
    """A reworded side has rarer words and wrong articles ("an calculated") where the other has plain ones."""
    if found.kept > 0.95:
        return []
    votes: list[tuple[float, str]] = []
    wrong = [_wrong_articles(side, ts, spans) for side, ts, spans in _sides(a, b, ta, tb, found)]
    if abs(wrong[0] - wrong[1]) >= 2:
        votes.append(
            (2.0 if wrong[0] > wrong[1] else -2.0, f"{max(wrong)} wrong articles (a, an) against {min(wrong)}")
        )
    plain = [_common_share(ts, spans) for _, ts, spans in _sides(a, b, ta, tb, found)]
    if abs(plain[0] - plain[1]) >= 0.01:
        votes.append((1.5 if plain[0] < plain[1] else -1.5, "fewer plain words where the two differ"))
    return votes


def _sides(
    a: Article, b: Article, ta: Tokens, tb: Tokens, found: Match
) -> list[tuple[Article, Tokens, list[tuple[int, int]]]]:
    return [
        (a, ta, [(p.start, p.end) for p in found.found]),
        (b, tb, [(p.of_start, p.of_end) for p in found.found]),
    ]


def _wrong_articles(side: Article, ts: Tokens, spans: list[tuple[int, int]]) -> int:
    return sum(len(_VOWEL_ERROR.findall(side.text[ts.starts[start] : ts.ends[end - 1]])) for start, end in spans)


def _common_share(ts: Tokens, spans: list[tuple[int, int]]) -> float:
    common = sum(int(((ts.keys[start:end] & np.uint64(COMMON)) != 0).sum()) for start, end in spans)
    return common / max(1, sum(end - start for start, end in spans))
