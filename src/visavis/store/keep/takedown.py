"""The text of a page taken out of every version and file of a record, with an honest stub in its place.

Ids, offsets, codes, dates, hashes and counts stay: so links and citations hold, series do not break, and anybody who has the page
can still check what was read from it. What is taken down is never coded again; its events stand as they were coded.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
from msgspec import Struct

from visavis.errors import InputError, QueryError
from visavis.store.keep.history import rewrite
from visavis.store.keep.scrub import RULES, Targets
from visavis.store.lock import writing
from visavis.store.tables.keep import Takedown
from visavis.store.tables.runs import Run
from visavis.store.writer import Writer

if TYPE_CHECKING:
    from visavis.store.record import Record

JOURNAL = "takedown.json"


class Taken(Struct, frozen=True, kw_only=True):
    """What was taken down, how many files were rewritten, and the articles that carry copies of it and still stand."""

    pages: tuple[Takedown, ...]
    files: int
    copies: tuple[str, ...]


def takedown(
    record: Record,
    pages: Sequence[str] = (),
    outlets: Sequence[str] = (),
    *,
    author: str,
    reason: str = "",
    copies: bool = False,
    at: str | None = None,
) -> Taken:
    """Take the text of pages (ids, beginnings of them, addresses, or ids of articles they carry) and of all pages that carry an
    article of one of `outlets` out of the record; with `copies`, that of all articles of the same stories too.

    Raises QueryError when nothing is meant, InputError without an author, RecordError when a file cannot be rewritten: then the
    next takedown, or the next writer, goes on where it stopped.
    """
    if not author.strip():
        raise InputError("A takedown needs its author.", "Say who you are: --by NAME.")
    with writing(record.path):
        finish_takedown(record.path, record.runs)
        latest = record.open(record.path)
        meant = _meant(latest, pages, outlets, copies)
        when = at or datetime.now(UTC).isoformat(timespec="milliseconds")
        rows = _stubs(latest, meant, (author.strip(), when, reason.strip()))
        left = _left(latest, {key for row in rows for key in row.article_ids})
        _write_journal(record.path, rows)
        files = finish_takedown(record.path, latest.runs)
    return Taken(pages=tuple(rows), files=files, copies=left)


def finish_takedown(root: Path, runs: Sequence[Run]) -> int:
    """Do what the journal of a takedown says, if there is one: how many files were rewritten. The record must be locked."""
    journal = root / JOURNAL
    if not journal.exists():
        return 0
    rows = [Takedown(**{**row, **_tuples(row)}) for row in json.loads(journal.read_text("utf-8"))]
    articles = frozenset(key for row in rows for key in row.article_ids)
    targets = Targets(frozenset(row.page_id for row in rows), articles, _events_of(root, articles))
    files = sum(rewrite(root / name, rule, targets) for name, rule in RULES.items())
    writer = Writer(root, runs)
    writer.settle("takedowns", [*_others(writer, rows), *rows])
    last = runs[-1] if runs else None
    coder, lexicon = ("", "") if last is None else (last.coder, last.lexicon)
    writer.finish("takedown", settings={"pages": str(len(rows))}, coder=coder, lexicon=lexicon)
    journal.unlink()
    return files


def _meant(record: Record, pages: Sequence[str], outlets: Sequence[str], copies: bool) -> set[str]:
    articles = record.table("articles", ["article_id", "page_id", "outlet"]).to_pylist()
    known = record.table("pages", ["page_id", "uri"]).to_pylist()
    found: set[str] = set()
    for given in pages:
        hits = {row["page_id"] for row in known if given in (row["page_id"], row["uri"])}
        hits |= {row["page_id"] for row in articles if row["article_id"] == given}
        hits = hits or {row["page_id"] for row in known if len(given) >= 4 and row["page_id"].startswith(given)}
        if len(hits) != 1:
            raise QueryError(
                f"{given!r} names {len(hits) or 'no'} page{'s' if len(hits) > 1 else ''} of this record.",
                "Give a page's id or address, or an article's id.",
            )
        found |= hits
    for given in outlets:
        hits = {row["page_id"] for row in articles if row["outlet"].casefold() == given.strip().casefold()}
        if not hits:
            raise QueryError(
                f"No article of this record is from {given!r}.", "Outlets: visavis sql DIR 'from coverage'."
            )
        found |= hits
    if copies:
        own = {row["article_id"] for row in articles if row["page_id"] in found}
        mates = {key for story in record.rows("stories") if own & set(story.article_ids) for key in story.article_ids}
        found |= {row["page_id"] for row in articles if row["article_id"] in mates}
    if not found:
        raise QueryError("A takedown needs a page or an outlet.", "Name one: --page ID, --outlet NAME.")
    return found


def _stubs(record: Record, pages: Iterable[str], signed: tuple[str, str, str]) -> list[Takedown]:
    """One row for each page; one that was taken down before keeps its row."""
    author, at, reason = signed
    done: dict[str, Takedown] = {row.page_id: row for row in record.rows("takedowns")}
    uris = {row["page_id"]: row["uri"] for row in record.table("pages", ["page_id", "uri"]).to_pylist()}
    articles = record.table("articles", ["article_id", "page_id", "outlet"]).to_pylist()
    coded = record.table("events", ["article_id"]).column(0).to_pylist()
    rows = []
    for page in sorted(pages):
        own = [row for row in articles if row["page_id"] == page]
        ids = tuple(sorted(row["article_id"] for row in own))
        new = Takedown(
            page_id=page,
            uri=uris[page],
            outlets=tuple(sorted({row["outlet"] for row in own if row["outlet"]})),
            article_ids=ids,
            events=sum(key in ids for key in coded),
            at=at,
            author=author,
            reason=reason,
        )
        rows.append(done.get(page, new))
    return rows


def _left(record: Record, taken: set[str]) -> tuple[str, ...]:
    """The articles with a copy of the text that are not taken down."""
    gone = {key for row in record.rows("takedowns") for key in row.article_ids} | taken
    ends = {(row.article_id, row.of_article_id) for row in record.rows("copies")}
    return tuple(sorted({key for pair in ends if set(pair) & taken for key in pair} - gone))


def _events_of(root: Path, articles: frozenset[str]) -> frozenset[str]:
    """The ids of all events that were coded from these articles, in whatever version: happenings of old runs name them too."""
    found: set[str] = set()
    for file in sorted((root / "events").glob("*.parquet")):
        keys, homes = pq.read_table(file, columns=["event_id", "article_id"]).columns
        found |= {key for key, home in zip(keys.to_pylist(), homes.to_pylist(), strict=True) if home in articles}
    return frozenset(found)


def _others(writer: Writer, rows: Sequence[Takedown]) -> list[Takedown]:
    own = {row.page_id for row in rows}
    return [row for row in writer.rows("takedowns") if row.page_id not in own]


def _write_journal(root: Path, rows: Sequence[Takedown]) -> None:
    half = root / (JOURNAL + ".half")
    half.write_text(json.dumps([{name: getattr(row, name) for name in row.__struct_fields__} for row in rows]), "utf-8")
    half.replace(root / JOURNAL)


def _tuples(row: dict[str, object]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
