"""Ideal points: one position per state and session behind all its votes, comparable over time.

The dynamic ordinal spatial model of Bailey, Strezhnev and Voeten (2017), Journal of Conflict Resolution 61. For state i in session t
and roll call v a latent z ~ Normal(beta_v theta_it, 1) is cut at gamma_1v < gamma_2v into yes, abstain, no. theta_it follows a random
walk from the session before; roll calls on one and the same text share their parameters, which ties the sessions together. theta
has mean 0 and standard deviation 1 over all state-sessions; the United States stand above Russia.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from visavis.errors import InputError

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
# Variance of a step of the random walk, and of the proposal for a cut point: the values of the published replication code.
STEP_VARIANCE = 0.5
_PROPOSAL_SD = 0.2 / 3
_FAR = 7.0
_TINY = 1e-12


@dataclass(frozen=True)
class Ballots:
    """Votes as arrays. `cell` (vote,) points into (`state`, `session`), sorted by both; `item` (vote,) into `items`; `choice` (vote,) is
    1 yes, 2 abstain, 3 no."""

    state: tuple[str, ...]
    session: Ints
    items: tuple[str, ...]
    cell: Ints
    item: Ints
    choice: Ints


@dataclass(frozen=True)
class Chain:
    """Where the sampler stands: parameters, the generator's state, how many sweeps are done, and the kept draws (draw, cell)."""

    theta: Array
    beta: Array
    low: Array
    high: Array
    z: Array
    rng: np.random.Generator
    sweeps: int
    draws: tuple[Array, ...] = ()


def ballots(
    votes: Sequence[tuple[str, int, str, int]],
    same_text: Sequence[tuple[str, str]] = (),
    leave_out: Sequence[int] = (19,),
) -> Ballots:
    """The votes (state, session, roll call, choice 1-3) as arrays; roll calls of one text share an item, unanimous ones are left out.

    Session 19 (1964-65) took one vote and is left out by default. Raises InputError when nothing is left.
    """
    shared = _same(same_text)
    kept = [v for v in votes if v[3] in (1, 2, 3) and v[1] not in set(leave_out)]
    chosen: dict[str, set[int]] = {}
    for _, _, call, choice in kept:
        chosen.setdefault(call, set()).add(choice)
    kept = [v for v in kept if len(chosen[v[2]]) > 1]
    if not kept:
        raise InputError("There is no roll call on which states differ.", "Give votes with 1 yes, 2 abstain, 3 no.")
    cells = sorted({(state, session) for state, session, _, _ in kept})
    items = sorted({shared.get(call, call) for _, _, call, _ in kept})
    at_cell, at_item = ({key: at for at, key in enumerate(keys)} for keys in (cells, items))
    rows = np.array([(at_cell[s, t], at_item[shared.get(c, c)], y) for s, t, c, y in kept], dtype=np.int64)
    rows = rows[np.lexsort((rows[:, 2], rows[:, 0], rows[:, 1]))]
    return Ballots(
        tuple(state for state, _ in cells),
        np.array([session for _, session in cells]),
        tuple(items),
        rows[:, 0].copy(),
        rows[:, 1].copy(),
        rows[:, 2].copy(),
    )


def start(data: Ballots, high: str, low: str, seed: int) -> Chain:
    """A chain at its beginning: `high` and `low` are the states that set the direction (the United States and Russia).

    Raises InputError when either did not vote.
    """
    state = np.array(data.state)
    for anchor in (high, low):
        if anchor not in data.state:
            raise InputError(
                f"The votes hold no state {anchor!r}.", "Name two states that set the direction: --high, --low."
            )
    theta = np.where(state == high, 2.0, np.where(state == low, -2.0, 0.0))
    size = len(data.items)
    votes = np.bincount(data.item, minlength=size)
    yes, abstain = (np.bincount(data.item, data.choice == c, size) / votes for c in (1, 2))
    first = 2 * yes - 1
    second = np.maximum(2 * (yes + abstain) - 1, first + 0.05)
    sides = [np.bincount(data.item, (state == s)[data.cell] * (data.choice - 2.0), size) for s in (high, low)]
    rng = np.random.default_rng(seed)
    chain = Chain(theta, np.sign(sides[0] - sides[1]), first, second, np.zeros(len(data.item)), rng, 0)
    return replace(chain, z=_latent(data, chain, np.zeros(len(data.item))))


def sample(
    data: Ballots, chain: Chain, sweeps: int, keep_every: int = 0, progress: Callable[[int], None] | None = None
) -> Chain:
    """The chain after so many more sweeps of the Gibbs sampler; every `keep_every`-th draw of theta is kept (0: none).

    theta and beta are drawn from their normal conditionals, the cut points by Metropolis steps with z integrated out (Cowles 1996),
    z from truncated normals. The same data, seed and sweeps give the same chain, in one go or resumed.
    """
    walk = _walk(data)
    for _ in range(sweeps):
        theta = _positions(data, chain, walk)
        chain = replace(chain, theta=theta)
        eta = chain.beta[data.item] * theta[data.cell]
        low, high = _cut_points(data, chain, eta)
        chain = replace(chain, low=low, high=high)
        chain = replace(chain, z=_latent(data, chain, eta))
        chain = replace(chain, beta=_slopes(data, chain), sweeps=chain.sweeps + 1)
        if keep_every and chain.sweeps % keep_every == 0:
            chain = replace(chain, draws=(*chain.draws, theta.astype(np.float32).astype(np.float64)))
        if progress is not None:
            progress(1)
    return chain


