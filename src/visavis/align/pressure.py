"""Third-party pressure: are two states that the same others press driven together? A panel that reports whatever the data say.

For each ordered pair i -> j and period t, next period's cooperative events are regressed (Poisson) on the pressure that both are under,
TP_ij = sum over k of sqrt(log1p h_ki log1p h_kj) with h_ki the discounted hostile events from k to i; on friends of friends, friends of
enemies, and the pair's own and reverse past, with an effect for each sender and each target in each period. Those effects take out
that busy states do more of everything. Poisson pseudo-likelihood: Santos Silva and Tenreyro (2006); the effects are solved as in
Correia, Guimarães and Zylkin (2020), Stata Journal 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from visavis.align.lift import discounted
from visavis.errors import QueryError

Array = NDArray[np.float64]
TERMS: Final = (
    "pressure",
    "friend of friend",
    "friend of enemy",
    "own",
    "reverse",
    "own hostility",
    "reverse hostility",
)
# A share of the past that is kept per period: half-life of four periods.
_KEEP = 0.85
_NEWTON = 40
_SWEEPS = 60
_TOLERANCE = 1e-8


@dataclass(frozen=True)
class Pressure:
    """Coefficients and standard errors (clustered by pair) of TERMS, the first three per standard deviation; `p` is the permutation
    p value of pressure, `without` its coefficient with each state left out, `verdict` a sentence."""

    coefficients: Array
    se: Array
    p: float
    null_mean: float
    without: dict[str, float]
    verdict: str


def pressure_terms(
    cooperative: Array, conflictual: Array, keep: float = _KEEP, rng: np.random.Generator | None = None
) -> Array:
    """TERMS as they stand at the end of each period, (term, period, i, j), from directed counts (period, source, target).

    With `rng` the targets of each sender's hostility are permuted: what pressure would be if it fell on others.
    """
    friendly, hostile = np.log1p(discounted(cooperative, keep)), np.log1p(discounted(conflictual, keep))
    size = hostile.shape[1]
    for part in (friendly, hostile):
        part[:, np.arange(size), np.arange(size)] = 0.0
    pressing = hostile if rng is None else _permuted(hostile, rng)
    root = np.sqrt(pressing)
    friends, enemies = (np.sqrt(part + part.transpose(0, 2, 1)) for part in (friendly, hostile))
    mixed = friends @ enemies
    terms = np.array(
        [
            root.transpose(0, 2, 1) @ root,
            friends @ friends,
            (mixed + mixed.transpose(0, 2, 1)) / 2,
            friendly,
            friendly.transpose(0, 2, 1),
            hostile,
            hostile.transpose(0, 2, 1),
        ]
    )
    apart = ~np.eye(size, dtype=bool)
    for term in terms[:3]:
        known = term[:, apart]
        term -= known.mean()
        term /= max(float(known.std()), 1e-12)
    return terms


def contributions(conflictual: Array, i: int, j: int, keep: float = _KEEP) -> Array:
    """How much each third state k adds to the pressure on i and j together, (period, k)."""
    hostile = np.log1p(discounted(conflictual, keep))
    found: Array = np.sqrt(hostile[:, :, i] * hostile[:, :, j])
    found[:, [i, j]] = 0.0
    return found


def poisson_panel(outcome: Array, terms: Array) -> tuple[Array, Array]:
    """(coefficients, standard errors) (term,) of outcome (period, i, j) on terms (term, period, i, j), i != j.

    Newton's method; sender-period and target-period effects are fitted by proportional scaling at each step and projected out of
    the terms. Errors are clustered by undirected pair. Raises QueryError when a term has no variation left.
    """
    size = outcome.shape[1]
    mask = np.broadcast_to(~np.eye(size, dtype=bool), outcome.shape)
    # A sender or target that does nothing in a period says nothing of the terms.
    mask = mask & (outcome.sum(2, keepdims=True) > 0) & (outcome.sum(1, keepdims=True) > 0)
    outcome = np.where(mask, outcome, 0.0)
    beta, scale = np.zeros(len(terms)), mask.astype(float)
    for _ in range(_NEWTON):
        mean = _fitted(outcome, np.exp(np.clip(np.tensordot(beta, terms, 1), -30, 30)) * mask, scale)
        inner = _within(terms, mean)
        score = np.tensordot(inner, outcome - mean, 3)
        bread = np.einsum("atij,tij,btij->ab", inner, mean, inner, optimize=True)
        if np.linalg.cond(bread) > 1e12:
            raise QueryError(
                "The pressure panel cannot be fitted: a term does not vary.", "More states or periods are needed."
            )
        step = np.linalg.solve(bread, score)
        beta = beta + np.clip(step, -1, 1)
        if np.abs(step).max() < _TOLERANCE:
            break
    clusters = np.einsum("atij,tij->aij", inner, outcome - mean)
    clusters = clusters + clusters.transpose(0, 2, 1)
    i, j = np.triu_indices(size, 1)
    meat = clusters[:, i, j] @ clusters[:, i, j].T
    turned = np.linalg.inv(bread)
    return beta, np.sqrt(np.diag(turned @ meat @ turned))


def pressure_panel(
    states: tuple[str, ...], cooperative: Array, conflictual: Array, seed: int, draws: int = 99, leave_out: int = 10
) -> Pressure:
    """The panel with its permutation null and, for the `leave_out` busiest states, the coefficient without each.

    `cooperative` and `conflictual` are directed counts (period, source, target). Raises QueryError for less than three periods.
    """
    if len(cooperative) < 3:
        raise QueryError("The pressure panel needs three periods at least.", "Take shorter periods or more events.")
    outcome = cooperative[1:]

    def fit(good: Array, bad: Array, rng: np.random.Generator | None) -> tuple[Array, Array]:
        return poisson_panel(good[1:], pressure_terms(good, bad, rng=rng)[:, :-1])

    beta, se = fit(cooperative, conflictual, None)
    rng = np.random.default_rng(seed)
    null = np.array([fit(cooperative, conflictual, rng)[0][0] for _ in range(draws)])
    p = (1 + int((null >= beta[0]).sum())) / (1 + draws)
    busiest = np.argsort(-(outcome.sum((0, 1)) + outcome.sum((0, 2))))[:leave_out]
    without = {}
    for state in sorted(busiest.tolist()):
        rest = [at for at in range(len(states)) if at != state]
        good, bad = (part[:, rest][:, :, rest] for part in (cooperative, conflictual))
        without[states[state]] = float(fit(good, bad, None)[0][0])
    return Pressure(beta, se, p, float(null.mean()) if draws else 0.0, without, _verdict(beta[0], se[0], p, without))


def _verdict(value: float, se: float, p: float, without: dict[str, float]) -> str:
    """What the three tests say together; "mixed" when they do not agree."""
    sure, beyond = abs(value) > 1.96 * se, p < 0.05
    stable = all(np.sign(other) == np.sign(value) for other in without.values())
    if value > 0 and sure and beyond and stable:
        return "States under common pressure cooperate more than their activity and past explain."
    if value < 0 and sure and stable:
        return "States under common pressure cooperate less than their activity and past explain."
    if not sure and not beyond:
        return "No effect of common pressure can be told from nought."
    doubts = [
        word for word, bad in (("error", not sure), ("permutation", not beyond), ("single states", not stable)) if bad
    ]
    return f"The evidence is mixed: it does not hold against {', '.join(doubts)}."


def _permuted(hostile: Array, rng: np.random.Generator) -> Array:
    """Each sender's row with its targets in another order, the sender itself keeping its nought; the same order in all periods."""
    found = hostile.copy()
    size = hostile.shape[1]
    for sender in range(size):
        others = np.delete(np.arange(size), sender)
        found[:, sender, others] = hostile[:, sender, rng.permutation(others)]
    return found


def _fitted(outcome: Array, base: Array, scale: Array) -> Array:
    """base times sender-period and target-period effects, with the row and column sums of the outcome. `scale` keeps the effects."""
    mean = base * scale
    for _ in range(_SWEEPS):
        for axis in (2, 1):
            held = mean.sum(axis, keepdims=True)
            ratio = np.divide(outcome.sum(axis, keepdims=True), held, out=np.ones_like(held), where=held > 0)
            mean *= ratio
            scale *= ratio
        if np.abs(ratio - 1).max() < 1e-9:
            break
    return mean


def _within(terms: Array, weight: Array) -> Array:
    """The terms less their weighted sender-period and target-period means, by turns until both are nought."""
    inner = terms.copy()
    held = {axis: np.maximum(weight.sum(axis, keepdims=True), 1e-12) for axis in (2, 1)}
    for _ in range(_SWEEPS):
        worst = 0.0
        for axis in (2, 1):
            mean = (inner * weight).sum(axis + 1, keepdims=True) / held[axis]
            inner -= mean
            worst = max(worst, float(np.abs(mean).max()))
        if worst < 1e-7:
            break
    return inner
