"""The classic event measures, for comparison with lift: Goldstein sums and means, quad-class balance, raw counts.

The weights are those of the events' `intensity` column: PLOVER's for events coded here, the source's own for imported ones. The
published Goldstein tables disagree (ICEWS, GDELT and Phoenix give 016, 022, 124, 1246, 163, 164, 165 and 166 different weights), so
sums over events of different sources are not comparable, and each result names the sources it rests on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def goldstein_mean(intensity: Array, events: Array) -> Array:
    """The mean weight of the events, -10 (conflict) to 10 (cooperation), NaN without events.

    `intensity` are summed weights, `events` counts, of one shape. Goldstein (1992), Journal of Conflict Resolution 36.
    """
    with np.errstate(all="ignore"):
        return np.where(events > 0, intensity / events, np.nan)


def goldstein_sum(intensity: Array) -> Array:
    """The summed weights themselves: grows with how much is reported. Goldstein (1992), Journal of Conflict Resolution 36."""
    return intensity


def quad_balance(cooperative: Array, conflictual: Array) -> Array:
    """(cooperative - conflictual) / (cooperative + conflictual), -1..1, NaN without events, over quad classes 1-2 against 3-4.

    Duval and Thompson (1980), American Journal of Political Science 24.
    """
    with np.errstate(all="ignore"):
        return (cooperative - conflictual) / (cooperative + conflictual)
