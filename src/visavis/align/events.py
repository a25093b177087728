"""From a record's events to counts per pair and period, in SQL, so that millions of imported events never stand in memory.

What is counted: events that happened, with a known month or year; one of which only the year (or an interval within it) is known counts in
equal parts in its months. What one story tells of one pair and type counts once, and so does a happening that several stories report.
Events among all parties (agreements, meetings) count for each pair. Parties that are no state (organisations, regions, unknown) are
left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.errors import QueryError
from visavis.lexicon.areas import DEFAULT_AREA, areas
from visavis.lexicon.crosswalk import state_codes
from visavis.store import Limits, Record

Array = NDArray[np.float64]
# A month's worth of imported events takes seconds; a whole GDELT takes its time.
_LIMITS = Limits(rows=50_000_000, seconds=1800.0)
# The period of an event, the share of it that falls there, and which events have one. "all" is one period that holds the undated events too.
_YEAR = "e.date_from[1:4]"
_MONTHS = f"list_transform(range(e.date_from[6:7]::int, e.date_to[6:7]::int + 1), lambda m: {_YEAR} || '-' || lpad(m::varchar, 2, '0'))"
_SAME_YEAR = f"{_YEAR} = e.date_to[1:4]"
PERIODS = {
    "month": (f"unnest({_MONTHS})", "1.0::double / (e.date_to[6:7]::int - e.date_from[6:7]::int + 1)", _SAME_YEAR),
    "year": (_YEAR, "1.0::double", _SAME_YEAR),
    "all": ("'all'", "1.0::double", "true"),
}

_SECTORS = "list_transform(e.sources || e.targets, lambda p: p.sector)"
_SENTENCE = "lower(e.quote)"
# What is counted, a row an event: `thing` is what several rows may tell of and what counts once.
TOLD = """
select coalesce(h.happening_id, nullif(e.story_id, '') || ':' || e.type, e.event_id) as thing, e.date_from, e.date_to,
       e.quad <= 2 as good, e.intensity, list_distinct(list_transform(e.sources, lambda p: p.code)) as s,
       list_distinct(list_transform(e.targets, lambda p: p.code)) as t, len(e.targets) > 0 as directed
