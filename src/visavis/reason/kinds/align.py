"""`align`: who stands with whom when every actor would rather be with its friends: camps, pressures, factions, stable alliances.

Formulas and sources are in `camps.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.reason import files
from visavis.reason.form import Form
from visavis.reason.kinds import camps
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

Floats = NDArray[np.float64]
_PUSHES = 12  # pairs of actors that get a figure for each third party
_LISTED = 4096  # configurations that the JSON lists in full


@dataclass(frozen=True)
class Params:
    """`propensity` (actor, actor), any unit, positive: would rather stand together; `strength` (actor), any unit; `defence` 1 or more
    asks for war-stable networks (at most five actors), None does not."""

    actors: tuple[str, ...]
    propensity: Floats
    strength: Floats
    defence: float | None = None
    needed: str = "any"


@dataclass(frozen=True)
class Result:
    """See `camps`: the landscape, pushes (actor, actor, third), factions and the time until they stand, stable networks or None."""

    params: Params
    landscape: camps.Landscape
    pushes: Floats
    factions: NDArray[np.int8]
    time: float
    stable: tuple[tuple[tuple[int, int], ...], ...] | None


def solve(params: Params) -> Result:
    """Camps of least energy and all local minima; balance pushes by third party; factions; war-stable networks."""
    p, s = params.propensity, params.strength
    sides, time = camps.factions(p)
    stable = None if params.defence is None else camps.war_stable(s, params.defence, params.needed)
    return Result(params, camps.landscape(p, s), camps.pressure(p, s), sides, time, stable)


def read(form: Form) -> Callable[[Values], Outcome]:
    """`[strengths]` and `[[relation]]`, or `[data]` with two CSV files; `[networks]` for war-stable ones."""
    actors, strength, relation = _from_files(form) if "data" in form else _from_tables(form)
    if len(actors) < 3:
        form.fail("camps need at least three actors.")
    if len(actors) > camps.MOST_ACTORS:
        form.fail(f"{len(actors)} actors have too many configurations.", None, f"Give at most {camps.MOST_ACTORS}.")
    networks = form.form("networks", default=True)
    defence = networks.number("defence", low=1.0, name="defence") if networks.names() else ""
    needed = networks.text("needed", "any", camps.NEEDED)
    if defence and len(actors) > camps.MOST_STATES:
        networks.fail(
            f"stable networks of {len(actors)} states are too many.", None, f"Give at most {camps.MOST_STATES}."
        )

    def run(values: Values) -> Outcome:
        n = len(actors)
        propensity = np.zeros((n, n))
        for (a, b), name in relation.items():
            propensity[a, b] = values[name]
        power = np.array([values[name] for name in strength])
        return _outcome(solve(Params(actors, propensity, power, values[defence] if defence else None, needed)))

    return run


Read = tuple[tuple[str, ...], list[str], dict[tuple[int, int], str]]


def _from_tables(form: Form) -> Read:
    table = form.form("strengths")
    actors = tuple(table.names())
    strength = [table.number(who, low=0.0, name=f"strength.{who}") for who in actors]
    relation: dict[tuple[int, int], str] = {}
    for one in form.forms("relation"):
        pair = one.texts("between")
        if len(pair) != 2 or any(who not in actors for who in pair) or pair[0] == pair[1]:
            one.fail(f"{pair} are not two of the actors.", "between", f"Actors: {', '.join(actors)}.")
        a, b = (actors.index(who) for who in pair)
        if (a, b) in relation:
            one.fail(f"{pair[0]} and {pair[1]} have two relations.", "between")
        relation[a, b] = relation[b, a] = one.number("propensity", name=f"propensity.{pair[0]}.{pair[1]}")
    return actors, strength, relation


def _from_files(form: Form) -> Read:
    """Two files: `actors` (columns actor, strength) and `pairs` (a square table); `neutral` is taken from every score."""
    table = form.form("data")
    actors_path, pairs_path = files.find_file(table, "actors"), files.find_file(table, "pairs")
    neutral = table.number("neutral", 0.0, name="neutral")
    rows = files.read_rows(table, actors_path, ["actor", "strength"])
    actors = tuple(row["actor"] for row in rows)

    def enter(cell: str, path: str, name: str, low: float) -> str:
        value = files.number_in(table, pairs_path, cell, name)
        return table.assume({"value": value, "source": path}, "pairs", low, float("inf"), name)

    strength = [enter(row["strength"], actors_path.name, f"strength.{row['actor']}", 0.0) for row in rows]
    square = files.read_lines(table, pairs_path)[1:]
    if len(square) != len(actors):
        table.fail(f"{pairs_path.name} has {len(square)} rows for {len(actors)} actors.", "pairs")
    offset = table.book.assumptions[neutral].best
    relation = {}
    for (a, row), b in itertools.product(enumerate(square), range(len(actors))):
        cell = row[b + 1] if b + 1 < len(row) else ""
        if a != b and cell:
            score = str(files.number_in(table, pairs_path, cell, f"row {a + 2}") - offset)
            relation[a, b] = enter(score, pairs_path.name, f"propensity.{actors[a]}.{actors[b]}", float("-inf"))
    return actors, strength, relation


def _outcome(result: Result) -> Outcome:
    actors, land = result.params.actors, result.landscape
    best = land.camps[land.minima[0]] if land.minima else land.camps[int(land.energies.argmin())]
    figures: dict[str, float] = {
        "minima": float(len(land.minima)), "energy": float(land.energies.min()), "time": result.time, "configurations": float(len(land.energies)),
    }  # fmt: skip
    if result.stable is not None:
        figures["stable"] = float(len(result.stable))
        figures["stable.alliances"] = float(sum(1 for network in result.stable if network))
    for (a, x), (b, y) in itertools.permutations(enumerate(actors), 2):
        figures[f"together.{x}.{y}"] = float(best[a] == best[b])
        figures[f"faction.{x}.{y}"] = float(result.factions[a] == result.factions[b])
        figures[f"push.{x}.{y}"] = float(result.pushes[a, b].sum())
        figures[f"pull.{x}.{y}"] = float((result.params.propensity[a, b] + result.params.propensity[b, a]) / 2)
        if len(actors) <= _PUSHES:
            figures |= {
                f"push.{x}.{y}.{z}": float(result.pushes[a, b, k]) for k, z in enumerate(actors) if z not in (x, y)
            }
    return Outcome(figures, notes=_notes(result), draw=lambda: _grids(result), tell=lambda: _detail(result))


def _sides(actors: tuple[str, ...], camp: NDArray[np.int8]) -> tuple[str, str]:
    first = ", ".join(a for a, side in zip(actors, camp, strict=True) if side == 0)
    return first, ", ".join(a for a, side in zip(actors, camp, strict=True) if side == 1) or "nobody"


def _notes(result: Result) -> tuple[str, ...]:
    first, second = _sides(result.params.actors, result.factions)
    notes = [f"{len(result.landscape.energies)} configurations, {len(result.landscape.minima)} local {'minimum' if len(result.landscape.minima) == 1 else 'minima'}.",
             f"Left to balance, the factions are {first} against {second}."]  # fmt: skip
    if result.stable is not None:
        notes.append(
            f"War-stable networks: {len(result.stable)}, of which {sum(bool(g) for g in result.stable)} have an alliance."
        )
    return tuple(notes)


def _grids(result: Result) -> tuple[Grid, ...]:
    actors, land = result.params.actors, result.landscape
    rows: list[Row] = [(float(land.energies[i]), *_sides(actors, land.camps[i])) for i in land.minima]
    pairs = sorted(itertools.combinations(range(len(actors)), 2), key=lambda p: -abs(result.pushes[p].sum()))[:10]
    pushes: list[Row] = []
    for a, b in pairs:
        split = result.pushes[a, b]
        third = int(np.abs(split).argmax())
        pushes.append((f"{actors[a]} and {actors[b]}", float(split.sum()), actors[third], float(split[third])))
    return (
        Grid("Local minima (lowest energy first)", ("energy", "camp", "against"), tuple(rows)),
        Grid("Balance pushes (positive: together)", ("pair", "push", "most by", "its part"), tuple(pushes)),
    )


def _detail(result: Result) -> dict[str, object]:
    actors, land = result.params.actors, result.landscape
    told = [
        {"energy": float(land.energies[i]), "camps": [c.split(", ") for c in _sides(actors, land.camps[i])]}
        for i in land.minima
    ]
    detail: dict[str, object] = {
        "actors": actors, "minima": told, "configurations": len(land.energies), "pushes": result.pushes,
        "factions": _sides(actors, result.factions), "time": result.time,
        "networks": None if result.stable is None else [[(actors[a], actors[b]) for a, b in g] for g in result.stable],
    }  # fmt: skip
    if len(land.energies) <= _LISTED:
        detail["energies"], detail["camps"] = land.energies, land.camps
    return detail


ALIGN = Kind("align", read, draws=300, pairs=False, steps=4, tolerance=1e-4)
