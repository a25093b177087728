"""The questions, written once and asked of every kind: what flips the claim, how often it holds, what knowing more is worth."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.reason.form import Assumption

Floats = NDArray[np.float64]
# Whether the claim holds at some values (None: a tie), and by what margin.
Judge = Callable[[Mapping[str, float]], tuple[bool | None, float]]
# Quantile bins of one unknown, and shufflings that tell what bins find in mere noise.
_BINS, _SHUFFLES = 10, 20
_NEAR = 1e-4  # of a range: so near to zero or to an end, a turn stands there
_WILSON = 1.959963984540054  # the normal quantile of a 95% interval


@dataclass(frozen=True)
class Swing:
    """One assumption moved through its range while all others stay: the margin of the claim at its ends, and where the claim turns."""

    name: str
    low: float
    best: float
    high: float
    margin_low: float
    margin_high: float
    turns_at: tuple[float, ...]

    @property
    def told(self) -> str:
        """Where it turns, in words: four digits, and whether only the very end of the range does it; "" when nothing does."""
        width = self.high - self.low
        words = []
        for turn in self.turns_at:
            near = 0.0 if abs(turn) <= _NEAR * width else turn
            end = min(abs(turn - self.low), abs(turn - self.high)) <= _NEAR * width
            words.append(f"{near:.4g}" + (" (the very end of its range)" if end else ""))
        return " or ".join(words)


@dataclass(frozen=True)
class Pair:
    """Two assumptions that only together turn the claim: `values` is where, on the straight way from the best values to a corner."""

    names: tuple[str, str]
    values: tuple[float, float]
    way: float


@dataclass(frozen=True)
class Share:
    """How often the claim holds over draws from the stated ranges (triangular: low, best, high), with Wilson's 95% interval."""

    draws: int
    holds: int
    ties: int
    low: float
    high: float
    seed: int

    @property
    def share(self) -> float:
        """0..1."""
        return self.holds / self.draws


@dataclass(frozen=True)
class Worth:
    """What learning one unknown is worth: how much more often (0..1) one would call the claim rightly; 0 when it tells nothing."""

    name: str
    gain: float


def swing(judge: Judge, best: Mapping[str, float], one: Assumption, steps: int, tolerance: float) -> Swing:
    """Move one assumption; `steps` points of the range are tried, then the turn is halved in to `tolerance` of the range."""
    truth, _ = judge(best)
    points = sorted({*np.linspace(one.low, one.high, steps + 1).tolist(), one.best})
    if one.whole:
        points = sorted({float(round(point)) for point in points})
    seen = {point: judge({**best, one.name: point}) for point in points}
    turns = []
    for side in (reversed([p for p in points if p < one.best]), [p for p in points if p > one.best]):
        held = one.best
        for point in side:
            if seen[point][0] is not truth:
                width = 1.0 if one.whole else tolerance * (one.high - one.low)
                turns.append(_halve(judge, best, one, held, point, truth, width))
                break
            held = point
    return Swing(one.name, one.low, one.best, one.high, seen[one.low][1], seen[one.high][1], tuple(turns))


def _halve(
    judge: Judge,
    best: Mapping[str, float],
    one: Assumption,
    held: float,
    turned: float,
    truth: bool | None,
    width: float,
) -> float:
    """The value nearest to `held` at which the claim has turned."""
    while abs(turned - held) > width:
        middle = math.floor((held + turned) / 2) if one.whole else (held + turned) / 2
        if judge({**best, one.name: middle})[0] is truth:
            held = middle
        else:
            turned = middle
    return turned


def pairs(judge: Judge, best: Mapping[str, float], ranged: Sequence[Assumption]) -> tuple[Pair, ...]:
    """Every pair of assumptions that turns the claim at some corner of its ranges; hand in those that do not turn it alone.

    `way` is the part of the way to the corner (0..1) that suffices: the pairs are sorted by it.
    """
    truth, _ = judge(best)
    found = []
    for a, b in itertools.combinations(ranged, 2):
        corners = itertools.product((a.low, a.high), (b.low, b.high))
        turned = [at for at in corners if judge({**best, a.name: at[0], b.name: at[1]})[0] is not truth]
        ways = [_along(judge, best, (a, b), corner, truth) for corner in turned]
        found += [min(ways, key=lambda one: one.way)] if ways else []
    return tuple(sorted(found, key=lambda one: (one.way, one.names)))


def _along(
    judge: Judge, best: Mapping[str, float], two: tuple[Assumption, Assumption], corner: tuple[float, float],
    truth: bool | None,
) -> Pair:  # fmt: skip
    a, b = two
    held, turned = 0.0, 1.0

    def at(way: float) -> tuple[float, float]:
        return a.best + way * (corner[0] - a.best), b.best + way * (corner[1] - b.best)

    for _ in range(10):
        middle = (held + turned) / 2
        x, y = at(middle)
        if judge({**best, a.name: x, b.name: y})[0] is truth:
            held = middle
        else:
            turned = middle
    return Pair((a.name, b.name), at(turned), turned)


def draw(ranged: Sequence[Assumption], count: int, seed: int) -> Floats:
    """Values for each draw and assumption, axes (draw, assumption), from triangular distributions."""
    rng = np.random.default_rng(seed)
    drawn = [rng.triangular(one.low, one.best, one.high, size=count) for one in ranged]
    return np.array(drawn, dtype=np.float64).reshape(len(ranged), count).T


def wilson(holds: int, count: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share (Wilson 1927), both ends in 0..1."""
    share, z = holds / count, _WILSON
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    # at the ends the two terms cancel but for rounding: the share itself always lies inside
    return max(0.0, min(middle - half, share)), min(1.0, max(middle + half, share))


def worths(ranged: Sequence[Assumption], drawn: Floats, truth: Sequence[bool | None], seed: int) -> tuple[Worth, ...]:
    """What each unknown is worth, greatest first.

    Whoever bets on the likelier answer is right max(s, 1 - s) of the time; whoever also knows in which tenth of its range one
    unknown lies bets tenth by tenth. The gain is the difference (the expected value of partial perfect information, Raiffa 1968,
    with payoff 1 for the right call), less what shuffled values gain by chance.
    """
    held = np.array([one is True for one in truth], dtype=np.float64)
    count = len(held)
    if count == 0 or held.min() == held.max():
        return tuple(Worth(one.name, 0.0) for one in ranged)
    rng = np.random.default_rng(seed)
    bins = np.arange(count) * min(_BINS, max(2, count // 20)) // count
    noise = float(np.mean([_gain(rng.permutation(held), bins) for _ in range(_SHUFFLES)]))
    gains = [_gain(held[np.argsort(drawn[:, at], kind="stable")], bins) for at in range(len(ranged))]
    found = [Worth(one.name, max(0.0, gain - noise)) for one, gain in zip(ranged, gains, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one.gain, one.name)))


def _gain(held: Floats, bins: NDArray[np.int64]) -> float:
    sizes = np.bincount(bins)
    shares = np.bincount(bins, weights=held) / sizes
    right = float((np.maximum(shares, 1 - shares) * sizes).sum() / len(held))
    return right - float(max(held.mean(), 1 - held.mean()))
