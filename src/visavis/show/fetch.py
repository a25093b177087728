"""From a record to the rows that a view needs, and on to the view. Only what is asked for is read, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from visavis.errors import QueryError
from visavis.records import Article, Copy, Event, Happening, Story
from visavis.show.alignment import fetch_alignment
from visavis.show.digest import digest_of
from visavis.show.digest.read import actor_rows, dyad_rows, kept
from visavis.show.facts import fetch_facts
from visavis.show.find import find_id
from visavis.show.names import names
from visavis.show.search import last_lines, rows_of
from visavis.show.views import ActorView, DyadView, EventView, Overview, StoryView, event_view, story_view
from visavis.show.views.actor import actor_of
from visavis.show.views.dyad import dyad_of
from visavis.show.views.event import PageLine
from visavis.store import Record

PERIODS = ("year", "quarter", "month")


def fetch_event(record: Record, given: str) -> EventView:
    """The view of the event whose id begins with `given`; raises QueryError when there is none or more than one."""
    return event_of(record, *told_event(record, given))


def told_event(record: Record, given: str) -> tuple[Event, Article]:
    """The event whose id begins with `given`, and its article; for an imported event what stands for it, the data set's own words and
    id. Raises QueryError when there is none or more than one."""
    event: Event = one(record, "event", find_id(record, "events", given))
    if event.article_id:
        return event, one(record, "article", event.article_id)
    return event, Article(article_id="", page_id="", spans=(), title=", ".join(event.because), text=event.quote)


def event_of(record: Record, event: Event, article: Article) -> EventView:
    """The view of an event in its article."""
    page = PageLine(page_id=article.page_id, uri=article.url, media_type="", found_at="", sha256="")
    for known in rows_of(record, "page", [article.page_id]):
        page = PageLine(**{name: getattr(known, name) for name in PageLine.__struct_fields__})
    copies = _copies_of(record, [article.article_id])
    others = _articles(record, {end for copy in copies for end in (copy.article_id, copy.of_article_id)})
    told = rows_of(record, "happened", [event.event_id])
    happening: Happening | None = told[0] if told else None
    return event_view(event, article, page, copies, others, happening)


def fetch_story(record: Record, given: str) -> StoryView:
    """The view of the story whose id begins with `given`; raises QueryError when there is none or more than one."""
    story: Story = one(record, "story", find_id(record, "stories", given))
    articles = _articles(record, story.article_ids)
    copies = _copies_of(record, story.article_ids)
    told = [
        event
        for event in rows_of(record, "told", [story.story_id, *story.article_ids])
        if event.story_id == story.story_id
    ]
    return story_view(story, articles, copies, told)


def fetch_dyad(record: Record, a: str, b: str, by: str = "year", last: int = 8, measured: bool = True) -> DyadView:
    """The view of two actors by code; raises QueryError when they are one, or for an unknown period. `measured` tells whether
    the alignment is wanted too."""
    if a == b:
        raise QueryError(
            f"A dyad needs two different actors, not {a} twice.", f"For one actor: visavis show actor {a}."
        )
    _check_period(by)
    digest = digest_of(record)
    articles = kept(digest, f"articles {by}", dict[str, int])
    view = dyad_of(a, b, *dyad_rows(digest, a, b), last_lines(record, a, b, last), articles, names(), by)
    if not measured:
        return view
    return msgspec.structs.replace(
        view, alignment=fetch_alignment(record, digest, a, b, by), facts=fetch_facts(record, a, b)
    )


def fetch_actor(record: Record, code: str, by: str = "year", last: int = 8) -> ActorView:
    """The view of an actor by code; raises QueryError for an unknown period."""
    _check_period(by)
    return actor_of(code, *actor_rows(digest_of(record), code), last_lines(record, code, most=last), names(), by)


def fetch_overview(record: Record) -> Overview:
    """The view of the whole record."""
    return kept(digest_of(record), "overview", Overview)


def one(record: Record, kind: str, key: str) -> Any:
    """The row of a kind (see `rows_of`) with this id, which must be there."""
    return rows_of(record, kind, [key])[0]


def _articles(record: Record, keys: Iterable[str]) -> Mapping[str, Article]:
    return {article.article_id: article for article in rows_of(record, "article", keys)}


def _copies_of(record: Record, keys: Iterable[str]) -> list[Copy]:
    return [stored.copy() for stored in rows_of(record, "copy", keys)]


def _check_period(by: str) -> None:
    if by not in PERIODS:
        raise QueryError(f"{by!r} is not a period.", f"Periods: {', '.join(PERIODS)}.")
