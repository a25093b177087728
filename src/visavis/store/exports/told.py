"""The events of a record with what other shapes want to know of their articles, a piece at a time: millions never stand in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise, permutations, product

import pyarrow as pa

from visavis.lexicon.ontology import ROOT_CODE
from visavis.records import Event, Party, content_id
from visavis.store.query import Limits
from visavis.store.record import Record
from visavis.store.tables import TABLES

_CHUNK = 50_000
_PATIENT = Limits(rows=10_000_000, seconds=3600)
# What is known of where an event was told, beside the event itself.
_ABOUT = ("title", "outlet", "url", "published", "language", "articles", "outlets")
_ROWS = """
select e.*, coalesce(a.title, '') as title, coalesce(a.outlet, '') as outlet, coalesce(a.url, '') as url,
       a.published.earliest as published, coalesce(a.language, '') as language,
       coalesce(len(s.article_ids), 1) as articles, coalesce(len(s.outlets), 1) as outlets
from events e left join articles a on e.article_id = a.article_id left join stories s on e.story_id = s.story_id
where e.event_id >= $low and e.event_id < $high and e.status <> 'rejected' order by e.event_id
"""


@dataclass(frozen=True)
class Told:
    """An event and its lead article; `articles` and `outlets` count those that carry its story."""

    event: Event
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str | None = None
    language: str = ""
    articles: int = 1
    outlets: int = 1


@dataclass
class Written:
    """What an export wrote: rows, and the events that the shape cannot say, by why."""

    rows: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Dyadic:
    """One event between one source and one target, as data sets of dyads have it; `key` is of this row alone, `day` ISO."""

    key: str
    told: Told
    source: Party | None
    target: Party | None
    day: str
    cameo: str


def told_events(record: Record) -> Iterator[Told]:
    """All events in the order of their ids."""
    for rows in chunks(record, _ROWS):
        columns = [rows.column(name).to_pylist() for name in _ABOUT]
        for event, *about in zip(TABLES["events"].from_arrow(rows), *columns, strict=True):
            yield Told(event, *about)


def chunks(record: Record, query: str) -> Iterator[pa.Table]:
    """The answers to a query about the events whose ids lie from `$low` up to `$high`: ids are hashes, so they are alike in size."""
    total = int(record.sql("select count(*) from events").column(0)[0].as_py())
    pieces = max(1, total // _CHUNK)
    edges = [f"{round(at * 65536 / pieces):04x}" for at in range(pieces)] + ["g"]
    for low, high in pairwise(edges):
        yield record.sql(query, {"low": low, "high": high}, _PATIENT)


def dyadic(told: Iterable[Told], written: Written) -> Iterator[Dyadic]:
    """A row for each source and target; one with several of either makes several rows, one among all its parties a row each way.

    Left out and counted: what did not happen, what has no exact day, what has no code.
    """
    for one in told:
        event = one.event
        day = event.date_from if event.date_from == event.date_to else None
        cameo = event.cameo or ROOT_CODE.get(event.type, "")
        if event.status != "happened":
            written.left_out[f"status {event.status}"] += 1
        elif day is None:
            written.left_out["no exact day"] += 1
        elif not cameo:
            written.left_out["no code"] += 1
        else:
            for number, (source, target) in enumerate(_sides(event)):
                written.rows += 1
                yield Dyadic(content_id(event.event_id, number), one, source, target, day, cameo)


def _sides(event: Event) -> Iterable[tuple[Party | None, Party | None]]:
    if event.targets or len(event.sources) < 2:
        return product(event.sources or (None,), event.targets or (None,))
    return permutations(event.sources, 2)


def number_of(key: str) -> int:
    """A content hash as a number that fits 64 bits with a sign, for shapes whose ids are numbers."""
    return int(key[:15], 16)
