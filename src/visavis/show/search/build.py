"""Making the index of a run: events numbered newest first, so that a page of results is a walk along the numbers; and the digest.

DuckDB sorts the events once, in files where memory does not do; SQLite takes them in that order. Memory stays below a bound.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow as pa

from visavis.records import Event, content_id
from visavis.run import Progress, Silent
from visavis.run.rungs import event_rungs
from visavis.show.cache import cache_folder
from visavis.show.digest import fill, sql
from visavis.show.views.front import Front
from visavis.store import Record
from visavis.store.query import Shelf

# A new form of the file takes a new number, so that old files are never read.
_FORM = 5
# Events taken from the record at a time, and what DuckDB may hold.
_CHUNK, _MEMORY = 20_000, "400MB"
# Indexes that are kept on disk, the last used.
_KEPT = 8
_EVENT = msgspec.json.Decoder(Event)

_TABLES = """
create table lines(n integer primary key, date_from text, date_to text, type text, quad int, status text, outlet text, line blob);
create table sides(code text, n int, type text, status text, quad int, primary key (code, n)) without rowid;
create table pairs(a text, b text, n int, type text, status text, quad int, primary key (a, b, n)) without rowid;
create table voices(kind text, n int, primary key (kind, n)) without rowid;
create virtual table words using fts5(sentence, content='', tokenize='unicode61 remove_diacritics 2');
create virtual table seen using fts5vocab(words, row);
create table terms(term text primary key, n int) without rowid;
"""
_INDEXES = """
create index by_type on lines(type, n);
create index by_status on lines(status, n);
create index by_outlet on lines(outlet, n);
insert into words(words) values('optimize');
insert into terms select term, doc from seen;
analyze;
"""


def index_of(record: Record, progress: Progress | None = None) -> Path:
    """The index of the record's open run; made when it is not in the cache, which takes minutes for millions of events."""
    path = cache_folder() / f"search-{_run(record)}-{_key(record)}.sqlite"
    if not path.exists():
        _make(record, path, progress or Silent())
        _tidy(path)
    os.utime(path)
    return path


def _run(record: Record) -> str:
    return "none" if record.run is None else record.run.run_id


def _key(record: Record) -> str:
    """What the file depends on beside the run: the files of its events, the form of what is kept."""
    form = msgspec.json.encode(msgspec.json.schema_components([Front, Event]))
    return content_id(_FORM, form, *sorted(Path(file).name for file in record.files("events")))


def _make(record: Record, path: Path, progress: Progress) -> None:
    handle, half = tempfile.mkstemp(dir=path.parent, suffix=".half")
    os.close(handle)
    database = sqlite3.connect(half)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as spill:
            # Nothing is lost when this is interrupted: the file gets its name only when it is whole.
            database.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES + fill.TABLES)
            _fill(database, record, record.shelf(_MEMORY, Path(spill)), progress)
        database.commit()
        database.close()
        Path(half).rename(path)
    finally:
        database.close()
        Path(half).unlink(missing_ok=True)


def _fill(database: sqlite3.Connection, record: Record, shelf: Shelf, progress: Progress) -> None:
    total = int(record.sql("select count(*) from events").column(0)[0].as_py())
    progress.start("index", total)
    for first, rows in _numbered(shelf):
        _insert(database, rows, first)
        progress.advance(len(rows))
    database.executescript(_INDEXES)
    progress.start("digest", None)
    for _ in fill.fill(database, shelf, record):
        progress.advance(1)
    database.execute("analyze")


def _numbered(shelf: Shelf) -> Iterator[tuple[int, pa.Table]]:
    """The events with their outlets in the order of the index, in pieces, each with the number of its first row."""
    number = 1
    for rows in shelf.stream(sql.EVENTS, rows=_CHUNK):
        for at in range(0, len(rows), _CHUNK):
            piece = rows.slice(at, _CHUNK)
            yield number, piece
            number += len(piece)


def _insert(database: sqlite3.Connection, rows: pa.Table, first: int) -> None:
    columns = {name: rows.column(name).to_pylist() for name in rows.column_names}
    numbers = range(first, first + len(rows))
    facts = list(zip(numbers, *(columns[name] for name in ("type", "status", "quad")), strict=True))
    lines = [columns[name] for name in ("date_from", "date_to", "type", "quad", "status", "outlet", "line")]
    put = database.executemany
    put("insert into lines values (?, ?, ?, ?, ?, ?, ?, ?)", zip(numbers, *lines, strict=True))
    put("insert into words(rowid, sentence) values (?, ?)", zip(numbers, columns["quote"], strict=True))
    sides = ((code, *fact) for fact, codes in zip(facts, columns["codes"], strict=True) for code in codes)
    put("insert into sides values (?, ?, ?, ?, ?)", sides)
    pairs = ((*pair, *fact) for fact, met in zip(facts, columns["pairs"], strict=True) for pair in met)
    put("insert into pairs values (?, ?, ?, ?, ?, ?)", pairs)
    voices = ((kind, n) for n, kinds in zip(numbers, columns["kinds"], strict=True) for kind in kinds)
    put("insert into voices values (?, ?)", voices)
    told = (line for line, imported in zip(columns["line"], columns["imported"], strict=True) if imported)
    rungs = event_rungs(_EVENT.decode(line) for line in told)
    steps = ((*sorted((r.state, r.partner)), msgspec.json.encode(r)) for r in rungs)
    put("insert into ladder values (?, ?, ?)", steps)


def _tidy(newest: Path) -> None:
    """Remove the indexes that nobody has used for longest."""
    old = sorted(newest.parent.glob("search-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in old[_KEPT:]:
        path.unlink(missing_ok=True)
