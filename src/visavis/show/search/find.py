"""Questions to the search index: words and filters in, a page of events out."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from visavis.show.digest.read import kept, line_of, reading
from visavis.show.search.plan import Filters, plan_of
from visavis.show.views.parts import EventLine

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
            f"select n, line from ({page}) join lines using (n) order by n",
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
    return kept(index, "outlets", list[str])


def actors_of(index: Path) -> list[tuple[str, int]]:
    """All actors with the number of events that happened in which they are a party, most first."""
    with reading(index) as database:
        query = "select code, sum(n) from actors where status = 'happened' group by code order by 2 desc, 1"
        return [(code, number) for code, number in database.execute(query)]
