"""What of a row is a page's own words, table by table: a takedown empties that, and leaves ids, offsets, codes and counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Row = dict[str, Any]

GONE = "the text was taken down"
# The names of voices that a reader needs to tell reports apart; the names of people go.
_KEPT_VOICES = ("media", "government", "organisation")


class Targets(NamedTuple):
    """What is taken down: pages, the articles they carry, and the events coded from those."""

    pages: frozenset[str]
    articles: frozenset[str]
    events: frozenset[str]


class Rule(NamedTuple):
    """`touches` tells from a row's key columns (`keys`) whether it is meant; `empty` is the row without the page's words."""

    keys: tuple[str, ...]
    touches: Callable[[Mapping[str, Any], Targets], bool]
    empty: Callable[[Row, Targets], Row]


def _page(row: Row, targets: Targets) -> Row:
    return {**row, "body": b"", "hint": []}


def _article(row: Row, targets: Targets) -> Row:
    published = row["published"] and {**row["published"], "evidence": ""}
    lists: Row = {name: [] for name in ("authors", "credits", "mended") if name in row}
    return {**row, "title": "", "text": "", "section": "", "published": published, **lists}


def _signature(row: Row, targets: Targets) -> Row:
    return {name: b"" if isinstance(value, bytes) else value for name, value in row.items()}


def _copy(row: Row, targets: Targets) -> Row:
    return {**row, "why": [GONE]}


def _event(row: Row, targets: Targets) -> Row:
    return {
        **row,
        **dict.fromkeys(("quote", "words", "date_words", "place"), ""),
        "sources": _parties(row["sources"]),
        "targets": _parties(row["targets"]),
        "voices": _voices(row["voices"]),
        "because": [GONE],
    }


def _happening(row: Row, targets: Targets) -> Row:
    return {**row, "differences": [], "why": [GONE] if row["why"] else []}


def _rung(row: Row, targets: Targets) -> Row:
    return {**row, "quote": ""}


def _drop(row: Row, targets: Targets) -> Row:
    return {**row, "detail": ""}


def _review(row: Row, targets: Targets) -> Row:
    anchors = [
        {**a, "quote": "", "parties": [p for p in a["parties"] if p.isupper()]}
        if a["article_id"] in targets.articles
        else a
        for a in row.get("anchors") or []
    ]
    texts = {name: without_words(dict(row[name] or {})) for name in ("said", "corrected")}
    return {**row, **texts, **({"anchors": anchors} if "anchors" in row else {})}


def without_words(columns: Mapping[str, str]) -> list[tuple[str, str]]:
    """The columns of a review, JSON each, without words of the page."""
    emptied: dict[str, Callable[[Any], Any]] = {
        **dict.fromkeys(("quote", "words"), lambda value: ""),
        **dict.fromkeys(("sources", "targets"), _parties),
        "voices": _voices,
        "why": lambda value: [GONE],
    }
    return [(k, json.dumps(emptied[k](json.loads(v))) if k in emptied else v) for k, v in columns.items()]


def _parties(side: list[Row] | None) -> list[Row]:
    return [{**party, "name": "", "words": ""} for party in side or []]


def _voices(voices: list[Row] | None) -> list[Row]:
    return [{**v, "words": "", "name": v["name"] if v["kind"] in _KEPT_VOICES else ""} for v in voices or []]


def _of_page(row: Mapping[str, Any], targets: Targets) -> bool:
    return row["page_id"] in targets.pages


def _of_article(row: Mapping[str, Any], targets: Targets) -> bool:
    return row["article_id"] in targets.articles


def _reviewed(row: Mapping[str, Any], targets: Targets) -> bool:
    said = dict(row["said"] or {})
    ends = {json.loads(said[name]) for name in ("article_id", "of_article_id") if name in said}
    anchors = {anchor["article_id"] for anchor in row.get("anchors") or []}
    return bool(({row["article_id"]} | ends | anchors) & targets.articles)


RULES: dict[str, Rule] = {
    "pages": Rule(("page_id",), _of_page, _page),
    "articles": Rule(("page_id",), _of_page, _article),
    "signatures": Rule(("article_id",), _of_article, _signature),
    "copies": Rule(
        ("article_id", "of_article_id"), lambda r, t: bool({r["article_id"], r["of_article_id"]} & t.articles), _copy
    ),
    "events": Rule(("article_id",), _of_article, _event),
    "overruled": Rule(("article_id",), _of_article, _event),
    "happenings": Rule(("event_ids",), lambda r, t: bool(set(r["event_ids"]) & t.events), _happening),
    "rungs": Rule(("article_id",), _of_article, _rung),
    "drops": Rule(("page_id", "article_id"), lambda r, t: _of_page(r, t) or _of_article(r, t), _drop),
    "reviews": Rule(("article_id", "said", "anchors"), _reviewed, _review),
}
