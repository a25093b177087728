"""Camps of actors from signed, weighted relations: landscape energy, pressures by third parties, factions, war-stable networks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.errors import ScenarioError

Floats = NDArray[np.float64]
MOST_ACTORS, MOST_STATES = (
    20,
    5,
)  # all configurations of 20 actors are half a million; all networks of 5 states are 1,024
NEEDED = ("any", "one", "both")


@dataclass(frozen=True)
class Landscape:
    """`camps` (configuration, actor) are 0 or 1, actor 0 always in camp 0; `energies` (configuration); `minima` are indices of
    configurations that no single move improves, lowest energy first."""

    camps: NDArray[np.int8]
    energies: Floats
    minima: tuple[int, ...]


def landscape(propensity: Floats, strength: Floats) -> Landscape:
    """All two-camp configurations and their energies.

    Energy = sum over ordered pairs of strength_i x strength_j x propensity_ij x d_ij, d = 1 across camps (Axelrod and Bennett 1993,
    British Journal of Political Science 23). `propensity` (actor, actor), any unit, need not be symmetric. At most 20 actors.
    """
    n = len(strength)
    if n > MOST_ACTORS:
        raise ScenarioError(f"{n} actors have too many configurations.", f"Give at most {MOST_ACTORS}.")
    weights = propensity * np.outer(strength, strength)
    np.fill_diagonal(weights, 0.0)
    weights = weights + weights.T
    index = np.arange(2 ** (n - 1), dtype=np.int64)
    camps = np.zeros((len(index), n), dtype=np.int8)
    for actor in range(1, n):
        camps[:, actor] = (index >> (n - 1 - actor)) & 1
    side = 1.0 - 2.0 * camps
    energies = (weights.sum() / 2 - np.einsum("ca,ca->c", side @ weights, side) / 2) / 2
    return Landscape(camps, energies, _minima(energies, n))


def _minima(energies: Floats, n: int) -> tuple[int, ...]:
    index = np.arange(len(energies))
    lowest = (
        energies <= energies[(len(energies) - 1) ^ index]
    )  # the first actor changes camp: all others do, seen from it
    for actor in range(1, n):
        lowest &= energies <= energies[index ^ (1 << (n - 1 - actor))] + 1e-9 * np.abs(energies).max()
    found = np.flatnonzero(lowest)
    return tuple(int(i) for i in found[np.argsort(energies[found], kind="stable")])


def pressure(propensity: Floats, strength: Floats) -> Floats:
    """(actor a, actor b, third k): strength_k x p_ak x p_kb, what the third party pushes the pair to; positive: together.

    Heider's balance (1946) as the flow of Kulakowski, Gawronski and Gronek (2005), dx_ab/dt = sum_k x_ak x_kb, split by k.
    """
    x = (propensity + propensity.T) / 2
    pushes = np.einsum("ak,kb,k->abk", x, x, strength)
    for a in range(len(x)):
        pushes[a, a, :] = pushes[a, :, a] = pushes[:, a, a] = 0.0
    return np.asarray(pushes)


def factions(propensity: Floats) -> tuple[NDArray[np.int8], float]:
    """(camp 0 or 1 of each actor, time until the flow dX/dt = X X blows up): signs of the leading eigenvector and 1 / its eigenvalue.

    Marvel, Kleinberg, Kleinberg and Strogatz 2011, PNAS 108. Time is infinite when no eigenvalue is positive.
    """
    values, vectors = np.linalg.eigh((propensity + propensity.T) / 2)
    leading = vectors[:, -1]
    sides = (leading * (leading[np.flatnonzero(np.abs(leading) > 1e-12)[0]]) < 0).astype(np.int8)
    return sides, float(1 / values[-1]) if values[-1] > 1e-12 else float("inf")


def war_stable(strength: Floats, defence: float, needed: str = "any") -> tuple[tuple[tuple[int, int], ...], ...]:
    """All war-stable alliance networks of at most five states (Jackson and Nei 2015, PNAS 112).

    A state is vulnerable when some state j and allies of j are stronger than `defence` x the state and its remaining allies. Stable: nobody is
    vulnerable; no added alliance makes anybody so; and every alliance is needed: without it somebody (`any`), one of its two, or `both`
    are vulnerable. The paper finds no such network but the empty one for defence of 1 or more, and often none at all.
    """
    n = len(strength)
    if n > MOST_STATES:
        raise ScenarioError(f"{n} states have too many networks.", f"Give at most {MOST_STATES}.")
    pairs = list(itertools.combinations(range(n), 2))
    networks = [frozenset(p for k, p in enumerate(pairs) if bits >> k & 1) for bits in range(2 ** len(pairs))]
    weak = {g: _vulnerable(g, strength, defence) for g in networks}

    def keeps(g: frozenset[tuple[int, int]], p: tuple[int, int]) -> bool:
        without = weak[g - {p}]
        return {"any": bool(without), "one": bool(without & set(p)), "both": set(p) <= without}[needed]

    return tuple(
        tuple(sorted(g)) for g in networks
        if not weak[g] and not any(weak[g | {p}] for p in pairs if p not in g) and all(keeps(g, p) for p in g)
    )  # fmt: skip


def _vulnerable(network: frozenset[tuple[int, int]], strength: Floats, defence: float) -> set[int]:
    n = len(strength)
    allies = [{j for pair in network if i in pair for j in pair} | {i} for i in range(n)]
    found = set()
    for i, j in itertools.permutations(range(n), 2):
        others = [k for k in allies[j] if k not in (i, j)]
        for size in range(len(others) + 1):
            for chosen in itertools.combinations(others, size):
                attackers = {j, *chosen}
                defenders = (allies[i] - attackers) | {i}
                attack, defend = sum(strength[list(attackers)]), sum(strength[list(defenders)])
                if attack > defence * defend + 1e-12:
                    found.add(i)
    return found
