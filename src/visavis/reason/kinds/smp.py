"""KTAB's Spatial Model of Politics, deterministic: bargaining over positions in one or more dimensions.

Source: B. P. Wise, L. Lester and B. Efird, "An introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB)" and "Multidimensional
bargaining using KTAB" (KAPSARC, 2015), in the reading linear victory, proportional vote, conditional PCE.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_LEAST_SUPPORT, _LEAST_VOTE, _LEAST_GAIN = (
    1e-8,
    1e-10,
    1e-5,
)  # KTAB's floors under coalition strength, votes and worthwhile gains
_NUDGE, _GRAIN, _SAME = (
    1e-6,
    1e4,
    1e-3,
)  # bargaining weight of an actor without salience; rounding of positions; equal positions


@dataclass(frozen=True)
class Params:
    """`power` (actor), any unit; `positions`, `saliences` (actor, dimension), 0..1. At most `turns` are played; they end when a turn moves less
    than `still` of what the first moved."""

    power: Floats
    positions: Floats
    saliences: Floats
    turns: int = 100
    still: float = 0.02


@dataclass(frozen=True)
class Result:
    """`positions` (turn, actor, dimension), 0..1, from the start on; `chances` (turn, actor): the probability that the actor's position wins;
    `risk` (actor), -1..1, and `targets` {actor: (whom it challenges, probability, expected gain)} of the first turn."""

    positions: Floats
    chances: Floats
    risk: Floats
    targets: dict[int, tuple[int, float, float]]


@dataclass(frozen=True)
class _Bargain:
    """A proposal: `first` and `second` would move to these places; the two are one and the same actor in the status quo."""

    first: int
    second: int
    to_first: Floats
    to_second: Floats


def solve(params: Params) -> Result:
    """Positions turn by turn: each actor challenges where its expected gain is greatest, and takes the best bargain it is offered."""
    cap, sal, at = params.power, params.saliences, params.positions
    history, chances = [at], []
    first_risk, targets, moved_first = np.zeros(len(cap)), {}, 0.0
    for turn in range(params.turns):
        risk, utility = _utilities(cap, at, sal)
        chances.append(_state_chances(cap, at, utility))
        at, challenged = _turn(cap, at, sal, risk, utility)
        history.append(at)
        moved = float(np.linalg.norm(history[-1] - history[-2], axis=1).sum())
        if turn == 0:
            first_risk, targets, moved_first = risk, challenged, moved + 1e-4
        elif moved / moved_first < params.still:
            break
    chances.append(_state_chances(cap, at, _utilities(cap, at, sal)[1]))
    return Result(np.array(history), np.array(chances), first_risk, targets)


def _loss(distance: Floats, risk: Floats | float) -> Floats:
    """Utility at a distance: (1 - d)(1 + d R), flat growth beyond 1; R > 0 loves risk."""
    return np.where(distance <= 1, (1 - distance) * (1 + distance * risk), (1 - distance) * (1 + risk))


def _distances(ideal: Floats, saliences: Floats, places: Floats) -> Floats:
    """(actor, place): Euclidean distance weighed by the actor's own saliences, 1 across the whole scale."""
    gaps = (ideal[:, None, :] - places[None]) * saliences[:, None, :]
    return np.asarray(np.sqrt((gaps**2).sum(2) / (saliences**2).sum(1)[:, None]))


def _win(power: Floats, utility: Floats) -> Floats:
    """The probability of each option by the conditional PCE: the product of its pairwise victories, normalised. `utility` (actor, option)."""
    vote = power[:, None, None] * (utility[:, :, None] - utility[:, None, :])
    support = _LEAST_SUPPORT + np.maximum(vote, 0).sum(0)
    victory = support / (support + support.T)
    np.fill_diagonal(victory, 0.5)
    product = victory.prod(1)
    return np.asarray(product / product.sum())


def _utilities(cap: Floats, at: Floats, sal: Floats) -> tuple[Floats, Floats]:
    """Risk attitudes from the central position (Bueno de Mesquita 1985), and utility (whose view, actor, position of)."""
    distance = _distances(at, sal, at)
    p = _win(cap, _loss(distance, 0.0))
    spread = p.max() - p.min()
    risk = np.zeros(len(cap)) if spread <= 0 else (3 * p - (p.max() + 2 * p.min())) / (2 * spread)
    mixed = (2 * risk[:, None] + risk[None]) / 3
    return risk, _loss(distance[None], mixed[:, :, None])


