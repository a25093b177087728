"""A review, made from what a person names: the row is looked up, and what the machine says of it is kept beside the verdict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from visavis.errors import InputError, QueryError
from visavis.records import Event, Happening, content_id
from visavis.store import tables
from visavis.store.keep.anchors import anchor_of
from visavis.store.keep.corrections import corrected_columns
from visavis.store.keep.verdicts import WITHDRAWN, pack, table_of
from visavis.store.tables.keep import Anchor, Review
from visavis.store.tables.text import StoredCopy
from visavis.store.writer import Writer

_ID = re.compile(r"[0-9a-f]{1,16}")
_EVENT = ("type", "mode", "cameo", "quad", "intensity", "sources", "targets", "status", "voices", "quote", "confidence", "coder",
    "date_from", "date_to", "date_precision", "date_basis", "words")  # fmt: skip
_HAPPENING = ("event_ids", "type", "parties", "date_from", "date_to", "why")
_COPY = ("article_id", "of_article_id", "kind", "score", "direction", "why")


def make_review(
    writer: Writer,
    row_id: str,
    verdict: str,
    corrected: Mapping[str, str],
    others: Sequence[str],
    signed: tuple[str, str, str],
) -> Review:
    """The review of the row whose id begins with `row_id`, `signed` by (author, time, reason); it is not written yet.

    Raises QueryError when no row, or more than one, is meant; InputError when the verdict cannot be given on it.
    """
    if corrected and verdict != "correct":
        raise InputError(f"To {verdict} a row takes no corrected fields.", "Use correct.")
    made: Review = _MAKERS[table_of(verdict)](writer, row_id, verdict, corrected, others)
    author, at, reason = signed
    made = replace(made, author=author, at=at, reason=reason)
    key = content_id(
        made.table, made.row_id, verdict, author, at, reason, *(f"{k}={v}" for k, v in sorted(made.corrected.items()))
    )
    return replace(made, review_id=key)


def _of_event(writer: Writer, row_id: str, verdict: str, corrected: Mapping[str, str], others: Sequence[str]) -> Review:
    event: Event = find_row(writer.rows("events"), "events", row_id)
    machine: Event = next((e for e in writer.rows("overruled") if e.event_id == event.event_id), event)
    before = [r for r in writer.rows("reviews") if r.row_now == event.event_id and r.table == "events" and r.anchors]
    # A row that was reviewed before keeps the place of the first review: together they find it again, or together they are open.
    anchor = before[0].anchors[0] if before else anchor_of(machine)
    if verdict == "correct" and not corrected:
        raise InputError("A correction needs what is right.", "Give a type, sources, targets, date, status or voices.")
    return _review(
        table="events",
        row_id=event.event_id,
        verdict=verdict,
        said=pack(machine, _EVENT),
        corrected=corrected_columns(event, corrected) if corrected else {},
        article_id=event.article_id,
        start=event.start,
        end=event.end,
        anchors=(anchor,),
    )


def _of_happening(
    writer: Writer, row_id: str, verdict: str, corrected: Mapping[str, str], others: Sequence[str]
) -> Review:
    happenings, events = writer.rows("happenings"), {event.event_id: event for event in writer.rows("events")}
    first = find_row(happenings, "happenings", row_id)
    if not others:
        raise InputError(*_NEEDED[verdict])
    if verdict == "merge":
        rows = [first, *(_happening(happenings, other) for other in others)]
        if len({row.happening_id for row in rows}) < 2:
            raise InputError("A happening cannot be merged with itself.", "Give the id of another.")
        ids = [row.event_ids[0] for row in rows]
    else:
        ids = [find_row([events[key] for key in first.event_ids], "events", other).event_id for other in others]
        if len(set(ids)) == len(first.event_ids):
            raise InputError("All its events together are the happening itself.", "Split off some of them.")
    anchors = tuple(anchor_of(events[key]) for key in dict.fromkeys(ids))
    at = anchors[0]
    return _review(
        table="happenings",
        row_id=first.happening_id,
        verdict=verdict,
        said=pack(first, _HAPPENING),
        article_id=at.article_id,
        start=at.start,
        end=at.end,
        anchors=anchors,
    )


def _happening(happenings: Sequence[Happening], given: str) -> Happening:
    """The happening that an id names, or in which the event of that id stands."""
    inside = [row for row in happenings if given.strip().lower() in row.event_ids]
    found: Happening = inside[0] if inside else find_row(happenings, "happenings", given)
    return found


_NEEDED = {
    "merge": ("A merge needs another happening.", "Name it with --with ID."),
    "split": ("A split needs the events that do not belong.", "Name them with --with ID."),
}


def _of_copy(writer: Writer, row_id: str, verdict: str, corrected: Mapping[str, str], others: Sequence[str]) -> Review:
    copies: tuple[StoredCopy, ...] = writer.rows("copies")
    if others:
        pair = {find_row(writer.rows("articles"), "articles", key).article_id for key in (row_id, others[0])}
        copies = tuple(copy for copy in copies if {copy.article_id, copy.of_article_id} == pair)
        if len(copies) == 1:
            row_id = copies[0].copy_id
    old = [r for r in writer.rows("reviews") if r.table == "copies"]
    known = {copy.copy_id: pack(copy, _COPY) for copy in copies} | {r.row_id: r.said for r in old if not others}
    found = _one(sorted(known), "copies", row_id)
    return _review(table="copies", row_id=found, verdict=verdict, said=known[found])


def _of_review(
    writer: Writer, row_id: str, verdict: str, corrected: Mapping[str, str], others: Sequence[str]
) -> Review:
    found: Review = find_row(writer.rows("reviews"), "reviews", row_id)
    if found.state == WITHDRAWN or found.verdict == "withdraw":
        raise InputError(f"The review {found.review_id} cannot be withdrawn (again).", "Write a new one.")
    return _review(
        table="reviews", row_id=found.review_id, verdict=verdict, said=pack(found, ("table", "row_id", "verdict"))
    )


_MAKERS = {"events": _of_event, "happenings": _of_happening, "copies": _of_copy, "reviews": _of_review}


def _review(
    table: str,
    row_id: str,
    verdict: str,
    said: dict[str, str],
    corrected: dict[str, str] | None = None,
    article_id: str = "",
    start: int = 0,
    end: int = 0,
    anchors: tuple[Anchor, ...] = (),
) -> Review:
    """The review without its signature."""
    return Review(
        review_id="",
        table=table,
        row_id=row_id,
        verdict=verdict,
        author="",
        at="",
        said=said,
        corrected=corrected or {},
        article_id=article_id,
        start=start,
        end=end,
        anchors=anchors,
        row_now=row_id,
    )


def find_row(rows: Iterable[Struct], table: str, given: str) -> Any:
    """The one row whose id begins with `given`; raises QueryError when there is none or more than one."""
    key = tables.table(table).key
    known = {str(getattr(row, key)): row for row in rows}
    return known[_one(sorted(known), table, given)]


def _one(known: Sequence[str], table: str, given: str) -> str:
    wanted = given.strip().lower()
    found = [key for key in known if key.startswith(wanted)] if _ID.fullmatch(wanted) else []
    if wanted in known:
        return wanted
    if len(found) != 1:
        what = f"There is no row {given!r} in {table}." if not found else f"{given} begins {len(found)} ids in {table}."
        raise QueryError(
            what, f"Write more of it: {', '.join(found[:3])}." if found else f"Ids: visavis sql RECORD 'from {table}'."
        )
    return found[0]
