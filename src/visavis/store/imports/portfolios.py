"""Portfolio and roll-call tables as they come: one row an item with a column per state, one row a vote, or the promises of states per
pair and year. Column names may stand in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.errors import InputError
from visavis.lexicon.crosswalk import only_state, spells, state_of
from visavis.lexicon.statenames import state_named
from visavis.store.imports.promises import promise_columns, read_system
from visavis.store.imports.rows import MISSING, Row, columns_named, plain_id, table_rows, whole, wrong
from visavis.store.imports.sessions import Calls, no_calls, session_of

Array = NDArray[Any]
# Votes as words and letters; 8 (absent) and 9 (no member) are no choice.
_WORDS = {"yes": 1.0, "y": 1.0, "abstain": 2.0, "abstention": 2.0, "a": 2.0, "no": 3.0, "n": 3.0, "absent": np.nan}
_NO_CHOICE = frozenset({8.0, 9.0})
ITEM_NAMES = ("rcid", "rollcall", "resolution", "item")
STATE_NAMES = ("ccode", "state", "iso3c", "iso3", "country_code", "country", "countryname", "stateabb", "name")
CHOICE_NAMES = ("vote", "choice")
# A promise's place on the scale of alliances; the strongest holds.
_STRENGTH = {"defense": 3.0, "offense": 3.0, "neutral": 2.0, "nonagg": 2.0, "consul": 1.0, "entente": 1.0}
_OWN = 3.0  # a state's tie with itself
# From so many columns with ISO codes on, the others are no states: "me", "nu", "importantvote".
_ISO_COLUMNS = 3


@dataclass(frozen=True)
class Portfolios:
    """`values` (item, state) with NaN where there is none; `weights` (item,) or None. `also` gives states by other names of theirs."""

    items: tuple[str, ...]
    states: tuple[str, ...]
    values: Array
    weights: Array | None
    also: Mapping[str, str]

    def state(self, asked: str) -> str:
        """The state's name in the table: as it stands there, in another case, or under another of its codes and names.

        Raises InputError for one that is not there.
        """
        if asked in self.states:
            return asked
        known = {**self.also, **{name: name for name in self.states}}
        plain = asked.strip().lower()
        code = _iso(asked)
        for fits in (lambda name: name.lower() == plain, lambda name: bool(code) and _iso(name) == code):
            found = {state for name, state in known.items() if fits(name)}
            if len(found) == 1:
                return found.pop()
        raise InputError(f"There is no state {asked!r} in the file.", f"States: {', '.join(self.states[:30])}.")


def read_portfolios(
    path: Path,
    weight: str | None = None,
    where: Mapping[str, str] | None = None,
    calls: Calls = no_calls,
    system: Path | None = None,
) -> Portfolios:
    """The table in the file.

    Wide: the first column names the item, `weight` its weight, each other column is a state. Long: rcid, ccode (or state, country ...),
    vote. Promises: ccode1, ccode2, year and atop_... or cow_... (one year of them): every state of that year is an item (those of
    `system`, a list of spells, else those of the crosswalk), 3 defence or offence, 2 neutrality or non-aggression, 1 consultation or entente, 0 none.

    `where` keeps the rows whose columns have these values; "session" and "year" are worked out from a date, or from `calls`. Raises
    InputError with file and line for what is no number or vote.
    """
    wanted = {name.lower(): plain_id(value) for name, value in (where or {}).items()}
    rows = _chosen(path, wanted, calls)
    first = next(rows, None)
    if first is None:
        told = ", ".join(f"{name} {value}" for name, value in wanted.items())
        raise InputError(
            f"{path.name} has no rows{' of ' + told if told else ''}.", "Give a table with at least one row."
        )
    everything = _chain(first, rows)
    names = columns_named(first[1])
    if {"ccode1", "ccode2", "year"} <= set(names) or {"statea", "stateb", "year"} <= set(names):
        return _promised(path, everything, system)
    item, state, choice = (
        next((names[name] for name in known if name in names), "") for known in (ITEM_NAMES, STATE_NAMES, CHOICE_NAMES)
    )
    if item and state and choice:
        also = [names[name] for name in STATE_NAMES if name in names and names[name] != state]
        return _long(path, everything, item, state, choice, also)
    return _wide(path, list(everything), list(first[1]), weight)


def _chain(first: tuple[int, Row], rest: Iterator[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    yield first
    yield from rest


def _chosen(path: Path, wanted: Mapping[str, str], calls: Calls) -> Iterator[tuple[int, Row]]:
    """The rows that are wanted."""
    names: dict[str, str] = {}
    for line, row in table_rows(path):
        names = names or columns_named(row)
        if all(_of(path, row, names, name, calls) == value for name, value in wanted.items()):
            yield line, row


def _of(path: Path, row: Row, names: Mapping[str, str], name: str, calls: Calls) -> str:
    """The row's value of a column, the session and the year also from its date or its roll call."""
    if name in names:
        return plain_id(row[names[name]])
    about = calls(plain_id(row[names["rcid"]])) if "rcid" in names else None
    day = row[names["date"]][:10] if "date" in names else about.date if about is not None else ""
    if name == "session" and about is not None and about.session:
        return str(about.session)
    if name in ("session", "year") and len(day) == 10:
        return str(session_of(day)) if name == "session" else day[:4]
    raise InputError(f"{path.name} has no column {name!r}.", f"It has {', '.join(list(row)[:12])}.")