def _state_chances(cap: Floats, at: Floats, utility: Floats) -> Floats:
    """The probability that each actor's position wins; actors at the same place share theirs."""
    own = np.array([utility[i, i] for i in range(len(cap))])
    places: list[int] = []
    place_of = []
    for i in range(len(cap)):
        near = [k for k, j in enumerate(places) if np.linalg.norm(at[i] - at[j]) < _SAME]
        if not near:
            places.append(i)
        place_of.append(near[0] if near else len(places) - 1)
    return np.asarray(_win(cap, own[:, places])[place_of])


def _turn(
    cap: Floats, at: Floats, sal: Floats, risk: Floats, utility: Floats
) -> tuple[Floats, dict[int, tuple[int, float, float]]]:
    n = len(cap)
    offers: list[list[_Bargain]] = [[_Bargain(i, i, at[i], at[i])] for i in range(n)]
    targets = {}
    for i in range(n):
        found = [(*_challenge(utility[i], cap, sal, i, j), j) for j in range(n) if j != i]
        worth = [one for one in found if one[1] > _LEAST_GAIN]
        if not worth:
            continue
        p, gain, j = max(worth, key=lambda one: (one[1], -one[2]))
        targets[i] = (j, p, gain)
        offer = _Bargain(i, j, *_meet(at[i], sal[i], at[j], sal[j], p))
        offers[i].append(offer)
        offers[j].append(offer)
    new = at.copy()
    for k in range(n):
        taken = offers[k][int(np.argmax(_win(cap, _offered(offers[k], at, sal, risk, utility))))]
        if taken.first != taken.second:
            new[k] = taken.to_first if taken.first == k else taken.to_second
    return new, targets


def _challenge(view: Floats, cap: Floats, sal: Floats, i: int, j: int) -> tuple[float, float]:
    """(probability that i beats j, expected gain of challenging), both as i sees them: third parties join whom they prefer."""
    weight = sal.sum(1) * cap
    principal = np.array([weight[i] * (view[i, i] - view[i, j]), weight[j] * (view[j, i] - view[j, j])])
    for_i = _LEAST_VOTE + np.maximum(principal, 0).sum()
    for_j = _LEAST_VOTE + np.maximum(-principal, 0).sum()
    others = np.array([k for k in range(len(cap)) if k not in (i, j)], dtype=int)
    to_i, to_j, own = view[others, i], view[others, j], view[others, others]
    vote = weight[others] * (to_i - to_j)
    x, y = for_i + np.maximum(vote, 0), for_j + np.maximum(-vote, 0)
    p = x / (x + y)
    # A third party weighs joining i or j: it keeps its own position only where it sides with the winner.
    with_i = p * (2 * to_i + own) + (1 - p) * 3 * to_j
    with_j = p * 3 * to_i + (1 - p) * (2 * to_j + own)
    joined = weight[others] * (with_i - with_j)
    for_i, for_j = for_i + np.maximum(joined, 0).sum(), for_j + np.maximum(-joined, 0).sum()
    win = float(for_i / (for_i + for_j))
    give_in, fight = 2 * view[i, i], win * 2 * view[i, i] + (1 - win) * 2 * view[i, j]
    # KTAB lets the target resist with its salience summed over dimensions, as in the original model of one dimension.
    resists = sal[j].sum()
    return win, float((1 - resists) * give_in + resists * fight - view[i, i] - view[i, j])


def _meet(at_i: Floats, sal_i: Floats, at_j: Floats, sal_j: Floats, p: float) -> tuple[Floats, Floats]:
    """Where the two would move: means weighed by squared salience and squared chance, rounded as KTAB does."""
    wi, wj = sal_i**2 * p**2, sal_j**2 * (1 - p) ** 2
    to_i = ((wi + _NUDGE) * at_i + wj * at_j) / (wi + _NUDGE + wj)
    to_j = (wi * at_i + (_NUDGE + wj) * at_j) / (wi + _NUDGE + wj)
    return np.floor(0.5 + to_i * _GRAIN) / _GRAIN, np.floor(0.5 + to_j * _GRAIN) / _GRAIN


def _offered(offers: list[_Bargain], at: Floats, sal: Floats, risk: Floats, utility: Floats) -> Floats:
    """Utility (actor, bargain) of the state after each bargain: the mean over all positions, the two moved ones replaced."""
    n = len(at)
    own = np.array([utility[a, a] for a in range(n)])
    found = np.empty((n, len(offers)))
    for m, offer in enumerate(offers):
        after = own.copy()
        if offer.first != offer.second:
            for who, place in ((offer.first, offer.to_first), (offer.second, offer.to_second)):
                after[:, who] = _loss(_distances(at, sal, place[None])[:, 0], risk)
        found[:, m] = after.mean(1)
    return found
