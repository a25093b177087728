"""Files that are made from one run of a record, kept in the cache and made again at will: SQLite, filled by DuckDB.

Memory stays below a bound: what DuckDB cannot hold goes to files beside, and a file gets its name only when it is whole.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from visavis.records import content_id
from visavis.show.cache import cache_folder
from visavis.store import Record
from visavis.store.query import Shelf

Fill = Callable[[sqlite3.Connection, Shelf], None]
# What DuckDB may hold while a file is made.
_MEMORY = "400MB"
# Files of a kind that are kept on disk, the last used; and how old (seconds) a half-made one is when nobody can be at it any more.
_KEPT, _STALE = 8, 86_400.0
_FAST = "pragma journal_mode=off; pragma synchronous=off; pragma page_size=8192; pragma cache_size=-32000;"


def path_of(kind: str, form: str, record: Record) -> Path:
    """Where the file of a kind lies, whether it is made or not. A new `form` is a new file, and so are other rows in the same run."""
    return cache_folder() / f"{kind}-{content_id(record.state, form)}.sqlite"


def kept(path: Path, record: Record, fill: Fill) -> Path:
    """The path, where the file lies: made now when it is not there, and marked as used last."""
    if not path.exists():
        _make(path, record, fill)
    os.utime(path)
    return path


def _make(path: Path, record: Record, fill: Fill) -> None:
    """Make the file: `fill` is given the empty database and the record's tables, with room to write."""
    handle, half = tempfile.mkstemp(dir=path.parent, suffix=".half")
    os.close(handle)
    database = sqlite3.connect(half)
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as spill:
            database.executescript(_FAST)
            fill(database, record.shelf(_MEMORY, Path(spill)))
        database.commit()
        database.close()
        Path(half).rename(path)
    finally:
        database.close()
        Path(half).unlink(missing_ok=True)
    _tidy(path)


def insert(database: sqlite3.Connection, table: str, rows: pa.Table) -> None:
    """Put rows into a table that has their columns in their order."""
    columns = [column.to_pylist() for column in rows.columns]
    places = ", ".join("?" * len(columns))
    database.executemany(f"insert into {table} values ({places})", zip(*columns, strict=True))


def forget() -> None:
    """Remove all files made from records: they hold sentences, outside the record. Each is made again when it is needed."""
    for kind in ("search", "digest"):
        for path in cache_folder().glob(f"{kind}-*"):
            path.unlink(missing_ok=True)


def _tidy(newest: Path) -> None:
    """Remove the files that nobody has used for longest, and those left half-made by a program that was ended."""
    kind = newest.name.partition("-")[0]
    old = sorted(newest.parent.glob(f"{kind}-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
    half = [path for path in newest.parent.glob("*.half") if path.stat().st_mtime < time.time() - _STALE]
    for path in (*old[_KEPT:], *half):
        path.unlink(missing_ok=True)
