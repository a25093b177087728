"""The view of the front page: the record at a glance, and what moved in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, median_low

from msgspec import Struct

from visavis.records import Event
from visavis.show.views.overview import Overview, pairs_of
from visavis.show.views.parts import COUNTED, EventLine, event_line, name_of, newest_first

# What ends or breaks something between states, as against what is only said.
BREAKS = frozenset({"SANCTION", "COERCE", "ASSAULT"})
# Fewer events on either side of the middle say nothing about a change.
_LEAST = 2


class ChangeLine(Struct, frozen=True, kw_only=True):
    """A dyad whose mean intensity (-10..10) moved between the two halves of the record, with the number of events in each."""

    a: str
    b: str
    a_name: str
    b_name: str
    before: float
    after: float
    events_before: int
    events_after: int


class StoryLine(Struct, frozen=True, kw_only=True):
    """One story in one line; `articles` counts all that carry it."""

    story_id: str
    title: str
    first_seen: str | None
    outlets: tuple[str, ...]
    articles: int
    events: int


class Front(Struct, frozen=True, kw_only=True):
    """The front page. `middle` is the day that halves the record's dated events, against which `changed` is measured."""

    overview: Overview
    middle: str | None
    changed: tuple[ChangeLine, ...]
    copied: tuple[StoryLine, ...]
    agreements: tuple[EventLine, ...]
    breaks: tuple[EventLine, ...]


def front_view(
    view: Overview, events: Sequence[Event], copied: Sequence[StoryLine], names: Mapping[str, str], most: int
) -> Front:
    """The front page with at most `most` lines in each list."""
    happened = [event for event in newest_first(events) if event.status in COUNTED]
    between = [event for event in happened if pairs_of(event)]
    middle, changed = changes(happened, names)
    return Front(
        overview=view,
        middle=middle,
        changed=changed[:most],
        copied=tuple(copied)[:most],
        agreements=tuple(event_line(event) for event in between if event.type == "AGREE")[: most // 2],
        breaks=tuple(event_line(event) for event in between if event.type in BREAKS)[: most // 2],
    )


def changes(events: Sequence[Event], names: Mapping[str, str]) -> tuple[str | None, tuple[ChangeLine, ...]]:
    """The middle day of the dated events, and the dyads by how much their mean intensity moved across it, most first.

    The order weighs the difference d by the events n, m on both sides: |d| * sqrt(n m / (n + m)), the numerator of Welch's t.
    """
    dated = [event for event in events if event.date_from]
    if not dated:
        return None, ()
    middle = median_low(event.date_from or "" for event in dated)
    halves: dict[tuple[str, str], tuple[list[float], list[float]]] = {}
    for event in dated:
        for pair in pairs_of(event):
            halves.setdefault(pair, ([], []))[(event.date_from or "") > middle].append(event.intensity)
    lines = [_change(pair, *half, names) for pair, half in halves.items() if min(map(len, half)) >= _LEAST]
    return middle, tuple(sorted(lines, key=lambda line: (-_weight(line), line.a, line.b)))


def _change(pair: tuple[str, str], before: list[float], after: list[float], names: Mapping[str, str]) -> ChangeLine:
    return ChangeLine(
        a=pair[0],
        b=pair[1],
        a_name=name_of(pair[0], names),
        b_name=name_of(pair[1], names),
        before=round(fmean(before), 2),
        after=round(fmean(after), 2),
        events_before=len(before),
        events_after=len(after),
    )


def _weight(line: ChangeLine) -> float:
    n, m = line.events_before, line.events_after
    return abs(line.after - line.before) * sqrt(n * m / (n + m))
