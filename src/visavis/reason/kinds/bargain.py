"""`bargain`: where a collective decision ends when actors with power, positions and saliences bargain.

Two models: `smp`, KTAB's spatial model, and `scholz`, a replica of Bueno de Mesquita's expected-utility model whose reading choices are
exposed. See `smp.py` and `scholz.py` for sources.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.reason import files
from visavis.reason.form import Form
from visavis.reason.kinds import scholz, smp
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

Floats = NDArray[np.float64]
MODELS = ("smp", "scholz")


@dataclass(frozen=True)
class Params:
    """`actors`, `dimensions` by name; the settings of the model are those of `smp.Params` or `scholz.Params`."""

    actors: tuple[str, ...]
    dimensions: tuple[str, ...]
    scale: tuple[float, float]
    model: smp.Params | scholz.Params


@dataclass(frozen=True)
class Result:
    """`positions` (turn, actor, dimension) in the scenario's own units; `mean` (turn, dimension), weighed by power x salience."""

    params: Params
    positions: Floats
    mean: Floats
    raw: smp.Result | scholz.Result


def solve(params: Params) -> Result:
    """Positions turn by turn and their mean, weighed by power x salience, from the start on."""
    model = params.model
    if isinstance(model, smp.Params):
        raw: smp.Result | scholz.Result = smp.solve(model)
        low, high = params.scale
        positions = low + raw.positions * (high - low)
        weight = model.power[:, None] * model.saliences
    else:
        raw = scholz.solve(model)
        positions = raw.positions[:, :, None]
        weight = (model.power * model.salience)[:, None]
    mean = (positions * weight[None]).sum(1) / weight.sum(0)
    return Result(params, positions, mean, raw)


@dataclass(frozen=True)
class _Actor:
    """The names of one actor's assumptions."""

    name: str
    power: str
    positions: tuple[str, ...]
    saliences: tuple[str, ...]


def read(form: Form) -> Callable[[Values], Outcome]:
    """The tables `[model]` and `[[actor]]`, or `data`, a CSV in KTAB's form or with Actor, Capability, Position, Salience."""
    table = form.form("model", default=True)
    name = table.text("name", "smp", MODELS)
    low, high = (float(one) for one in table.items("scale", [0, 100]))
    salience_scale = 100.0 if name == "smp" and "data" in form else 1.0
    salience_scale = float(table.count("salience_scale", int(salience_scale), 1))
    actors, dimensions = _from_file(form) if "data" in form else _from_tables(form)
    if len(actors) < 3:
        form.fail("bargaining needs at least three actors.")
    if name == "scholz" and len(dimensions) != 1:
        form.fail("the scholz model has one dimension.", None, 'Use model name = "smp".')
    settings = _settings(table, name)

    def run(values: Values) -> Outcome:
        power = np.array([values[one.power] for one in actors])
        at = np.array([[values[p] for p in one.positions] for one in actors])
        sal = np.array([[values[s] for s in one.saliences] for one in actors]) / salience_scale
        if name == "smp":
            model: smp.Params | scholz.Params = smp.Params(power, (at - low) / (high - low), sal, **settings)
        else:
            model = scholz.Params(power, at[:, 0], sal[:, 0], **settings)
        params = Params(tuple(one.name for one in actors), dimensions, (low, high), model)
        return _outcome(solve(params))

    return run


def _settings(table: Form, name: str) -> dict[str, Any]:
    if name == "smp":
        return {"turns": table.count("turns", 100, 1)}
    return {
        "rounds": table.count("turns", 10, 1),
        "denominator": table.text("denominator", "all", scholz.DENOMINATORS),
        "compromise": table.text("compromise", "weighted", scholz.COMPROMISES),
        "capitulation": table.flag("capitulation", True),
    }


def _from_tables(form: Form) -> tuple[list[_Actor], tuple[str, ...]]:
    actors = []
    names: tuple[str, ...] = ()
    for one in form.forms("actor"):
        who = one.text("name")
        at, sal = one.form("position"), one.form("salience")
        names = names or tuple(at.names())
        if tuple(at.names()) != names or set(sal.names()) != set(names):
            one.fail(f"{who} must have a position and a salience in each of {', '.join(names)}.")
        actors.append(_Actor(
            who, one.number("power", low=0.0, name=f"power.{who}"),
            tuple(at.number(d, name=f"position.{who}.{d}") for d in names),
            tuple(sal.number(d, low=0.0, name=f"salience.{who}.{d}") for d in names),
        ))  # fmt: skip
    return actors, names


def _from_file(form: Form) -> tuple[list[_Actor], tuple[str, ...]]:
    path = files.find_file(form, "data")
    rows = files.read_lines(form, path)
    simple = bool(rows) and rows[0][0].lower() == "actor"
    head, body = (rows[0], rows[1:]) if simple else (rows[1] if len(rows) > 1 else [], rows[2:])
    head = [cell for cell in head if cell]
    first = 1 if simple else 2  # KTAB has a description beside the name
    if len(head) < first + 3 or (len(head) - first - 1) % 2:
        form.fail(
            f"{path.name} is no table of actors.",
            "data",
            "Columns: Actor, [Description,] power, then position and salience by turns.",
        )
    count = (len(head) - first - 1) // 2
    order = _columns(head, first, count)
    dimensions = tuple(head[at].removesuffix(" Position") if count > 1 else "issue" for at, _ in order)
    return [_file_actor(form, path, row, first, order, dimensions) for row in body], dimensions


