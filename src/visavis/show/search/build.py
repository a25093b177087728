"""Making the search index of a run: events numbered newest first, so that a page of results is a walk along the numbers."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import msgspec
import pyarrow as pa

from visavis.records import Event
from visavis.show.cache import cache_folder
from visavis.show.views.overview import pairs_of
from visavis.show.views.parts import event_line
from visavis.store import TABLES, Limits, Record

# A new form of the file takes a new number, so that old files are never read.
_FORM = 1
# Events taken from the record at a time: bounds the memory.
_CHUNK = 50_000
# Indexes that are kept on disk, the last used.
_KEPT = 8
_PATIENT = Limits(rows=10_000_000, seconds=3600)

_TABLES = """
create table lines(n integer primary key, date_from text, date_to text, type text, quad int, status text, outlet text, line blob);
create table sides(code text, n int, primary key (code, n)) without rowid;
create table pairs(a text, b text, n int, primary key (a, b, n)) without rowid;
create table voices(kind text, n int, primary key (kind, n)) without rowid;
create virtual table words using fts5(sentence, content='', tokenize='unicode61 remove_diacritics 2');
"""
_INDEXES = """
create index by_type on lines(type, n);
create index by_status on lines(status, n);
create index by_outlet on lines(outlet, n);
insert into words(words) values('optimize');
analyze;
"""
_ROWS = """
with ranks as (select event_id, row_number() over (order by coalesce(date_to, date_from) desc nulls last, event_id) as n from events)
select e.*, r.n, coalesce(a.outlet, '') as outlet
from events e join ranks r on e.event_id = r.event_id left join articles a on e.article_id = a.article_id
where e.event_id >= $low and e.event_id < $high order by r.n
"""


def index_of(record: Record) -> Path:
    """The index of the record's open run; made when it is not in the cache, which takes about a minute a million events."""
    name = "none" if record.run is None else record.run.run_id
    path = cache_folder() / f"search-{_FORM}-{name}.sqlite"
    if not path.exists():
        _make(record, path)
        _tidy(path)
    os.utime(path)
    return path


def _make(record: Record, path: Path) -> None:
    handle, half = tempfile.mkstemp(dir=path.parent, suffix=".half")
    os.close(handle)
    database = sqlite3.connect(half)
    try:
        # Nothing is lost when this is interrupted: the file gets its name only when it is whole.
        database.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        for rows in _chunks(record):
            _insert(database, rows)
        database.executescript(_INDEXES)
        database.commit()
    finally:
        database.close()
    Path(half).rename(path)


def _chunks(record: Record) -> Iterator[pa.Table]:
    """The events with their numbers and outlets, in pieces by id: ids are hashes, so the pieces are alike in size."""
    total = int(record.sql("select count(*) from events").column(0)[0].as_py())
    pieces = max(1, total // _CHUNK)
    edges = [f"{round(at * 65536 / pieces):04x}" for at in range(pieces)] + ["g"]
    for low, high in pairwise(edges):
        yield record.sql(_ROWS, {"low": low, "high": high}, _PATIENT)


def _insert(database: sqlite3.Connection, rows: pa.Table) -> None:
    numbers, outlets = rows.column("n").to_pylist(), rows.column("outlet").to_pylist()
    events: list[Event] = list(TABLES["events"].from_arrow(rows))
    encode = msgspec.msgpack.encode
    found = list(zip(numbers, outlets, events, strict=True))
    database.executemany(
        "insert into lines values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (n, e.date_from, e.date_to, e.type, e.quad, e.status, outlet, encode(event_line(e)))
            for n, outlet, e in found
        ),
    )
    database.executemany("insert into words(rowid, sentence) values (?, ?)", ((n, e.quote) for n, _, e in found))
    database.executemany("insert into sides values (?, ?)", ((c, n) for n, _, e in found for c in sorted(_codes(e))))
    database.executemany("insert into pairs values (?, ?, ?)", ((a, b, n) for n, _, e in found for a, b in pairs_of(e)))
    database.executemany("insert into voices values (?, ?)", ((k, n) for n, _, e in found for k in sorted(_kinds(e))))


def _codes(event: Event) -> set[str]:
    return {party.code for party in (*event.sources, *event.targets) if party.code}


def _kinds(event: Event) -> set[str]:
    return {voice.kind or "unknown" for voice in event.voices} or {"none"}


def _tidy(newest: Path) -> None:
    """Remove the indexes that nobody has used for longest."""
    old = sorted(newest.parent.glob("search-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in old[_KEPT:]:
        path.unlink(missing_ok=True)
