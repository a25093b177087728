"""Portfolio and roll-call tables as they come: one row an item with a column per state, or one row a vote."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.errors import InputError
from visavis.store.imports.rows import MISSING, Row, table_rows, wrong

Array = NDArray[Any]
# Votes as words and letters; 8 (absent) and 9 (no member) are no choice.
_WORDS = {"yes": 1.0, "y": 1.0, "abstain": 2.0, "abstention": 2.0, "a": 2.0, "no": 3.0, "n": 3.0, "absent": np.nan}
_NO_CHOICE = frozenset({8.0, 9.0})
_ITEM_NAMES = ("rcid", "rollcall", "item", "resolution")
_STATE_NAMES = ("ccode", "state", "country_code", "iso3", "iso3c", "country", "Country")
_CHOICE_NAMES = ("vote", "choice")


@dataclass(frozen=True)
class Portfolios:
    """`values` (item, state) with NaN where there is none; `weights` (item,) or None."""

    items: tuple[str, ...]
    states: tuple[str, ...]
    values: Array
    weights: Array | None


def read_portfolios(path: Path, weight: str | None = None, session: str | None = None) -> Portfolios:
    """The table in the file. Wide: the first column names the item, `weight` its weight, each other column is a state. Long: columns
    rcid, ccode (or state ...), vote, and session, of which one may be chosen.

    Raises InputError with file and line for what is no number or vote.
    """
    rows = [(line, row) for line, row in table_rows(path) if _is_of(row, session)]
    if not rows:
        told = "rows" if session is None else f"votes of session {session}"
        raise InputError(f"{path.name} has no {told}.", "Give a table with a header and at least one row.")
    names = list(rows[0][1])
    long = [next((name for name in known if name in names), "") for known in (_ITEM_NAMES, _STATE_NAMES, _CHOICE_NAMES)]
    if all(long):
        return _long(path, rows, *long)
    return _wide(path, rows, names, weight)


def _wide(path: Path, rows: list[tuple[int, Row]], names: list[str], weight: str | None) -> Portfolios:
    if weight is not None and weight not in names:
        raise InputError(f"{path.name} has no column {weight!r}.", f"It has {', '.join(names)}.")
    states = [name for name in names[1:] if name != weight and _is_numeric(rows, name)]
    values = np.array([[_value(path, line, row, name) for name in states] for line, row in rows])
    weights = None
    if weight is not None:
        weights = np.array([_value(path, line, row, weight, choice=False) for line, row in rows])
        if np.isnan(weights).any() or (weights < 0).any():
            raise wrong(path, rows[int(np.argmax(~(weights >= 0)))][0], f"{weight} is no weight", "a number from 0 up")
    return Portfolios(tuple(row[names[0]] for _, row in rows), tuple(states), values.reshape(len(rows), -1), weights)


def _is_numeric(rows: list[tuple[int, Row]], name: str) -> bool:
    """Whether the column looks like a state's: its first filled cell is a number or a vote."""
    for _, row in rows:
        text = row[name].strip()
        if text not in MISSING:
            return text.lower() in _WORDS or _float(text) is not None
    return True


def _is_of(row: Row, session: str | None) -> bool:
    return session is None or row.get("session", "").removesuffix(".0") == session


def _long(path: Path, rows: list[tuple[int, Row]], item: str, state: str, choice: str) -> Portfolios:
    items = sorted({row[item] for _, row in rows}, key=lambda name: (len(name), name))
    states = sorted({row[state] for _, row in rows})
    at_item = {name: at for at, name in enumerate(items)}
    at_state = {name: at for at, name in enumerate(states)}
    values = np.full((len(items), len(states)), np.nan)
    for line, row in rows:
        values[at_item[row[item]], at_state[row[state]]] = _value(path, line, row, choice)
    return Portfolios(tuple(items), tuple(states), values, None)


def _value(path: Path, line: int, row: Row, name: str, choice: bool = True) -> float:
    text = row[name].strip()
    if text in MISSING:
        return float("nan")
    if choice and text.lower() in _WORDS:
        return _WORDS[text.lower()]
    found = _float(text)
    if found is None:
        raise wrong(path, line, f"{name} is {text!r}", "a number, or yes, abstain, no")
    return float("nan") if choice and found in _NO_CHOICE else found


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
