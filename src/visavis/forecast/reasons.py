"""Why: the past acts that carry a chance, with shares that sum to one with the background's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from visavis.forecast.chances.acts import Floats
from visavis.forecast.chances.panel import PARTS, Moment, side_of
from visavis.forecast.chances.rates import Rate


@dataclass(frozen=True)
class Reason:
    """One past act, or a background (`event_id` ""): `share` of the rate, 0..1, `part` in what capacity, `without` the chance if it
    were not there."""

    what: str
    day: str
    event_id: str
    part: str
    share: float
    without: float


def find_reasons(rate: Rate, moment: Moment, source: int, target: int, most: int = 8) -> list[Reason]:
    """The acts that carry most of the dyad's rate, then "other acts" and "base rate"; the shares sum to one."""
    weights = rate.linear(moment.exposure)
    carried: dict[int, float] = {}
    leading: dict[int, tuple[float, str]] = {}
    for part, weight in enumerate(weights[:-1]):
        if weight <= 0:
            continue
        rows, each = moment.counted(rate.name, part)
        mine = side_of(moment, rows, part, source, target)
        whose = {"the source's habit": moment.partners[0][source], "the target's lot": moment.partners[1][target]}
        for row, value in zip(
            rows[mine].tolist(), (weight * each[mine] / whose.get(PARTS[part][0], 1.0)).tolist(), strict=True
        ):
            carried[row] = carried.get(row, 0.0) + value
            if value > leading.get(row, (0.0, ""))[0]:
                leading[row] = (value, PARTS[part][0])
    base = float(weights[-1]) * moment.base_rate(rate.name)
    total = base + sum(carried.values())
    ranked = sorted(carried, key=lambda row: (-carried[row], row))
    out = [
        Reason(
            moment.describe(row),
            moment.date_of(row),
            moment.id_of(row),
            leading[row][1] if row in leading else "",
            carried[row] / total,
            chance_of(rate, total - carried[row]),
        )
        for row in ranked[:most]
    ]
    rest = sum(carried[row] for row in ranked[most:])
    if rest > 0:
        out.append(Reason(f"{len(ranked) - most} other acts", "", "", "", rest / total, chance_of(rate, total - rest)))
    return [*out, Reason("base rate", "", "", "base rate", base / total, chance_of(rate, total - base))]


def chance_of(rate: Rate, linear: float) -> float:
    """The chance of at least one act when the weighted parts sum to `linear` acts a day."""
    return float(-np.expm1(-rate.window * rate.bend(np.array([linear]))[0]))


def one_more(rate: Rate, moment: Moment, linear: float) -> float:
    """The chance if the same act by the same source happened once more today; `linear` is the sum of the weighted parts as it stands."""
    weights: Floats = rate.linear(moment.exposure)
    each = (np.log(2) / half / (1 - 2.0 ** (-moment.span / half)) if name in _SAME else 0.0 for name, half in PARTS)
    return chance_of(rate, linear + sum(float(weight) * one for weight, one in zip(weights, each, strict=True)))


_SAME = ("same act, fresh", "same act, of late", "same act, long run")


def iso(day: int) -> str:
    """The ISO date of a proleptic ordinal."""
    return date.fromordinal(day).isoformat()
