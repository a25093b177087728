"""Questions to the search index: words and filters in, a page of events out."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from visavis.records import Event
from visavis.show.digest.read import reading
from visavis.show.search.build import index_path
from visavis.show.search.plan import Filters, plan_of
from visavis.show.views.front import StoryLine
from visavis.show.views.parts import EventLine, event_line
from visavis.store import Record

_EVENT = msgspec.json.Decoder(Event)
# Counting stops here: that there are more is all that a reader needs to know.
_COUNTED = 10_000


class Found(Struct, frozen=True, kw_only=True):
    """A page of events, newest first. `total` counts all that fit, `more_than_total` says that counting stopped there; `next` is
    the cursor for the page after this one, None on the last."""

    filters: Filters
    total: int
    more_than_total: bool
    events: tuple[EventLine, ...]
    next: int | None


def find(index: Path, filters: Filters, after: int = 0, limit: int = 50) -> Found:
    """The events that fit, from the one after the cursor; raises QueryError for a filter that names nothing."""
    with reading(index) as database:
        plan = plan_of(database, filters)
        counted = database.execute(
            f"select count(*) from (select 1 {plan.base} limit {_COUNTED + 1})", plan.values
        ).fetchone()[0]
        page = f"select {plan.number} as n {plan.base} and {plan.number} > :after order by 1 limit :limit"
        rows = database.execute(
            f"select n, line from ({page}) join days using (n) join lines using (row_at) order by n",
            {**plan.values, "after": after, "limit": limit + 1},
        ).fetchall()
    return Found(
        filters=filters,
        total=min(counted, _COUNTED),
        more_than_total=counted > _COUNTED,
        events=tuple(line_of(line) for _, line in rows[:limit]),
        next=rows[limit - 1][0] if len(rows) > limit else None,
    )


def outlets_of(index: Path) -> list[str]:
    """The outlets with most events."""
    with reading(index) as database:
        return [outlet for (outlet,) in database.execute("select outlet from outlets order by n")]


def last_lines(record: Record, a: str, b: str = "", most: int = 8) -> list[EventLine]:
    """The last events of a dyad, or of an actor, newest first: from the index where it is made, else from the record."""
    index = index_path(record)
    if index.exists():
        return list(find(index, Filters(a=a, b=b), limit=most).events) if most else []
    return [event_line(event) for event in record.events(a, b or None, newest=most)]


def line_of(line: str) -> EventLine:
    """An event in one line, from what the index keeps of it."""
    return event_line(_EVENT.decode(line))


def story_lines(index: Path, after: int, limit: int) -> tuple[list[StoryLine], int | None]:
    """Stories by the number of articles that carry them, then newest first, after number `after`; and the next number, if any."""
    with reading(index) as database:
        query = "select n, line from stories where n > ? order by n limit ?"
        found = database.execute(query, (after, limit + 1)).fetchall()
    lines = [msgspec.json.decode(line, type=StoryLine) for _, line in found[:limit]]
    return lines, found[limit - 1][0] if len(found) > limit else None
