"""The questions to DuckDB that make the digest. Each is one pass over the events; what does not fit the memory goes to files."""

from __future__ import annotations

_CODES = "list_distinct(list_filter(list_transform({side}, lambda p: p.code), lambda c: c <> ''))"
# One row an event: the codes of both sides, the month of its first day ("" without one).
_BASE = f"""
with base as (
  select event_id, type, status, quad in (1, 2) as good, intensity, confidence, voices, len(targets) > 0 as directed,
         coalesce(date_from, '') as day, coalesce(date_from[1:7], '') as month, coalesce(date_to, date_from, '') as late,
         {_CODES.format(side="sources")} as s, {_CODES.format(side="targets")} as t
  from events where status <> 'rejected'
)"""
# One row for each pair of an event, a < b: those across it, or all its sources when it has no targets.
_PAIRS = f"""{_BASE}, facing as (
  select *, case when directed then t else s end as o from base
), paired as (
  select *, unnest(list_distinct(flatten(list_transform(s, lambda x: list_transform(
    list_filter(o, lambda y: y <> x), lambda y: {{'a': least(x, y), 'b': greatest(x, y)}}))))) as p from facing
), pairs as (
  select * exclude (p), p.a as a, p.b as b from paired
)"""
_ACTORS = f"{_BASE}, actors as (select *, unnest(list_distinct(s || t)) as code from base)"

DYADS = f"""{_PAIRS}
select a, b, case when not directed then 'together'
                  when list_contains(s, a) and list_contains(t, b) and list_contains(s, b) and list_contains(t, a) then 'both'
                  when list_contains(s, a) and list_contains(t, b) then 'forth' else 'back' end as way,
       type, status, good, count(*) as n
from pairs group by all order by all"""
MONTHS = f"""{_PAIRS}
select a, b, month, good, count(*) as n, sum(intensity) as intensity from pairs where status = 'happened'
group by a, b, month, good order by all"""
ACTORS = f"""{_ACTORS}, told as (
  select *, list_contains(list_transform(voices, lambda v: v.code), code) as own from actors
)
select code, case when not list_contains(t, code) then 'source' when not list_contains(s, code) then 'target' else 'both' end as role,
       type, status, good, count(*) as n, count(*) filter (own) as own, count(*) filter (len(voices) > 0 and not own) as others
from told group by all order by all"""
ACTOR_MONTHS = f"""{_ACTORS}
select code, month, good, count(*) as n, sum(intensity) as intensity from actors where status = 'happened'
group by code, month, good order by all"""
SPEAKERS = f"""{_BASE}, told as (select s || t as codes, unnest(voices) as v from base where len(voices) > 0)
select v.code as code, coalesce(nullif(v.name, ''), v.words) as name, count(*) as n from told
where v.code <> '' and list_contains(codes, v.code) group by all order by all"""
STATUSES = "select status, count(*) as n from events where status <> 'rejected' group by 1 order by 2 desc, 1"
TYPES = "select type, count(*) as n from events where status = 'happened' group by 1 order by 2 desc, 1"
CODERS = "select distinct split_part(coder, ' ', 1) as coder from events where status = 'happened' order by 1"
DAYS = f"{_BASE} select day, count(*) as n from base where status = 'happened' and day <> '' group by 1 order by 1"
HALVES = f"""{_PAIRS}
select a, b, count(*) filter (day <= $middle) as n, coalesce(sum(intensity) filter (day <= $middle), 0) as before,
       count(*) filter (day > $middle) as m, coalesce(sum(intensity) filter (day > $middle), 0) as after
from pairs where status = 'happened' and day <> '' group by a, b order by a, b"""
# The events of each type that may be shown as examples: more than enough, should some stand in one sentence.
TELLING = f"""{_BASE}
select type, min_by(event_id, printf('%d%05d%s%s', (len(voices) = 0)::int, (100 - round(100 * confidence))::int, day, event_id), 20) as ids
from base where day <> '' and len(s) > 0 and (len(t) > 0 or (not directed and len(s) > 1)) group by type order by type"""
LAST = f"""{_BASE}
select event_id from base where status = 'happened' and list_contains($types, type)
  and len(s) > 0 and (len(t) > 0 or (not directed and len(s) > 1)) order by late desc, event_id limit $most"""
STORIES = """
select s.story_id, a.title, s.first_seen, s.outlets, len(s.article_ids) as articles, coalesce(n, 0) as events
from stories s join articles a on a.article_id = s.lead_id
left join (select story_id, count(*) as n from events where status <> 'rejected' group by 1) using (story_id)
order by articles desc, s.first_seen desc nulls last, s.story_id"""
# Newest first: the number of a row in this order is the number of its event in the index. `line` is what a line of a list needs, as JSON.
_LINE = """event_id, story_id, article_id, sentence_no, "start", "end", quote, type, cameo, quad, intensity, sources, targets, words,
words_start, words_end, date_from, date_to, date_precision, date_words, status, voices, confidence"""
EVENTS = f"""
with sorted as (
  select {_LINE}, coalesce(reviewed, '') as reviewed, coalesce(a.outlet, '') as outlet from events e left join (select article_id, outlet from articles) a using (article_id)
  where e.status <> 'rejected' order by coalesce(e.date_to, e.date_from) desc nulls last, e.event_id
), sided as (
  select *, {_CODES.format(side="sources")} as s, {_CODES.format(side="targets")} as t from sorted
)
select date_from, date_to, type, quad, status, outlet, quote, article_id = '' as imported,
       to_json({{{", ".join(f"{name.strip()}: {name.strip()}" for name in f"{_LINE}, reviewed".split(","))}}})::varchar as line,
       list_distinct(s || t) as codes,
       list_distinct(flatten(list_transform(s, lambda x: list_transform(
         list_filter(case when len(targets) > 0 then t else s end, lambda y: y <> x),
         lambda y: [least(x, y), greatest(x, y)])))) as pairs,
       case when len(voices) = 0 then ['none']
            else list_distinct(list_transform(voices, lambda v: case when v.kind = '' then 'unknown' else v.kind end)) end as kinds
from sided"""
OUTLETS = """
select a.outlet, count(*) as n from events e join articles a using (article_id)
where a.outlet <> '' and e.status <> 'rejected' group by 1 order by 2 desc, 1 limit 200"""
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
