"""The view of the front page: the record at a glance, and what moved in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from msgspec import Struct

from visavis.show.views.overview import Overview
from visavis.show.views.parts import EventLine, name_of

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


class Half(Struct, frozen=True, kw_only=True):
    """The events of a dyad until the middle (`n` of them, summed intensity `before`) and after it (`m`, `after`)."""

    a: str
    b: str
    n: int
    before: float
    m: int
    after: float


def changes(halves: Sequence[Half], names: Mapping[str, str]) -> tuple[ChangeLine, ...]:
    """The dyads by how much their mean intensity moved across the middle day, most first.

    The order weighs the difference d by the events n, m on both sides: |d| * sqrt(n m / (n + m)), the numerator of Welch's t.
    """
    lines = [_change(half, names) for half in halves if min(half.n, half.m) >= _LEAST]
    return tuple(sorted(lines, key=lambda line: (-_weight(line), line.a, line.b)))


def _change(half: Half, names: Mapping[str, str]) -> ChangeLine:
    return ChangeLine(
        a=half.a,
        b=half.b,
        a_name=name_of(half.a, names),
        b_name=name_of(half.b, names),
        before=round(half.before / half.n, 2),
        after=round(half.after / half.m, 2),
        events_before=half.n,
        events_after=half.m,
    )


def _weight(line: ChangeLine) -> float:
    n, m = line.events_before, line.events_after
    return abs(line.after - line.before) * sqrt(n * m / (n + m))
