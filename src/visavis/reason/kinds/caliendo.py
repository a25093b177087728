"""Tariffs and frictions in a world of many sectors that buy from each other.

Source: Caliendo and Parro 2015, "Estimates of the trade and welfare effects of NAFTA", Review of Economic Studies 82.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.errors import ScenarioError

Floats = NDArray[np.float64]
_TURNS, _INNER, _STEP = 2000, 2000, 0.5  # wage rounds, inner fixed points, how far a wage follows its excess demand
_TOLERANCE, _INNER_TOLERANCE = 1e-10, 1e-13


@dataclass(frozen=True)
class World:
    """`trade` (importer, exporter, sector), values without tariffs; `tariff`, same axes, shares (0.1 is 10%), as in the data;
    `inputs` (country, input, user), `added` (country, sector), `final` (country, sector): values; `theta` (sector) trade elasticities."""

    trade: Floats
    tariff: Floats
    inputs: Floats
    added: Floats
    final: Floats
    theta: Floats


@dataclass(frozen=True)
class State:
    """One equilibrium, over that of the data: `wage` (country), `price` (country, sector), `cost` (country, sector); `trade` in
    values without tariffs; `income` in values; `index` (country) the price of final goods; `residual` of the trade balances."""

    wage: Floats
    price: Floats
    cost: Floats
    trade: Floats
    income: Floats
    index: Floats
    tariff: Floats
    residual: float


@dataclass(frozen=True)
class Change:
    """From one state to another, as shares (0.01 is 1%): `real_income` and `real_wage` exact; `terms_of_trade` and `volume_of_trade` are the
    first-order parts of the paper's equation 21, `first_order` their sum; `terms`, `volume` (country, partner, sector) are what each
    partner and sector contributes to them."""

    real_income: Floats
    real_wage: Floats
    terms_of_trade: Floats
    volume_of_trade: Floats
    first_order: Floats
    terms: Floats
    volume: Floats


class Economy:
    """The shares of the data, worked out once, and equilibria under other tariffs, frictions and deficits."""

    def __init__(self, world: World) -> None:
        paid = world.trade * (1 + world.tariff)
        total = paid.sum(1)
        self.world = world
        self.share = np.divide(paid, total[:, None, :], out=np.zeros_like(paid), where=total[:, None, :] > 0)
        for country, sector in zip(*np.where(total == 0), strict=True):
            self.share[country, country, sector] = 1.0
        output = world.inputs.sum(1) + world.added
        there = output > 0
        self.gamma = np.divide(
            world.inputs, output[:, None, :], out=np.zeros_like(world.inputs), where=there[:, None, :]
        )
        self.value = np.where(there, np.divide(world.added, output, out=np.ones_like(output), where=there), 1.0)
        self.alpha = world.final / world.final.sum(1, keepdims=True)
        self.labour = world.added.sum(1)

    def solve(
        self, tariff: Floats, deficit: Floats, friction: Floats | float = 1.0, start: State | None = None
    ) -> State:
        """The equilibrium under `tariff` (importer, exporter, sector), `deficit` (country, in values) and `friction` (iceberg costs over the
        old). Raises ScenarioError when the balances do not close."""
        kappa = (1 + tariff) / (1 + self.world.tariff) * friction
        wage = np.ones(len(self.labour)) if start is None else start.wage
        price = np.ones_like(self.alpha) if start is None else start.price
        spent = self.world.final + self.world.inputs.sum(2)
        for _ in range(_TURNS):
            price, cost = self._prices(wage, price, kappa)
            share = self.share * (kappa * cost[None] / price[:, None, :]) ** (-self.world.theta)
            net = share / (1 + tariff)
            spent = self._spending(wage, net, deficit, spent)
            trade = net * spent[:, None, :]
            excess = (trade.sum((0, 2)) - trade.sum((1, 2)) + deficit) / self.labour
            residual = float(np.abs(excess).max())
            if residual < _TOLERANCE:
                break
            wage = wage * (1 + _STEP * excess)
            wage = wage * self.labour.sum() / (wage * self.labour).sum()
        if not residual < 1e-6:
            raise ScenarioError(f"The trade balances do not close (residual {residual:.1g}).", "Use milder shocks.")
        income = wage * self.labour + (tariff * trade).sum((1, 2)) + deficit
        index = np.exp((self.alpha * np.log(price)).sum(1))
        return State(wage, price, cost, trade, income, index, tariff, residual)

    def _prices(self, wage: Floats, price: Floats, kappa: Floats) -> tuple[Floats, Floats]:
        for _ in range(_INNER):
            bundle = np.matmul(np.log(price)[:, None, :], self.gamma)[:, 0, :]
            cost = wage[:, None] ** self.value * np.exp(bundle)
            new = (self.share * (kappa * cost[None]) ** (-self.world.theta)).sum(1) ** (-1 / self.world.theta)
            done = np.abs(new / price - 1).max() < 1e-12
            price = new
            if done:
                break
        return price, cost

    def _spending(self, wage: Floats, net: Floats, deficit: Floats, spent: Floats) -> Floats:
        """Spending (country, sector) that buys what it makes necessary: inputs for the output it demands, and final goods out of income."""
        kept = 1 - net.sum(1)  # what of each unit spent is tariff revenue
        fixed = wage * self.labour + deficit
        for _ in range(_INNER):
            output = np.einsum("inj,ij->nj", net, spent)
            income = fixed + (kept * spent).sum(1)
            new = np.matmul(self.gamma, output[:, :, None])[:, :, 0] + self.alpha * income[:, None]
            done = np.abs(new - spent).max() <= _INNER_TOLERANCE * np.abs(new).max()
            spent = new
            if done:
                break
        return spent


def compare(base: State, new: State) -> Change:
    """The change from `base` to `new` by country."""
    cost = new.cost / base.cost
    trade = base.trade
    terms = trade.transpose(1, 0, 2) * (cost[:, None, :] - 1) - trade * (cost[None] - 1)
    volume = base.tariff * (new.trade - trade * cost[None])
    terms, volume = (part / base.income[:, None, None] for part in (terms, volume))
    tot, vot = terms.sum((1, 2)), volume.sum((1, 2))
    real = new.income / new.index / (base.income / base.index) - 1
    wage = new.wage / new.index / (base.wage / base.index) - 1
    return Change(real, wage, tot, vot, tot + vot, terms, volume)
