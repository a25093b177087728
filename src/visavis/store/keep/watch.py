"""Saved questions that tell what is new: a dyad, an actor, a type of event, the copies of a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from visavis.errors import InputError, QueryError
from visavis.lexicon.ontology import TYPES
from visavis.records import Event
from visavis.store.keep.diff import diff, pairs_of
from visavis.store.tables.keep import Watch
from visavis.store.tables.runs import Run

if TYPE_CHECKING:
    from visavis.store.record import Record

KINDS = {
    "dyad": "two actors, by code",
    "actor": "an actor, by code",
    "type": "one of PLOVER's types",
    "copies": "a story, by id",
}
# Runs that bring rows; a review or a saved question brings nothing to watch.
_BRINGING = ("read", "recode", "add")


class News(Struct, frozen=True, kw_only=True):
    """One row that a question found new in a run, and the cause of its being there."""

    watch: str
    table: str
    row_id: str
    what: str
    cause: str
    run: int
    at: str
    quote: str = ""
    date: str | None = None


def save(record: Record, name: str, kind: str, what: Sequence[str], author: str) -> Watch:
    """Save a question under a name, in place of one of that name. Raises InputError when it is none, QueryError for no story."""
    row = Watch(
        name=_named(name),
        kind=kind,
        what=_meant(record, kind, [word.strip() for word in what if word.strip()]),
        author=author,
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )
    record.commit("watch", {"watches": [row]}, {"name": row.name})
    return row


def forget(record: Record, name: str) -> None:
    """Remove the question of this name; raises QueryError when there is none."""
    if name not in {row.name for row in record.rows("watches")}:
        known = ", ".join(row.name for row in record.rows("watches")) or "none"
        raise QueryError(f"No question is saved as {name!r}.", f"Saved: {known}.")
    with record.writer() as writer:
        writer.remove("watches", "name", [name])
        writer.finish("watch", settings={"forgotten": name})


def since_last(record: Record) -> Run | None:
    """The run before the last one that brought rows; None when there is none before it."""
    last = 0 if record.run is None else record.run.number
    runs = [run for run in record.runs if run.number <= last]
    brought = [at for at, run in enumerate(runs) if run.verb in _BRINGING]
    return runs[brought[-1] - 1] if brought and brought[-1] > 0 else None


def news(record: Record, since: str | int | None = None, asked: Sequence[Watch] | None = None) -> tuple[News, ...]:
    """What the saved questions find new in the record's run compared with the run `since` (the one before the last that brought rows
    when left out), newest events first. Without a run before, everything that they find is new. `asked`: other questions."""
    before = since_last(record) if since is None else record.open(record.path, since).run
    if record.run is None:
        return ()
    watches: Sequence[Watch] = record.rows("watches") if asked is None else asked
    events = {event.event_id: event for event in record.rows("events")}
    if before is None:
        added = [("events", key, "new page") for key in events]
        added += [("copies", key, "new page") for key in record.table("copies", ["copy_id"]).column(0).to_pylist()]
    else:
        found = diff(record, before.run_id, record.run.run_id).changes
        added = [(c.table, c.row_id, c.cause) for c in found if c.change == "added"]
    copies = {row.copy_id: row for row in record.rows("copies")}
    members = {row.story_id: set(row.article_ids) for row in record.rows("stories")}
    rows = [
        _news(watch, table, key, cause, record.run, events.get(key) if table == "events" else copies.get(key))
        for watch in watches
        for table, key, cause in added
        if (table == "events" and watch.kind != "copies" and _fits(watch, events[key]))
        or (table == "copies" and watch.kind == "copies" and _is_copy(copies[key], members.get(watch.what[0], set())))
    ]
    return tuple(sorted(rows, key=lambda row: (row.watch, _backwards(row.date), row.row_id)))


def _fits(watch: Watch, event: Event) -> bool:
    if event.status == "rejected":
        return False
    if watch.kind == "type":
        return event.type == watch.what[0]
    if watch.kind == "dyad":
        return (watch.what[0], watch.what[1]) in pairs_of(event)
    return watch.what[0] in {party.code for party in (*event.sources, *event.targets)}


def _is_copy(copy: Any, members: Iterable[str]) -> bool:
    return bool({copy.article_id, copy.of_article_id} & set(members))


def _news(watch: Watch, table: str, key: str, cause: str, run: Run, row: Any) -> News:
    told: dict[str, Any] = {
        "watch": watch.name,
        "table": table,
        "row_id": key,
        "cause": cause,
        "run": run.number,
        "at": run.finished_at,
    }
    if table == "copies":
        return News(**told, what=f"{row.article_id} is a copy ({row.kind}) of {row.of_article_id}")
    sides = [", ".join(p.code or p.words or "somebody" for p in side) for side in (row.sources, row.targets)]
    what = f"{row.type} {' -> '.join(side for side in sides if side)}"
    return News(**told, what=what, quote=row.quote, date=row.date_from)


def _backwards(date: str | None) -> tuple[int, ...]:
    return tuple(-int(part) for part in (date or "0000-00-00").split("-"))


def _named(name: str) -> str:
    if not name.strip() or len(name) > 80:
        raise InputError("A saved question needs a short name.", "Write one to 80 characters.")
    return name.strip()


def _meant(record: Record, kind: str, what: Sequence[str]) -> tuple[str, ...]:
    if kind not in KINDS:
        raise InputError(f"{kind!r} cannot be watched.", f"Watch one of: {', '.join(KINDS)}.")
    if len(what) != (2 if kind == "dyad" else 1):
        raise InputError(f"To watch a {kind} takes {KINDS[kind]}.", "visavis watch --help shows examples.")
    if kind == "copies":
        found = [row.story_id for row in record.rows("stories") if row.story_id.startswith(what[0].lower())]
        if len(found) != 1:
            raise QueryError(f"{what[0]!r} names {len(found) or 'no'} stories.", "Give the id of one.")
        return (found[0],)
    words = tuple(sorted(word.upper() for word in what))
    if kind == "type" and words[0] not in TYPES:
        raise InputError(f"{what[0]!r} is no type of event.", f"Types: {', '.join(TYPES)}.")
    if len(set(words)) != len(words):
        raise InputError("A dyad needs two different actors.", "Watch the actor itself.")
    return words
