"""Proof that a record is consistent: every row's id, offsets and references are looked up again."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator

from msgspec import Struct

from visavis.records import Article, Event, Happening, Story, content_id, event_id
from visavis.sift import fingerprint
from visavis.sift.fingerprints import version
from visavis.store.record import Record
from visavis.store.tables import TABLES


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong: in which table and row, and what."""

    table: str
    row_id: str
    problem: str


class Rows:
    """What the checks look things up in, read once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.pages: set[str] = set(record.table("pages", ["page_id"]).column(0).to_pylist())
        self.articles: dict[str, Article] = {row.article_id: row for row in record.rows("articles")}
        self.stories: tuple[Story, ...] = record.rows("stories")
        self.leads = {story.lead_id: story.story_id for story in self.stories}
        self.events: tuple[Event, ...] = record.rows("events")
        self.taken: set[str] = {key for row in record.rows("takedowns") for key in (row.page_id, *row.article_ids)}
        self.overruled: dict[str, Event] = {event.event_id: event for event in record.rows("overruled")}


def check(record: Record) -> list[Finding]:
    """All that is wrong in the record, in the order of tables and ids; empty when it is consistent."""
    rows = Rows(record)
    return [finding for look in CHECKS for finding in look(rows)]


def untold(record: Record) -> str:
    """What the check could not look at, in one sentence with what to do; "" when it looked at all."""
    signed: list[str | None] = record.table("signatures", ["version"]).column(0).to_pylist()
    others = sum(one != version() for one in signed)
    if not others:
        return ""
    return (
        f"{others} of {len(signed)} signatures were made by another version of Visavis, so those texts were not held against them. "
        "That is no damage: the next `visavis read` (or check --mend) makes them anew."
    )


def _ids(rows: Rows) -> Iterator[Finding]:
    for name, table in TABLES.items():
        found = Counter(rows.record.table(name, [table.key]).column(0).to_pylist())
        for row_id in sorted(key for key, count in found.items() if count > 1):
            yield Finding(table=name, row_id=row_id, problem=f"the id stands in {found[row_id]} rows")


def _pages(rows: Rows) -> Iterator[Finding]:
    for page in rows.record.rows("pages"):
        try:
            body = zlib.decompress(page.body) if page.body else b""
        except zlib.error:
            yield Finding(table="pages", row_id=page.page_id, problem="the kept bytes cannot be unpacked")
            continue
        if content_id(page.sha256, page.uri) != page.page_id:
            yield Finding(table="pages", row_id=page.page_id, problem="its id is not the hash of what it holds")
        if page.page_id in rows.taken:
            if body:
                yield Finding(table="pages", row_id=page.page_id, problem="it was taken down, and its bytes are there")
        elif hashlib.sha256(body).hexdigest() != page.sha256 or len(body) != page.size:
            yield Finding(table="pages", row_id=page.page_id, problem="the kept bytes are not those that were read")


def _articles(rows: Rows) -> Iterator[Finding]:
    members = Counter(key for story in rows.stories for key in story.article_ids)
    for key, article in rows.articles.items():
        if article.page_id not in rows.pages:
            yield Finding(table="articles", row_id=key, problem=f"its page {article.page_id} is not in the record")
        if content_id(article.page_id, *(offset for span in article.spans for offset in span)) != key:
            yield Finding(table="articles", row_id=key, problem="its id is not the hash of what it holds")
        wanted = int(article.kind == "article")
        if members[key] != wanted:
            yield Finding(table="articles", row_id=key, problem=f"it stands in {members[key]} stories, not {wanted}")


def _signatures(rows: Rows) -> Iterator[Finding]:
    """A signature is made of the text, so a text that was changed does not fit its own; one of another version tells nothing."""
    signed = {row.article_id: row for row in rows.record.rows("signatures")}
    for key in sorted(set(signed) - set(rows.articles)):
        yield Finding(table="signatures", row_id=key, problem="its article is not in the record")
    for key, article in rows.articles.items():
        if key not in signed:
            yield Finding(table="articles", row_id=key, problem="it has no signature")
        elif key not in rows.taken and signed[key].version == version() and fingerprint(article) != signed[key]:
            yield Finding(table="articles", row_id=key, problem="its text is not the one that was read")


def _stories(rows: Rows) -> Iterator[Finding]:
    for story in rows.stories:
        if story.lead_id not in story.article_ids:
            yield Finding(table="stories", row_id=story.story_id, problem="its lead is not among its articles")
        if story.story_id != story.lead_id:
            yield Finding(table="stories", row_id=story.story_id, problem="its id is not that of its lead article")
        for key in story.article_ids:
            if key not in rows.articles:
                yield Finding(table="stories", row_id=story.story_id, problem=f"its article {key} is not in the record")


def _aliases(rows: Rows) -> Iterator[Finding]:
    known = {story.story_id for story in rows.stories}
    for alias in rows.record.rows("aliases"):
        if alias.new_id not in known:
            yield Finding(table="aliases", row_id=alias.old_id, problem=f"{alias.new_id} is no story of the record")


def _copies(rows: Rows) -> Iterator[Finding]:
    for copy in rows.record.rows("copies"):
        for key in (copy.article_id, copy.of_article_id):
            if key not in rows.articles:
                yield Finding(table="copies", row_id=copy.copy_id, problem=f"its article {key} is not in the record")


def _events(rows: Rows) -> Iterator[Finding]:
    for event in rows.events:
        if not event.article_id and event.coder.startswith("import:"):
            continue  # it has no article: its own id stands in `because`
        article = rows.articles.get(event.article_id)
        if article is None:
            yield Finding(table="events", row_id=event.event_id, problem="its article is not in the record")
            continue
        if rows.leads.get(event.article_id) != event.story_id:
            yield Finding(table="events", row_id=event.event_id, problem="its article does not lead its story")
        for problem in _offsets(event, rows.overruled.get(event.event_id, event), article.text):
            yield Finding(table="events", row_id=event.event_id, problem=problem)


def _offsets(event: Event, said: Event, text: str) -> Iterator[str]:
    """The id is that of what the machine said; a person's correction leaves it, so that links hold."""
    if (text or event.quote) and text[event.start : event.end] != event.quote:
        yield "its quote is not the sentence at its offsets"
    again = event_id(event.article_id, event.words_start, event.words_end, said.type, said.sources, said.targets)
    if event.event_id != again:
        yield f"its id is not the hash of what it holds ({again})"
    for party in (*event.sources, *event.targets):
        if party.words and text[party.start : party.end] != party.words:
            yield f"its party {party.words!r} does not stand at its offsets"


