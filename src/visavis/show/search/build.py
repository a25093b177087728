"""Making the search index of a run: events numbered newest first, so that a page of results is a walk along the numbers.

One full-text table holds the words of the sentences and, as words of another column, the facts of the events: actors, pairs, type, status,
class, speakers, outlet. So any filters together are one query, which the lists of the words answer by leaping along each other. The lines
that a page shows are kept as they lie in the record's files, which costs no sorting; `days` leads from a number to its line.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import msgspec
import pyarrow as pa

from visavis.records import Event, content_id
from visavis.run import Progress, Silent
from visavis.show.digest.sql import STORIES
from visavis.show.made import insert, kept, path_of
from visavis.show.search import sql
from visavis.store import Record
from visavis.store.query import Shelf

# A new form of the file takes a new number, so that old files are never read.
_FORM = 7
# Events taken from the record at a time.
_CHUNK = 20_000

# FTS5 gathers 32 MB of new entries before it writes them: fewer pieces to merge.
_TABLES = """
create table lines(row_at integer primary key, line text);
create table days(n integer primary key, row_at int, date_from text, date_to text);
create virtual table words using fts5(sentence, facts, content='', columnsize=0, tokenize='unicode61 remove_diacritics 2');
insert into words(words, rank) values('hashsize', 33554432);
create virtual table seen using fts5vocab(words, col);
create table terms(term text primary key, n int) without rowid;
create table places(kind text, key int, row_at int, primary key(kind, key, row_at)) without rowid;
create table stories(n integer primary key, line text);
create table outlets(n integer primary key, outlet text);
create table years(year text primary key, n int) without rowid;
"""
_LAST = """
insert into words(words) values('optimize');
insert into terms select term, doc from seen where col = 'sentence';
"""


def index_of(record: Record, progress: Progress | None = None) -> Path:
    """The index of the record's open run; made when it is not in the cache, which takes minutes for millions of events."""
    told = progress or Silent()
    return kept(index_path(record), record, lambda database, shelf: _fill(database, shelf, told))


def index_path(record: Record) -> Path:
    """Where the index lies, whether it is made or not."""
    return path_of("search", _form(), record)


@cache
def _form() -> str:
    return content_id(_FORM, msgspec.json.encode(msgspec.json.schema_components([Event])))


def _fill(database: sqlite3.Connection, shelf: Shelf, progress: Progress) -> None:
    database.executescript(_TABLES)
    total = int(shelf.ask("select count(*) from events where status <> 'rejected'").column(0)[0].as_py())
    progress.start("lines", total)
    for rows in _ahead(shelf.stream(sql.lines(shelf.placed("events")), rows=_CHUNK)):
        insert(database, "lines", rows)
        progress.advance(len(rows))
    progress.start("search", total)
    first, years = 1, dict[str, int]()
    for rows in _ahead(shelf.stream(sql.words(shelf.placed("events")), rows=_CHUNK)):
        _words(database, rows, first, years)
        first += len(rows)
        progress.advance(len(rows))
    database.executemany("insert into years values (?, ?)", years.items())
    progress.start("places", None)
    for part in _rest(database, shelf):
        progress.advance(part)


def _words(database: sqlite3.Connection, rows: pa.Table, first: int, years: dict[str, int]) -> None:
    """Put rows in their order, the first of them numbered `first`; `years` takes the first number of each year."""
    at, begin, end, quotes, facts = (column.to_pylist() for column in rows.columns)
    numbers = range(first, first + len(rows))
    database.executemany("insert into days values (?, ?, ?, ?)", zip(numbers, at, begin, end, strict=True))
    database.executemany(
        "insert into words(rowid, sentence, facts) values (?, ?, ?)", zip(numbers, quotes, facts, strict=True)
    )
    for number, day in zip(numbers, begin, strict=True):
        if day is not None:
            years.setdefault(day[:4], number)


def _rest(database: sqlite3.Connection, shelf: Shelf) -> Iterator[int]:
    """What needs no order of events; yields the number of rows."""
    database.executescript(_LAST)
    for query in sql.places(shelf):
        for rows in _ahead(shelf.stream(query, rows=_CHUNK)):
            insert(database, "places", rows)
            yield len(rows)
    for table, query in (("stories", STORIES), ("outlets", sql.OUTLETS)):
        for rows in shelf.stream(query, rows=_CHUNK):
            database.executemany(f"insert into {table} values (null, ?)", zip(rows.column(0).to_pylist()))
            yield len(rows)


def _ahead(pieces: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The pieces, the next one made while the last is worked on."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece
