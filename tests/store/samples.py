"""Builders that make a row readable in one line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from visavis.records import Article, Event, Page, Party, Published, Span, Story, content_id, event_id
from visavis.sift import fingerprint
from visavis.store import Record
from visavis.store.tables.text import Coding, StoredPage

SENTENCE = "The minister of Ruritania visited Borduria on Monday."


def page(body: bytes = b"<p>Two lakes met.</p>", uri: str = "file:a.html") -> Page:
    sha = hashlib.sha256(body).hexdigest()
    return Page(
        page_id=content_id(sha, uri),
        uri=uri,
        media_type="text/html",
        charset="utf-8",
        sha256=sha,
        body=body,
        hint={"b": "2", "a": "1"},
    )


def article(page_id: str, text: str = SENTENCE, **more: Any) -> Article:
    given = {"title": "A visit", "language": "en", "outlet": "Lake Post", **more}
    spans = (Span(0, len(text)),)
    return Article(article_id=content_id(page_id, 0, len(text)), page_id=page_id, spans=spans, text=text, **given)


def story(lead: Article, *others: Article) -> Story:
    ids = (lead.article_id, *sorted(other.article_id for other in others))
    return Story(story_id=lead.article_id, lead_id=lead.article_id, article_ids=ids)


def parties(codes: Sequence[str]) -> tuple[Party, ...]:
    return tuple(Party(code=code, sector="GOV") for code in codes)


def event(
    of: Article, type: str = "CONSULT", a: Sequence[str] = ("RUR",), b: Sequence[str] = ("BOR",), **more: Any
) -> Event:
    sources, targets = parties(a), parties(b)
    start = of.text.find("visited")
    given = {"sentence_no": 0, "start": 0, "end": len(of.text), "quote": of.text, **more}
    return Event(
        event_id=event_id(of.article_id, start, start + 7, type, sources, targets),
        story_id=of.article_id,
        article_id=of.article_id,
        type=type,
        sources=sources,
        targets=targets,
        words="visited",
        words_start=start,
        words_end=start + 7,
        **given,
    )


def day(text: str) -> Published:
    return Published(earliest=text, latest=text, precision="day", basis="metadata")


def small_record(path: Path) -> Record:
    """One page, one article, one story, one event: consistent."""
    source = page()
    lead = article(source.page_id, published=day("2021-03-01"))
    visit = event(lead, date_from="2021-03-01", date_to="2021-03-01")
    return Record.create(path).commit(
        "test",
        {
            "pages": [StoredPage.of(source)],
            "articles": [lead],
            "signatures": [fingerprint(lead)],
            "stories": [story(lead)],
            "events": [visit],
            "codings": [Coding(article_id=lead.article_id, document="d", coder="c", lexicon="l", events=1)],
        },
    )
