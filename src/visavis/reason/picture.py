"""The tornado as numbers: where each bar begins and ends, so that every page draws the same one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.reason.memo import number
from visavis.reason.questions import Swing


@dataclass(frozen=True)
class Bar:
    """One assumption: `left`, `right` are parts (0..1) of the width; `turns` whether it turns the claim alone; `words` say the same."""

    name: str
    left: float
    right: float
    turns: bool
    words: str


@dataclass(frozen=True)
class Tornado:
    """The widest bars first. `zero` (0..1) is where the claim turns: it holds right of there. `low`, `high` are the margins at both ends."""

    bars: tuple[Bar, ...]
    zero: float
    low: float
    high: float


def tornado(swings: Sequence[Swing], most: int = 20) -> Tornado | None:
    """The picture of the widest swings; None when nothing moves. Margins without end are drawn to the edge."""
    moved = [one for one in swings if one.margin_low != one.margin_high][:most]
    ends = [end for one in moved for end in (one.margin_low, one.margin_high) if math.isfinite(end)]
    if not ends:
        return None
    low, high = min(0.0, *ends), max(0.0, *ends)

    def at(margin: float) -> float:
        return (min(max(margin, low), high) - low) / ((high - low) or 1.0)

    return Tornado(tuple(_bar(one, at(one.margin_low), at(one.margin_high)) for one in moved), at(0.0), low, high)


def _bar(one: Swing, a: float, b: float) -> Bar:
    words = f"{one.name}: {number(one.low)} to {number(one.high)}, margin {number(one.margin_low)} to {number(one.margin_high)}"
    return Bar(one.name, min(a, b), max(a, b), bool(one.turns_at), words)
