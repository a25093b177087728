"""Making the digest of a run: the answers of DuckDB go into SQLite, row by row; the front page is made whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa

from visavis.align.events import PERIODS, span_of, told_query
from visavis.align.lift import KEEP, activity
from visavis.lexicon.areas import areas
from visavis.records import content_id
from visavis.run import Progress, Silent
from visavis.run.rungs import CLIMBS, event_rungs
from visavis.show.digest import sql
from visavis.show.digest.front import MOST, front_of, overview_of
from visavis.show.digest.scopes import ALL, MONTH
from visavis.show.made import insert, kept, path_of
from visavis.show.views.front import Front
from visavis.store import TABLES as TABLES_OF
from visavis.store import Record
from visavis.store.query import VIEWS, Shelf
from visavis.store.tables.facts import Rung

# A new form of the file takes a new number, so that old files are never read.
_FORM = 8

TABLES = """
create table dyads(a text, b text, way text, type text, status text, good int, n int, primary key (a, b, way, type, status, good))
  without rowid;
create table months(a text, b text, quad int, month text, till text, n int, intensity real, primary key (a, b, quad, month, till))
  without rowid;
create table cells(type text, a text, b text, quad int, month text, till text, n int, faced int,
  primary key (type, a, b, quad, month, till)) without rowid;
create table actors(code text, role text, type text, status text, good int, n int, own int, others int,
  primary key (code, role, type, status, good)) without rowid;
create table actor_months(code text, month text, good int, n int, intensity real, primary key (code, month, good)) without rowid;
create table speakers(code text, name text, n int, primary key (code, name)) without rowid;
create table lifts(scope text, a text, b text, period int, good real, bad real, intensity real, primary key (scope, a, b, period))
  without rowid;
create table activity(scope text, state text, period int, good real, bad real, primary key (scope, state, period)) without rowid;
create table ladder(a text, b text, line blob);
create table kept(name text primary key, value blob) without rowid;
"""
_SCRATCH = {"told": sql.TOLD, "pairs": sql.PAIRS, "actors": sql.ACTORS}
_PLAIN = {
    "dyads": sql.DYADS,
    "months": sql.MONTHS,
    "cells": sql.CELLS,
    "actors": sql.ACTOR_SUMS,
    "actor_months": sql.ACTOR_MONTHS,
    "speakers": sql.SPEAKERS,
}
_SCOPES = (MONTH, ALL, *(area.name for area in areas()))
# The parts that progress counts: the tables beside the record's, the plain tables, the lifts, and what is read whole.
PARTS = len(_SCRATCH) + len(_PLAIN) + len(_SCOPES) + 1


def digest_of(record: Record, progress: Progress | None = None) -> Path:
    """The digest of the record's open run; made when it is not in the cache, which takes a minute for millions of events."""
    told = progress or Silent()
    return kept(digest_path(record), record, lambda database, shelf: _fill(database, shelf, record, told))


def digest_path(record: Record) -> Path:
    """Where the digest lies, whether it is made or not."""
    return path_of("digest", _form(), record)


@cache
def _form() -> str:
    return content_id(_FORM, msgspec.json.encode(msgspec.json.schema_components([Front, Rung])))


def _fill(database: sqlite3.Connection, shelf: Shelf, record: Record, progress: Progress) -> None:
    progress.start("digest", PARTS)
    for _ in _parts(database, shelf, record):
        progress.advance(1)


def _parts(database: sqlite3.Connection, shelf: Shelf, record: Record) -> Iterator[None]:
    """Fill the tables, a part at a time."""
    database.executescript(TABLES)
    for name, query in _SCRATCH.items():
        shelf.scratch(name, query)
        yield
    for table, query in _PLAIN.items():
        for rows in shelf.stream(query):
            insert(database, table, rows)
        yield
    for scope in _SCOPES:
        _lifts(database, shelf, scope)
        yield
    _ladder(database, shelf)
    _kept(database, shelf, record)
    database.execute("analyze")
    yield


def _kept(database: sqlite3.Connection, shelf: Shelf, record: Record) -> None:
    """What is read whole."""
    keep(database, "coders", [row["coder"] for row in _rows(shelf, sql.CODERS)])
    keep(database, "types", [row["type"] for row in _rows(shelf, sql.TYPES)])
    sizes = {name: _rows(shelf, f"select count(*) as n from {name}")[0]["n"] for name in (*TABLES_OF, *VIEWS)}
    keep(database, "rows", sizes)
    for by, query in sql.ARTICLES.items():
        keep(database, f"articles {by}", {row["period"]: row["n"] for row in _rows(shelf, query)})
    view = overview_of(record, shelf)
    keep(database, "overview", view)
    copied = [row["line"] for row in _rows(shelf, f"{sql.STORIES} limit {MOST}")]
    keep(database, "front", front_of(record, shelf, view, copied))


def _ladder(database: sqlite3.Connection, shelf: Shelf) -> None:
    """The rungs that imported events name: the run keeps none of theirs."""
    types = ", ".join(f"'{name}'" for name in sorted(CLIMBS))
    for rows in shelf.stream(sql.CLIMBING.format(types=types)):
        rungs = event_rungs(TABLES_OF["events"].from_arrow(rows))
        steps = ((*sorted((r.state, r.partner)), msgspec.json.encode(r)) for r in rungs)
        database.executemany("insert into ladder values (?, ?, ?)", steps)


def keep(database: sqlite3.Connection, name: str, value: Any) -> None:
    """Put a value under a name."""
    database.execute("insert into kept values (?, ?)", (name, msgspec.json.encode(value)))


def _lifts(database: sqlite3.Connection, shelf: Shelf, scope: str) -> None:
    """The counts of all pairs in a scope per period, and the activity of each state at each period's end."""
    by, told = (scope, sql.FACED) if scope in PERIODS else (ALL, f"{sql.FACED} and in_{scope}")
    parts = list(shelf.stream(told_query(by, told)))
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
    found = zip([scope] * len(a), a, b, when.tolist(), *values, strict=True)
    database.executemany("insert into lifts values (?, ?, ?, ?, ?, ?, ?)", found)
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


def _rows(shelf: Shelf, query: str) -> list[dict[str, Any]]:
    return [row for part in shelf.stream(query) for row in part.to_pylist()]
