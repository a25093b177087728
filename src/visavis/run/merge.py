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
from visavis.store.schema import conform

# In this order: a page's own row is written after all it holds, as a reading run does.
_READ = ("articles", "signatures", "drops", "takedowns", "pages")
_CODED = ("events", "codings")
# Worked out from the rest, or bound to one record.
_NOT_TAKEN = frozenset(("copies", "stories", "aliases", "happenings", "rungs", "overruled", "watches", "runs"))
_ROWS, _MEMORY = 1_000, "512MB"


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
            source = _Source(record)
            _check(writer, source)
            _take(writer, source)

    return read_pile([], into, settings, progress=progress, verb="merge", take=take)


class _Source:
    """A record to take from: its rows come some at a time, so that memory holds those and no table."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._shelf = record.shelf(_MEMORY, None)

    def rows(self, name: str, where: str = "true") -> Iterator[list[Any]]:
        """The rows of a table for which the condition holds, in no order."""
        table = TABLES[name]
        for part in self._shelf.stream(f"from {name} where {where}", rows=_ROWS):
            yield list(table.from_arrow(conform(part, table.schema)))

    def ids(self, name: str) -> Iterator[str]:
        """The ids of a table's rows."""
        for part in self._shelf.stream(f"select {TABLES[name].key} from {name}"):
            yield from part.column(0).to_pylist()


def _check(writer: Writer, source: _Source) -> None:
    """Raise RecordError for what no merge can settle."""
    taken, others = set(source.ids("takedowns")), writer.ids("takedowns")
    clash = {page for page in taken - others if writer.has("pages", page)}
    clash |= {page for page in source.ids("pages") if page in others - taken} if others - taken else set()
    if clash:
        raise RecordError(
            f"The page {min(clash)} was taken down in one record and stands in another.",
            "Take it down there too (visavis takedown), then merge.",
        )
    ours, theirs = writer.ids("forecasts"), set(source.ids("forecasts"))
    if not (ours <= theirs or theirs <= ours):
        raise RecordError(
            f"{source.record.path} and the record to merge into have different ledgers of forecasts.",
            "A ledger is one chain: keep forecasts in one of the records only.",
        )


def _take(writer: Writer, source: _Source) -> None:
    facts = [name for name in TABLES if name not in {*_READ, *_CODED, *_NOT_TAKEN}]
    imported = "article_id is null or article_id = ''"
    for name, where in [*((name, "true") for name in (*facts, *_READ)), ("rungs", imported), ("events", imported)]:
        for rows in source.rows(name, where):
            writer.insert(name, rows)
    if not any(source.ids("reviews")):  # else its events are overlaid by people: they are coded anew
        _take_coded(writer, source)


def _take_coded(writer: Writer, source: _Source) -> None:
    """The events of articles that this record has not coded; an article's row in `codings` is written after its events."""
    new = {
        row.article_id: row
        for rows in source.rows("codings")
        for row in rows
        if not writer.has("codings", row.article_id)
    }
    stale = {article for (article,) in writer.pick("events", "article_id") if article in new}
    writer.remove("events", "article_id", stale)  # of a coding that was interrupted
    for rows in source.rows("events"):
        writer.insert("events", [row for row in rows if row.article_id in new])
    writer.insert("codings", new.values())
