"""`visavis merge`: records that were read apart become one, equal to one that read all their pages.

What was read is taken over row by row (ids are content hashes, so a row that is there stays), and so are the events of articles that
were coded alike; copies, stories, happenings and everything else that depends on the whole pile is worked out anew by the usual passes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from visavis.errors import InputError, RecordError
from visavis.run.pile import Summary, read_pile
from visavis.run.progress import Progress
from visavis.run.settings import Settings
from visavis.store import TABLES, Record, Writer

# In this order: a page's own row is written after all it holds, as a reading run does.
_READ = ("articles", "signatures", "drops", "takedowns", "pages")
_CODED = ("events", "codings")
# Worked out from the rest, or bound to one record.
_NOT_TAKEN = frozenset(("copies", "stories", "aliases", "happenings", "rungs", "overruled", "watches", "runs"))
_ROWS = 1_000


def merge(
    sources: Sequence[str | Path],
    into: str | Path,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Take what the records `sources` hold into the record `into`, made when it is not there, and go through the passes.

    Safe to repeat and to resume. Raises InputError when a record is to be merged into itself, RecordError when one cannot be read, when
    a page that was taken down in one stands whole in another, or when two have ledgers of forecasts that differ.
    """
    records = [Record.open(source) for source in sources]
    for record in records:
        if record.path.resolve() == Path(into).resolve():
            raise InputError(f"{into} cannot be merged into itself.", "Name another record with --into.")

    def take(writer: Writer) -> None:
        for record in records:
            _check(writer, record)
            _take(writer, record)

    return read_pile([], into, settings, progress=progress, verb="merge", take=take)


def _check(writer: Writer, record: Record) -> None:
    """Raise RecordError for what no merge can settle."""
    taken, others = _ids(record, "takedowns"), writer.ids("takedowns")
    clash = ((taken - others) & writer.ids("pages")) | ((others - taken) & _ids(record, "pages"))
    if clash:
        raise RecordError(
            f"The page {min(clash)} was taken down in one record and stands in another.",
            "Take it down there too (visavis takedown), then merge.",
        )
    ours, theirs = writer.ids("forecasts"), _ids(record, "forecasts")
    if not (ours <= theirs or theirs <= ours):
        raise RecordError(
            f"{record.path} and the record to merge into have different ledgers of forecasts.",
            "A ledger is one chain: keep forecasts in one of the records only.",
        )


def _take(writer: Writer, record: Record) -> None:
    facts = [name for name in TABLES if name not in {*_READ, *_CODED, *_NOT_TAKEN}]
    for name in (*facts, *_READ):
        for rows in _batches(record, name):
            writer.insert(name, rows)
    writer.insert("rungs", [row for row in record.rows("rungs") if not row.article_id])
    imported = [row for row in record.rows("events") if not row.article_id]
    writer.insert("events", imported)
    if len(record.table("reviews", ["review_id"])) == 0:  # else its events are overlaid by people: they are coded anew
        _take_coded(writer, record)


def _take_coded(writer: Writer, record: Record) -> None:
    """The events of articles that this record has not coded; an article's row in `codings` is written after its events."""
    new = {row.article_id: row for row in record.rows("codings") if row.article_id not in writer.ids("codings")}
    stale = set(writer.column("events", "article_id")) & set(new)
    writer.remove("events", "article_id", stale)  # of a coding that was interrupted
    writer.insert("events", [row for row in record.rows("events") if row.article_id in new])
    writer.insert("codings", new.values())


def _ids(record: Record, name: str) -> set[str]:
    return set(record.table(name, [TABLES[name].key]).column(0).to_pylist())


def _batches(record: Record, name: str) -> Iterator[list[Any]]:
    rows = record.table(name)
    for at in range(0, len(rows), _ROWS):
        yield list(TABLES[name].from_arrow(rows.slice(at, _ROWS)))
