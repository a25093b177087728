"""The counts of one pair of states over time, and its lift: what `visavis.align.lift` gives for the pair, without all others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma

from visavis.align.lift import KEEP, PRIOR, trigamma

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PairCounts:
    """Events of a pair per period, each (period,). `expected_good` and `expected_bad` are the products of the two states' activity in
    the discounted counts of cooperation and conflict (`visavis.align.lift.activity`)."""

    periods: tuple[str, ...]
    cooperative: Array
    conflictual: Array
    intensity: Array
    expected_good: Array
    expected_bad: Array

    @property
    def told(self) -> Array:
        """Events of both kinds (period,)."""
        return self.cooperative + self.conflictual

    def closeness(self) -> tuple[Array, Array]:
        """The lift of the cooperative events and its standard error, both (period,)."""
        return _lift(self.cooperative, self.expected_good)

    def hostility(self) -> tuple[Array, Array]:
        """The lift of the conflictual events and its standard error, both (period,)."""
        return _lift(self.conflictual, self.expected_bad)


def _lift(told: Array, expected: Array) -> tuple[Array, Array]:
    """See `visavis.align.lift.lift` for the formula and its source."""
    total = np.zeros(len(told))
    last = 0.0
    for at, now in enumerate(told):
        total[at] = last = KEEP * last + now
    return digamma(total + PRIOR) - np.log(expected + PRIOR), np.sqrt(trigamma(total + PRIOR))
