"""From a file to the record: which importer reads what kind, in batches, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa

from visavis.errors import InputError
from visavis.store.imports import expulsions, facts, gdelt, icews, ladder, polecat
from visavis.store.imports.gdelt_columns import Odd, gdelt_tables
from visavis.store.imports.sessions import read_calls
from visavis.store.record import Record

Reader = Callable[..., Iterator[Any]]
_BATCH = 50_000


@dataclass(frozen=True)
class Kind:
    """One kind of file: the table that it fills, what reads it row by row, and how it is cited. `tables` reads the same as Arrow, faster,
    and raises Odd for a file that must be read by rows."""

    table: str
    read: Reader
    cite: str
    tables: Callable[[Path], Iterator[pa.Table]] | None = None


KINDS: dict[str, Kind] = {
    "votes": Kind("votes", facts.read_votes, "voeten2013"),
    "alliances": Kind("treaties", facts.read_alliances, "leeds2002"),
    "igos": Kind("memberships", facts.read_igos, "pevehouse2020"),
    "capabilities": Kind("capabilities", facts.read_capabilities, "singer1972"),
    "trade": Kind("trade", facts.read_trade, "barbieri2009"),
    "expulsions": Kind("expulsions", expulsions.read_expulsions, "the file's own sources"),
    "disputes": Kind("disputes", facts.read_disputes, "palmer2022"),
    "idealpoints": Kind("ideal_points", facts.read_ideal_points, "bailey2017"),
    "rungs": Kind("rungs", ladder.read_rungs, ""),
    "icews": Kind("events", icews.read_icews, "boschee2015"),
    "gdelt": Kind("events", gdelt.read_gdelt, "leetaru2013", gdelt_tables),
    "polecat": Kind("events", polecat.read_polecat, "halterman2023"),
    "plover": Kind("events", polecat.read_plover, "oeda2023"),
}


@dataclass(frozen=True)
class Added:
    """What an import did: rows read, rows that were new, and rows left out because a state was unknown or a value missing."""

    table: str
    read: int
    new: int
    left_out: int


def add_file(
    kind: str,
    path: Path,
    record: Path,
    licence: str = "",
    progress: Callable[[int], None] | None = None,
    rollcalls: Path | None = None,
) -> Added:
    """Import the file into the record (made when there is none) as one run; nothing is written when any line is wrong.

    `rollcalls` is a second file (rcid, session or date) for votes that do not tell their session. Memory holds one batch of rows and the
    ids as numbers. Raises InputError for an unknown kind and for a bad line, which it names.
    """
    if kind not in KINDS:
        raise InputError(f"There is no kind of file {kind!r}.", f"Kinds: {', '.join(KINDS)}.")
    if rollcalls is not None and kind != "votes":
        raise InputError(f"A list of roll calls says nothing of {kind}.", "Give --rollcalls with votes.")
    found = KINDS[kind]
    extra = {} if rollcalls is None else {"calls": read_calls(rollcalls)}
    today = datetime.now(UTC).date().isoformat()

    def sealed(rows: Iterator[Any]) -> Iterator[Any]:
        for row in rows:
            facts = row is not None and found.table != "events"
            yield msgspec.structs.replace(row, licence=licence, retrieved_at=today) if facts else row

    with Record.create(record).writer() as writer:
        try:
            if found.tables is None:
                raise Odd
            count, new = Count(progress), 0
            new = writer.stream(found.table, count.of(found.tables(path)))
        except Odd:
            count = Count(progress)
            new = writer.stream(found.table, count.of(_batches(sealed(found.read(path, **extra)))))
        writer.finish("add", {"kind": kind, "file": path.name, "cite": found.cite}, {"rows": count.read, "new": new})
    return Added(found.table, count.read, new, count.left_out)


class Count:
    """Counts what goes through it: rows, and None for those that were left out."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self.read = self.left_out = 0
        self._progress = progress

    def of(self, batches: Iterable[Any]) -> Iterator[Any]:
        """The batches without what is left out."""
        for batch in batches:
            good = batch if isinstance(batch, pa.Table) else [row for row in batch if row is not None]
            self.read += len(batch)
            self.left_out += len(batch) - len(good)
            yield good
            if self._progress is not None:
                self._progress(len(batch))


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch
