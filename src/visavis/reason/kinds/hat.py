"""Trade under a shock by exact hat algebra: many sectors, Armington goods, fixed endowments.

Source: Dekle, Eaton and Kortum 2008, IMF Staff Papers 55; the Armington form after Arkolakis, Costinot and Rodriguez-Clare 2012, AER 102.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.errors import ScenarioError

Floats = NDArray[np.float64]
_TURNS, _TOLERANCE = 200_000, 1e-11


@dataclass(frozen=True)
class Params:
    """`trade` (sector, exporter, importer), values in one unit, with domestic sales on the diagonal; `factor`, same axes, multiplies trade
    propensity ((t'/t)^(1 - sigma)); `sigma` (sector), elasticities of substitution above 1."""

    trade: Floats
    factor: Floats
    sigma: Floats


@dataclass(frozen=True)
class Result:
    """New over old: `price` (sector, exporter) of the endowment, `index` (sector, importer), `real` (country): real income, exact.
    `trade` as in the parameters; `residual` the greatest relative excess demand."""

    price: Floats
    index: Floats
    real: Floats
    trade: Floats
    residual: float


def solve(params: Params) -> Result:
    """The new equilibrium: endowments are sold, spending shares over sectors are fixed, deficits keep their share of world income.

    p_is clears sum_n share_isn(p) x alpha_sn x E_n = p_is Y_is; share is CES with sigma_s; real income is E'/E over the Cobb-Douglas
    index of sectoral CES indices. World income is the numeraire. Raises ScenarioError when no equilibrium is found.
    """
    x, sigma = params.trade, params.sigma[:, None]
    spent, sold = x.sum(1), x.sum(2)
    income = spent.sum(0)
    if (income <= 0).any():
        raise ScenarioError("A country buys nothing in these data.", "Leave it out, or give its domestic sales.")
    lam = np.divide(x, spent[:, None, :], out=np.zeros_like(x), where=spent[:, None, :] > 0) * params.factor
    alpha, world = spent / income, sold.sum()
    deficit = income - sold.sum(0)
    there, bought = sold > 0, spent > 0
    if (~(lam.sum(1) > 0) & bought).any():
        raise ScenarioError(
            "A cut leaves a country without any seller of a sector.", "Use a small factor instead of 0."
        )
    p = np.ones_like(sold)
    for _ in range(_TURNS):
        power = np.where(there, p ** (1 - sigma), 0.0)
        below = np.where(bought, np.einsum("sin,si->sn", lam, power), 1.0)
        earned = (p * sold).sum(0) + deficit * ((p * sold).sum() / world)
        demand = power * np.einsum("sin,sn->si", lam, alpha * earned / below)
        excess = np.divide(demand, p * sold, out=np.ones_like(p), where=there)
        residual = float(np.abs(excess - 1).max())
        if residual < _TOLERANCE:
            break
        p = p * excess ** (0.5 / sigma)
        p /= (p * sold).sum() / world
    if not residual < 1e-6:
        raise ScenarioError(
            f"The markets do not clear (residual {residual:.1g}).", "Use milder cuts or other elasticities."
        )
    index = np.where(bought, below ** (1 / (1 - sigma)), 1.0)
    real = earned / income / np.exp((alpha * np.log(index)).sum(0))
    trade = lam * power[:, :, None] * (alpha * earned / below)[:, None, :]
    return Result(p, index, real, trade, residual)
