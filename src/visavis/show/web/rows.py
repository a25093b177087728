"""The rows of the CSV twins: flat, one thing a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from visavis.show.views.parts import EventLine
from visavis.show.views.reading import Evidence
from visavis.show.views.story import Branch
from visavis.store.tables.keep import Review

_JOIN = "; "


def event_line_row(line: EventLine) -> dict[str, Any]:
    """An event in one row."""
    return {
        "event_id": line.event_id,
        "date": line.date,
        "type": line.type,
        "quad": line.quad,
        "status": line.status,
        "sources": _JOIN.join(line.sources),
        "targets": _JOIN.join(line.targets),
        "told_by": _JOIN.join(line.told_by),
        "confidence": round(line.confidence, 4),
        "reviewed": line.reviewed,
        "sentence": line.quote,
    }


def event_row(found: Evidence) -> dict[str, Any]:
    """An event with its evidence in one row."""
    event = found.event
    return {
        "event_id": event.event_id,
        "date": event.date.iso,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "intensity": event.intensity,
        "status": event.status,
        "reviewed": event.reviewed,
        "confidence": round(event.confidence, 4),
        "sources": _JOIN.join(party.code or party.words for party in event.sources),
        "targets": _JOIN.join(party.code or party.words for party in event.targets),
        "told_by": _JOIN.join(voice.name or voice.words for voice in event.voices),
        "sentence": event.quote,
        "because": _JOIN.join(event.because),
        "title": event.article.title,
        "outlet": event.article.outlet,
        "published": event.article.published,
        "url": event.article.url,
        "story_id": event.story_id,
        "citation": found.citation,
    }


def review_row(review: Review) -> dict[str, Any]:
    """A review, without what the machine said."""
    plain: dict[str, Any] = msgspec.to_builtins(review)
    return {name: value for name, value in plain.items() if name not in ("said", "anchors")}


def branch_rows(branch: Branch, parent: str = "") -> Iterator[dict[str, Any]]:
    """The articles of a story, each with what it hangs on."""
    article = branch.article
    yield {
        "article_id": article.article_id,
        "hangs_on": parent,
        "kind": branch.kind,
        "score": branch.score,
        "copied": branch.copied,
        "title": article.title,
        "outlet": article.outlet,
        "published": article.published,
        "url": article.url,
    }
    for child in branch.branches:
        yield from branch_rows(child, article.article_id)
