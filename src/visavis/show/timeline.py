"""From a record to its timeline: counts per period and facet, from the digest or in SQL, so that no event is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from visavis.errors import QueryError
from visavis.lexicon.ontology import QUAD_NAMES, TYPES
from visavis.show.digest import digest_of
from visavis.show.digest.cells import cells_of, whole_months
from visavis.show.views.parts import name_of
from visavis.show.views.timeline import FACETS, TimelineView, timeline_view
from visavis.store import Limits, Record
from visavis.store.events import day_of

_LIMITS = Limits(rows=5_000_000, seconds=300.0)
_PERIODS = {
    "year": ("date_from[1:4]", "date_from[1:4] = date_to[1:4]"),
    "quarter": (
        "date_from[1:4] || '-Q' || ((date_from[6:7]::int + 2) // 3)",
        "date_from[1:4] = date_to[1:4] and (date_from[6:7]::int + 2) // 3 = (date_to[6:7]::int + 2) // 3",
    ),
    "month": ("date_from[1:7]", "date_from[1:7] = date_to[1:7]"),
}
_KEYS = {"none": "''", "dyad": "a || '/' || b", "type": "type", "quad": "quad::varchar", "story": "story_id"}

# Each event with its period (null when its date is not that fine), once for each pair that faces each other in it.
_TOLD = """
with told as (
  select event_id, type, quad, story_id, case when {dated} then {period} end as period,
         list_distinct(list_filter(list_transform(sources, lambda p: p.code), lambda c: c <> '')) as s,
         list_distinct(list_filter(list_transform(targets, lambda p: p.code), lambda c: c <> '')) as t, len(targets) > 0 as directed
  from events where status = 'happened' and quad between 1 and 4 and ($type = '' or type = $type)
    and ($since = '' or date_to >= $since) and ($until = '' or date_from <= $until)
), {pairs}
"""
_PAIRS = """ends as (
  select *, unnest(s) as x, case when directed then t else s end as others from told
), faced as (
  select * exclude (x, others), x, unnest(others) as y from ends
), chosen as (
  select distinct event_id, type, quad, story_id, period, least(x, y) as a, greatest(x, y) as b from faced
  where x <> y and ($a = '' or $a in (x, y)) and ($b = '' or $b in (x, y))
)"""
_SINGLE = """chosen as (
  select * from told where ($a = '' or list_contains(s || t, $a)) and $b = ''
)"""
_CELLS = """
select {key} as key, period, count(distinct event_id) filter (quad <= 2) as cooperative,
       count(distinct event_id) filter (quad > 2) as conflictual
from chosen where period is not null group by 1, 2 order by 1, 2
"""
_UNDATED = "select count(distinct event_id) from chosen where period is null"


def fetch_timeline(
    record: Record,
    names: Mapping[str, str],
    by: str = "year",
    facet: str = "none",
    filters: Mapping[str, str] | None = None,
    most: int = 12,
) -> TimelineView:
    """The timeline by year, quarter or month, a row for each of the `most` fullest facets. `filters`: a, b (codes), type, since,
    until. Raises QueryError for a period, facet, type or date that is none."""
    if by not in _PERIODS or facet not in FACETS:
        wrong, known = (by, tuple(_PERIODS)) if by not in _PERIODS else (facet, FACETS)
        raise QueryError(f"{wrong!r} is nothing to sort a timeline by.", f"Known: {', '.join(known)}.")
    given = {name: (filters or {}).get(name, "") for name in ("a", "b", "type", "since", "until")}
    if given["b"] and not given["a"]:
        given["a"], given["b"] = given["b"], ""
    values = _values(given)
    if facet != "story" and whole_months(values["since"], values["until"]):
        cells, undated, more = cells_of(digest_of(record), by, facet, values, most)
    else:
        (cells, undated), more = asked(record, by, facet, values), 0
    labels = _labels(record, facet, {cell["key"] for cell in cells}, names)
    return timeline_view(by, facet, {k: v for k, v in given.items() if v}, cells, labels, undated, most, more)


def asked(record: Record, by: str, facet: str, values: Mapping[str, str]) -> tuple[list[dict[str, Any]], int]:
    """The cells {key, period, cooperative, conflictual} and the number of undated events, from the events themselves: what the digest has
    not counted, a row for each story or between any two days."""
    period, dated = _PERIODS[by]
    pairs = _PAIRS if facet == "dyad" or values["b"] else _SINGLE
    told = _TOLD.format(period=period, dated=dated, pairs=pairs)
    cells = record.sql(told + _CELLS.format(key=_KEYS[facet]), values, limits=_LIMITS).to_pylist()
    return cells, int(record.sql(told + _UNDATED, values, limits=_LIMITS).column(0)[0].as_py())


def _values(given: Mapping[str, str]) -> dict[str, str]:
    """The filters as the query takes them: types as they are written, days whole."""
    kind = next((one for one in TYPES if one.casefold() == given["type"].casefold()), "")
    if given["type"] and not kind:
        raise QueryError(f"{given['type']!r} is no type.", f"Types: {', '.join(sorted(TYPES))}.")
    days = {name: day_of(given[name], first=name == "since") if given[name] else "" for name in ("since", "until")}
    return {"a": given["a"], "b": given["b"], "type": kind, **days}


def _labels(record: Record, facet: str, keys: set[str], names: Mapping[str, str]) -> dict[str, str]:
    """How the rows are called."""
    if facet == "dyad":
        return {key: " – ".join(name_of(code, names) for code in key.split("/")) for key in keys}
    if facet == "quad":
        return {str(quad): name for quad, name in QUAD_NAMES.items()}
    if facet == "story":
        query = "select s.story_id, a.title from stories s join articles a on a.article_id = s.lead_id"
        titles = {row["story_id"]: row["title"] for row in record.sql(query, limits=_LIMITS).to_pylist()}
        return {key: titles.get(key) or ("Untitled" if key else "No story") for key in keys}
    return {"": "All events"}
