"""The view of one dyad: how two actors deal with each other, per period, with the denominators beside the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from msgspec import Struct

from visavis.records import Event
from visavis.show.views.alignment import AlignmentView
from visavis.show.views.facts import FactsView
from visavis.show.views.parts import COUNTED, Balance, EventLine, event_line, name_of, newest_first
from visavis.show.views.tally import DyadSum, Month, by_period, dyad_sums, months_of, tallied, totals


class Period(Struct, frozen=True, kw_only=True):
    """The dyad in one period. `articles` is the denominator: all articles that the record holds from that period; `intensity` is
    the mean over its counted events, -10..10."""

    period: str
    counts: Balance
    articles: int
    intensity: float


class DyadView(Struct, frozen=True, kw_only=True):
    """What two actors do to each other. `forth` counts a -> b, `back` b -> a, `together` the reciprocal events; all three and
    `total` count what happened. `not_counted` are the other statuses, `undated` the counted events of no known period."""

    a: str
    b: str
    a_name: str
    b_name: str
    by: str
    total: Balance
    forth: Balance
    back: Balance
    together: Balance
    types: dict[str, int]
    not_counted: dict[str, int]
    undated: int
    periods: tuple[Period, ...]
    last: tuple[EventLine, ...]
    alignment: AlignmentView | None = None
    facts: FactsView | None = None


def dyad_view(
    a: str,
    b: str,
    events: Sequence[Event],
    articles: Mapping[str, int],
    names: Mapping[str, str] | None = None,
    by: str = "year",
    last: int = 8,
) -> DyadView:
    """The view of the dyad; `events` are those between `a` and `b`, `articles` the number of articles per period."""
    lines = [event_line(event) for event in newest_first(events)[:last]]
    return dyad_of(a, b, dyad_sums(events, a, b), months_of(events), lines, articles, names or {}, by)


def dyad_of(
    a: str,
    b: str,
    sums: Sequence[DyadSum],
    months: Sequence[Month],
    last: Sequence[EventLine],
    articles: Mapping[str, int],
    names: Mapping[str, str],
    by: str = "year",
) -> DyadView:
    """The view of the dyad from counts of its events, and the `last` of them."""
    counted = [row for row in sums if row.status in COUNTED]
    forth, back, together = (
        tallied((row.good, row.n) for row in counted if row.way in ways)
        for ways in (("forth", "both"), ("back", "both"), ("together",))
    )
    periods = by_period(months, by)
    return DyadView(
        a=a,
        b=b,
        a_name=name_of(a, names),
        b_name=name_of(b, names),
        by=by,
        total=tallied((row.good, row.n) for row in counted),
        forth=forth,
        back=back,
        together=together,
        types=totals((row.type, row.n) for row in counted),
        not_counted=totals((row.status, row.n) for row in sums if row.status not in COUNTED),
        undated=sum(row.n for row in periods.get("", ())),
        periods=tuple(_period(name, rows, articles.get(name, 0)) for name, rows in periods.items() if name),
        last=tuple(last),
    )


def _period(name: str, rows: Sequence[Month], articles: int) -> Period:
    number = sum(row.n for row in rows)
    return Period(
        period=name,
        counts=tallied((row.good, row.n) for row in rows),
        articles=articles,
        intensity=round(fsum(row.intensity for row in rows) / number, 2),
    )
