"""The view of a timeline: events per period, cooperative ones above the line and conflictual ones below, a row for each facet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

FACETS = ("none", "dyad", "type", "quad", "story")


class Bar(Struct, frozen=True, kw_only=True):
    """One period of one row; `since` and `until` are its first and last month or year, as filters take them."""

    period: str
    cooperative: int
    conflictual: int
    since: str
    until: str


class Row(Struct, frozen=True, kw_only=True):
    """One facet: `key` names it for filters (a dyad "CHN/RUS", a type, a class, a story's id), `label` for readers."""

    key: str
    label: str
    cooperative: int
    conflictual: int
    bars: tuple[Bar, ...]


class TimelineView(Struct, frozen=True, kw_only=True):
    """Events that happened, over `periods` without a gap. `undated` events have no date as fine as `by`; `left_out` rows are smaller than
    those shown; `highest` is the largest number of a bar, above or below."""

    by: str
    facet: str
    filters: Mapping[str, str]
    periods: tuple[str, ...]
    rows: tuple[Row, ...]
    undated: int
    left_out: int
    highest: int


def timeline_view(
    by: str,
    facet: str,
    filters: Mapping[str, str],
    cells: Sequence[Mapping[str, Any]],
    labels: Mapping[str, str],
    undated: int,
    most: int,
    more: int = 0,
) -> TimelineView:
    """The view with at most `most` rows, the fullest first; `cells` are {key, period, cooperative, conflictual}, without those of `more`
    rows that are smaller than all."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for cell in cells:
        groups.setdefault(cell["key"], []).append(cell)
    full = {key: sum(cell["cooperative"] + cell["conflictual"] for cell in found) for key, found in groups.items()}
    fullest = sorted(groups, key=lambda key: (-full[key], key))[:most]
    shown = [_row(key, labels.get(key, key), groups[key]) for key in fullest]
    found = [bar.period for row in shown for bar in row.bars]
    return TimelineView(
        by=by,
        facet=facet,
        filters=filters,
        periods=periods_of(min(found), max(found)) if found else (),
        rows=tuple(shown),
        undated=undated,
        left_out=len(groups) - len(shown) + more,
        highest=max((n for row in shown for bar in row.bars for n in (bar.cooperative, bar.conflictual)), default=0),
    )


def _row(key: str, label: str, cells: Sequence[Mapping[str, Any]]) -> Row:
    bars = []
    for cell in sorted(cells, key=lambda cell: str(cell["period"])):
        since, until = bounds_of(cell["period"])
        good, bad = cell["cooperative"], cell["conflictual"]
        bars.append(Bar(period=cell["period"], cooperative=good, conflictual=bad, since=since, until=until))
    good, bad = (sum(getattr(bar, side) for bar in bars) for side in ("cooperative", "conflictual"))
    return Row(key=key, label=label, cooperative=good, conflictual=bad, bars=tuple(bars))


def bounds_of(period: str) -> tuple[str, str]:
    """The first and the last month of a quarter, as filters of dates take them; a year or a month is both of its ends.

    >>> bounds_of("2021-Q2"), bounds_of("2021")
    (('2021-04', '2021-06'), ('2021', '2021'))
    """
    year, _, rest = period.partition("-Q")
    return (f"{year}-{3 * int(rest) - 2:02d}", f"{year}-{3 * int(rest):02d}") if rest else (period, period)


def periods_of(first: str, last: str) -> tuple[str, ...]:
    """All years, quarters or months from `first` to `last`, both included.

    >>> periods_of("2021-Q3", "2022-Q1")
    ('2021-Q3', '2021-Q4', '2022-Q1')
    """
    parts, sign = (4, "-Q") if "Q" in first else (12, "-") if "-" in first else (1, "")
    low, high = (_number(period, parts) for period in (first, last))
    width = 2 if parts == 12 else 1
    return tuple(
        f"{n // parts:04d}" + (f"{sign}{n % parts + 1:0{width}d}" if parts > 1 else "") for n in range(low, high + 1)
    )


def _number(period: str, parts: int) -> int:
    year, _, rest = period.partition("-")
    return int(year) * parts + (int(rest.lstrip("Q")) - 1 if rest else 0)
