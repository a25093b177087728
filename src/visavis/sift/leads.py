"""The leads of happenings, found by what an event that agrees with one of them must share with it (see `agreement.agree`).

To compare each event with each lead of the same states takes time that grows with the square of the pile. But events that agree have
the same sources, or two parties of an agreement in common; and days that overlap within the slack, unless one has no date: then a
number, a name, a place, a day of the calendar or the article; or they speak of one war, or found something with a long name. So a
lead is kept under these, and an event asks under its own. What is found is more than agrees, never less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations

from visavis.records import Event

from .agreement import CONFLICT, RECIPROCAL, SLACK_DAYS, family
from .details import Details

# Days are kept by the month; what takes longer than so many of them is kept apart.
_MONTH, _MONTHS = 30, 26


class Leads:
    """Numbers of leads, by what they hold."""

    def __init__(self) -> None:
        # Keys are kept as their hashes: two that fall together cost a comparison, and the table stays small.
        self._kept: defaultdict[int, list[int]] = defaultdict(list)
        self._places: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))

    def add(self, number: int, event: Event, held: Details) -> None:
        """Keep a lead."""
        among = ("all",) if held.days is not None else ("all", "undated")
        for side in _sides(event, held):
            keys = [(side, key) for key in (*_days(held), *_undertakings(event, held))]
            for key in (*keys, *((side, token, which) for token in _tokens(event, held) for which in among)):
                self._kept[hash(key)].append(number)
            if event.place:
                for which in among:
                    self._places[hash((side, which))][event.place.casefold()].append(number)

    def near(self, event: Event, held: Details) -> list[int]:
        """The leads that may agree with an event, in the order of their numbers."""
        found: set[int] = set()
        which = "all" if held.days is None else "undated"
        for side in _asked(event, held):
            keys = [(side, key) for key in (*_days(held, SLACK_DAYS), *_undertakings(event, held))]
            for key in (*keys, *((side, token, which) for token in _tokens(event, held))):
                found.update(self._kept.get(hash(key), ()))
            if event.place:
                found.update(self._placed(hash((side, which)), event.place.casefold()))
        return sorted(found)

    def _placed(self, key: int, place: str) -> Iterator[int]:
        for other, numbers in self._places.get(key, {}).items():
            if place in other or other in place:
                yield from numbers


def _sides(event: Event, held: Details) -> list[Hashable]:
    """The parties under which a lead is kept."""
    kind = family(event)
    if event.type not in RECIPROCAL:
        return [(kind, held.sources)] if held.sources else []
    every = sorted(held.sources | held.targets)
    return [(kind, pair) for pair in (combinations(every, 2) if len(every) > 1 else ((p,) for p in every))]


def _asked(event: Event, held: Details) -> list[Hashable]:
    """The parties under which an event asks: reports of a conflict may have the sides the other way round."""
    own = _sides(event, held)
    return [*own, (family(event), held.targets)] if event.type in CONFLICT and held.targets else own


def _days(held: Details, slack: int = 0) -> list[Hashable]:
    if held.days is None:
        return []
    first, last = min(held.days) - slack, max(held.days) + slack
    months = range(first // _MONTH, last // _MONTH + 1)
    if slack:  # asked: what is long may overlap with anything
        return [*months, "long"] if len(months) <= _MONTHS else ["dated"]
    return ["dated", *(months if len(months) <= _MONTHS else ("long",))]


def _tokens(event: Event, held: Details) -> Iterator[Hashable]:
    """What two events share, of which one has no date."""
    yield "article", event.article_id
    for name in ("numbers", "names", "calendar"):
        yield from ((name, value) for value in getattr(held, name))


def _undertakings(event: Event, held: Details) -> Iterator[Hashable]:
    """What two events share that are dated apart: a war, something with a long name."""
    yield from (("founded", name) for name in held.long_names)
    if event.type == "ASSAULT" and held.war:
        yield "war", held.targets
