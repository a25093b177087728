"""`shock`: what a cut in trade does to prices, volumes, dependence and real income.

Two cores: `armington` (see `hat.py`) on a table of flows (`flows.py`), and `caliendo-parro` (see `caliendo.py`) on flows with inputs and
tariffs. Every change is a share: 0.05 is 5% more than before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.reason import files
from visavis.reason.form import Form
from visavis.reason.kinds import hat, shock_cp
from visavis.reason.kinds.flows import Table, read_cuts, read_table, with_codes, with_own
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

Floats = NDArray[np.float64]
_ALL_PAIRS = 12  # up to so many countries every pair has figures; beyond, only those that a cut names


@dataclass(frozen=True)
class Params:
    """`table` with domestic sales; `factor` (sector, exporter, importer) on trade propensity; `sigma` (sector)."""

    table: Table
    factor: Floats
    sigma: Floats
    named: frozenset[str]


def solve(params: Params) -> hat.Result:
    """The equilibrium after the cuts."""
    return hat.solve(hat.Params(params.table.trade, params.factor, params.sigma))


def read(form: Form) -> Callable[[Values], Outcome]:
    """`data`, `core`, `[names]`, `[sectors]`, `[[cut]]`, `[assume]`; for caliendo-parro also `[tariffs]`."""
    core = form.text("core", "armington", ("armington", "caliendo-parro"))
    if core == "caliendo-parro":
        return shock_cp.read(form)
    table = read_table(form)
    cuts, named = read_cuts(form, table.countries, table.sectors)
    assume = form.form("assume", default=True)
    sigma = _read_sigma(assume, table.sectors)
    domestic = assume.number("domestic_sales", low=0.0, name="domestic_sales") if "domestic_sales" in assume else ""
    if not domestic and not table.own:
        at = int((np.einsum("sii->i", table.trade) <= 0).argmax())
        form.fail(f"the data have no domestic sales for {table.countries[at]}.", "data",
                  "Add rows from a country to itself, or assume.domestic_sales as a multiple of its mean trade.")  # fmt: skip

    def run(values: Values) -> Outcome:
        full = with_own(table, values[domestic]) if domestic else table
        factor = np.ones_like(full.trade)
        for cut in cuts:
            factor[np.ix_(cut.sectors, cut.exporters, cut.importers)] *= values[cut.factor]
        for at in range(len(full.countries)):
            factor[:, at, at] = 1.0
        params = Params(full, factor, np.array([values[name] for name in sigma]), named)
        return _outcome(params, solve(params))

    return run


def _read_sigma(assume: Form, sectors: tuple[str, ...]) -> list[str]:
    if isinstance(assume.data.get("sigma"), dict) and "value" not in assume.data["sigma"]:
        table = assume.form("sigma")
        return [table.number(sector, low=1.0001, name=f"sigma.{sector}") for sector in sectors]
    if "theta" in assume:
        return _read_theta(assume, sectors)
    name = assume.number("sigma", 5.0, 1.0001, name="sigma")
    return [name] * len(sectors)


def _read_theta(assume: Form, sectors: tuple[str, ...]) -> list[str]:
    """Elasticities from a file with the columns sector and theta...; sigma is one more."""
    path = files.find_file(assume, "theta")
    rows = files.read_rows(assume, path, ["sector"])
    column = next((name for name in (rows[0] if rows else {}) if name.startswith("theta")), "")
    given = {row["sector"]: row[column] for row in rows}
    missing = [sector for sector in sectors if not given.get(sector)]
    if not column or missing:
        assume.fail(f"{path.name} has no theta for {(missing or ['any sector'])[0]!r}.", "theta",
                    "It needs the columns sector and theta, and the sectors of the data ungrouped.")  # fmt: skip
    return [
        assume.assume({"value": 1 + files.number_in(assume, path, given[one], one), "source": path.name}, "theta", 1.0001, 1e9, f"sigma.{one}")
        for one in sectors
    ]  # fmt: skip


def _outcome(params: Params, result: hat.Result) -> Outcome:
    table, old, new = params.table, params.table.trade, result.trade
    figures = {
        f"real_income.{who}": float(change - 1) for who, change in zip(table.countries, result.real, strict=True)
    }
    shares = [_dependence(trade) for trade in (old, new)]
    cut = sorted({int(i) for i in np.argwhere(params.factor != 1)[:, 1]}) if (params.factor != 1).any() else []
    for s, sector in enumerate(table.sectors):
        free = [i for i in range(len(table.countries)) if i not in cut and old[s, i].sum() > 0]
        weight = old[s, free].sum(1)
        world = float(np.exp((weight * np.log(result.price[s, free])).sum() / weight.sum())) if free else 1.0
        figures[f"price.world.{sector}"] = world - 1
        for i, seller in enumerate(table.countries):
            figures[f"price.{seller}.{sector}"] = float(result.price[s, i] - 1)
            figures[f"discount.{seller}.{sector}"] = float(1 - result.price[s, i] / world)
            figures[f"index.{seller}.{sector}"] = float(result.index[s, i] - 1)
        figures |= _pairs(params, result, s, sector, shares)
    return Outcome(
        with_codes(figures, table.countries),
        notes=_notes(params, result),
        draw=lambda: _grids(params, result, figures),
        tell=lambda: _detail(params, result),
    )


def _pairs(params: Params, result: hat.Result, s: int, sector: str, shares: list[_Shares]) -> dict[str, float]:
    countries, old = params.table.countries, params.table.trade
    every = len(countries) <= _ALL_PAIRS
    found = {}
    for i, seller in enumerate(countries):
        for n, buyer in enumerate(countries):
            if old[s, i, n] > 0 and (every or seller in params.named or buyer in params.named):
                change = result.trade[s, i, n] / old[s, i, n]
                found[f"value.{seller}.{buyer}.{sector}"] = float(change - 1)
                found[f"volume.{seller}.{buyer}.{sector}"] = float(change / result.price[s, i] - 1)
                for when, share in zip(("before", "after"), shares, strict=True):
                    found[f"share_{when}.{buyer}.{seller}.{sector}"] = float(share.bought[s, i, n])
                    if i != n:
                        found[f"import_share_{when}.{buyer}.{seller}.{sector}"] = float(share.imported[s, i, n])
                        found[f"export_share_{when}.{seller}.{buyer}.{sector}"] = float(share.exported[s, i, n])
    return found


@dataclass(frozen=True)
class _Shares:
    """(sector, exporter, importer): the exporter's share in what the importer buys, home sales among it, and in what it imports; the
    importer's share in what the exporter sells abroad."""

    bought: Floats
    imported: Floats
    exported: Floats


