"""How alike two states' portfolios are: votes on roll calls, or promises to every other state.

All measures are functions of one thing, the table of how often state a took level k where state b took level l. So each is
written once and serves a pair, with axes (k, l), and all pairs of all sessions, with axes (k, l, ..., state a, state b).

`levels` are the values of the scale in their order: 1 yes, 2 abstain, 3 no for votes; 0 none, 1 entente, 2 neutrality or
non-aggression, 3 defence for alliances. A measure is NaN where the pair has nothing in common or the formula divides by nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.errors import InputError

Array = NDArray[np.float64]
VOTE_LEVELS: Final = (1.0, 2.0, 3.0)
ALLIANCE_LEVELS: Final = (0.0, 1.0, 2.0, 3.0)
# How far two levels are apart: as the power of their difference; 0 counts every difference alike.
DISTANCES: Final[Mapping[str, int]] = {"nominal": 0, "absolute": 1, "squared": 2}
RULES: Final = ("qss", "bsv", "yesno")


def crosstab(a: Array, b: Array, levels: Sequence[float], weights: Array | None = None) -> Array:
    """The counts (or summed weights) with axes (level of a, level of b); items where either is NaN or off the scale are left out."""
    scale = np.asarray(levels, float)
    in_a, in_b = a[None, :] == scale[:, None], b[None, :] == scale[:, None]
    mass = np.ones(len(a)) if weights is None else np.asarray(weights, float)
    found: Array = (in_a * mass) @ in_b.T.astype(float)
    return found


def crosstabs(choices: Array, levels: Sequence[float], weights: Array | None = None) -> Array:
    """The counts of all pairs, with axes (level of a, level of b, state a, state b), from choices (item, state).

    Nine matrix products for a session of votes, whatever the number of pairs.
    """
    # Counts below 2^24 are exact in half the memory.
    took: list[NDArray[np.floating]] = [np.asarray(choices == level, np.float32) for level in levels]
    heavy = took if weights is None else [one * np.asarray(weights, np.float64)[:, None] for one in took]
    found: Array = np.array([[one.T @ other for other in took] for one in heavy], np.float64)
    return found


def signorino_ritter_s(table: Array, levels: Sequence[float], distance: str = "absolute") -> Array:
    """S in -1..1: 1 - 2 sum w d(a, b) / (d_max sum w); 1 for equal portfolios, -1 for opposite ones.

    d is the absolute (or squared) difference, d_max that of the ends of `levels`, w the weights in `table` (1 each: unweighted).
    Signorino and Ritter (1999), International Studies Quarterly 43.
    """
    gaps = _gaps(levels, distance)
    with np.errstate(all="ignore"):
        found: Array = 1 - 2 * _sum(table, gaps) / (gaps.max() * table.sum((0, 1)))
    return found


def cohen_kappa(table: Array, levels: Sequence[float], distance: str = "squared") -> Array:
    """Kappa, at most 1: 1 - observed / expected disagreement, each state keeping its own habits; 0 is chance.

    Expected counts are r_k c_l / n. Cohen (1968), Psychological Bulletin 70; for foreign policy Häge (2011), Political Analysis 19.
    """
    rows, columns = table.sum(1), table.sum(0)
    return _chance_corrected(table, rows[:, None] * columns[None, :], _gaps(levels, distance))


def scott_pi(table: Array, levels: Sequence[float], distance: str = "squared") -> Array:
    """Pi, at most 1: as kappa, but chance takes the habits that the two states have on average: m_k m_l / n.

    Scott (1955), Public Opinion Quarterly 19; for foreign policy Häge (2011), Political Analysis 19.
    """
    mean = (table.sum(1) + table.sum(0)) / 2
    return _chance_corrected(table, mean[:, None] * mean[None, :], _gaps(levels, distance))


def kendall_tau_b(table: Array) -> Array:
    """Tau-b in -1..1: (P - Q) / sqrt((n0 - n1)(n0 - n2)), ties counted out; P, Q pairs of items in the same, the other order.

    Kendall (1945), Biometrika 33; for alliances Bueno de Mesquita (1975), Journal of Conflict Resolution 19.
    """
    size = len(table)
    same = np.zeros(table.shape[2:])
    other = np.zeros(table.shape[2:])
    for k in range(size):
        for m in range(size):
            same = same + table[k, m] * table[k + 1 :, m + 1 :].sum((0, 1))
            other = other + table[k, m] * table[k + 1 :, :m].sum((0, 1))
    rows, columns, every = table.sum(1), table.sum(0), table.sum((0, 1))
    free_a = (every**2 - (rows**2).sum(0)) / 2
    free_b = (every**2 - (columns**2).sum(0)) / 2
    with np.errstate(all="ignore"):
        found: Array = (same - other) / np.sqrt(free_a * free_b)
    return found


def agreement(table: Array, levels: Sequence[float] = VOTE_LEVELS, rule: str = "qss") -> Array:
    """The share (0..1) of common items on which the two agree.

    Rule `qss`: the same choice, an abstention being a choice (Imai 2017, Quantitative Social Science, UN voting data). Rule `bsv`:
    an abstention half agrees with yes and with no (Bailey, Strezhnev and Voeten 2017, Journal of Conflict Resolution 61): 1 minus
    the distance as a share of the scale. Rule `yesno`: items on which either stands between the ends are left out.
    """
    if rule not in RULES:
        raise InputError(f"There is no rule of agreement {rule!r}.", f"Rules: {', '.join(RULES)}.")
    every = table.sum((0, 1))
    with np.errstate(all="ignore"):
        if rule == "bsv":
            gaps = _gaps(levels, "absolute")
            half: Array = 1 - _sum(table, gaps) / (gaps.max() * every)
            return half
        if rule == "yesno":
            first, last = table[0, 0], table[-1, -1]
            ends: Array = (first + last) / (first + last + table[0, -1] + table[-1, 0])
            return ends
        shared: Array = np.trace(table) / every
        return shared


def common_items(table: Array) -> Array:
    """On how many items (or on what weight) both states took a level."""
    found: Array = table.sum((0, 1))
    return found


MEASURES: Final[Mapping[str, Callable[..., Array]]] = {
    "s": signorino_ritter_s,
    "kappa": cohen_kappa,
    "pi": scott_pi,
    "taub": kendall_tau_b,
    "agreement": agreement,
}


def measure(table: Array, name: str, levels: Sequence[float], distance: str | None = None, rule: str = "qss") -> Array:
    """The measure called `name` (s, kappa, pi, taub, agreement) of a table; `distance` None takes the measure's own default.

    Raises InputError for an unknown measure, distance or rule, or a distance with no spread.
    """
    if name not in MEASURES:
        raise InputError(f"There is no measure {name!r}.", f"Measures: {', '.join(MEASURES)}.")
    if name == "taub":
        return kendall_tau_b(table)
    if name == "agreement":
        return agreement(table, levels, rule)
    return MEASURES[name](table, levels) if distance is None else MEASURES[name](table, levels, distance)


def _gaps(levels: Sequence[float], distance: str) -> Array:
    """The distances (level, level); raises InputError for an unknown one."""
    if distance not in DISTANCES:
        raise InputError(f"There is no distance {distance!r}.", f"Distances: {', '.join(DISTANCES)}.")
    if len(levels) < 2:
        raise InputError("A scale needs two levels at least.", "Give them: --levels 0,1,2,3.")
    gaps: Array = np.abs(np.subtract.outer(np.asarray(levels, float), np.asarray(levels, float)))
    return (gaps > 0).astype(float) if distance == "nominal" else gaps ** DISTANCES[distance]


def _sum(table: Array, gaps: Array) -> Array:
    found: Array = np.tensordot(gaps, table, 2)
    return found


def _chance_corrected(table: Array, expected: Array, gaps: Array) -> Array:
    with np.errstate(all="ignore"):
        found: Array = 1 - _sum(table, gaps) * table.sum((0, 1)) / _sum(expected, gaps)
    return found
