"""From a file to the record: which importer reads what kind, in batches, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from visavis.errors import InputError
from visavis.store.imports import expulsions, facts, gdelt, icews, ladder, polecat
from visavis.store.imports.sessions import read_calls
from visavis.store.record import Record

Reader = Callable[..., Iterator[Any]]
_BATCH = 50_000


@dataclass(frozen=True)
class Kind:
    """One kind of file: the table that it fills, what reads it, and how it is cited."""

    table: str
    read: Reader
    cite: str


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
    "gdelt": Kind("events", gdelt.read_gdelt, "leetaru2013"),
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
    found, counts = KINDS[kind], {"read": 0, "left_out": 0}
    extra = {} if rollcalls is None else {"calls": read_calls(rollcalls)}

    def batches() -> Iterator[list[Any]]:
        rows = found.read(path, **extra)
        today = datetime.now(UTC).date().isoformat()
        while batch := list(islice(rows, _BATCH)):
            good = [row for row in batch if row is not None]
            counts["read"] += len(batch)
            counts["left_out"] += len(batch) - len(good)
            if found.table != "events":
                good = [msgspec.structs.replace(row, licence=licence, retrieved_at=today) for row in good]
            yield good
            if progress is not None:
                progress(len(batch))

    with Record.create(record).writer() as writer:
        new = writer.stream(found.table, batches())
        writer.finish(
            "add", {"kind": kind, "file": path.name, "cite": found.cite}, {"rows": counts["read"], "new": new}
        )
    return Added(found.table, counts["read"], new, counts["left_out"])
