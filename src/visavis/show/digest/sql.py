"""The questions to DuckDB that make the digest. `TOLD`, `PAIRS` and `ACTORS` are kept as tables beside the record's while it is made; all others
are asked of these. What does not fit the memory goes to files."""

from __future__ import annotations

from visavis.align.events import area_signs
from visavis.lexicon.areas import DEFAULT_AREA

CODES = "list_distinct(list_filter(list_transform({side}, lambda p: p.code), lambda c: c <> ''))"
_SIGNS = area_signs("e.sectors", "e.sentence")
_OTHERS = " or ".join(f"in_{area}" for area in _SIGNS)
# One row an event: the codes of both sides, what several reports of one thing share (as in `visavis.align.events.TOLD`), its areas.
TOLD = f"""
with known as (
  select *, lower(quote) as sentence, list_distinct(list_transform(sources || targets, lambda p: p.sector)) as sectors
  from events where status <> 'rejected'
), signed as (
  select event_id, hash(coalesce(h.happening_id, nullif(story_id, '') || ':' || type, event_id)) as thing, type, status, quad, intensity,
         confidence, len(targets) > 0 as directed, date_from, date_to, story_id, split_part(coder, ' ', 1) as coder,
         {CODES.format(side="sources")} as s, {CODES.format(side="targets")} as t,
         list_transform(voices, lambda v: {{'code': v.code, 'name': coalesce(nullif(v.name, ''), v.words)}}) as voices,
         {", ".join(f"{test} as in_{area}" for area, test in _SIGNS.items())}
  from known e left join (select happening_id, unnest(event_ids) as event_id from happenings) h using (event_id)
)
select * replace (in_{DEFAULT_AREA} or not ({_OTHERS}) as in_{DEFAULT_AREA}) from signed"""
# The same with the day and month of the event's first day and the month of its last, "" without one.
_BASE = """
with base as (
  select event_id, type, status, quad, quad in (1, 2) as good, intensity, confidence, voices, directed, s, t,
         coalesce(date_from, '') as day, coalesce(date_from[1:7], '') as month, coalesce(date_to[1:7], '') as till,
         coalesce(date_to, date_from, '') as late
  from scratch.told
)"""
# One row for each pair of an event, a < b: those across it, or all its sources when it has no targets.
PAIRS = f"""{_BASE}, paired as (
  select type, status, quad, good, intensity, day, month, till, directed, s, t,
         unnest(list_distinct(flatten(list_transform(s, lambda x: list_transform(
           list_filter(case when directed then t else s end, lambda y: y <> x), lambda y: {{'a': least(x, y), 'b': greatest(x, y)}}))))) as p
  from base
)
select p.a as a, p.b as b, type, status, quad, good, intensity, day, month, till,
       case when not directed then 'together'
            when list_contains(s, p.a) and list_contains(t, p.b) and list_contains(s, p.b) and list_contains(t, p.a) then 'both'
            when list_contains(s, p.a) and list_contains(t, p.b) then 'forth' else 'back' end as way
from paired"""
# One row for each actor of an event; `own` and `others` tell on whose word it is told, `faced` whether it stands in one of its pairs.
ACTORS = f"""{_BASE}, actors as (
  select type, status, quad, good, intensity, month, till, voices, directed, s, t, unnest(list_distinct(s || t)) as code from base
)
select code, case when not list_contains(t, code) then 'source' when not list_contains(s, code) then 'target' else 'both' end as role,
       type, status, quad, good, intensity, month, till,
       case when directed then (role <> 'target' and len(t) > (role = 'both')::int) or (role <> 'source' and len(s) > (role = 'both')::int)
            else len(s) > 1 end as faced,
       len(voices) > 0 and list_contains(list_transform(voices, lambda v: v.code), code) as own,
       len(voices) > 0 and not own as others
from actors"""

