"""Rates from panels: the shrunken own rate, and the additive rate that is used where it is better than that on days held out.

P(at least one act within the window) = 1 - exp(-window x rate). The weights of the additive rate are fitted by the EM updates of a
Poisson sum seen only as "none" or "some", shrunk towards the own rate; then level and slope of the rate are fitted to later days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from visavis.forecast.chances.acts import Floats
from visavis.forecast.chances.panel import OWN, PARTS, Moment, Panel, read_panel

_PRIORS = (3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0)  # days of base rate that an own rate is mixed with
EXPOSURE = PARTS[OWN][1] / np.log(2)  # days that an own rate rests on
_ROUNDS = 60
_FEWEST = 25  # windows with an act below which nothing but the prior is learned


@dataclass(frozen=True)
class Rate:
    """How the rate of a class is made: `prior` days of base rate beside the own rate; `weights` (part,) of the additive rate, which is
    then raised to `slope` and multiplied by `level`. `skill` says whether the additive rate is used at all; `gain` is its mean log
    score over the own rate's on the days held out, `cases` the windows with an act it was learned from."""

    name: str
    window: int
    prior: float
    weights: Floats
    level: float = 1.0
    slope: float = 1.0
    skill: bool = False
    gain: float = 0.0
    cases: int = 0

    def own(self, panel: Panel) -> Floats:
        """(dyad,) acts a day by the own rate."""
        told = panel.parts[:, OWN] * panel.exposure + self.prior * panel.parts[:, -1]
        return np.asarray(told / (panel.exposure + self.prior))

    def linear(self, exposure: float = EXPOSURE) -> Floats:
        """(part,) the weights that are used: the additive rate's, or those that make the own rate, which rests on `exposure` days."""
        if self.skill:
            return self.weights
        weights = np.zeros(len(PARTS))
        weights[OWN], weights[-1] = exposure / (exposure + self.prior), self.prior / (exposure + self.prior)
        return weights

    def bend(self, linear: Floats) -> Floats:
        """Acts a day from a weighted sum of parts: calibrated where the additive rate is used, else as it is."""
        return _bent(linear, self.window, self.level, self.slope) if self.skill else linear

    def rates(self, panel: Panel) -> Floats:
        """(dyad,) acts a day as forecast."""
        return self.bend(panel.parts @ self.weights) if self.skill else self.own(panel)

    def chances(self, panel: Panel) -> Floats:
        """(dyad,) the chance of at least one act in the window."""
        return np.asarray(-np.expm1(-self.window * self.rates(panel)))


def _bent(rate: Floats, window: int, level: float, slope: float) -> Floats:
    expected = np.maximum(rate * window, 1e-12)
    return np.asarray(level * expected**slope / window)


def log_score(chance: Floats, some: Floats, weight: Floats | None = None) -> float:
    """The mean log score (0 is best, in nats); `some` is 1 where an act came."""
    kept = np.clip(chance, 1e-9, 1 - 1e-9)
    return float(np.average(some * np.log(kept) + (1 - some) * np.log1p(-kept), weights=weight))


def fit_rate(
    name: str, window: int, fit_moments: Sequence[Moment], held_moments: Sequence[Moment], base: float
) -> Rate:
    """The rate of a class, its weights from `fit_moments` and its choices from `held_moments` (later); every window must have closed.

    `base` (acts a day in an average dyad) sets the prior where there is too little to learn one."""
    rng = np.random.default_rng(len(name))
    fit = [_thinned(read_panel(moment, name, window), rng) for moment in fit_moments]
    held = [read_panel(moment, name, window) for moment in held_moments]
    nothing = np.zeros(len(PARTS))
    seen = [panel for panel, _ in fit] + held
    cases = int(sum((panel.came > 0).sum() for panel in seen))
    if cases < _FEWEST or not fit or not held:
        # Half an expected act of prior: a dyad without acts stays near the base rate until it has had the time to show otherwise.
        return Rate(name, window, max(0.5 / base, EXPOSURE), nothing, cases=cases)
    together = _joined([panel for panel, _ in fit])
    weight = np.concatenate([one for _, one in fit])
    some = (together.came > 0).astype(np.float64)
    plain = [Rate(name, window, prior, nothing, cases=cases) for prior in _PRIORS]
    best = max(plain, key=lambda rate: log_score(rate.chances(together), some, weight))
    learned = _learn(together, some, weight, window, best)
    later = _joined(held)
    outcome = (later.came > 0).astype(np.float64)
    level, slope = _calibrate(later.parts @ learned, outcome, window)
    raw = Rate(name, window, best.prior, learned, level, slope, True, 0.0, cases)
    gain = log_score(raw.chances(later), outcome) - log_score(best.chances(later), outcome)
    return Rate(name, window, best.prior, learned, level, slope, _is_better(raw, best, held), gain, cases)


