"""Voting power as exact fractions: Shapley-Shubik, Banzhaf, and Owen values when voters form unions.

Coalitions are counted by dynamic programming over (size, weight), so a hundred voters are as exact as five.
Sources: Shapley and Shubik 1954; Banzhaf 1965; Penrose 1946; Owen 1977; counting after Mann and Shapley 1962.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

Counts = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class Game:
    """A weighted game: a coalition wins with `quota` or more and every veto holder in it. Weights are whole numbers."""

    weights: tuple[int, ...]
    vetoes: tuple[bool, ...]
    quota: int

    def plain(self) -> Game:
        """The same game without vetoes: each holder weighs so much more that no coalition reaches the quota without all of them."""
        extra = sum(self.weights) + 1
        weights = tuple(w + extra * veto for w, veto in zip(self.weights, self.vetoes, strict=True))
        return Game(weights, (False,) * len(weights), self.quota + extra * sum(self.vetoes))


def count_coalitions(weights: Sequence[int]) -> dict[tuple[int, int], int]:
    """How many coalitions have (size, weight)."""
    found: dict[tuple[int, int], int] = {(0, 0): 1}
    for weight in weights:
        grown = dict(found)
        for (size, total), count in found.items():
            key = (size + 1, total + weight)
            grown[key] = grown.get(key, 0) + count
        found = grown
    return found


def _swings(game: Game) -> dict[int, list[int]]:
    """{weight: for each size, the coalitions of the others that a voter of this weight turns into winning ones}."""
    voters = len(game.weights)
    found: dict[int, list[int]] = {}
    for weight in set(game.weights):
        others = list(game.weights)
        others.remove(weight)
        by_size = [0] * voters
        for (size, total), count in count_coalitions(others).items():
            if game.quota - weight <= total < game.quota:
                by_size[size] += count
        found[weight] = by_size
    return found


def shapley_shubik(game: Game) -> tuple[Fraction, ...]:
    """Each voter's share of the orders in which it is the one that turns a losing coalition into a winning one; sums to 1."""
    plain = game.plain()
    n = len(plain.weights)
    swings = _swings(plain)
    share = {
        w: Fraction(sum(c * factorial(s) * factorial(n - 1 - s) for s, c in enumerate(counts)), factorial(n))
        for w, counts in swings.items()
    }
    return tuple(share[w] for w in plain.weights)


def banzhaf(game: Game) -> tuple[tuple[Fraction, ...], tuple[Fraction, ...]]:
    """(normalised to sum 1, Penrose's absolute measure: the share of the others' coalitions that the voter turns)."""
    plain = game.plain()
    swings = {w: sum(counts) for w, counts in _swings(plain).items()}
    total = sum(swings[w] for w in plain.weights)
    absolute = tuple(Fraction(swings[w], 2 ** (len(plain.weights) - 1)) for w in plain.weights)
    if total == 0:
        return tuple(Fraction(0) for _ in plain.weights), absolute
    return tuple(Fraction(swings[w], total) for w in plain.weights), absolute


def owen(game: Game, unions: Sequence[Sequence[int]]) -> tuple[Fraction, ...]:
    """Owen values: orders in which unions come as blocks, and members in any order inside their block; sums to 1.

    `unions` are lists of voters (counted from 0) that cover each voter once. With one union, or only unions of one, this is
    Shapley and Shubik's index.
    """
    plain = game.plain()
    found: dict[int, Fraction] = {}
    for union in unions:
        others = [sum(plain.weights[i] for i in other) for other in unions if other is not union]
        outside = count_coalitions(others)
        for voter in union:
            inside = count_coalitions([plain.weights[i] for i in union if i != voter])
            found[voter] = _owen(outside, inside, plain.weights[voter], plain.quota, len(unions), len(union))
    return tuple(found[voter] for voter in range(len(plain.weights)))


def _owen(outside: Counts, inside: Counts, weight: int, quota: int, unions: int, members: int) -> Fraction:
    by_size: Counter[tuple[int, int]] = Counter()
    for (h, far), many in outside.items():
        for (s, near), few in inside.items():
            if quota - weight <= far + near < quota:
                by_size[h, s] += many * few
    total = sum(
        c * factorial(h) * factorial(unions - 1 - h) * factorial(s) * factorial(members - 1 - s)
        for (h, s), c in by_size.items()
    )
    return Fraction(total, factorial(unions) * factorial(members))