def _codings(rows: Rows) -> Iterator[Finding]:
    counts = Counter(event.article_id for event in rows.events if event.article_id)
    codings = rows.record.rows("codings")
    for row in codings:
        if row.article_id not in rows.leads:
            yield Finding(table="codings", row_id=row.article_id, problem="it leads no story")
        if counts[row.article_id] != row.events:
            found = f"{row.events} events were coded, {counts[row.article_id]} are in the record"
            yield Finding(table="codings", row_id=row.article_id, problem=found)
    for key in sorted(set(counts) - {row.article_id for row in codings}):
        yield Finding(table="events", row_id=key, problem="events of an article that is not listed as coded")


def _happenings(rows: Rows) -> Iterator[Finding]:
    known = {event.event_id for event in rows.events}
    happenings: tuple[Happening, ...] = rows.record.rows("happenings")
    joined = Counter(key for row in happenings for key in row.event_ids)
    for row in happenings:
        for key in row.event_ids:
            if key not in known:
                problem = f"its event {key} is not in the record"
                yield Finding(table="happenings", row_id=row.happening_id, problem=problem)
    for key in sorted(key for key, count in joined.items() if count > 1):
        yield Finding(table="events", row_id=key, problem=f"it stands in {joined[key]} happenings")


CHECKS: tuple[Callable[[Rows], Iterator[Finding]], ...] = (
    _ids,
    _pages,
    _articles,
    _signatures,
    _stories,
    _aliases,
    _copies,
    _events,
    _codings,
    _happenings,
)
