"""Making the digest: the answers of DuckDB go into SQLite, row by row; the front page is made whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from visavis.align.events import PERIODS, pair_query, span_of
from visavis.align.lift import KEEP, activity
from visavis.lexicon.areas import areas
from visavis.show.digest import sql
from visavis.show.digest.front import front_of, overview_of
from visavis.show.digest.scopes import ALL, MONTH
from visavis.store import Record
from visavis.store.query import Shelf

TABLES = """
create table dyads(a text, b text, way text, type text, status text, good int, n int, primary key (a, b, way, type, status, good))
  without rowid;
create table months(a text, b text, month text, good int, n int, intensity real, primary key (a, b, month, good)) without rowid;
create table actors(code text, role text, type text, status text, good int, n int, own int, others int,
  primary key (code, role, type, status, good)) without rowid;
create table actor_months(code text, month text, good int, n int, intensity real, primary key (code, month, good)) without rowid;
create table speakers(code text, name text, n int, primary key (code, name)) without rowid;
create table lifts(scope text, a text, b text, period int, good real, bad real, intensity real, primary key (scope, a, b, period))
  without rowid;
create table activity(scope text, state text, period int, good real, bad real, primary key (scope, state, period)) without rowid;
create table ladder(a text, b text, line blob);
create table stories(n integer primary key, line blob);
create table kept(name text primary key, value blob) without rowid;
"""
_PLAIN = {
    "dyads": sql.DYADS,
    "months": sql.MONTHS,
    "actors": sql.ACTORS,
    "actor_months": sql.ACTOR_MONTHS,
    "speakers": sql.SPEAKERS,
}


def fill(database: sqlite3.Connection, shelf: Shelf, record: Record) -> Iterator[str]:
    """Fill the tables; yields the name of each part when it is done."""
    for table, query in _PLAIN.items():
        for rows in shelf.stream(query):
            _insert(database, table, rows)
        yield table
    for scope in (MONTH, ALL, *(area.name for area in areas())):
        _lifts(database, shelf, scope)
        yield f"lift {scope}"
    _stories(database, shelf)
    yield "stories"
    keep(database, "coders", [row["coder"] for row in _rows(shelf, sql.CODERS)])
    keep(database, "outlets", [row["outlet"] for row in _rows(shelf, sql.OUTLETS)])
    for by, query in sql.ARTICLES.items():
        keep(database, f"articles {by}", {row["period"]: row["n"] for row in _rows(shelf, query)})
    view = overview_of(record, shelf)
    keep(database, "overview", view)
    keep(database, "front", front_of(record, shelf, view, _copied(database)))
    yield "front"


def keep(database: sqlite3.Connection, name: str, value: Any) -> None:
    """Put a value under a name."""
    database.execute("insert into kept values (?, ?)", (name, msgspec.json.encode(value)))


def _insert(database: sqlite3.Connection, table: str, rows: pa.Table) -> None:
    columns = [column.to_pylist() for column in rows.columns]
    places = ", ".join("?" * len(columns))
    database.executemany(f"insert into {table} values ({places})", zip(*columns, strict=True))


def _lifts(database: sqlite3.Connection, shelf: Shelf, scope: str) -> None:
    """The counts of all pairs in a scope per period, and the activity of each state at each period's end."""
    by, area = (scope, None) if scope in PERIODS else (ALL, scope)
    parts = list(shelf.stream(pair_query(by, area)))
    rows = pa.concat_tables(parts) if parts else None
    if rows is None or not len(rows):
        keep(database, f"periods {scope}", [])
        return
    names = rows.column("period").to_pylist()
    periods = (ALL,) if by == ALL else span_of(names[0], names[-1])
    keep(database, f"periods {scope}", periods)
    number = {name: at for at, name in enumerate(periods)}
    when = np.array([number[name] for name in names])
    a, b = (rows.column(side).to_pylist() for side in ("a", "b"))
    values = [rows.column(name).to_pylist() for name in ("cooperative", "conflictual", "intensity")]
    told = zip([scope] * len(a), a, b, when.tolist(), *values, strict=True)
    database.executemany("insert into lifts values (?, ?, ?, ?, ?, ?, ?)", told)
    database.executemany(
        "insert into activity values (?, ?, ?, ?, ?)", _activity(scope, a, b, when, values, len(periods))
    )


def _activity(scope: str, a: list[str], b: list[str], when: Any, values: list[Any], periods: int) -> Iterator[Any]:
    """(scope, state, period, activity in cooperation, in conflict), one period's matrices in memory at a time."""
    states = sorted({*a, *b})
    at = {state: number for number, state in enumerate(states)}
    i, j = (np.array([at[state] for state in side]) for side in (a, b))
    good, bad = (np.array(axis) for axis in values[:2])
    totals = np.zeros((2, len(states), len(states)))
    edges = np.searchsorted(when, np.arange(periods + 1))
    for period in range(periods):
        totals *= KEEP
        here = slice(edges[period], edges[period + 1])
        for total, axis in zip(totals, (good, bad), strict=True):
            total[i[here], j[here]] += axis[here]
            total[j[here], i[here]] += axis[here]
        found = np.stack([activity(total) for total in totals])
        for number in np.flatnonzero(found.any(0)):
            yield scope, states[number], period, float(found[0, number]), float(found[1, number])


def _stories(database: sqlite3.Connection, shelf: Shelf) -> None:
    number = 0
    for rows in shelf.stream(sql.STORIES):
        lines = [(number + at, msgspec.json.encode(row)) for at, row in enumerate(rows.to_pylist(), start=1)]
        database.executemany("insert into stories values (?, ?)", lines)
        number += len(lines)


def _copied(database: sqlite3.Connection) -> list[bytes]:
    return [line for (line,) in database.execute("select line from stories order by n limit 50")]


def _rows(shelf: Shelf, query: str) -> list[dict[str, Any]]:
    return [row for part in shelf.stream(query) for row in part.to_pylist()]
