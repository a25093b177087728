"""From a record to the rows that a view needs, and on to the view. Only what is asked for is read, in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from visavis.errors import QueryError
from visavis.records import Article, Copy, Event, Happening, Story
from visavis.show.alignment import fetch_alignment
from visavis.show.digest.read import actor_rows, dyad_rows, kept, last_lines
from visavis.show.facts import fetch_facts
from visavis.show.find import find_id
from visavis.show.names import names
from visavis.show.search import index_of
from visavis.show.views import ActorView, DyadView, EventView, Overview, StoryView, event_view, story_view
from visavis.show.views.actor import actor_of
from visavis.show.views.dyad import dyad_of
from visavis.show.views.event import PageLine
from visavis.store import TABLES, Record

PERIODS = ("year", "quarter", "month")
_HEX = re.compile(r"[0-9a-f]{16}")


def fetch_event(record: Record, given: str) -> EventView:
    """The view of the event whose id begins with `given`; raises QueryError when there is none or more than one."""
    event: Event = one(record, "events", find_id(record, "events", given))
    article = one(record, "articles", event.article_id) if event.article_id else _no_article(event)
    found = record.sql(
        "select page_id, uri, media_type, found_at, sha256 from pages where " + among("page_id", [article.page_id])
    )
    page = (
        PageLine(**found.to_pylist()[0])
        if len(found)
        else PageLine(page_id=article.page_id, uri=article.url, media_type="", found_at="", sha256="")
    )
    copies = _copies_of(record, [article.article_id])
    others = _articles(record, {end for copy in copies for end in (copy.article_id, copy.of_article_id)})
    told = rows(record, "happenings", f"list_contains(event_ids, '{event.event_id}')")
    happening: Happening | None = told[0] if told else None
    return event_view(event, article, page, copies, others, happening)


def fetch_story(record: Record, given: str) -> StoryView:
    """The view of the story whose id begins with `given`; raises QueryError when there is none or more than one."""
    story: Story = one(record, "stories", find_id(record, "stories", given))
    articles = _articles(record, story.article_ids)
    copies = _copies_of(record, story.article_ids)
    return story_view(story, articles, copies, rows(record, "events", among("story_id", [story.story_id])))


def fetch_dyad(record: Record, a: str, b: str, by: str = "year", last: int = 8, measured: bool = True) -> DyadView:
    """The view of two actors by code; raises QueryError when they are one, or for an unknown period. `measured` tells whether
    the alignment is wanted too."""
    if a == b:
        raise QueryError(
            f"A dyad needs two different actors, not {a} twice.", f"For one actor: visavis show actor {a}."
        )
    _check_period(by)
    index = index_of(record)
    articles = kept(index, f"articles {by}", dict[str, int])
    view = dyad_of(a, b, *dyad_rows(index, a, b), last_lines(index, a, b, last), articles, names(), by)
    if not measured:
        return view
    return msgspec.structs.replace(
        view, alignment=fetch_alignment(record, index, a, b, by), facts=fetch_facts(record, a, b)
    )


def fetch_actor(record: Record, code: str, by: str = "year", last: int = 8) -> ActorView:
    """The view of an actor by code; raises QueryError for an unknown period."""
    _check_period(by)
    index = index_of(record)
    return actor_of(code, *actor_rows(index, code), last_lines(index, code, most=last), names(), by)


def fetch_overview(record: Record) -> Overview:
    """The view of the whole record."""
    return kept(index_of(record), "overview", Overview)


def one(record: Record, table: str, key: str) -> Any:
    """The row of the table with this id, which must be there."""
    return rows(record, table, among(TABLES[table].key, [key]))[0]


def rows(record: Record, table: str, where: str) -> list[Any]:
    """The typed rows that meet a condition, in the order of their ids. `where` must not hold a user's words."""
    found = TABLES[table]
    return list(found.from_arrow(record.sql(f"select * from {table} where {where} order by {found.key}")))


def among(column: str, keys: Iterable[str]) -> str:
    """A condition on ids; nothing but 16 hex digits is let into the SQL."""
    known = sorted({key for key in keys if _HEX.fullmatch(key)})
    return f"{column} in ({', '.join(repr(key) for key in known)})" if known else "false"


def _no_article(event: Event) -> Article:
    """What stands for the article of an imported event: the data set's own words and id."""
    return Article(article_id="", page_id="", spans=(), title=", ".join(event.because), text=event.quote)


def _articles(record: Record, keys: Iterable[str]) -> Mapping[str, Article]:
    return {article.article_id: article for article in rows(record, "articles", among("article_id", keys))}


def _copies_of(record: Record, keys: Iterable[str]) -> list[Copy]:
    known = list(keys)
    where = f"{among('article_id', known)} or {among('of_article_id', known)}"
    return [stored.copy() for stored in rows(record, "copies", where)]


def _check_period(by: str) -> None:
    if by not in PERIODS:
        raise QueryError(f"{by!r} is not a period.", f"Periods: {', '.join(PERIODS)}.")
