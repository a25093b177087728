"""Which scale a table of choices is on: asked for, or told by its values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.align.similarity import ALLIANCE_LEVELS, VOTE_LEVELS
from visavis.errors import InputError


def scale_of(values: NDArray[Any], asked: str | None = None, table: NDArray[Any] | None = None) -> tuple[float, ...]:
    """The levels of a scale, in order.

    `asked` is a list ("0,1,2,3") or None. Without it: values among 1, 2, 3 are votes (1..3), values among 0..3 with a 0 are alliances
    (0..3), anything else is the values that occur. Where the whole `table` (item, state) is on 0..3 with a 0, so is a pair without
    one. The ends matter: they are the largest distance in S and in agreement.
    Raises InputError for a list that is none, and for values off the scale that was asked for.
    """
    present = sorted({float(value) for value in values[~np.isnan(values)]})
    if asked is not None:
        levels = _parse(asked)
        strays = [value for value in present if value not in levels]
        if strays:
            raise InputError(f"The file holds {strays[0]:g}, which is not on the scale {asked}.", "Give all levels.")
        return levels
    if set(present) <= set(VOTE_LEVELS):
        every = set() if table is None else set(np.unique(table[~np.isnan(table)]).tolist())
        return ALLIANCE_LEVELS if 0.0 in every and every <= set(ALLIANCE_LEVELS) else VOTE_LEVELS
    return ALLIANCE_LEVELS if set(present) <= set(ALLIANCE_LEVELS) else tuple(present)


def _parse(asked: str) -> tuple[float, ...]:
    try:
        levels = tuple(sorted({float(part) for part in asked.split(",")}))
    except ValueError:
        raise InputError(f"{asked!r} is not a scale.", "Write the levels: 0,1,2,3.") from None
    if len(levels) < 2:
        raise InputError(f"{asked!r} is not a scale.", "It needs two levels at least.")
    return levels
