"""From a record to the rows that a view needs, and on to the view. Only what is asked for is read, in SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from visavis.errors import QueryError
from visavis.records import Article, Copy, Event, Happening, Story
from visavis.show.alignment import fetch_alignment
from visavis.show.find import find_id
from visavis.show.names import names
from visavis.show.views import (
    ActorView,
    DyadView,
    EventView,
    Overview,
    StoryView,
    actor_view,
    dyad_view,
    event_view,
    overview,
    story_view,
)
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
    the alignment is wanted too, which takes all events of the record into account."""
    if a == b:
        raise QueryError(
            f"A dyad needs two different actors, not {a} twice.", f"For one actor: visavis show actor {a}."
        )
    events = list(record.events(a, b))
    view = dyad_view(a, b, events, _articles_per(record, by), names(), by, last)
    return msgspec.structs.replace(view, alignment=fetch_alignment(record, a, b, events, by)) if measured else view


def fetch_actor(record: Record, code: str, by: str = "year", last: int = 8) -> ActorView:
    """The view of an actor by code; raises QueryError for an unknown period."""
    _check_period(by)
    return actor_view(code, list(record.events(code)), names(), by, last)


def fetch_overview(record: Record, dyads: int = 10, examples: int = 3) -> Overview:
    """The view of the whole record."""
    counts = {name: _number(record, f"select count(*) from {name}") for name in ("pages", "stories", "happenings")}
    counts["articles"] = _number(record, "select count(*) from articles where kind <> 'teaser'")
    counts["teasers"] = _number(record, "select count(*) from articles where kind = 'teaser'")
    days = record.sql("select min(published.earliest), max(published.latest) from articles where kind <> 'teaser'")
    first, last = (column[0].as_py() for column in days.columns)
    drops: dict[str, dict[str, int]] = {}
    counted = "select stage, reason, count(*) as n from drops group by all order by stage, n desc, reason"
    for row in record.sql(counted).to_pylist():
        drops.setdefault(row["stage"], {})[row["reason"]] = row["n"]
    return overview(
        counts,
        _counted(
            record, "select language, count(*) from articles where kind <> 'teaser' group by 1 order by 2 desc, 1"
        ),
        _counted(record, "select kind, count(*) from copies group by 1 order by 2 desc, 1"),
        drops,
        list(record.events()),
        (first, last),
        names(),
        dyads,
        examples,
    )


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


def _articles_per(record: Record, by: str) -> dict[str, int]:
    """{period: articles published in it}, over the articles whose date is known well enough."""
    _check_period(by)
    precisions = {"year": "'day', 'month', 'year'"}.get(by, "'day', 'month'")
    month = "published.earliest[6:7]"
    period = {
        "year": "published.earliest[1:4]",
        "quarter": f"published.earliest[1:4] || '-Q' || (({month}::int + 2) // 3)",
        "month": "published.earliest[1:7]",
    }[by]
    where = f"kind <> 'teaser' and published.precision in ({precisions})"
    return _counted(record, f"select {period}, count(*) from articles where {where} group by 1 order by 1")


def _check_period(by: str) -> None:
    if by not in PERIODS:
        raise QueryError(f"{by!r} is not a period.", f"Periods: {', '.join(PERIODS)}.")


def _counted(record: Record, query: str) -> dict[str, int]:
    keys, numbers = record.sql(query).columns
    return {str(key): number for key, number in zip(keys.to_pylist(), numbers.to_pylist(), strict=True)}


def _number(record: Record, query: str) -> int:
    return int(record.sql(query).column(0)[0].as_py())
