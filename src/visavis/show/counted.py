"""Counts of a record's events per pair and month, and what they amount to at a date: what the network and the map are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.align.lift import KEEP, two_axes
from visavis.errors import QueryError
from visavis.show.digest import digest_of
from visavis.show.digest.read import Lifts, lifts_of
from visavis.show.digest.scopes import ALL, MONTH
from visavis.store import Record

Array = NDArray[np.float64]
# How the past counts: "whole" forgets nothing, "recent" keeps nine tenths a month, as the lift on the pages of dyads does.
MEMORIES = {"whole": 1.0, "recent": KEEP}


@dataclass(frozen=True)
class Past:
    """The record's counts of all pairs of states (`visavis.align.events.event_counts`) by month, and all of them, the undated too, in
    one period."""

    months: Lifts
    whole: Lifts

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
    """The record's counts, from its digest."""
    digest = digest_of(record)
    return Past(lifts_of(digest, MONTH), lifts_of(digest, ALL))


def standing(past: Past, at: str = ALL, memory: str = "whole") -> Standing:
    """How all pairs stand at the end of a month, or over the whole record with `at` "all".

    Raises QueryError for a month that is none, and for an unknown `memory`. A month before the record shows nothing, one after it
    the last.
    """
    if memory not in MEMORIES:
        raise QueryError(f"{memory!r} is no way to count the past.", f"Ways: {', '.join(MEMORIES)}.")
    at = at or ALL
    told, keep = (past.whole, 1.0) if at == ALL else (past.months, MEMORIES[memory])
    kept = len(told.periods) if at == ALL else sum(period <= _month(at) for period in told.periods)
    size = len(told.states)
    if not kept:
        nothing = np.zeros((size, size))
        return Standing(at, told.states, nothing, nothing, nothing, nothing)
    good, bad = _summed(told, kept, 1.0)
    axes = (good, bad) if keep == 1.0 else _summed(told, kept, keep)
    net = two_axes(axes[0][None], axes[1][None], keep=1.0).net
    return Standing(at, told.states, net.value[-1], net.se[-1], good, bad)


def _month(at: str) -> str:
    year, _, month = at.partition("-")
    if (
        len(year) == 4
        and year.isdecimal()
        and (month == "" or (len(month) == 2 and month.isdecimal() and 0 < int(month) < 13))
    ):
        return at if month else f"{at}-12"
    raise QueryError(f"{at!r} is not a date of the network.", f'Write a month (2022-04), a year, or "{ALL}".')


def _summed(told: Lifts, kept: int, keep: float) -> tuple[Array, Array]:
    """The discounted sums of both axes over the first `kept` periods, each (state, state): what `discounted` has at its end."""
    here = told.when < kept
    weight = keep ** (kept - 1 - told.when[here])
    found = np.zeros((2, len(told.states), len(told.states)))
    for axis, values in zip(found, (told.cooperative, told.conflictual), strict=True):
        np.add.at(axis, (told.a[here], told.b[here]), weight * values[here])
    found += found.transpose(0, 2, 1)
    return found[0], found[1]