def _columns(head: list[str], first: int, count: int) -> list[tuple[int, int]]:
    """(column of the position, column of the salience) of each dimension; the heads say which is which."""
    pairs = [(first + 1 + 2 * d, first + 2 + 2 * d) for d in range(count)]
    return [(b, a) if "salience" in head[a].lower() else (a, b) for a, b in pairs]


def _file_actor(
    form: Form, path: Path, row: list[str], first: int, order: list[tuple[int, int]], dimensions: tuple[str, ...]
) -> _Actor:
    who = row[0]

    def enter(at: int, name: str) -> str:
        value = files.number_in(form, path, row[at] if at < len(row) else "", who)
        return form.assume({"value": value, "source": path.name}, "data", float("-inf"), float("inf"), name)

    places = zip(order, dimensions, strict=True)
    both = [(enter(p, f"position.{who}.{d}"), enter(s, f"salience.{who}.{d}")) for (p, s), d in places]
    return _Actor(who, enter(first, f"power.{who}"), tuple(p for p, _ in both), tuple(s for _, s in both))


def _outcome(result: Result) -> Outcome:
    params = result.params
    figures: dict[str, float] = {"turns": float(len(result.positions) - 1)}
    for d, dimension in enumerate(params.dimensions):
        figures[f"start.mean.{dimension}"] = float(result.mean[0, d])
        figures[f"end.mean.{dimension}"] = float(result.mean[-1, d])
        for a, actor in enumerate(params.actors):
            figures[f"start.{actor}.{dimension}"] = float(result.positions[0, a, d])
            figures[f"end.{actor}.{dimension}"] = float(result.positions[-1, a, d])
    if isinstance(result.raw, smp.Result):
        figures |= {f"chance.{actor}": float(p) for actor, p in zip(params.actors, result.raw.chances[-1], strict=True)}
    notes = [
        "This is a replica: its result rests on reading choices of the published text; the other readings are shown."
    ]
    return Outcome(
        figures,
        notes=tuple(notes) if isinstance(result.raw, scholz.Result) else ("KTAB's SMP, deterministic.",),
        draw=lambda: _grids(result),
        tell=lambda: _detail(result),
    )


def readings(params: Params) -> dict[str, Result]:
    """The replica under each combination of its reading choices, by name; empty for the spatial model."""
    if not isinstance(params.model, scholz.Params):
        return {}
    choices = itertools.product((True, False), scholz.DENOMINATORS, scholz.COMPROMISES)
    return {
        f"denominator {d}, compromise {c}{'' if k else ', no capitulation'}": solve(
            replace(params, model=replace(params.model, denominator=d, compromise=c, capitulation=k))
        )
        for k, d, c in choices
    }


def _grids(result: Result) -> tuple[Grid, ...]:
    params = result.params
    rows: list[Row] = [
        (actor, *(float(v) for d in range(len(params.dimensions)) for v in (result.positions[0, a, d], result.positions[-1, a, d])))
        for a, actor in enumerate(params.actors)
    ]  # fmt: skip
    rows.append(
        ("mean", *(float(v) for d in range(len(params.dimensions)) for v in (result.mean[0, d], result.mean[-1, d])))
    )
    heads = ("actor", *(f"{dimension}, {when}" for dimension in params.dimensions for when in ("start", "end")))
    grids = [Grid(f"Positions after {len(result.positions) - 1} turns", heads, tuple(rows))]
    others = readings(params)
    if others:
        turns = tuple(str(t) for t in range(len(result.positions)))
        paths: list[Row] = [(name, *(float(v) for v in other.mean[:, 0])) for name, other in others.items()]
        grids.append(Grid("Mean position by turn under each reading", ("reading", *turns), tuple(paths)))
    return tuple(grids)


def _detail(result: Result) -> dict[str, object]:
    params = result.params
    detail: dict[str, object] = {
        "actors": params.actors, "dimensions": params.dimensions, "positions": result.positions, "mean": result.mean,
    }  # fmt: skip
    if isinstance(result.raw, smp.Result):
        names = params.actors
        told = {
            names[i]: {"challenges": names[j], "chance": p, "gain": g} for i, (j, p, g) in result.raw.targets.items()
        }
        return {**detail, "chances": result.raw.chances, "risk": result.raw.risk, "first_targets": told}
    return {**detail, "median": result.raw.median, "risk": result.raw.risk, "readings": {name: other.mean[:, 0] for name, other in readings(params).items()}}  # fmt: skip


BARGAIN = Kind("bargain", read, draws=60, pairs=False, steps=2, tolerance=1e-2)
