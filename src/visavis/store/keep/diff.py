"""What two runs of a record disagree on, row by row, each with the one cause of it; and what that does to the series of dyads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, Literal

from msgspec import Struct

from visavis.records import Event, Happening, Story
from visavis.store.keep.causes import Causes, State, first_of
from visavis.store.record import Record
from visavis.store.tables.runs import Run
from visavis.store.tables.text import StoredCopy

Kind = Literal["added", "gone", "changed"]
COMPARED = ("pages", "articles", "copies", "stories", "events", "happenings")


class Change(Struct, frozen=True, kw_only=True):
    """One row that differs: `columns` are those that changed, `what` the row in a few words."""

    table: str
    row_id: str
    change: Kind
    cause: str
    columns: tuple[str, ...] = ()
    what: str = ""


class Point(Struct, frozen=True, kw_only=True):
    """Events of a dyad that happened in a year, and the sum of their intensities, before and after."""

    year: str
    before: int
    after: int
    intensity_before: float
    intensity_after: float


class Series(Struct, frozen=True, kw_only=True):
    """The years of a dyad in which the two runs differ."""

    a: str
    b: str
    points: tuple[Point, ...]


class Diff(Struct, frozen=True, kw_only=True):
    """What `after` has that `before` had not, in the order of tables and ids; empty for two runs that hold the same."""

    before: Run | None
    after: Run | None
    changes: tuple[Change, ...]
    dyads: tuple[Series, ...]

    @property
    def counts(self) -> dict[tuple[str, str, str], int]:
        """{(table, change, cause): rows}, in the order of the tables."""
        found = Counter((change.table, change.change, change.cause) for change in self.changes)
        return dict(sorted(found.items(), key=lambda item: (COMPARED.index(item[0][0]), item[0][1:])))


def diff(record: Record, before: str | int, after: str | int | None = None) -> Diff:
    """What changed from the run `before` to the run `after` (ids or numbers; the last run when left out).

    Raises QueryError for an unknown run.
    """
    old, new = Record.open(record.path, before), Record.open(record.path, after)
    if old.versions == new.versions:
        return Diff(before=old.run, after=new.run, changes=(), dyads=())
    states = State(old), State(new)
    causes = Causes(*states)
    events = _events(causes)
    changes = [
        *_pages(causes, old, new),
        *_articles(causes),
        *_copies(causes, old, new),
        *_stories(causes, old, new),
        *events,
        *_happenings(causes, {change.row_id: change.cause for change in events}, old, new),
    ]
    return Diff(before=old.run, after=new.run, changes=tuple(changes), dyads=tuple(_dyads(events, *states)))


def _rows(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[tuple[str, Kind, Any]]:
    """(id, change, the row as it is or was) of all that differs, in the order of the ids."""
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            yield key, "added", new[key]
        elif key not in new:
            yield key, "gone", old[key]
        elif old[key] != new[key]:
            yield key, "changed", new[key]


def _columns(old: Any, new: Any) -> tuple[str, ...]:
    if old is None or new is None or not isinstance(new, Struct):
        return ()
    return tuple(name for name in new.__struct_fields__ if getattr(old, name) != getattr(new, name))


def _pages(causes: Causes, old: Record, new: Record) -> Iterable[Change]:
    before, after = (
        {
            row["page_id"]: (row["uri"], row["page_id"] in state.taken)
            for row in r.table("pages", ["page_id", "uri"]).to_pylist()
        }
        for r, state in ((old, causes.before), (new, causes.after))
    )
    cause = {"added": "new page", "gone": "page gone", "changed": "takedown"}
    for key, change, row in _rows(before, after):
        yield Change(table="pages", row_id=key, change=change, cause=cause[change], what=row[0])


def _articles(causes: Causes) -> Iterable[Change]:
    before, after = ({k: (p, s.is_taken(k)) for k, p in s.page_of.items()} for s in (causes.before, causes.after))
    for key, change, row in _rows(before, after):
        cause = causes.of_article(key) or "new version"
        yield Change(table="articles", row_id=key, change=change, cause=cause, what=f"of page {row[0]}")


def _copies(causes: Causes, old: Record, new: Record) -> Iterable[Change]:
    before, after = ({row.copy_id: row for row in r.rows("copies")} for r in (old, new))
    for key, change, row in _rows(before, after):
        copy: StoredCopy = row
        cause = causes.of_copy((copy.article_id, copy.of_article_id))
        yield Change(
            table="copies",
            row_id=key,
            change=change,
            cause=cause,
            columns=_columns(before.get(key), after.get(key)),
            what=f"{copy.article_id} {copy.kind} of {copy.of_article_id}",
        )


def _stories(causes: Causes, old: Record, new: Record) -> Iterable[Change]:
    before, after = ({row.story_id: row for row in r.rows("stories")} for r in (old, new))
    for key, change, row in _rows(before, after):
        story: Story = row
        yield Change(
            table="stories",
            row_id=key,
            change=change,
            cause=causes.of_lead(story.lead_id) or "new version",
            columns=_columns(before.get(key), after.get(key)),
            what=f"{len(story.article_ids)} articles",
        )


def _events(causes: Causes) -> list[Change]:
    before, after = causes.before.events, causes.after.events
    return [
        Change(
            table="events",
            row_id=key,
            change=change,
            cause=causes.of_event(key),
            columns=_columns(before.get(key), after.get(key)),
            what=_told(row),
        )
        for key, change, row in _rows(before, after)
    ]


def _happenings(causes: Causes, events: Mapping[str, str], old: Record, new: Record) -> Iterable[Change]:
    """A happening differs because its events do, or its stories; or because of what happened to one that shares events with it."""
    before, after = ({row.happening_id: row for row in r.rows("happenings")} for r in (old, new))
    changed = list(_rows(before, after))
    direct: dict[str, set[str]] = {}
    for key, _, _ in changed:
        rows: list[Happening] = [state[key] for state in (before, after) if key in state]
        ids = {event for row in rows for event in row.event_ids}
        found = {events[event] for event in ids if event in events} | set(filter(None, [causes.of_told({key, *ids})]))
        direct[key] = found or set(filter(None, (_story_cause(causes, event) for event in sorted(ids))))
    shared = _shared([row for state in (before, after) for row in state.values()])
    for key, change, row in changed:
        cause = first_of(direct[key] or {c for other in shared[key] for c in direct.get(other, ())})
        columns = _columns(before.get(key), after.get(key))
        what = f"{row.type} {', '.join(row.parties)} {row.date_from or 'undated'}"
        yield Change(table="happenings", row_id=key, change=change, cause=cause, columns=columns, what=what)


def _story_cause(causes: Causes, event_id: str) -> str | None:
    event = causes.after.events.get(event_id) or causes.before.events[event_id]
    old, new = causes.before.story_of.get(event.article_id), causes.after.story_of.get(event.article_id)
    members = sorted({key for story in (old, new) if story is not None for key in story.article_ids})
    return (
        first_of(found)
        if (found := [c for c in map(causes.of_article, members) if c])
        else causes.of_lead(event.article_id)
    )


def _shared(rows: Sequence[Happening]) -> dict[str, set[str]]:
    """{happening: those of either run that share an event with it}."""
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for event in row.event_ids:
            holders[event].add(row.happening_id)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row.happening_id].update(*(holders[event] for event in row.event_ids))
    return found


def _told(event: Event) -> str:
    sides = [", ".join(p.code or p.words for p in side) for side in (event.sources, event.targets)]
    return f"{event.type} {' -> '.join(side for side in sides if side)} {event.date_from or 'undated'}"


def pairs_of(event: Event) -> set[tuple[str, str]]:
    """The pairs of different codes that meet in the event, each in alphabetical order."""
    sources, targets = ({p.code for p in side if p.code} for side in (event.sources, event.targets))
    if targets:
        return {(min(a, b), max(a, b)) for a in sources for b in targets if a != b}
    return set(combinations(sorted(sources), 2))


def _dyads(changes: Iterable[Change], before: State, after: State) -> Iterable[Series]:
    """The dyads whose counts or intensities differ in some year, those that differ most first."""
    totals: defaultdict[tuple[str, str], dict[str, list[float]]] = defaultdict(dict)
    touched = [change.row_id for change in changes]
    for state in (before, after):
        for pair, year, _ in _counted(state.events[key] for key in touched if key in state.events):
            totals[pair].setdefault(year, [0, 0.0, 0, 0.0])
    for at, state in ((0, before), (2, after)):
        for pair, year, intensity in _counted(state.events.values()):
            if pair in totals and year in totals[pair]:
                totals[pair][year][at] += 1
                totals[pair][year][at + 1] += intensity
    found = [series for pair, years in totals.items() if (series := _series(pair, years)).points]
    yield from sorted(found, key=lambda s: (-sum(abs(p.after - p.before) for p in s.points), s.a, s.b))


def _counted(events: Iterable[Event]) -> Iterable[tuple[tuple[str, str], str, float]]:
    """(pair, year, intensity) of every dated event that happened."""
    for event in events:
        if event.status == "happened" and event.date_from:
            for pair in pairs_of(event):
                yield pair, event.date_from[:4], event.intensity


def _series(pair: tuple[str, str], years: Mapping[str, Sequence[float]]) -> Series:
    points = [
        Point(year=year, before=int(n), after=int(m), intensity_before=round(x, 3), intensity_after=round(y, 3))
        for year, (n, x, m, y) in sorted(years.items())
        if (n, round(x, 3)) != (m, round(y, 3))
    ]
    return Series(a=pair[0], b=pair[1], points=tuple(points))