from events e left join (select happening_id, unnest(event_ids) as event_id from happenings) h using (event_id)
where e.status = 'happened' and e.quad between 1 and 4"""


@dataclass(frozen=True)
class Counts:
    """Events of pairs over time: `cooperative`, `conflictual` and summed `intensity` with axes (period, state, state).

    `periods` have no gap; counts by month may be fractions. Undirected counts are symmetric; directed ones go from the first state to the
    second. `sources` names who coded the events, because their intensities differ.
    """

    states: tuple[str, ...]
    periods: tuple[str, ...]
    cooperative: Array
    conflictual: Array
    intensity: Array
    sources: tuple[str, ...]


def event_counts(record: Record, by: str = "month", area: str | None = None, directed: bool = False) -> Counts:
    """The counts of all pairs of states in the record, of one issue area or of all. `by`: month, year, or all in one period.

    Raises QueryError for an unknown period or area.
    """
    if by not in PERIODS:
        raise QueryError(f"{by!r} is not a period of alignment.", f"Periods: {', '.join(PERIODS)}.")
    rows = record.sql(pair_query(by, area, directed), limits=_LIMITS)
    a, b, period = (rows.column(name).to_pylist() for name in ("a", "b", "period"))
    states = tuple(sorted({*a, *b}))
    periods = () if not period else ("all",) if by == "all" else span_of(min(period), max(period))
    at = {name: number for number, name in enumerate(states)}
    when = {name: number for number, name in enumerate(periods)}
    where = ([when[p] for p in period], [at[name] for name in a], [at[name] for name in b])
    found = np.zeros((3, len(periods), len(states), len(states)))
    for number, name in enumerate(("cooperative", "conflictual", "intensity")):
        found[number][where] = rows.column(name).to_numpy()
    if not directed:
        found += found.transpose(0, 1, 3, 2)
    coders = record.sql(
        "select distinct split_part(coder, ' ', 1) as c from events where status = 'happened' order by c"
    )
    return Counts(states, periods, found[0], found[1], found[2], tuple(coders.column(0).to_pylist()))


def span_of(first: str, last: str) -> tuple[str, ...]:
    """All months ("2021-04") or years ("2021") from first to last, both included."""
    if len(first) == 4:
        return tuple(str(year) for year in range(int(first), int(last) + 1))
    start, end = (int(text[:4]) * 12 + int(text[5:7]) - 1 for text in (first, last))
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1))


def pair_query(by: str, area: str | None = None, directed: bool = False) -> str:
    """The SQL over a record that gives (period, a, b, cooperative, conflictual, intensity), sorted; a < b unless directed.

    Raises QueryError for an unknown area.
    """
    return told_query(by, f"{TOLD} and {_area_test(area)}", directed)


def told_query(by: str, told: str, directed: bool = False) -> str:
    """The same over `told`, SQL that gives some of the rows of `TOLD`."""
    period, share, dated = PERIODS[by]
    pair = "a, b" if directed else "least(a, b) as a, greatest(a, b) as b"
    once = "true" if directed else "(directed or a < b)"  # an undirected pair is met from both ends
    codes = ", ".join(f"'{code}'" for code in sorted(state_codes()))
    return f"""
    with told as (
      select thing, {period} as period, {share} as share, good, intensity, s, t, directed from ({told}) e where {dated}
    ), ends as (
      select *, unnest(s) as a, case when directed then t else s end as others from told
    ), pairs as (
      select thing, period, share, good, intensity, directed, a, unnest(others) as b from ends
    ), states as (
      select thing, period, share, good, intensity, {pair} from pairs
      where a <> b and a in ({codes}) and b in ({codes}) and {once}
    ), reported as (
      select thing, period, good, a, b, avg(intensity) as intensity, max(share) as share from states
      group by thing, period, good, a, b
    ), once as (
      -- A thing that is dated to the month by one report does not count again by another that knows the year only.
      from reported where share = 1 union all
      from reported r where share < 1 and not exists (
        from reported o where o.thing = r.thing and o.good = r.good and o.a = r.a and o.b = r.b
          and o.period[1:4] = r.period[1:4] and o.share > r.share)
    )
    select period, a, b, coalesce(sum(share) filter (good), 0) as cooperative,
           coalesce(sum(share) filter (not good), 0) as conflictual, sum(intensity * share) as intensity
    from once group by period, a, b order by all
    """


def area_signs(sectors: str = _SECTORS, sentence: str = _SENTENCE) -> dict[str, str]:
    """{area: the condition on an event `e` that it shows a sign of it}, in SQL; what shows none lies in the default area. `sectors` and
    `sentence` give the sectors of its parties and its sentence in small letters."""
    return {one.name: _signs(one.cameo, one.contexts, one.sectors, one.pattern, sectors, sentence) for one in areas()}


def _area_test(area: str | None) -> str:
    """A condition on events `e` that they lie in the area; raises QueryError for an unknown one."""
    if area is None:
        return "true"
    known = area_signs()
    if area not in known:
        raise QueryError(f"There is no issue area {area!r}.", f"Areas: {', '.join(known)}.")
    if area != DEFAULT_AREA:
        return known[area]
    return f"({known[area]} or not ({' or '.join(known.values())}))"


def _signs(
    cameo: tuple[str, ...],
    contexts: tuple[str, ...],
    sectors: tuple[str, ...],
    pattern: str,
    of_sectors: str,
    sentence: str,
) -> str:
    tests = [f"starts_with(coalesce(e.cameo, ''), '{code}')" for code in cameo]
    tests.append(f"len(list_intersect(e.contexts, {list(contexts)!r}::varchar[])) > 0")
    tests.append(f"len(list_intersect({of_sectors}, {list(sectors)!r}::varchar[])) > 0")
    quoted = pattern.replace("'", "''")
    tests.append(f"regexp_matches({sentence}, '{quoted}')")
    return "(" + " or ".join(tests) + ")"
