"""Counts of a record's events per pair and month, and what they amount to at a date: what the network and the map are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visavis.align.events import Counts, event_counts
from visavis.align.lift import KEEP, two_axes
from visavis.errors import QueryError
from visavis.store import Record

Array = NDArray[np.float64]
ALL = "all"
# How the past counts: "whole" forgets nothing, "recent" keeps nine tenths a month, as the lift on the pages of dyads does.
MEMORIES = {"whole": 1.0, "recent": KEEP}


@dataclass(frozen=True)
class Past:
    """The record's counts by month, and all of them, the undated too, in one period."""

    months: Counts
    whole: Counts

    @property
    def dates(self) -> tuple[str, ...]:
        """What may be asked for: every month, then "all"."""
        return (*self.months.periods, ALL)


@dataclass(frozen=True)
class Standing:
    """How the pairs of `states` stand at a date: net lift and its standard error, and the events until then, each (state, state)."""

    at: str
    states: tuple[str, ...]
    net: Array
    se: Array
    cooperative: Array
    conflictual: Array

    @property
    def told(self) -> Array:
        """The number of events of each pair."""
        return self.cooperative + self.conflictual


def past_of(record: Record) -> Past:
    """The record's counts."""
    return Past(event_counts(record), event_counts(record, by=ALL))


def standing(past: Past, at: str = ALL, memory: str = "whole") -> Standing:
    """How all pairs stand at the end of a month, or over the whole record with `at` "all".

    Raises QueryError for a month that is none, and for an unknown `memory`. A month before the record shows nothing, one after it
    the last.
    """
    if memory not in MEMORIES:
        raise QueryError(f"{memory!r} is no way to count the past.", f"Ways: {', '.join(MEMORIES)}.")
    at = at or ALL
    if at == ALL:
        counts, keep = past.whole, 1.0
    else:
        counts, keep = _until(past.months, _month(at)), MEMORIES[memory]
    size = len(counts.states)
    if not len(counts.cooperative):
        nothing = np.zeros((size, size))
        return Standing(at, counts.states, nothing, nothing, nothing, nothing)
    net = two_axes(_folded(counts.cooperative, keep), _folded(counts.conflictual, keep), keep=1.0).net
    good, bad = counts.cooperative.sum(0), counts.conflictual.sum(0)
    return Standing(at, counts.states, net.value[-1], net.se[-1], good, bad)


def _month(at: str) -> str:
    year, _, month = at.partition("-")
    if (
        len(year) == 4
        and year.isdecimal()
        and (month == "" or (len(month) == 2 and month.isdecimal() and 0 < int(month) < 13))
    ):
        return at if month else f"{at}-12"
    raise QueryError(f"{at!r} is not a date of the network.", f'Write a month (2022-04), a year, or "{ALL}".')


def _until(counts: Counts, month: str) -> Counts:
    """The counts of the periods up to the month, it included."""
    kept = sum(period <= month for period in counts.periods)
    return replace(
        counts,
        periods=counts.periods[:kept],
        cooperative=counts.cooperative[:kept],
        conflictual=counts.conflictual[:kept],
        intensity=counts.intensity[:kept],
    )


def _folded(axis: Array, keep: float) -> Array:
    """The discounted sum over the periods as one period (1, state, state): what `discounted` has at its end."""
    ages = np.arange(len(axis))[::-1]
    folded: Array = np.tensordot(keep**ages, axis, 1)[None]
    return folded