def _wide(path: Path, rows: list[tuple[int, Row]], names: list[str], weight: str | None) -> Portfolios:
    folded = {name.lower(): name for name in names}
    weigher = None if weight is None else weight if weight in names else folded.get(weight.lower())
    if weight is not None and weigher is None:
        raise InputError(f"{path.name} has no column {weight!r}.", f"It has {', '.join(names)}.")
    states = [name for name in names[1:] if name != weigher and _is_numeric(rows, name)]
    iso = [name for name in states if name.isupper() and state_of(name)]
    states = iso if len(iso) >= max(_ISO_COLUMNS, len(states) // 2) else states
    if len(states) < 2:
        raise InputError(
            f"{path.name} has fewer than two columns of states.",
            "The first column names the item, each other is a state.",
        )
    values = np.array([[_value(path, line, row, name) for name in states] for line, row in rows])
    weights = None
    if weigher is not None:
        weights = np.array([_value(path, line, row, weigher, choice=False) for line, row in rows])
        if np.isnan(weights).any() or (weights < 0).any():
            raise wrong(path, rows[int(np.argmax(~(weights >= 0)))][0], f"{weigher} is no weight", "a number from 0 up")
    whole_numbers = [at for at in range(len(states)) if _is_whole(values[:, at])]
    if len(whole_numbers) >= 2:  # a column of shares among columns of levels is a weight that was not asked for
        states, values = [states[at] for at in whole_numbers], values[:, whole_numbers]
    return Portfolios(tuple(row[names[0]] for _, row in rows), tuple(states), values, weights, {})


def _is_whole(column: Array) -> bool:
    known = column[~np.isnan(column)]
    return bool((known == np.round(known)).all())


def _is_numeric(rows: list[tuple[int, Row]], name: str) -> bool:
    """Whether the column looks like a state's: its first filled cell is a number or a vote."""
    for _, row in rows:
        text = row[name].strip()
        if text not in MISSING:
            return text.lower() in _WORDS or _float(text) is not None
    return True


def _long(
    path: Path, rows: Iterable[tuple[int, Row]], item: str, state: str, choice: str, others: list[str]
) -> Portfolios:
    at_item: dict[str, int] = {}
    at_state: dict[str, int] = {}
    also: dict[str, str] = {}
    found: dict[tuple[int, int], float] = {}
    for line, row in rows:
        name = plain_id(row[state])
        key = at_item.setdefault(plain_id(row[item]), len(at_item)), at_state.setdefault(name, len(at_state))
        value = _value(path, line, row, choice)
        if found.setdefault(key, value) != value and not (np.isnan(value) and np.isnan(found[key])):
            raise wrong(
                path, line, f"{name} has another {choice} on {row[item]} than before", "one vote of a state on an item"
            )
        also.update({row[other]: name for other in others if row[other] not in also})
    items = sorted(at_item, key=lambda name: (len(name), name))
    states = sorted(at_state)
    values = np.full((len(at_item), len(at_state)), np.nan)
    where = np.array(list(found)).reshape(-1, 2)
    values[where[:, 0], where[:, 1]] = list(found.values())
    values = values[[at_item[name] for name in items]][:, [at_state[name] for name in states]]
    return Portfolios(
        tuple(items), tuple(states), values, None, {k: v for k, v in also.items() if k and k not in at_state}
    )


def _promised(path: Path, rows: Iterator[tuple[int, Row]], system: Path | None) -> Portfolios:
    """Portfolios of promises: a state to every state of the system in that year."""
    first = next(rows)
    columns = promise_columns(path, first[1])
    ties: dict[tuple[str, str], float] = {}
    years = set()
    for line, row in _chain(first, rows):
        a, b = (str(whole(path, line, row, name, 1, 999)) for name in (columns.first, columns.second))
        years.add(whole(path, line, row, columns.year, 1500, 2100))
        strength = max((_STRENGTH[p] for p in columns.promised(path, line, row)), default=0.0)
        ties[a, b] = max(ties.get((a, b), 0.0), strength)
    if len(years) > 1:
        raise InputError(f"{path.name} holds the years {min(years)} to {max(years)}.", "Choose one: --where year=1990.")
    year = years.pop()
    known = [spell for spell in spells() if spell.cow and spell.first <= year <= spell.last]
    listed = {spell.cow for spell in known} if system is None else set(read_system(system, year))
    told = {state for pair, strength in ties.items() if strength for state in pair}
    states = sorted(listed | told, key=int)
    values = np.array([[_OWN if a == b else ties.get((a, b), 0.0) for a in states] for b in states])
    also = {spell.iso3: spell.cow for spell in known if spell.cow in states}
    return Portfolios(tuple(states), tuple(states), values, None, also)


def _iso(name: str) -> str:
    """The ISO code behind a COW number, a code or a name; "" when it is not clear."""
    return only_state(name) if name.isdigit() else state_named(name)


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
