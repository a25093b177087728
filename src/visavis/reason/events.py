"""The `events:` references: which coded events they mean, and the figure made of them by a rule that is printed.

What several pages report of one happening counts once. A count of nothing is a figure only where the record covers the pair: silence of
a record that hardly knows the two is not evidence.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, pvariance
from typing import TYPE_CHECKING

from visavis.lexicon.ontology import TYPES
from visavis.reason.evidence import Cited, Evidence

if TYPE_CHECKING:
    from visavis.reason.evidence import Resolver
    from visavis.reason.form import Form
    from visavis.records import Event
    from visavis.store import Record

COVERED = 5  # happenings of the pair, of whatever type, from which on a count of nothing is a figure
_EVENTS = re.compile(r"(?P<a>[^\s>]+?)\s*(?P<way>[>~])\s*(?P<b>[^\s,]+)(?:[\s,]+(?P<what>[^\s,]+))?(?:[\s,]+(?P<rest>.*))?$")  # fmt: skip
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_LAST = re.compile(r"last (\d+) (day|month|year)s?$")
_CHANGE = re.compile(rf"change since ({_DAY})$")
_SINCE = re.compile(rf"(since|until) ({_DAY})$")
_BETWEEN = re.compile(rf"({_DAY})(?:\s*\.\.\s*({_DAY}))?$")
MEASURES = ("count", "per month", "intensity", "variance", "share")
_DAYS = {"day": 1.0, "month": 30.4375, "year": 365.25}


@dataclass(frozen=True)
class Query:
    """What a reference asks for. `types` are (type, mode or ""), none for all; `last`, `since`, `until` the time; `turn` the day of a change."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    directed: bool
    types: tuple[tuple[str, str], ...]
    since: str | None = None
    until: str | None = None
    last: str = ""
    measure: str = "count"
    turn: str = ""

    def meets(self, event: Event) -> bool:
        """Whether the parties are those asked for."""
        sources = {party.code for party in event.sources}
        targets = {party.code for party in event.targets} or sources
        forth = _any(self.a, sources) and _any(self.b, targets)
        return forth or (not self.directed and _any(self.a, targets) and _any(self.b, sources))

    def of_type(self, event: Event) -> bool:
        """Whether the type is one of those asked for."""
        return not self.types or any(event.type == type and mode in ("", event.mode) for type, mode in self.types)