def _is_better(rate: Rate, own: Rate, held: Sequence[Panel]) -> bool:
    """Whether Brier and log score beat the own rate's over all the days held out, and on most of them."""
    brier, logs = [], []
    for panel in held:
        some = (panel.came > 0).astype(np.float64)
        ours, theirs = rate.chances(panel), own.chances(panel)
        brier.append(float(((theirs - some) ** 2 - (ours - some) ** 2).sum()))
        logs.append((log_score(ours, some) - log_score(theirs, some)) * len(some))
    return sum(brier) > 0 and sum(logs) > 0 and sum(one > 0 for one in brier) * 2 > len(brier)


def _learn(panel: Panel, some: Floats, weight: Floats, window: int, own: Rate) -> Floats:
    """EM for the weights: each takes the share of the acts that it accounts for, over its exposure."""
    start = np.full(len(PARTS), 0.02)
    start[OWN] = EXPOSURE / (EXPOSURE + own.prior)
    start[-1] = own.prior / (EXPOSURE + own.prior)
    weights = start.copy()
    parts = panel.parts * window
    exposure = weight @ parts
    for _ in range(_ROUNDS):
        rate = np.maximum(parts @ weights, 1e-12)
        due = weights * ((weight * some / -np.expm1(-rate)) @ parts)
        # With rate the expected acts, those seen as "some" count rate / (1 - exp(-rate)), the others none.
        weights = (due + 2.0) / (exposure + 2.0 / np.maximum(start, 1e-3))
    return weights


def _calibrate(rate: Floats, some: Floats, window: int) -> tuple[float, float]:
    """Level and slope that make the outcomes likeliest, held near (1, 1) by a weak prior."""

    def loss(at: Floats) -> float:
        chance = -np.expm1(-window * _bent(rate, window, float(np.exp(at[0])), float(np.exp(at[1]))))
        return -log_score(chance, some) * len(some) + float(5 * at[0] ** 2 + 20 * at[1] ** 2)

    found = minimize(loss, np.zeros(2), method="Nelder-Mead", options={"maxiter": 80, "xatol": 1e-3, "fatol": 1e-3})
    return float(np.exp(found.x[0])), float(np.exp(found.x[1]))


def _thinned(panel: Panel, rng: np.random.Generator, share: float = 0.1) -> tuple[Panel, Floats]:
    """The panel with a tenth of the dyads that have neither done nor met the like, and the weights that make up for it."""
    told = (panel.came > 0) | (panel.parts[:, :4].sum(1) > 0)
    keep = told | (rng.random(len(told)) < share)
    weight = np.where(told, 1.0, 1 / share)[keep]
    columns = (panel.source, panel.target, panel.parts, panel.came, panel.exposure)
    return Panel(panel.day, *(column[keep] for column in columns)), weight


def _joined(panels: Sequence[Panel]) -> Panel:
    return Panel(
        panels[-1].day,
        np.concatenate([one.source for one in panels]),
        np.concatenate([one.target for one in panels]),
        np.vstack([one.parts for one in panels]),
        np.concatenate([one.came for one in panels]),
        np.concatenate([one.exposure for one in panels]),
    )
