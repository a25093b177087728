"""The `caliendo-parro` core of `shock`: reads the data and the tariffs, and tells what comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from visavis.reason import files
from visavis.reason.kinds import caliendo
from visavis.reason.kinds.flows import read_cuts, with_codes
from visavis.reason.outcome import Grid, Outcome, Row, Values

if TYPE_CHECKING:
    from visavis.reason.form import Form

Floats = NDArray[np.float64]
# Names of the arrays in the data file; the old names of published files are known too.
_ARRAYS = {"trade": ("trade", "trade_value"), "tariff": ("tariff", "trade_tariff"), "inputs": ("inputs", "inter"),
           "added": ("added", "va"), "final": ("final",), "theta": ("theta",)}  # fmt: skip


def read(form: Form) -> Callable[[Values], Outcome]:
    """`data` (NPZ), `[tariffs]` with `before` and `after` (arrays of the file, per cent or shares), `deficits`, `[[cut]]`."""
    path = files.find_file(form, "data")
    try:
        with np.load(path, allow_pickle=False) as opened:
            data = {name: opened[name] for name in opened.files}
    except (OSError, ValueError) as error:
        form.fail(
            f"{path.name} cannot be read ({error}).", "data", "It must be a NumPy archive (.npz) of plain arrays."
        )
    found = {name: _array(form, data, known) for name, known in _ARRAYS.items()}
    countries, sectors = tuple(map(str, data["regions"])), tuple(map(str, data["sectors"]))
    scale = 100.0 if found["tariff"].max() > 5 else 1.0  # files in per cent
    world = caliendo.World(
        found["trade"], found["tariff"] / scale, found["inputs"], found["added"], found["final"], found["theta"]
    )
    table = form.form("tariffs", default=True)
    rates = [_array(table, data, (table.text(when, "trade_tariff"),)) / scale for when in ("before", "after")]
    kept = form.text("deficits", "zero", ("zero", "kept")) == "kept"
    deficit = data["deficit"] if kept and "deficit" in data else np.zeros(len(countries))
    cuts, _ = read_cuts(form, countries, sectors)
    economy = caliendo.Economy(world)
    base = economy.solve(rates[0], deficit)

    def run(values: Values) -> Outcome:
        friction = np.ones_like(world.trade)
        for cut in cuts:
            where = np.ix_(cut.importers, cut.exporters, cut.sectors)
            friction[where] *= values[cut.factor] ** (-1 / world.theta[list(cut.sectors)])
        for at in range(len(countries)):
            friction[at, at] = 1.0
        return _outcome(countries, sectors, base, economy.solve(rates[1], deficit, friction, base))

    return run


def _array(form: Form, data: dict[str, Floats], known: tuple[str, ...]) -> Floats:
    for name in known:
        if name in data:
            return data[name]
    form.fail(f"the data have no array {known[0]!r}.", None, f"Arrays: {', '.join(data)}.")


def _outcome(
    countries: tuple[str, ...], sectors: tuple[str, ...], base: caliendo.State, new: caliendo.State
) -> Outcome:
    change = caliendo.compare(base, new)
    parts = {
        name: getattr(change, name)
        for name in ("real_income", "real_wage", "terms_of_trade", "volume_of_trade", "first_order")
    }
    parts["welfare"] = change.first_order
    figures = {
        f"{name}.{who}": float(one) for name, part in parts.items() for who, one in zip(countries, part, strict=True)
    }
    old = [state.trade.sum(2) for state in (base, new)]
    for s, sector in enumerate(sectors):
        figures |= {
            f"price.{who}.{sector}": float(p - 1)
            for who, p in zip(countries, new.price[:, s] / base.price[:, s], strict=True)
        }
    for n, buyer in enumerate(countries):
        for i, seller in enumerate(countries):
            if old[0][n, i] > 0:
                figures[f"value.{seller}.{buyer}"] = float(old[1][n, i] / old[0][n, i] - 1)
    rows: list[Row] = [
        (who, *(float(100 * parts[name][at]) for name in parts if name != "welfare"))
        for at, who in enumerate(countries)
    ]
    heads = ("country", "real income, exact", "real wage", "terms of trade", "volume of trade", "first-order sum")
    notes = (
        f"Caliendo-Parro, {len(countries)} countries, {len(sectors)} sectors; trade balances close to {new.residual:.0e}.",
        "welfare, the paper's figure, is the first-order sum of terms and volume of trade; real income is exact.",
    )
    return Outcome(
        with_codes(figures, countries),
        notes=notes,
        draw=lambda: (Grid("Change, %", heads, tuple(rows)),),
        tell=lambda: _detail(countries, sectors, base, new, parts),
    )


def _detail(
    countries: tuple[str, ...],
    sectors: tuple[str, ...],
    base: caliendo.State,
    new: caliendo.State,
    parts: dict[str, Floats],
) -> dict[str, object]:
    """By country (and partner, and sector); changes as shares, and what each partner and sector adds to the terms and volume of trade."""
    change = caliendo.compare(base, new)

    def by(names: tuple[str, ...], values: Floats) -> dict[str, object]:
        return dict(zip(names, values.tolist(), strict=True))

    told: dict[str, object] = {name: by(countries, part) for name, part in parts.items()}
    for name, part in (("terms_of_trade", change.terms), ("volume_of_trade", change.volume)):
        told[f"{name}_by_partner"] = {who: by(countries, row) for who, row in zip(countries, part.sum(2), strict=True)}
        told[f"{name}_by_sector"] = {who: by(sectors, row) for who, row in zip(countries, part.sum(1), strict=True)}
    prices = new.price / base.price - 1
    return {
        "core": "caliendo-parro", "countries": countries, "sectors": sectors, **told, "wage": by(countries, new.wage / base.wage - 1),
        "price": {who: by(sectors, row) for who, row in zip(countries, prices, strict=True)},
        "price_index": by(countries, new.index / base.index - 1), "residual": new.residual,
        "trade_before": base.trade.sum(2), "trade_after": new.trade.sum(2),
    }  # fmt: skip