DYADS = "select a, b, way, type, status, good, count(*) as n from scratch.pairs group by all order by all"
MONTHS = """
select a, b, quad, month, till, count(*) as n, sum(intensity) as intensity from scratch.pairs where status = 'happened'
group by a, b, quad, month, till order by all"""
# The same by type, of pairs; then of each actor (b is "") and of all events (a is "" too), of which `faced` stand in a pair.
CELLS = f"""{_BASE}
select type, a, b, quad, month, till, count(*) as n, count(*) as faced from scratch.pairs where status = 'happened'
group by type, a, b, quad, month, till
union all select type, code, '', quad, month, till, count(*), count(*) filter (faced) from scratch.actors where status = 'happened'
group by type, code, quad, month, till
union all select type, '', '', quad, month, till, count(*),
  count(*) filter (case when directed then len(s) > 0 and len(t) > 0 and (len(s) > 1 or len(t) > 1 or s[1] <> t[1]) else len(s) > 1 end)
from base where status = 'happened' group by type, quad, month, till order by all"""
ACTOR_SUMS = """
select code, role, type, status, good, count(*) as n, count(*) filter (own) as own, count(*) filter (others) as others
from scratch.actors group by code, role, type, status, good order by all"""
ACTOR_MONTHS = """
select code, month, good, count(*) as n, sum(intensity) as intensity from scratch.actors where status = 'happened'
group by code, month, good order by all"""
SPEAKERS = f"""{_BASE}, told as (select s || t as codes, unnest(voices) as v from base where len(voices) > 0)
select v.code as code, v.name as name, count(*) as n from told
where v.code <> '' and list_contains(codes, v.code) group by all order by all"""
# What one pair of states tells the other, for `visavis.align.events.told_query`, in one area or in all.
FACED = """select thing, date_from, date_to, quad <= 2 as good, intensity, s, t, directed from scratch.told
where status = 'happened' and quad between 1 and 4"""
# Imported events that may name a rung of the partnership ladder.
CLIMBING = """
select * from events where article_id = '' and status = 'happened' and type in ({types}) and (quote <> '' or cameo <> '')"""
STATUSES = "select status, count(*) as n from scratch.told group by 1 order by 2 desc, 1"
TYPES = "select type, count(*) as n from scratch.told where status = 'happened' group by 1 order by 2 desc, 1"
CODERS = "select distinct coder from scratch.told where status = 'happened' order by 1"
DAYS = f"{_BASE} select day, count(*) as n from base where status = 'happened' and day <> '' group by 1 order by 1"
HALVES = """
select a, b, count(*) filter (day <= $middle) as n, coalesce(sum(intensity) filter (day <= $middle), 0) as before,
       count(*) filter (day > $middle) as m, coalesce(sum(intensity) filter (day > $middle), 0) as after
from scratch.pairs where status = 'happened' and day <> '' group by a, b order by a, b"""
# The events of each type that may be shown as examples: more than enough, should some stand in one sentence.
TELLING = f"""{_BASE}
select type, min_by(event_id, printf('%d%05d%s%s', (len(voices) = 0)::int, (100 - round(100 * confidence))::int, day, event_id), 20) as ids
from base where day <> '' and len(s) > 0 and (len(t) > 0 or (not directed and len(s) > 1)) group by type order by type"""
LAST = f"""{_BASE}
select event_id from base where status = 'happened' and list_contains($types, type)
  and len(s) > 0 and (len(t) > 0 or (not directed and len(s) > 1)) order by late desc, event_id limit $most"""
# Stories by the number of articles that carry them, then newest first, as `views.front.StoryLine` in JSON.
STORIES = """
select to_json({story_id: s.story_id, title: a.title, first_seen: s.first_seen, outlets: s.outlets, articles: len(s.article_ids),
                events: coalesce(n, 0)})::varchar as line
from stories s join articles a on a.article_id = s.lead_id
left join (select story_id, count(*) as n from events where status <> 'rejected' group by 1) using (story_id)
order by len(s.article_ids) desc, s.first_seen desc nulls last, s.story_id"""
# {period: articles published in it}, over the articles whose date is known well enough.
_PERIODS = {
    "year": ("published.earliest[1:4]", "'day', 'month', 'year'"),
    "quarter": ("published.earliest[1:4] || '-Q' || ((published.earliest[6:7]::int + 2) // 3)", "'day', 'month'"),
    "month": ("published.earliest[1:7]", "'day', 'month'"),
}
ARTICLES = {
    by: f"""select {period} as period, count(*) as n from articles
where kind <> 'teaser' and published.precision in ({precise}) and published.earliest is not null group by 1 order by 1"""
    for by, (period, precise) in _PERIODS.items()
}
