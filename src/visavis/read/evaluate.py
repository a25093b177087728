"""How well pages were read, against files in the form of a truth.json: articles, titles, authors, bodies, dates, teasers, furniture.

Character scores count characters that are not blanks. Proportions come with Wilson's 95 % interval (Wilson 1927, JASA 22:209).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct, structs

from visavis.errors import InputError
from visavis.read.page import Reading
from visavis.records import Article, Published, Span

_Z = 1.959963984540054
Truth = Mapping[str, Any]


class Proportion(Struct, frozen=True):
    """`hits` of `of`, with the Wilson interval `low`..`high` (all 0 when `of` is 0)."""

    hits: int
    of: int
    share: float
    low: float
    high: float


class ArticleScore(Struct, frozen=True, kw_only=True):
    """One true article and what was found of it. `body_f1` 0..1; `width_days`: length of the date interval, None when it is open."""

    id: str
    found: bool
    title: bool = False
    authors: bool = False
    body_f1: float = 0.0
    dated: bool = False
    published: str = ""
    basis: str = ""
    width_days: int | None = None


class PagesReport(Struct, frozen=True, kw_only=True):
    """The figures of `visavis eval pages`. `spurious`: articles found that are in no truth."""

    pages: int
    recall: Proportion
    precision: Proportion
    titles: Proportion
    authors: Proportion
    bodies: Proportion
    body_f1_mean: float
    body_f1_least: float
    dates: Proportion
    dates_bounded: int
    teasers: Proportion
    teasers_spurious: int
    furniture: Proportion
    articles: tuple[ArticleScore, ...]
    missing_pages: tuple[str, ...]


def wilson(hits: int, of: int) -> Proportion:
    """The proportion hits/of with its 95 % score interval."""
    if of == 0:
        return Proportion(0, 0, 0.0, 0.0, 0.0)
    share = hits / of
    centre = share + _Z**2 / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    return Proportion(hits, of, share, max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def read_truth(path: Path) -> Truth:
    """The truth file. Raises InputError when it is missing, no JSON, or has no `files`."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"{path} cannot be read as JSON: {error}.", "Give a file in the form of truth.json."
        ) from error
    if not isinstance(data, dict) or not isinstance(data.get("files"), dict):
        raise InputError(f"{path} has no table `files`.", "Give a file in the form of truth.json.")
    return data


def evaluate_pages(readings: Mapping[str, Reading], truth: Truth, body_floor: float = 0.97) -> PagesReport:
    """Scores of `readings` (by file name) against `truth`. `bodies` counts those with a character F1 of at least `body_floor`."""
    scores: list[ArticleScore] = []
    found = teasers_found = teasers_true = teasers_given = clean = pieces = 0
    missing = []
    for entry in truth["files"].values():
        reading = readings.get(entry["filename"])
        if reading is None:
            missing.append(entry["filename"])
            reading = Reading("", (), ())
        given = [a for a in reading.articles if a.kind == "article"]
        found += len(given)
        scores.extend(_score_articles(entry, given, reading.text))
        hits, true, listed = _score_teasers(entry, reading)
        teasers_found, teasers_true, teasers_given = teasers_found + hits, teasers_true + true, teasers_given + listed
        hits, true = _score_furniture(entry, given, reading.text)
        clean, pieces = clean + hits, pieces + true
    matched = [s for s in scores if s.found]
    f1s = [s.body_f1 for s in scores]
    return PagesReport(
        pages=len(truth["files"]), recall=wilson(len(matched), len(scores)), precision=wilson(len(matched), found),
        titles=wilson(sum(s.title for s in scores), len(scores)), authors=wilson(sum(s.authors for s in scores), len(scores)),
        bodies=wilson(sum(f >= body_floor for f in f1s), len(scores)), body_f1_mean=sum(f1s) / len(f1s) if f1s else 0.0,
        body_f1_least=min(f1s, default=0.0), dates=wilson(sum(s.dated for s in scores), len(scores)),
        dates_bounded=sum(s.width_days is not None for s in scores), teasers=wilson(teasers_found, teasers_true),
        teasers_spurious=teasers_given - teasers_found, furniture=wilson(clean, pieces), articles=tuple(scores),
        missing_pages=tuple(missing),
    )  # fmt: skip


