"""A reply kernel: how states answered expulsions before, fitted on pairs (sent, replied) and, where known, mission sizes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visavis.reason.outcome import Grid, Row

# Ratio replied/sent up to which a reply counts as the rule. "share" is told apart only where both missions are known and
# equal shares differ from equal numbers.
_BOUNDS = (("none", 0.1), ("half", 0.75), ("match", 1.25), ("escalate", float("inf")))
_JEFFREYS = 0.5
RULES = ("none", "half", "match", "share", "escalate")


@dataclass(frozen=True)
class Exchange:
    """One past exchange: numbers of people, days until the reply; None when unknown."""

    sent: float
    replied: float
    sender_staff: float | None = None
    target_staff: float | None = None
    days: float | None = None


@dataclass(frozen=True)
class Kernel:
    """`ranges` {rule: (low, mean, high)}: probabilities with 95% intervals (Beta, Jeffreys' prior); `slope` (low, best, high) of log(1 +
    replied) on log(1 + sent): 1 is proportional; `ratio` the median of replied/sent; `days` the median time of a reply; not a number
    where it is not known. `rule` says in words what it rests on."""

    counts: dict[str, int]
    ranges: dict[str, tuple[float, float, float]]
    slope: tuple[float, float, float]
    ratio: float
    days: float
    rule: str

    @property
    def answered(self) -> tuple[float, float, float]:
        """(low, mean, high): the probability of any reply."""
        low, mean, high = self.ranges["none"]
        return 1 - high, 1 - mean, 1 - low

    def figures(self) -> dict[str, float]:
        """The kernel's figures for claims."""
        found = {f"kernel.{rule}": mean for rule, (_, mean, _) in self.ranges.items()}
        further = {"answered": self.answered[1], "slope": self.slope[1], "ratio": self.ratio, "days": self.days}
        return {**found, **{f"kernel.{name}": value for name, value in further.items()}}

    def grid(self) -> Grid:
        """The kernel for people."""
        rows: list[Row] = [(rule, float(self.counts[rule]), *self.ranges[rule]) for rule in self.counts]
        total = float(sum(self.counts.values()))
        rows.append(("any reply", total - self.counts["none"], *self.answered))
        if math.isfinite(self.slope[1]):
            rows.append(("elasticity of reply", total, *self.slope))
        return Grid(f"How states replied before ({self.rule})", ("reply", "cases", "low", "mean", "high"), tuple(rows))

    def detail(self) -> dict[str, object]:
        """The kernel for the JSON."""
        return {
            "counts": self.counts,
            "ranges": self.ranges,
            "answered": self.answered,
            "slope": self.slope,
            "median_ratio": self.ratio,
            "median_days": self.days,
            "rule": self.rule,
        }


def classify(one: Exchange) -> str:
    """The rule that a past reply followed; equal shares win over numbers only where the two differ."""
    if one.sender_staff and one.target_staff and one.replied:
        equal = one.sent / one.target_staff * one.sender_staff
        near = abs(one.replied - equal) < min(1.0, 0.1 * max(equal, 1.0)) + 1e-9
        if near and abs(one.replied - one.sent) > 1:
            return "share"
    ratio = one.replied / one.sent
    return next(rule for rule, bound in _BOUNDS if ratio <= bound)


def fit(exchanges: Sequence[Exchange], told: str) -> Kernel:
    """The kernel of at least one exchange: rule shares with Beta intervals, and a least-squares elasticity with Student's interval."""
    found = [classify(one) for one in exchanges]
    counts = {rule: found.count(rule) for rule in RULES}
    ratio = float(np.median([one.replied / one.sent for one in exchanges]))
    rule = f"{len(found)} exchanges, {told}"
    return Kernel(
        counts, _shares(counts), _elasticity(exchanges), ratio, _median([one.days for one in exchanges]), rule
    )


def fit_answered(days: Sequence[float | None], told: str) -> Kernel:
    """The kernel of actions that were answered after so many days, or not (None). Coded events tell whether, not how many: what was
    answered counts as matched."""
    answered = sum(one is not None for one in days)
    shares = _shares({"none": len(days) - answered, "match": answered})
    ranges = {rule: shares.get(rule, (0.0, 0.0, 0.0)) for rule in RULES}
    counts = {rule: {"none": len(days) - answered, "match": answered}.get(rule, 0) for rule in RULES}
    unknown = float("nan")
    return Kernel(counts, ranges, (unknown,) * 3, unknown, _median(days), f"{len(days)} expulsions, {told}")


def _shares(counts: dict[str, int]) -> dict[str, tuple[float, float, float]]:
    """(low, mean, high) of each share: the Beta margins of a Dirichlet with Jeffreys' prior."""
    from scipy.special import betaincinv  # scipy.stats takes seconds to import

    whole = sum(counts.values()) + _JEFFREYS * len(counts)
    found = {}
    for name, count in counts.items():
        a = count + _JEFFREYS
        low, high = betaincinv(a, whole - a, (0.025, 0.975))
        found[name] = (float(low), a / whole, float(high))
    return found


def _median(days: Sequence[float | None]) -> float:
    known = [one for one in days if one is not None]
    return float(np.median(known)) if known else float("nan")


def _elasticity(exchanges: Sequence[Exchange]) -> tuple[float, float, float]:
    from scipy.special import stdtrit

    x = np.log1p([one.sent for one in exchanges])
    y = np.log1p([one.replied for one in exchanges])
    if len(x) < 3 or np.ptp(x) == 0:
        return (float("nan"),) * 3
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / spread)
    rest = y - y.mean() - slope * (x - x.mean())
    half = float(stdtrit(len(x) - 2, 0.975)) * math.sqrt(float(rest @ rest) / (len(x) - 2) / spread)
    return slope - half, slope, slope + half
