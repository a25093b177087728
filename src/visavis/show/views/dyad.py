"""The view of one dyad: how two actors deal with each other, per period, with the denominators beside the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from msgspec import Struct

from visavis.records import Event
from visavis.show.views.alignment import AlignmentView
from visavis.show.views.parts import (
    COUNTED,
    Balance,
    EventLine,
    balance,
    count,
    event_line,
    name_of,
    newest_first,
    period_of,
)


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
    counted = [event for event in events if event.status in COUNTED]
    return DyadView(
        a=a,
        b=b,
        a_name=name_of(a, names or {}),
        b_name=name_of(b, names or {}),
        by=by,
        total=balance(counted),
        forth=balance(event for event in counted if _goes(event, a, b)),
        back=balance(event for event in counted if _goes(event, b, a)),
        together=balance(event for event in counted if not event.targets),
        types=count(event.type for event in counted),
        not_counted=count(event.status for event in events if event.status not in COUNTED),
        undated=sum(period_of(event.date_from, by) is None for event in counted),
        periods=_periods(counted, articles, by),
        last=tuple(event_line(event) for event in newest_first(events)[:last]),
    )


def _goes(event: Event, source: str, target: str) -> bool:
    return source in {party.code for party in event.sources} and target in {party.code for party in event.targets}


def _periods(events: Sequence[Event], articles: Mapping[str, int], by: str) -> tuple[Period, ...]:
    groups: dict[str, list[Event]] = {}
    for event in events:
        period = period_of(event.date_from, by)
        if period is not None:
            groups.setdefault(period, []).append(event)
    return tuple(
        Period(
            period=period,
            counts=balance(groups[period]),
            articles=articles.get(period, 0),
            intensity=round(fmean(event.intensity for event in groups[period]), 2),
        )
        for period in sorted(groups)
    )