def carry_over(old: Ballots, chain: Chain, new: Ballots, seed: int) -> Chain:
    """The chain for votes that have grown: what was known keeps its values, a state's new sessions begin at its last, a new roll call
    at a neutral slope. The kept draws are dropped: they do not hold the new cells."""
    known = {key: chain.theta[at] for at, key in enumerate(zip(old.state, old.session.tolist(), strict=True))}
    last: dict[str, float] = {state: float(chain.theta[at]) for at, state in enumerate(old.state)}
    cells = zip(new.state, new.session.tolist(), strict=True)
    theta = np.array([known.get(cell, last.get(cell[0], 0.0)) for cell in cells])
    at_item = {item: at for at, item in enumerate(old.items)}
    found = [at_item.get(item, -1) for item in new.items]
    beta, low, high = (
        np.array([values[at] if at >= 0 else other for at in found])
        for values, other in ((chain.beta, 0.0), (chain.low, -0.5), (chain.high, 0.5))
    )
    rng = np.random.default_rng((seed, chain.sweeps))
    fresh = Chain(theta, beta, low, high, np.zeros(len(new.item)), rng, 0)
    return replace(fresh, z=_latent(new, fresh, beta[new.item] * theta[new.cell]))


def summary(data: Ballots, chain: Chain) -> Mapping[str, Array]:
    """{"mean", "sd", "q5", "q95"} (cell,) over the kept draws; raises InputError when none was kept."""
    if not chain.draws:
        raise InputError("No draws were kept.", "Sample longer than the burn-in.")
    drawn = np.stack(chain.draws)
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    return {"mean": drawn.mean(0), "sd": drawn.std(0), "q5": low, "q95": high}


def _same(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """{roll call: the one that stands for all of its text}."""
    parent: dict[str, str] = {}

    def root(call: str) -> str:
        while parent.get(call, call) != call:
            call = parent[call]
        return call

    for a, b in pairs:
        parent[root(b)] = root(a)
    return {call: root(call) for call in parent}


@dataclass(frozen=True)
class _Walk:
    """The cell whose position is the prior mean of each cell, and the prior's precision."""

    before: Ints
    precision: Array


def _walk(data: Ballots) -> _Walk:
    """A state's first session leans on its second; the step is wider where more votes follow fewer (as in the published code)."""
    size = len(data.state)
    at = np.arange(size)
    state = np.array(data.state)
    follows = np.r_[False, state[1:] == state[:-1]]
    leads = np.r_[follows[1:], False]
    before = np.where(follows, at - 1, np.where(leads, at + 1, at))
    votes = np.bincount(data.cell, minlength=size)
    ratio = np.where(follows, votes / np.maximum(votes[np.maximum(at - 1, 0)], 1), 1.0)
    return _Walk(before, 1 / (STEP_VARIANCE * ratio))


def _positions(data: Ballots, chain: Chain, walk: _Walk) -> Array:
    slope = chain.beta[data.item]
    size = len(data.state)
    variance = 1 / (np.bincount(data.cell, slope * slope, size) + walk.precision)
    mean = variance * (np.bincount(data.cell, slope * chain.z, size) + walk.precision * chain.theta[walk.before])
    drawn = np.clip(mean + np.sqrt(variance) * chain.rng.standard_normal(size), -5, 5)
    found: Array = (drawn - drawn.mean()) / drawn.std()
    return found


def _slopes(data: Ballots, chain: Chain) -> Array:
    theta = chain.theta[data.cell]
    size = len(data.items)
    variance = 1 / (np.bincount(data.item, theta * theta, size) + 1)
    mean = variance * np.bincount(data.item, theta * chain.z, size)
    found: Array = mean + np.sqrt(variance) * chain.rng.standard_normal(size)
    return found


def _cut_points(data: Ballots, chain: Chain, eta: Array) -> tuple[Array, Array]:
    s, size = _PROPOSAL_SD, len(data.items)
    low = _between(chain.rng, chain.low, s, np.full(size, -_FAR), chain.high)
    high = _between(chain.rng, chain.high, s, low, np.full(size, _FAR))
    moved = _log_mass(data, low, high, eta) - _log_mass(data, chain.low, chain.high, eta)
    # What the two truncated proposals do not share.
    gain = (
        np.bincount(data.item, moved, size)
        + _log(1 - ndtr((low - chain.high) / s))
        - _log(1 - ndtr((chain.low - high) / s))
    )
    taken = np.log(chain.rng.random(size)) < gain
    return np.where(taken, low, chain.low), np.where(taken, high, chain.high)


def _latent(data: Ballots, chain: Chain, eta: Array) -> Array:
    lower, upper = _bounds(data, chain.low, chain.high)
    below, above = ndtr(lower - eta), ndtr(upper - eta)
    drawn = ndtri(np.clip(below + chain.rng.random(len(eta)) * (above - below), _TINY, 1 - _TINY))
    found: Array = np.clip(eta + drawn, -9, 9)
    return found


def _bounds(data: Ballots, low: Array, high: Array) -> tuple[Array, Array]:
    """Between which cut points each vote's z lies."""
    first, second = low[data.item], high[data.item]
    yes, no = data.choice == 1, data.choice == 3
    return np.where(yes, -99.0, np.where(no, second, first)), np.where(yes, first, np.where(no, 99.0, second))


def _log_mass(data: Ballots, low: Array, high: Array, eta: Array) -> Array:
    lower, upper = _bounds(data, low, high)
    return _log(ndtr(upper - eta) - ndtr(lower - eta))


def _between(rng: np.random.Generator, mean: Array, sd: float, low: Array, high: Array) -> Array:
    """Draws from Normal(mean, sd) cut to low..high."""
    below, above = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    drawn = mean + sd * ndtri(np.clip(below + rng.random(len(mean)) * (above - below), _TINY, 1 - _TINY))
    found: Array = np.clip(drawn, low, high)
    return found


def _log(values: Array) -> Array:
    found: Array = np.log(np.maximum(values, 1e-300))
    return found
