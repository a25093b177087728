"""The panel: at a day, the dyads that are alive, what each part of the past adds to the acts that may be expected, and what came.

A part is a decayed count of past acts as a rate a day, so a weighted sum of parts is the number of acts expected: a discrete
Hawkes process. Nothing on or after the day enters a part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.forecast.chances.acts import ANY, Acts, Flags, Floats, Ints

ALIVE = 365  # days since the last act, in either direction, that keep a dyad in the panel
_MEMORY = 1500  # days looked back at
# name, half-life in days; what is counted stands in `_sums`.
PARTS: tuple[tuple[str, float], ...] = (
    ("same act, fresh", 15.0),
    ("same act, of late", 60.0),
    ("same act, long run", 240.0),
    ("same act, by the other", 60.0),
    ("kindred acts", 60.0),
    ("any acts", 60.0),
    ("any acts, by the other", 60.0),
    ("the source's habit", 120.0),
    ("the target's lot", 120.0),
    ("base rate", 0.0),
)
OWN = 2  # the part that the own rate is made of


@dataclass(frozen=True)
class Panel:
    """Dyads alive at `day`: `source`, `target` (dyad,); `parts` (dyad, part) as acts a day; `came` (dyad,) acts within the window."""

    day: int
    source: Ints
    target: Ints
    parts: Floats
    came: Ints


def alive_dyads(acts: Acts, day: int) -> Ints:
    """Keys (source x actors + target) of the dyads with an act in either direction within `ALIVE` days before `day`, ascending."""
    size = len(acts.actors)
    late = (acts.day < day) & (acts.day >= day - ALIVE) & (acts.source != acts.target)
    source, target = acts.source[late], acts.target[late]
    return np.unique(np.concatenate([source * size + target, target * size + source]))


def read_panel(
    acts: Acts, name: str, day: int, window: int, dyads: Ints | None = None, base: float | None = None
) -> Panel:
    """The panel of a class at a day. `dyads` are keys (all that are alive when left out); `base` is the rate a day of the class in
    an average dyad (measured over the last years when left out)."""
    size = len(acts.actors)
    keys = alive_dyads(acts, day) if dyads is None else dyads
    same = acts.of_class(name)
    past = (acts.day < day) & (acts.day >= day - _MEMORY)
    parts = np.stack([_sums(acts, same, past, name, part, day, keys) for part in range(len(PARTS) - 1)], axis=1)
    rate = base_rate(acts, name, day) if base is None else base
    ahead = same & (acts.day >= day) & (acts.day < day + window)
    came = _count(acts.source[ahead] * size + acts.target[ahead], None, keys).astype(np.int64)
    return Panel(day, keys // size, keys % size, np.column_stack([parts, np.full(len(keys), rate)]), came)


def base_rate(acts: Acts, name: str, day: int) -> float:
    """Acts of the class a day and dyad alive, over the `_MEMORY` days before `day`; half an act is added, so that it is never nought."""
    span = _span(acts, day, _MEMORY)
    same = acts.of_class(name) & (acts.day < day) & (acts.day >= day - span)
    return (int(same.sum()) + 0.5) / (span * max(len(alive_dyads(acts, day)), 1))


def weights_of(acts: Acts, name: str, part: int, day: int) -> tuple[Flags, Floats]:
    """Which acts a part counts, whoever's they are, and the rate a day that each adds (act,)."""
    same = acts.of_class(name)
    if PARTS[part][0] == "kindred acts":
        parent = acts.parents.get(name, ANY)
        counted = np.zeros(len(acts), bool) if parent == ANY else acts.of_class(parent) & ~same
    elif PARTS[part][0].startswith("any acts"):
        counted = ~same
    else:
        counted = same
    half = PARTS[part][1]
    lag = day - acts.day
    full = 1 - 2.0 ** (-_span(acts, day, _MEMORY) / half)
    rate = np.log(2) / half / full * 2.0 ** (-lag / half)
    return counted & (lag > 0) & (lag <= _MEMORY), rate


def side_of(acts: Acts, part: int, source: int, target: int) -> Flags:
    """(act,) whether an act is of the dyad's side that the part looks at."""
    word = PARTS[part][0]
    if word.endswith("by the other"):
        return np.asarray((acts.source == target) & (acts.target == source))
    if word == "the source's habit":
        return np.asarray(acts.source == source)
    if word == "the target's lot":
        return np.asarray(acts.target == target)
    return np.asarray((acts.source == source) & (acts.target == target))


def partners(acts: Acts, day: int) -> tuple[Floats, Floats]:
    """How many dyads alive each actor has as source and as target, at least one: the share of a habit that falls to one of them."""
    size = len(acts.actors)
    keys = alive_dyads(acts, day)
    out, into = np.bincount(keys // size, minlength=size), np.bincount(keys % size, minlength=size)
    return np.maximum(out, 1).astype(float), np.maximum(into, 1).astype(float)


def _sums(acts: Acts, same: Flags, past: Flags, name: str, part: int, day: int, keys: Ints) -> Floats:
    size, word = len(acts.actors), PARTS[part][0]
    counted, rate = weights_of(acts, name, part, day)
    rows = np.flatnonzero(counted & past)
    if word in ("the source's habit", "the target's lot"):
        side, own = (acts.source, keys // size) if "source" in word else (acts.target, keys % size)
        share = partners(acts, day)["target" in word]
        return np.asarray((np.bincount(side[rows], rate[rows], size) / share)[own])
    first, second = (acts.target, acts.source) if word.endswith("by the other") else (acts.source, acts.target)
    return _count(first[rows] * size + second[rows], rate[rows], keys)


def _count(found: Ints, weights: Floats | None, keys: Ints) -> Floats:
    """The weights of `found` summed by key (ascending); what is not among the keys is left out."""
    if not len(keys):
        return np.zeros(0)
    at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    here = keys[at] == found
    return np.bincount(at[here], None if weights is None else weights[here], len(keys)).astype(np.float64)


def _span(acts: Acts, day: int, most: int) -> int:
    """How many days of history lie before `day`, at least one."""
    return max(1, min(most, day - int(acts.day[0]))) if len(acts) else 1
