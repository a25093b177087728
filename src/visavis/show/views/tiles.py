"""The view of the tile map: one square a state, coloured by a measure, so that small states are as visible as large ones."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from msgspec import Struct

from visavis.show.views.parts import name_of

# Edges between the classes of colour: for what lies about 0, and for what grows from 0.
_ABOUT_ZERO = {"net": (0.1, 0.5, 1.0), "balance": (0.1, 0.4, 0.8)}
_FROM_ZERO = {"events": (0, 1, 5, 20, 100), "votes": (0.0, 0.4, 0.6, 0.75, 0.9)}
MEASURES = {
    "net": "Net relation",
    "balance": "Share of cooperation less share of conflict",
    "events": "Number of events",
    "votes": "Agreement in votes",
}


class Value(Struct, frozen=True, kw_only=True):
    """What a measure says of a state; `clear` tells whether it stands out of its own uncertainty."""

    value: float
    se: float | None = None
    clear: bool = True


class Tile(Struct, frozen=True, kw_only=True):
    """One state's square. `step` is its class of colour: -3..3 about 0, 0..5 from 0; None where nothing is known."""

    code: str
    name: str
    row: int
    column: int
    value: float | None
    se: float | None
    clear: bool
    step: int | None


class MapView(Struct, frozen=True, kw_only=True):
    """The world as squares. `actor` is the one that all others are measured against; `classes` are the steps and what they mean; `off` are
    states with a value that have no square."""

    measure: str
    actor: str
    actor_name: str
    at: str
    dates: tuple[str, ...]
    session: int | None
    tiles: tuple[Tile, ...]
    off: tuple[Tile, ...]
    classes: tuple[tuple[int, str], ...]


@cache
def grid() -> dict[str, tuple[int, int]]:
    """{code: (row, column)} of the tiles, from `data/tiles.csv`."""
    lines = (resources.files("visavis.show") / "data" / "tiles.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["code"]: (int(row["row"]), int(row["column"])) for row in rows}


def tiles_of(values: Mapping[str, Value], measure: str, names: Mapping[str, str]) -> tuple[list[Tile], list[Tile]]:
    """The tiles of the map, from the north, and those of states that have a value but no place."""
    found = [_tile(code, place, values.get(code), measure, names) for code, place in grid().items()]
    off = [_tile(code, (-1, -1), values[code], measure, names) for code in sorted(values) if code not in grid()]
    return sorted(found, key=lambda tile: (tile.row, tile.column)), off


def _tile(code: str, place: tuple[int, int], found: Value | None, measure: str, names: Mapping[str, str]) -> Tile:
    return Tile(
        code=code,
        name=name_of(code, names),
        row=place[0],
        column=place[1],
        value=None if found is None else round(found.value, 3),
        se=None if found is None or found.se is None else round(found.se, 3),
        clear=found is None or found.clear,
        step=None if found is None else step_of(found.value, measure),
    )


def step_of(value: float, measure: str) -> int:
    """The class of colour of a value."""
    if measure in _ABOUT_ZERO:
        size = sum(abs(value) >= edge for edge in _ABOUT_ZERO[measure])
        return size if value > 0 else -size
    return sum(value > edge for edge in _FROM_ZERO[measure])


def classes_of(measure: str) -> tuple[tuple[int, str], ...]:
    """(step, words) of the classes, lowest first."""
    if measure in _ABOUT_ZERO:
        low, middle, high = _ABOUT_ZERO[measure]
        ends = (f"{high} or more", f"{middle} to {high}", f"{low} to {middle}")
        worse = tuple((n - 3, f"−{words.replace('more', 'less')}") for n, words in enumerate(ends))
        better = tuple((3 - n, f"+{words}") for n, words in enumerate(ends))
        return (*worse, (0, f"within {low} of 0"), *reversed(better))
    edges = _FROM_ZERO[measure]
    shown = [f"{edge:.0%}" if measure == "votes" else str(edge) for edge in edges]
    return tuple((n + 1, f"over {words}") for n, words in enumerate(shown))