def _dependence(trade: Floats) -> _Shares:
    abroad = trade * (1 - np.eye(trade.shape[1]))[None]

    def share(flows: Floats, axis: int) -> Floats:
        total = flows.sum(axis, keepdims=True)
        return np.asarray(np.divide(flows, total, out=np.zeros_like(flows), where=total > 0))

    return _Shares(share(trade, 1), share(abroad, 1), share(abroad, 2))


def _notes(params: Params, result: hat.Result) -> tuple[str, ...]:
    table = params.table
    return (
        f"Armington, {len(table.countries)} countries, {len(table.sectors)} sectors; real income is exact; markets clear to {result.residual:.0e}.",
        "price.world is the mean over sellers that no cut names, weighed by sales; all changes are shares of the old value.",
    )


def _grids(params: Params, result: hat.Result, figures: Mapping[str, float]) -> tuple[Grid, ...]:
    table = params.table
    income: list[Row] = sorted(((who, float(100 * (r - 1))) for who, r in zip(table.countries, result.real, strict=True)), key=lambda row: row[1])  # fmt: skip
    flows: list[Row] = []
    cut = {table.countries[i] for i in np.argwhere(params.factor != 1)[:, 1]} or params.named
    for name, change in figures.items():
        if name.startswith("volume."):
            seller, buyer, sector = name.split(".")[1:4]
            before, after = (figures[f"share_{when}.{buyer}.{seller}.{sector}"] for when in ("before", "after"))
            if seller != buyer and seller in params.named and seller in cut:
                flows.append((f"{seller} to {buyer}, {sector}", 100 * change, 100 * before, 100 * after))
    flows.sort(key=lambda row: -abs(float(row[1])))
    prices: list[Row] = [(s, 100 * figures[f"price.world.{s}"], *(100 * figures[f"price.{who}.{s}"] for who in sorted(params.named))) for s in table.sectors]  # fmt: skip
    return (
        Grid("Real income, % change", ("country", "%"), tuple(income)),
        Grid("Price of what is sold, % change", ("sector", "world", *sorted(params.named)), tuple(prices)),
        Grid("Flows of those named, %", ("flow", "volume", "buyer's share before", "after"), tuple(flows[:25])),
    )


def _detail(params: Params, result: hat.Result) -> dict[str, object]:
    table = params.table
    return {
        "core": "armington", "countries": table.countries, "sectors": table.sectors,
        "real_income": dict(zip(table.countries, result.real - 1, strict=True)),
        "price": {s: dict(zip(table.countries, p - 1, strict=True)) for s, p in zip(table.sectors, result.price, strict=True)},
        "price_index": {s: dict(zip(table.countries, p - 1, strict=True)) for s, p in zip(table.sectors, result.index, strict=True)},
        "residual": result.residual,
        "trade_before": table.trade, "trade_after": result.trade,
    }  # fmt: skip


SHOCK = Kind("shock", read, draws=60, pairs=False, steps=2, tolerance=1e-2)
