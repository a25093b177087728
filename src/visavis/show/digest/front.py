"""The overview of a record and its front page, from grouped counts and the few events that they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from visavis.records import Event
from visavis.show.digest import sql
from visavis.show.names import names
from visavis.show.views.front import BREAKS, Front, Half, StoryLine, changes
from visavis.show.views.overview import DyadLine, Overview, overview, pairs_of, telling
from visavis.show.views.parts import EventLine, event_line, name_of
from visavis.show.views.tally import tallied
from visavis.store import TABLES, Record
from visavis.store.query import Shelf

# The lines of each list on the page, and the events shown as examples.
MOST, EXAMPLES = 10, 3
_NO_TEASER = "kind <> 'teaser'"


def overview_of(record: Record, shelf: Shelf) -> Overview:
    """The view of the whole record."""
    ask = record.sql
    counts = {name: _number(record, f"select count(*) from {name}") for name in ("pages", "stories", "happenings")}
    counts["articles"] = _number(record, f"select count(*) from articles where {_NO_TEASER}")
    counts["teasers"] = _number(record, "select count(*) from articles where kind = 'teaser'")
    # "Not before 1992" is no date of publication.
    known = "published.precision in ('day', 'month', 'year')"
    days = ask(f"select min(published.earliest), max(published.latest) from articles where {_NO_TEASER} and {known}")
    drops: dict[str, dict[str, int]] = {}
    for row in ask(
        "select stage, reason, count(*) as n from drops group by all order by stage, n desc, reason"
    ).to_pylist():
        drops.setdefault(row["stage"], {})[row["reason"]] = row["n"]
    kept = [row["ids"] for row in _rows(shelf, sql.TELLING)]
    return overview(
        counts,
        _counted(record, f"select language, count(*) from articles where {_NO_TEASER} group by 1 order by 2 desc, 1"),
        _counted(record, "select kind, count(*) from copies group by 1 order by 2 desc, 1"),
        drops,
        _counts(shelf, sql.STATUSES),
        _counts(shelf, sql.TYPES),
        (days.column(0)[0].as_py(), days.column(1)[0].as_py()),
        _busiest(shelf),
        [event_line(event) for event in telling(_events(record, [i for ids in kept for i in ids]), EXAMPLES)],
    )


def front_of(record: Record, shelf: Shelf, view: Overview, copied: Sequence[str]) -> Front:
    """The front page; `copied` are the stories that most articles carry, as JSON."""
    middle = _middle(_rows(shelf, sql.DAYS))
    halves = _rows(shelf, sql.HALVES, {"middle": middle}) if middle else []
    moved = changes([Half(**row) for row in halves], names())
    lines = [msgspec.json.decode(line, type=StoryLine) for line in copied]
    return Front(
        overview=view,
        middle=middle,
        changed=moved[:MOST],
        copied=tuple(line for line in lines if line.articles > 1)[:MOST],
        agreements=_last(record, shelf, ["AGREE"]),
        breaks=_last(record, shelf, sorted(BREAKS)),
    )


def _middle(days: Sequence[dict[str, Any]]) -> str | None:
    """The lower median of the days, which are sorted and have their number `n` beside them."""
    left = (sum(row["n"] for row in days) + 1) // 2
    for row in days:
        left -= row["n"]
        if left <= 0:
            return str(row["day"])
    return None


def _busiest(shelf: Shelf) -> list[DyadLine]:
    query = f"""select a, b, good, count(*) as n, sum(count(*)) over (partition by a, b) as whole from scratch.pairs
        where status = 'happened' group by a, b, good order by whole desc, a, b limit {2 * MOST}"""
    groups: dict[tuple[str, str], list[tuple[bool, int]]] = {}
    for row in _rows(shelf, query):
        groups.setdefault((row["a"], row["b"]), []).append((row["good"], row["n"]))
    known = names()
    return [
        DyadLine(a=a, b=b, a_name=name_of(a, known), b_name=name_of(b, known), counts=tallied(rows))
        for (a, b), rows in list(groups.items())[:MOST]
    ]


def _last(record: Record, shelf: Shelf, types: list[str]) -> tuple[EventLine, ...]:
    """The last events of these types between known actors, newest first."""
    ids = [row["event_id"] for row in _rows(shelf, sql.LAST, {"types": types, "most": 4 * MOST})]
    known = {event.event_id: event for event in _events(record, ids)}
    return tuple(event_line(known[key]) for key in ids if pairs_of(known[key]))[: MOST // 2]


def _events(record: Record, ids: Iterable[str]) -> list[Event]:
    named = ", ".join(
        "'" + key.replace("'", "''") + "'" for key in ids
    )  # a list that stands in the query is looked for in the files
    found = record.sql(f"select * from events where event_id in ({named or 'null'}) order by event_id")
    return list(TABLES["events"].from_arrow(found))


def _counts(shelf: Shelf, query: str) -> dict[str, int]:
    return dict(tuple(row.values()) for row in _rows(shelf, query))


def _counted(record: Record, query: str) -> dict[str, int]:
    keys, numbers = record.sql(query).columns
    return {str(key): number for key, number in zip(keys.to_pylist(), numbers.to_pylist(), strict=True)}


def _number(record: Record, query: str) -> int:
    return int(record.sql(query).column(0)[0].as_py())


def _rows(shelf: Shelf, query: str, values: dict[str, object] | None = None) -> list[dict[str, Any]]:
    return [row for part in shelf.stream(query, values) for row in part.to_pylist()]
