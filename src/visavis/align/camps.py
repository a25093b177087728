"""Camps: the division of a signed, weighted network into groups with good ties inside and bad ties between, any number of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
_RESTARTS = 20


@dataclass(frozen=True)
class Camps:
    """`member` (state,) numbers the camp of each state, the largest being 0; `margin` (state,) says how much worse the state would
    fit its best other camp, as a share of its ties (0 undecided, above 0.5 firm); `quality` is the signed modularity."""

    member: Ints
    margin: Array
    quality: float


def find_camps(ties: Array, resolution: float = 1.0, seed: int = 0, restarts: int = _RESTARTS) -> Camps:
    """The camps of `ties` (state, state), symmetric, positive for good and negative for bad ties, NaN and 0 for none.

    Maximises signed modularity, good ties over their expectation less bad ties over theirs: Q = sum over pairs in one camp of
    (A+ - r k+ k+ / 2m+) - (A- - r k- k- / 2m-), over 2m+ + 2m- (Gómez, Jensen and Arenas 2009, Physical Review E 80). Nodes are moved,
    then whole camps merged and nodes moved again, until nothing gains (the moves of Leiden; Traag et al. 2019), from several
    seeded starts; the best is given. A heuristic: no proof of the optimum.
    """
    gains = _gains(np.nan_to_num(ties), resolution)
    rng = np.random.default_rng(seed)
    best = np.zeros(len(gains), dtype=np.int64)
    best_value = _value(gains, best)
    for _ in range(restarts):
        member = _settle(gains, rng)
        value = _value(gains, member)
        if value > best_value + 1e-12:
            best, best_value = member, value
    member = _numbered(best)
    return Camps(
        member,
        _margins(gains, member, np.abs(np.nan_to_num(ties)).sum(1)),
        best_value / max(np.abs(np.nan_to_num(ties)).sum(), 1e-12),
    )


def _gains(ties: Array, resolution: float) -> Array:
    """What each pair adds when it stands in one camp; 0 on the diagonal."""
    total = np.zeros(ties.shape)
    for sign in (1.0, -1.0):
        part = np.maximum(sign * ties, 0.0)
        degree, whole = part.sum(1), part.sum()
        if whole > 0:
            total += sign * (part - resolution * np.outer(degree, degree) / whole)
    np.fill_diagonal(total, 0.0)
    return total


def _value(gains: Array, member: Ints) -> float:
    return float(gains[member[:, None] == member[None, :]].sum())


def _settle(gains: Array, rng: np.random.Generator) -> Ints:
    """Move nodes, merge camps, move again until neither gains."""
    member = np.arange(len(gains))
    while True:
        moved = _move(gains, member, rng)
        if not _merge(gains, member) and not moved:
            return member


def _move(gains: Array, member: Ints, rng: np.random.Generator) -> bool:
    """Give each node in random order its best camp, or one of its own; whether any moved. Changes `member`."""
    any_moved, again = False, True
    while again:
        again = False
        for node in rng.permutation(len(member)):
            drawn = np.bincount(member, gains[node], len(member) + 1)
            free = int(np.argmin(np.bincount(member, minlength=len(member) + 1)))
            drawn[free] = max(drawn[free], 0.0)
            to = int(drawn.argmax())
            if drawn[to] > drawn[member[node]] + 1e-12:
                member[node] = to if to < len(member) else free
                again = any_moved = True
    return any_moved


def _merge(gains: Array, member: Ints) -> bool:
    """Merge the two camps that gain most from it; whether any did. Changes `member`."""
    names = np.unique(member)
    ones = (member[:, None] == names[None, :]).astype(float)
    between = ones.T @ gains @ ones
    np.fill_diagonal(between, -np.inf)
    if len(names) < 2 or between.max() <= 1e-12:
        return False
    a, b = np.unravel_index(int(between.argmax()), between.shape)
    member[member == names[b]] = names[a]
    return True


def _numbered(member: Ints) -> Ints:
    """Camps numbered by size, then by their first node."""
    names = sorted(
        set(member.tolist()), key=lambda name: (-int((member == name).sum()), int(np.argmax(member == name)))
    )
    return np.array([names.index(name) for name in member.tolist()], dtype=np.int64)


def _margins(gains: Array, member: Ints, strength: Array) -> Array:
    """Own camp's pull less the best other's (a camp of one's own pulls with 0), over the node's ties."""
    ones = (member[:, None] == np.arange(member.max(initial=0) + 2)[None, :]).astype(float)
    pull = gains @ ones
    own = pull[np.arange(len(member)), member].copy()
    pull[np.arange(len(member)), member] = -np.inf
    found: Array = (own - pull.max(1)) / np.maximum(strength, 1e-12)
    return found