@dataclass(frozen=True)
class _Span:
    """The days asked for, and `first` and `last` of those over which a rate is reckoned; None where nothing bounds them."""

    since: str | None
    until: str | None
    first: str | None
    last: str | None

    @property
    def words(self) -> str:
        return f"from {self.since or 'the first day'} to {self.until or 'the last'}"

    @property
    def days(self) -> int:
        """How many they are; 0 when that is not known."""
        if self.first is None or self.last is None:
            return 0
        return max(0, (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1)


def look_up(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    """The evidence for `events: rest`. Raises ScenarioError when it does not follow the grammar."""
    query = parse(resolver, form, reference, rest)
    if resolver.record is None:
        return Evidence(reference, "", why="no record was given (--record DIR)")
    span = _span(resolver.record, query)
    met = [e for e in _dated(resolver.record, query, span) if query.meets(e)]
    groups, pair = _happenings(resolver.record, [e for e in met if query.of_type(e)]), _happenings(resolver.record, met)
    figure, words = _measure(query, groups, len(pair), span)
    left_out = _undated(resolver.record, query) if span.since or span.until else 0
    rule = f"{words} among what happened {span.words}" + (f"; {left_out} undated left out" if left_out else "")
    if not groups and len(pair) < COVERED:
        why = f"the record has {len(pair)} happenings between the two {span.words}: with fewer than {COVERED}, silence is no evidence"
        why += f" ({left_out} undated of these types)" if left_out else ""
        return Evidence(reference, rule, why=why)
    if figure is None:
        return Evidence(reference, rule, why=f"{len(groups)} happenings {span.words}, too few for {query.measure}")
    cited = [Cited(e.event_id, e.article_id, e.type, e.date_from or "", e.quote) for group in groups for e in group]
    return Evidence(reference, rule, figure, tuple(cited))


def found(record: Record, query: Query) -> list[list[Event]]:
    """The events that the query means, grouped by what they report."""
    span = _span(record, query)
    return _happenings(record, [e for e in _dated(record, query, span) if query.meets(e) and query.of_type(e)])


def parse(resolver: Resolver, form: Form, reference: str, rest: str) -> Query:
    """The query that the words stand for; raises ScenarioError with what to write instead."""
    found = _EVENTS.match(rest)
    if found is None:
        form.fail(f"{reference!r} is no reference to events.", "from",
                  "Write events: CHN>RUS TYPE|TYPE:mode, last 12 months, count (docs/scenario.md).")  # fmt: skip
    what = found["what"] or "*"
    chunks = [chunk.strip() for chunk in (found["rest"] or "").split(",") if chunk.strip()]
    if (
        not re.fullmatch(r"[\w:|*-]+", what)
        or what[0].isdigit()
        or what in (*MEASURES, "per", "last", "since", "until", "change")
    ):
        # No type was written: these words belong to the time or the measure.
        chunks = [chunk.strip() for chunk in rest[found.start("what") :].split(",") if chunk.strip()]
        what = "*"
    settings: dict[str, str] = {}
    for chunk in chunks:
        settings |= _setting(form, reference, chunk)
    sides = {"a": _side(resolver, form, found["a"]), "b": _side(resolver, form, found["b"])}
    types = () if what == "*" else tuple(_type(form, reference, word) for word in what.split("|"))
    return Query(**sides, directed=found["way"] == ">", types=types, **settings)  # type: ignore[arg-type]


def _type(form: Form, reference: str, word: str) -> tuple[str, str]:
    type, _, mode = word.partition(":")
    if type.upper() not in TYPES:
        near = difflib.get_close_matches(type.upper(), TYPES, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        form.fail(f"{reference!r} asks for {type!r}, which is no type of event.", "from", f"{hint}Types: {', '.join(TYPES)}.")  # fmt: skip
    return type.upper(), mode


def _setting(form: Form, reference: str, chunk: str) -> dict[str, str]:
    if chunk in MEASURES:
        return {"measure": chunk}
    if found := _CHANGE.match(chunk):
        return {"measure": "change", "turn": found[1]}
    if _LAST.match(chunk):
        return {"last": chunk}
    if found := _SINCE.match(chunk):
        return {found[1]: found[2]}
    if found := _BETWEEN.match(chunk):
        return {"since": found[1], "until": found[2] or found[1]}
    form.fail(f"{reference!r} has {chunk!r}, which is no time and no measure.", "from",
              f"Times: last N months, since D, until D, D, D..D; measures: {', '.join(MEASURES)}, change since D.")  # fmt: skip


def _side(resolver: Resolver, form: Form, words: str) -> tuple[str, ...]:
    if words == "*":
        return ()
    codes: list[str] = []
    for word in words.split("+"):
        codes += resolver.bloc(form, word[5:], "from") if word.startswith("bloc:") else [word.upper()]
    return tuple(codes)


def _any(codes: tuple[str, ...], found: set[str]) -> bool:
    return not codes or not found.isdisjoint(codes)


def _span(record: Record, query: Query) -> _Span:
    """The days asked for. The record's last day is the last on which a page of it was published, without pages its last event;
    a time that is counted back from there is no longer than the record."""
    from visavis.store.events import day_of  # the store takes a second to import, and most scenarios need none

    pages = "select min(published.earliest) as first, max(published.latest) as last from articles"
    events = "select min(date_from) as first, max(date_from) as last from events where status = 'happened'"
    days = [record.sql(query).to_pylist()[0] for query in (pages, events)]
    first = min((one["first"][:10] for one in days if one["first"]), default=None)
    last = next((one["last"][:10] for one in days if one["last"]), None)
    if not query.last or last is None:
        since = day_of(query.since, first=True) if query.since else None
        until = day_of(query.until, first=False) if query.until else None
        return _Span(since, until, since or first, until or last)
    number, unit = _LAST.match(query.last).groups()  # type: ignore[union-attr]
    start = date.fromisoformat(last) - timedelta(days=round(int(number) * _DAYS[unit]) - 1)
    return _Span(start.isoformat(), last, max(first or "", start.isoformat()), last)


def _dated(record: Record, query: Query, span: _Span) -> list[Event]:
    """The events that happened in that time; one code on a side is asked of the record itself, so that large records stay fast."""
    a, b = (codes[0] if len(codes) == 1 else None for codes in (query.a, query.b))
    return [e for e in record.events(a=a, b=b, since=span.since, until=span.until) if e.status == "happened"]


def _undated(record: Record, query: Query) -> int:
    """How many events of these types have no day, and so are in no time that can be asked for."""
    a, b = (codes[0] if len(codes) == 1 else None for codes in (query.a, query.b))
    found = (e for e in record.events(a=a, b=b) if e.status == "happened" and not e.date_from)
    return sum(1 for event in found if query.meets(event) and query.of_type(event))


def _happenings(record: Record, events: Sequence[Event]) -> list[list[Event]]:
    """The events by what they report; an event of no happening stands for itself."""
    if not events:
        return []
    query = "select happening_id as happening, unnest(event_ids) as event from happenings where list_has_any(event_ids, $ids)"
    rows = record.sql(query, {"ids": [event.event_id for event in events]}).to_pylist()
    happening = {row["event"]: row["happening"] for row in rows}
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(happening.get(event.event_id, event.event_id), []).append(event)
    return list(groups.values())


def _measure(query: Query, groups: list[list[Event]], met: int, span: _Span) -> tuple[float | None, str]:
    """The figure, None when there is too little for it, and its name in words."""
    strength = [_intensity(group) for group in groups]
    if query.measure == "count":
        return float(len(groups)), "number of happenings"
    if query.measure == "share":
        return (len(groups) / met if met else None), f"share of these types among the pair's {met} happenings"
    if query.measure == "per month":
        words = f"happenings per 30.4 days, over {span.days} days,"
        return (len(groups) * _DAYS["month"] / span.days if span.days else None), words
    if query.measure == "change":
        after = [_intensity(group) for group in groups if (group[0].date_from or "") >= query.turn]
        before = [_intensity(group) for group in groups if group[0].date_to and group[0].date_to < query.turn]
        name = f"mean intensity since {query.turn} ({len(after)} happenings) minus before ({len(before)})"
        return (fmean(after) - fmean(before) if after and before else None), name
    if query.measure == "variance":
        return (pvariance(strength) if len(strength) > 1 else None), "variance of intensity"
    return (fmean(strength) if strength else None), f"mean intensity (-10..10) of {len(strength)} happenings"


def _intensity(group: list[Event]) -> float:
    return fmean(event.intensity for event in group)
