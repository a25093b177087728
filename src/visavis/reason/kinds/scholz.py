"""A replica of Bueno de Mesquita's expected-utility model after Scholz, Calbert and Smith (2011), "Unravelling Bueno de Mesquita's
group decision model", Journal of Theoretical Politics 23(4).

The published text leaves choices open, and the result rests on them. They are parameters here, named, and shown side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Which comparison the probability of success is divided by, and which compromise counts as the nearest.
DENOMINATORS, COMPROMISES = ("all", "pair"), ("weighted", "nearest")


@dataclass(frozen=True)
class Params:
    """`power`, `salience` (actor), 0..1; `positions` (actor), any scale. `denominator`: a pair's support is divided by the votes of all
    pairs or of this pair; `compromise`: offers are compared by the mean weighed by expected utilities, or by the place itself;
    `capitulation`: an actor that expects to lose more than the other gains goes over to it, as the text says, or never does.
    `status_quo` is Q, the weight of an unchanged status quo."""

    power: Floats
    positions: Floats
    salience: Floats
    rounds: int = 10
    denominator: str = "all"
    compromise: str = "weighted"
    status_quo: float = 1.0
    capitulation: bool = True


@dataclass(frozen=True)
class Result:
    """`positions` (round, actor); `mean` (round), weighed by power x salience; `median` (round), the Condorcet winner; `risk` (round, actor),
    0.5..2, below 1 averse; all from the start on (risk: one row fewer)."""

    positions: Floats
    mean: Floats
    median: Floats
    risk: Floats


def solve(params: Params) -> Result:
    """Positions round by round. Actors whose positions agree exchange no offers; without any offer the rest of the rounds stand still."""
    at = params.positions.astype(float)
    width = float(np.ptp(at)) or 1.0
    weight = params.power * params.salience
    history, risks = [at], []
    for _ in range(params.rounds):
        risk = _risk(params, at, width)
        risks.append(risk)
        at = _move(params, at, risk, width)
        history.append(at)
    positions = np.array(history)
    mean = (positions * weight).sum(1) / weight.sum()
    median = np.array([_median(weight, one) for one in positions])
    return Result(positions, mean, median, np.array(risks))


def _success(params: Params, at: Floats, risk: Floats, width: float) -> Floats:
    """(i, j): the probability that i's position beats j's; 0 where they agree."""
    distance = (np.abs(at[:, None] - at[None]) / width) ** risk[:, None]  # (voter, position of)
    votes = (params.power * params.salience)[:, None, None] * (distance[:, None, :] - distance[:, :, None])
    support, total = np.maximum(votes, 0).sum(0), np.abs(votes).sum(0)
    below = total.sum() if params.denominator == "all" else total
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(
            np.where((at[:, None] != at[None]) & (np.broadcast_to(below, support.shape) > 0), support / below, 0.0)
        )


def _expected(params: Params, at: Floats, risk: Floats, success: Floats, width: float) -> Floats:
    """(h, i, j): the expected utility of i's challenge of j in the eyes of h; equation 5 of the paper."""
    d = np.abs(at[:, None] - at[None]) / width
    r = risk[:, None, None]
    up, down, still = 2 - 4 * (0.5 - 0.5 * d) ** r, 2 - 4 * (0.5 + 0.5 * d) ** r, 2 - 4 * 0.5**r
    resist = params.salience[None, None, :]
    won = success * up + (1 - success) * down
    return np.asarray(resist * won + (1 - resist) * up - params.status_quo * still)


def _risk(params: Params, at: Floats, width: float) -> Floats:
    """r = (1 - R/3)/(1 + R/3), R from how threatened each actor is when all are neutral; 1 for all when all are alike."""
    neutral = np.ones(len(at))
    expected = _expected(params, at, neutral, _success(params, at, neutral, width), width)
    n = len(at)
    danger = np.array([sum(expected[i, k, i] for k in range(n) if k != i) for i in range(n)])
    spread = danger.max() - danger.min()
    if spread == 0:
        return neutral
    scaled = (2 * danger - danger.max() - danger.min()) / spread
    return np.asarray((1 - scaled / 3) / (1 + scaled / 3))


def _move(params: Params, at: Floats, risk: Floats, width: float) -> Floats:
    """Everybody takes the nearest of its worst offers: confrontations first, then compromises, then capitulations."""
    expected = _expected(params, at, risk, _success(params, at, risk, width), width)
    new = at.copy()
    for i in range(len(at)):
        offers: dict[str, list[tuple[float, float]]] = {"confront": [], "compromise": [], "capitulate": []}
        for j in np.flatnonzero(at != at[i]):
            mine, theirs = float(expected[i, i, j]), float(expected[i, j, i])  # both as i sees them
            if theirs > mine > 0:
                offers["confront"].append((abs(at[i] - at[j]), float(at[j])))
            elif theirs > 0 > mine and theirs > abs(mine):
                place = at[i] + (at[j] - at[i]) * abs(mine / theirs)
                weighed = (abs(mine) * at[i] + abs(theirs) * at[j]) / (abs(mine) + abs(theirs))
                order = weighed if params.compromise == "weighted" else abs(at[i] - place)
                offers["compromise"].append((float(order), float(place)))
            elif params.capitulation and theirs > 0 > mine and theirs < abs(mine):
                offers["capitulate"].append((abs(at[i] - at[j]), float(at[j])))
        taken = next((kind for kind in offers.values() if kind), None)
        if taken:
            new[i] = min(taken, key=lambda one: one[0])[1]
    return new


def _median(weight: Floats, at: Floats) -> float:
    """The lowest position that no other beats by weighted votes on distance; not a number when there is none."""
    for a in sorted(set(at.tolist())):
        if all((weight * (np.abs(at - b) - np.abs(at - a))).sum() >= -1e-12 for b in set(at.tolist())):
            return float(a)
    return float("nan")
