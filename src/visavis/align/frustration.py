"""The frustration index: the fewest ties that stand in the way of balance, proven where that can be done.

Harary's line index of balance (1959): the least number of edges whose removal (or change of sign) leaves a balanced network.
Every cycle lies in a biconnected block, so the blocks are solved one by one (Aref, Mason and Wilson 2020, Networks 75).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from visavis.align.blocks import biconnected_blocks
from visavis.align.signed import Array, SignedGraph

# Restarts of the heuristic that is used where the solver runs out of time: fitted on the 51 networks of states 1946-1999, where
# 200 restarts find the optimum of every window.
_RESTARTS = 200


@dataclass(frozen=True)
class Frustration:
    """`count` frustrated edges under `sides` (0 or 1 per node); `proven` when no division has fewer, else none has fewer than
    `bound`."""

    count: int
    bound: int
    proven: bool
    sides: tuple[int, ...]


def frustration_index(graph: SignedGraph, seconds: float = 60.0, seed: int = 0) -> Frustration:
    """The frustration index of the graph and a division into two camps that attains it.

    Each block is a mixed-integer program (HiGHS): x_v is 0 or 1, f_e says that edge e is frustrated; minimise sum f. `seconds`
    is the limit per block. Where it runs out the better of the solver's and a seeded local search's division is given, with
    `proven` False and the solver's lower bound.
    """
    rng = np.random.default_rng(seed)
    count = bound = 0
    divided: list[tuple[Array, Array]] = []
    for block in biconnected_blocks(len(graph.names), [(int(a), int(b)) for a, b in graph.ends]):
        nodes, ends = np.unique(graph.ends[block], return_inverse=True)
        ends, signs = ends.reshape(-1, 2), graph.signs[block]
        sides, least = _solve(len(nodes), ends, signs, seconds, rng)
        count += frustrated(ends, signs, sides)
        bound += least
        divided.append((nodes, sides))
    return Frustration(count, bound, count == bound, _join(len(graph.names), divided))


def frustrated(ends: Array, signs: Array, sides: Array) -> int:
    """How many edges are frustrated when nodes stand on `sides`: good ties between the sides, bad ties inside one."""
    apart = sides[ends[:, 0]] != sides[ends[:, 1]]
    return int((apart == (signs > 0)).sum())


def _solve(size: int, ends: Array, signs: Array, seconds: float, rng: np.random.Generator) -> tuple[Array, int]:
    """The sides of one block and a lower bound of its frustration (equal to it when proven)."""
    quick = _spread_signs(size, ends, signs)
    if frustrated(ends, signs, quick) == 0:
        return quick, 0
    cost, constraint, upper = _program(size, ends, signs)
    kinds = np.r_[np.ones(size), np.zeros(len(signs))]
    answer = milp(
        cost,
        constraints=constraint,
        integrality=kinds,
        bounds=Bounds(np.zeros(len(cost)), upper),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if answer.status == 0:
        sides = np.round(answer.x[:size]).astype(np.int64)
        return sides, frustrated(ends, signs, sides)
    tried = [local_search(size, ends, signs, rng)]
    if answer.x is not None:
        tried.append(np.round(answer.x[:size]).astype(np.int64))
    sides = min(tried, key=lambda found: frustrated(ends, signs, found))
    dual = answer.mip_dual_bound
    least = 1 if dual is None or not np.isfinite(dual) else max(1, int(np.ceil(dual - 1e-6)))
    return sides, min(least, frustrated(ends, signs, sides))


def _program(size: int, ends: Array, signs: Array) -> tuple[Array, LinearConstraint, Array]:
    """Costs, constraints and upper bounds over (x_1..x_n, f_1..f_m).

    f >= |x_a - x_b| for a good tie, f >= |x_a + x_b - 1| for a bad one; and every unbalanced triangle holds a frustrated edge,
    which cuts most of the fractional solutions off. The busiest node stands on side 0: either side may be called so.
    """
    edges = len(signs)
    rows: list[tuple[tuple[int, float], ...]] = []
    least: list[float] = []
    for edge, ((a, b), sign) in enumerate(zip(ends.tolist(), signs.tolist(), strict=True)):
        one = size + edge
        first, second = (1.0, -1.0) if sign > 0 else (1.0, 1.0)
        rows += [((one, 1.0), (a, -first), (b, -second)), ((one, 1.0), (a, first), (b, second))]
        least += [0.0, 0.0] if sign > 0 else [-1.0, 1.0]
    for triangle in _unbalanced_triangles(size, ends, signs):
        rows.append(tuple((size + edge, 1.0) for edge in triangle))
        least.append(1.0)
    at = [(row, column, value) for row, cells in enumerate(rows) for column, value in cells]
    r, c, v = zip(*at, strict=True)
    matrix = coo_matrix((v, (r, c)), shape=(len(rows), size + edges)).tocsr()
    upper = np.ones(size + edges)
    upper[int(np.bincount(ends.ravel(), minlength=size).argmax())] = 0
    return np.r_[np.zeros(size), np.ones(edges)], LinearConstraint(matrix, least, np.inf), upper


def _unbalanced_triangles(size: int, ends: Array, signs: Array) -> list[tuple[int, int, int]]:
    """The edges of every triangle whose product of signs is negative, each triangle once."""
    around: list[dict[int, int]] = [{} for _ in range(size)]
    for edge, (a, b) in enumerate(ends.tolist()):
        around[a][b] = around[b][a] = edge
    found = []
    for edge, (a, b) in enumerate(ends.tolist()):
        for c in around[a].keys() & around[b].keys():
            if c > max(a, b):
                others = around[a][c], around[b][c]
                if signs[edge] * signs[others[0]] * signs[others[1]] < 0:
                    found.append((edge, *others))
    return found


def _spread_signs(size: int, ends: Array, signs: Array) -> Array:
    """Sides that follow the signs along a spanning tree: they frustrate nothing exactly when the block is balanced."""
    around: list[list[tuple[int, int]]] = [[] for _ in range(size)]
    for (a, b), sign in zip(ends.tolist(), signs.tolist(), strict=True):
        around[a].append((b, sign))
        around[b].append((a, sign))
    sides = np.full(size, -1, dtype=np.int64)
    for root in range(size):
        if sides[root] >= 0:
            continue
        sides[root] = 0
        queue = deque([root])
        while queue:
            node = queue.popleft()
            for other, sign in around[node]:
                if sides[other] < 0:
                    sides[other] = sides[node] if sign > 0 else 1 - sides[node]
                    queue.append(other)
    return sides


def local_search(size: int, ends: Array, signs: Array, rng: np.random.Generator, restarts: int = _RESTARTS) -> Array:
    """Sides that no change of one node improves: the best of many starts (spectral, random, and the best one shaken).

    A heuristic: its frustration is an upper bound.
    """
    matrix = np.zeros((size, size))
    a, b = ends.T
    matrix[a, b] = matrix[b, a] = signs
    best = np.where(np.linalg.eigh(matrix)[1][:, -1] >= 0, 1.0, -1.0)
    best_value = -np.inf
    for restart in range(restarts):
        if restart % 2:
            start = rng.choice([-1.0, 1.0], size)
        else:
            start = best.copy()
            if restart:
                start[rng.choice(size, max(2, size // 6), replace=True)] *= -1
        state = _climb(matrix, start)
        value = float(state @ matrix @ state)
        if value > best_value:
            best, best_value = state, value
    return (best < 0).astype(np.int64)


def _climb(matrix: Array, state: Array) -> Array:
    """Move the node that gains most to the other side until none gains."""
    state = state.copy()
    field = matrix @ state
    while True:
        node = int((state * field).argmin())
        if state[node] * field[node] >= 0:
            return state
        state[node] *= -1
        field += 2 * matrix[:, node] * state[node]


def _join(size: int, divided: list[tuple[Array, Array]]) -> tuple[int, ...]:
    """One division of all nodes: blocks are turned so that the nodes they share stand on one side. Nodes without ties are 0."""
    holders: list[list[int]] = [[] for _ in range(size)]
    for number, (nodes, _) in enumerate(divided):
        for node in nodes.tolist():
            holders[node].append(number)
    sides = np.full(size, -1, dtype=np.int64)
    done: set[int] = set()
    for first in range(len(divided)):
        queue = deque([first])
        while queue:
            number = queue.popleft()
            if number in done:
                continue
            done.add(number)
            nodes, local = divided[number]
            known = sides[nodes] >= 0
            turn = int(known.any() and sides[nodes][known][0] != local[known][0])
            sides[nodes] = local ^ turn
            queue.extend(other for node in nodes.tolist() for other in holders[node] if other not in done)
    return tuple(int(side) for side in np.maximum(sides, 0))
