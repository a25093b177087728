"""Signed networks: who is tied to whom, well (+1) or badly (-1), and how balanced that is.

Structural balance: a network is balanced when its nodes fall into two camps with good ties inside and bad ties between
(Cartwright and Harary 1956). The figures here say how far a network is from that; `frustration` says it exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.errors import InputError

Array = NDArray[Any]


@dataclass(frozen=True)
class SignedGraph:
    """An undirected graph without loops: `names` sorted, `ends` (edge, 2) positions in names, `signs` (edge,) of +1 and -1."""

    names: tuple[str, ...]
    ends: Array
    signs: Array

    @property
    def negative(self) -> int:
        """How many edges are negative."""
        return int((self.signs < 0).sum())

    def matrix(self) -> Array:
        """The signed adjacency (node, node), symmetric, 0 where there is no tie."""
        size = len(self.names)
        found = np.zeros((size, size))
        if len(self.signs):
            a, b = self.ends.T
            found[a, b] = found[b, a] = self.signs
        return found


def signed_graph(edges: Iterable[tuple[str, str, int]], nodes: Iterable[str] = ()) -> SignedGraph:
    """The graph of (a, b, sign) triples; a tie told twice (also as b, a) counts once, `nodes` adds nodes without ties.

    Raises InputError for a loop, a sign other than +1 and -1, and a tie that is told with both signs.
    """
    ties: dict[tuple[str, str], int] = {}
    for a, b, sign in edges:
        if a == b:
            raise InputError(f"{a!r} is tied to itself.", "A signed network has no loops: leave the line out.")
        if sign not in (1, -1):
            raise InputError(f"The tie {a!r} - {b!r} has the sign {sign}.", "Signs are 1 and -1.")
        key = (min(a, b), max(a, b))
        if ties.setdefault(key, sign) != sign:
            raise InputError(f"The tie {a!r} - {b!r} is both positive and negative.", "Decide: one line for each pair.")
    names = tuple(sorted({name for pair in ties for name in pair} | set(nodes)))
    at = {name: number for number, name in enumerate(names)}
    pairs = sorted(ties)
    ends = np.array([(at[a], at[b]) for a, b in pairs], dtype=np.int64).reshape(-1, 2)
    return SignedGraph(names, ends, np.array([ties[pair] for pair in pairs], dtype=np.int64))


def signed_from_matrix(names: tuple[str, ...], values: Array, above: float = 0.0, below: float = 0.0) -> SignedGraph:
    """The network of a symmetric (node, node) measure: +1 where it is more than `above`, -1 where it is less than `below`.

    NaN and whatever lies between make no tie. Any alignment measure becomes a network in this way.
    """
    edges = []
    for i, j in combinations(range(len(names)), 2):
        value = values[i, j]
        if value > above or value < below:
            edges.append((names[i], names[j], 1 if value > above else -1))
    return signed_graph(edges, names)


def triangle_balance(graph: SignedGraph) -> float | None:
    """The share (0..1) of triangles whose product of signs is positive; None without triangles.

    With S the signed and U the unsigned adjacency: (tr S^3 + tr U^3) / (2 tr U^3). Cartwright and Harary (1956).
    """
    signed = graph.matrix()
    plain = np.abs(signed)
    every = float(np.sum((plain @ plain) * plain))
    if every == 0:
        return None
    return (float(np.sum((signed @ signed) * signed)) + every) / (2 * every)


def walk_balance(graph: SignedGraph) -> float:
    """Balance over closed walks of every length, the shorter weighing more, in (0, 1]; 1 when balanced.

    K = tr exp(S) / tr exp(|S|), S the signed adjacency: a walk of length l weighs 1 / l!. Estrada and Benzi (2014), Physical
    Review E 90, 042802. The exponentials are summed as logarithms: 200 nodes would pass what a double holds.
    """
    if not graph.names:
        return 1.0
    signed = graph.matrix()
    return float(np.exp(_log_trace(signed) - _log_trace(np.abs(signed))))


def _log_trace(matrix: Array) -> float:
    """ln tr exp of a symmetric matrix. Hundreds of shuffled networks ask for it: SciPy's `logsumexp` would take most of the time."""
    values = np.linalg.eigvalsh(matrix)
    return float(values[-1] + np.log(np.exp(values - values[-1]).sum()))


def sign_null(graph: SignedGraph, draws: int, seed: int) -> Mapping[str, float | int | None]:
    """What the two balances are when the same signs lie on the same ties at random.

    {"draws", "triangle_mean", "triangle_sd", "triangle_p", "walk_mean", "walk_sd", "walk_p"}: p is the share of draws at least
    as balanced as the network, (1 + hits) / (1 + draws). Beside every figure of balance: real networks have mostly good ties,
    and those alone make most triangles balanced (Lerner 2016, Social Networks 44).
    """
    rng = np.random.default_rng(seed)
    triangles, walks = [], []
    for _ in range(draws):
        shuffled = SignedGraph(graph.names, graph.ends, rng.permutation(graph.signs))
        triangles.append(triangle_balance(shuffled))
        walks.append(walk_balance(shuffled))
    found: dict[str, float | int | None] = {"draws": draws}
    found.update(_against("triangle", triangle_balance(graph), triangles))
    found.update(_against("walk", walk_balance(graph), walks))
    return found


def _against(name: str, real: float | None, drawn: Sequence[float | None]) -> dict[str, float | None]:
    known = np.array([value for value in drawn if value is not None])
    if real is None or not len(known):
        return {f"{name}_mean": None, f"{name}_sd": None, f"{name}_p": None}
    hits = int((known >= real - 1e-12).sum())
    return {
        f"{name}_mean": float(known.mean()),
        f"{name}_sd": float(known.std()),
        f"{name}_p": (1 + hits) / (1 + len(known)),
    }
