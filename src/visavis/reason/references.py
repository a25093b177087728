"""The grammar of `from`: which events, whose figure, which column; and the one sentence that says by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median, pvariance
from typing import TYPE_CHECKING

from visavis.reason.evidence import Cited, Evidence

if TYPE_CHECKING:
    from visavis.reason.evidence import Resolver
    from visavis.reason.form import Form
    from visavis.records import Event
    from visavis.store import Record

_EVENTS = re.compile(r"(?P<a>[^\s>]+?)(?P<way>[>~])(?P<b>\S+)\s+(?P<what>\S+?),?(?:\s+(?P<rest>.*))?$")
_DAY = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_LAST = re.compile(r"last (\d+) (day|month|year)s?$")
_CHANGE = re.compile(rf"change since ({_DAY})$")
_SINCE = re.compile(rf"(since|until) ({_DAY})$")
_BETWEEN = re.compile(rf"({_DAY})(?:\.\.({_DAY}))?$")
_DATA = re.compile(r"(?P<file>[^,]+),\s*(?P<rule>[a-z]+) of (?P<of>[\w ]+?)(?:\s*/\s*(?P<per>[\w ]+?))?(?:\s+where (?P<col>\w+)\s*=\s*(?P<value>.+))?$")  # fmt: skip
_RULES: dict[str, Callable[[Sequence[float]], float]] = {"mean": fmean, "median": median, "sum": sum, "min": min, "max": max, "count": len, "last": lambda found: found[-1]}  # fmt: skip
_MEASURES = ("count", "per month", "intensity", "variance", "share")
_DAYS = {"day": 1.0, "month": 30.4375, "year": 365.25}


def resolve(resolver: Resolver, form: Form, reference: str) -> Evidence:
    """What `reference` finds. Raises ScenarioError when it does not follow the grammar."""
    kind, _, rest = (part.strip() for part in reference.partition(":"))
    if kind == "events":
        return _events(resolver, form, reference, rest)
    if kind == "run":
        return _run(resolver, form, reference, rest)
    if kind == "data":
        return _data(resolver, form, reference, rest)
    form.fail(f"from = {reference!r} starts with {kind!r}.", "from", "It must start with events:, run: or data:.")


@dataclass(frozen=True)
class _Query:
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
        sources = {party.code for party in event.sources}
        targets = {party.code for party in event.targets} or sources
        forth = _any(self.a, sources) and _any(self.b, targets)
        return forth or (not self.directed and _any(self.a, targets) and _any(self.b, sources))

    def of_type(self, event: Event) -> bool:
        return not self.types or any(event.type == type and mode in ("", event.mode) for type, mode in self.types)


def _any(codes: tuple[str, ...], found: set[str]) -> bool:
    return not codes or not found.isdisjoint(codes)


def _events(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    query = _parse(resolver, form, reference, rest)
    if resolver.record is None:
        return Evidence(reference, "", why="no record was given (--record DIR)")
    since, until = _window(resolver.record, query)
    met = [e for e in _dated(resolver.record, since, until) if query.meets(e)]
    found = [event for event in met if query.of_type(event)]
    when = f"from {since or 'the first'} to {until or 'the last day'}"
    figure, rule = _measure(query, found, met, since, until)
    rule = f"{rule} among events that happened {when}"
    if figure is None:
        return Evidence(reference, rule, why=f"{len(found)} events {when}, too few for {query.measure}")
    cited = tuple(Cited(e.event_id, e.article_id, e.type, e.date_from or "", e.quote) for e in found)
    return Evidence(reference, rule, figure, cited)


def _parse(resolver: Resolver, form: Form, reference: str, rest: str) -> _Query:
    found = _EVENTS.match(rest)
    if found is None:
        form.fail(f"{reference!r} is no reference to events.", "from",
                  "Write events: CHN>RUS TYPE|TYPE:mode, last 12 months, count (docs/scenario.md).")  # fmt: skip
    what = found["what"]
    given = {"a": _side(resolver, form, found["a"]), "b": _side(resolver, form, found["b"])}
    types: tuple[tuple[str, str], ...] = ()
    chunks = [chunk.strip() for chunk in (found["rest"] or "").split(",") if chunk.strip()]
    if what in _MEASURES:
        chunks.insert(0, what)
    elif what != "*":
        types = tuple((word.partition(":")[0].upper(), word.partition(":")[2]) for word in what.split("|"))
    settings: dict[str, str] = {}
    for chunk in chunks:
        settings |= _setting(form, reference, chunk)
    return _Query(**given, directed=found["way"] == ">", types=types, **settings)  # type: ignore[arg-type]


def _setting(form: Form, reference: str, chunk: str) -> dict[str, str]:
    if chunk in _MEASURES:
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
              f"Times: last N months, since D, until D, D, D..D; measures: {', '.join(_MEASURES)}, change since D.")  # fmt: skip


def _side(resolver: Resolver, form: Form, words: str) -> tuple[str, ...]:
    if words == "*":
        return ()
    codes: list[str] = []
    for word in words.split("+"):
        if word.startswith("bloc:"):
            if word[5:] not in resolver.blocs:
                known = ", ".join(resolver.blocs) or "none"
                form.fail(f"there is no bloc {word[5:]!r}.", "from", f"Blocs of [blocs]: {known}.")
            codes += resolver.blocs[word[5:]]
        else:
            codes.append(word.upper())
    return tuple(codes)


def _window(record: Record, query: _Query) -> tuple[str | None, str | None]:
    if not query.last:
        return query.since, query.until
    (row,) = record.sql("select max(date_to) as day from events where status = 'happened'").to_pylist()
    if row["day"] is None:
        return query.since, query.until
    number, unit = _LAST.match(query.last).groups()  # type: ignore[union-attr]
    last = date.fromisoformat(row["day"])
    first = last - timedelta(days=round(int(number) * _DAYS[unit]) - 1)
    return first.isoformat(), last.isoformat()


def _dated(record: Record, since: str | None, until: str | None) -> list[Event]:
    return [event for event in record.events(since=since, until=until) if event.status == "happened"]


def _measure(
    query: _Query, found: list[Event], met: list[Event], since: str | None, until: str | None
) -> tuple[float | None, str]:
    """The figure, None when there are too few events for it, and its name in words."""
    strength = [event.intensity for event in found]
    if query.measure == "count":
        return float(len(found)), "number of events"
    if query.measure == "share":
        return (len(found) / len(met) if met else None), f"share of these types among the pair's {len(met)} events"
    if query.measure == "per month":
        days = _days(found, since, until)
        return (len(found) * _DAYS["month"] / days if days else None), "events per 30.4 days"
    if query.measure == "change":
        after = [e.intensity for e in found if (e.date_from or "") >= query.turn]
        before = [e.intensity for e in found if e.date_to and e.date_to < query.turn]
        name = f"mean intensity since {query.turn} ({len(after)} events) minus before ({len(before)})"
        return (fmean(after) - fmean(before) if after and before else None), name
    if query.measure == "variance":
        return (pvariance(strength) if len(strength) > 1 else None), "variance of intensity"
    return (fmean(strength) if strength else None), "mean intensity (-10..10)"


def _days(found: list[Event], since: str | None, until: str | None) -> int:
    first = since or min((e.date_from for e in found if e.date_from), default=None)
    last = until or max((e.date_to for e in found if e.date_to), default=None)
    if first is None or last is None or min(len(first), len(last)) < 10:
        return 0
    return (date.fromisoformat(last) - date.fromisoformat(first)).days + 1


def _run(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    name, _, figure = rest.partition("#")
    if not figure:
        form.fail(f"{reference!r} names no figure.", "from", "Write run: other.toml#real_income.CHN.")
    path = (resolver.folder / name.strip()).resolve()
    if path in resolver.chain:
        circle = " -> ".join([*(one.name for one in resolver.chain[resolver.chain.index(path) :]), path.name])
        form.fail(f"{reference!r} closes a circle: {circle}.", "from", "Let one of them state its number.")
    if not path.exists() or resolver.run is None:
        return Evidence(reference, "", why=f"there is no file {name.strip()}")
    return Evidence(reference, f"{figure} of {path.name} at its best values", resolver.run(path, figure.strip()))


def _data(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    from visavis.reason.files import read_rows

    found = _DATA.match(rest)
    if found is None or found["rule"] not in _RULES:
        form.fail(f"{reference!r} is no reference to data.", "from",
                  f"Write data: FILE.csv, RULE of COLUMN[/COLUMN] [where COLUMN=VALUE]; rules: {', '.join(_RULES)}.")  # fmt: skip
    path = resolver.folder / found["file"].strip()
    if not path.exists():
        return Evidence(reference, "", why=f"there is no file {found['file'].strip()}")
    rows = read_rows(form, path, [c for c in (found["of"], found["per"], found["col"]) if c])
    if found["col"]:
        rows = [row for row in rows if row[found["col"]] == found["value"].strip()]
    figures = [ratio for row in rows if (ratio := _ratio(row, found["of"], found["per"])) is not None]
    rule = f"{rest.partition(',')[2].strip()}, {len(figures)} rows of {path.name}"
    if not figures:
        return Evidence(reference, rule, why="no row has a number there")
    return Evidence(reference, rule, float(_RULES[found["rule"]](figures)))


def _ratio(row: dict[str, str], of: str, per: str | None) -> float | None:
    try:
        return float(row[of]) / (float(row[per]) if per else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