def joined(first: Reading | None, second: Reading) -> Reading:
    """The readings of two pages of one container as one: the second's text, and all its spans, stand behind the first's."""
    if first is None:
        return second
    shift = len(first.text) + 2
    moved = (
        structs.replace(a, spans=tuple(Span(s.start + shift, s.end + shift) for s in a.spans)) for a in second.articles
    )
    return Reading(f"{first.text}\n\n{second.text}", (*first.articles, *moved), (*first.drops, *second.drops))


def body_f1(found: set[int], true: set[int]) -> float:
    """The F1 of two sets of character positions."""
    return 2 * len(found & true) / (len(found) + len(true)) if found or true else 1.0


def _positions(spans: Iterable[Iterable[int]], text: str) -> set[int]:
    return {i for start, end in spans for i in range(start, min(end, len(text))) if not text[i].isspace()}


def _furniture_in(entry: Truth) -> list[list[int]]:
    return [b["span"] for b in entry.get("boilerplate", [])]


def _body(article: Truth, text: str) -> list[int]:
    """The true body: its `body` span, else what stands between its first words, `begins`, and its last, `ends`."""
    if "body" in article:
        return list(article["body"])
    start = text.find(article["begins"])
    end = text.find(article["ends"], start)
    return [start, end + len(article["ends"])] if start >= 0 and end >= 0 else [0, 0]


def _score_articles(entry: Truth, given: list[Article], text: str) -> list[ArticleScore]:
    aside = _positions(_furniture_in(entry), text)
    true = {a["id"]: _positions([_body(a, text)], text) - aside for a in entry["articles"]}
    mine = {n: _positions(a.spans, text) for n, a in enumerate(given)}
    pairs = sorted(
        ((body_f1(m, t), n, key) for n, m in mine.items() for key, t in true.items() if m & t),
        key=lambda p: (-p[0], p[1]),
    )
    taken: dict[str, tuple[float, int]] = {}
    for score, n, key in pairs:
        if key not in taken and n not in {m for _, m in taken.values()}:
            taken[key] = (score, n)
    return [
        _score_one(a, *taken[a["id"]], given) if a["id"] in taken else ArticleScore(id=a["id"], found=False)
        for a in entry["articles"]
    ]


def _score_one(true: Truth, score: float, n: int, given: list[Article]) -> ArticleScore:
    article = given[n]
    when = article.published
    return ArticleScore(
        id=true["id"], found=True, title=article.title == true["title"]["value"],
        authors=list(article.authors) == list((true.get("authors") or {}).get("value") or []), body_f1=score,
        dated=_contains(when, (true.get("published") or {}).get("value") or ""), published=f"{when.earliest or ''}/{when.latest or ''}",
        basis=when.basis, width_days=_width(when),
    )  # fmt: skip


def _contains(when: Published, value: str) -> bool:
    """Whether the interval given holds the true day, or meets the interval in which the true day lies."""
    if not value:
        return True
    first, _, last = value.partition("/")
    return (when.earliest or "0") <= (last or first) and (when.latest or "9") >= first


def _width(when: Published) -> int | None:
    if when.earliest is None or when.latest is None:
        return None
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days + 1


def _score_teasers(entry: Truth, reading: Reading) -> tuple[int, int, int]:
    """Teasers found (same title, overlapping lead), true, given."""
    given = [a for a in reading.articles if a.kind == "teaser"]
    true = entry.get("teasers", [])
    hits = 0
    for teaser in true:
        lead = _positions([teaser["lead"]["span"]], reading.text)
        hits += any(
            g.title == teaser["title"]["text"] and body_f1(_positions(g.spans, reading.text), lead) > 0.8 for g in given
        )
    return hits, len(true), len(given)


def _score_furniture(entry: Truth, given: list[Article], text: str) -> tuple[int, int]:
    """Pieces of furniture that no article took for its text (less than a twentieth of their characters), and all pieces."""
    taken = _positions((s for a in given for s in a.spans), text)
    pieces = [_positions([span], text) for span in _furniture_in(entry)]
    return sum(len(p & taken) <= 0.05 * len(p) for p in pieces), len(pieces)


def as_json(report: PagesReport) -> str:
    """The report as one line of JSON."""
    return msgspec.json.encode(report).decode()
