"""The questions to DuckDB that make the search index, and the words by which it keeps facts."""

from __future__ import annotations

from collections.abc import Iterator

from visavis.show.digest.sql import CODES
from visavis.store.query import Shelf

# What a line of a list needs, as JSON.
_LINE = """event_id, story_id, article_id, sentence_no, "start", "end", quote, type, cameo, quad, intensity, sources, targets, words,
words_start, words_end, date_from, date_to, date_precision, date_words, status, voices, confidence"""
_FIELDS = ", ".join(f"{name.strip()}: {name.strip()}" for name in _LINE.split(","))
# The most frequent outlets that may be chosen from.
OUTLETS = """
select a.outlet from events e join articles a using (article_id)
where a.outlet <> '' and e.status <> 'rejected' group by 1 order by count(*) desc, 1 limit 200"""
# {table: the lists of ids by which its rows are looked up}, for `places`.
_KEYS = {
    "events": {"event": "[event_id]", "told": "list_distinct([article_id, story_id])"},
    "articles": {"article": "[article_id]"},
    "stories": {"story": "[story_id]"},
    "pages": {"page": "[page_id]"},
    "copies": {"copy": "list_distinct([article_id, of_article_id])"},
    "happenings": {"happening": "[happening_id]", "happened": "event_ids"},
}
# {kind of place: its table}.
TABLE_OF = {kind: table for table, kinds in _KEYS.items() for kind in kinds}
# The same ids asked of a table itself.
CONDITIONS = {
    "event": "event_id in ({ids})",
    "told": "article_id in ({ids}) or story_id in ({ids})",
    "article": "article_id in ({ids})",
    "story": "story_id in ({ids})",
    "page": "page_id in ({ids})",
    "copy": "article_id in ({ids}) or of_article_id in ({ids})",
    "happening": "happening_id in ({ids})",
    "happened": "list_has_any(event_ids, [{ids}])",
}
_SHIFT = 2**63


def fact(kind: str, value: str) -> str:
    """The word that stands for a fact: "a" actor, "p" pair, "t" type, "s" status, "q" class, "v" kind of speaker, "o" outlet."""
    return kind + value.encode("utf-8", "surrogatepass").hex()


def key_of(key: str) -> int:
    """An id of 16 hex digits as the number by which `places` is sorted, in the same order."""
    return int(key, 16) - _SHIFT


def id_of(number: int) -> str:
    """The id of a number."""
    return f"{number + _SHIFT:016x}"


def lines(events: str) -> str:
    """(row_at, line) of all events, as they lie."""
    line = f"to_json({{{_FIELDS}, reviewed: coalesce(reviewed, '')}})::varchar"
    return f"select row_at, {line} as line from {events} where status <> 'rejected'"


def words(events: str) -> str:
    """(row_at, date_from, date_to, quote, facts) of all events, newest first: the number of a row is that of its event in the index."""
    pairs = """list_distinct(flatten(list_transform(s, lambda x: list_transform(
      list_filter(case when len(targets) > 0 then t else s end, lambda y: y <> x), lambda y: least(x, y) || '|' || greatest(x, y)))))"""
    kinds = """case when len(voices) = 0 then ['none']
      else list_distinct(list_transform(voices, lambda v: case when v.kind = '' then 'unknown' else v.kind end)) end"""
    return f"""
    with sided as (
      select e.*, {CODES.format(side="sources")} as s, {CODES.format(side="targets")} as t, coalesce(a.outlet, '') as outlet
      from {events} e left join (select article_id, outlet from articles) a using (article_id) where e.status <> 'rejected'
    ), told as (
      select row_at, event_id, date_from, date_to, quote, concat_ws(' ', {_word("t", "type")}, {_word("s", "status")},
        {_word("q", "quad::varchar")}, {_word("o", "outlet")}, {_words("a", "list_distinct(s || t)")}, {_words("p", pairs)},
        {_words("v", kinds)}) as facts
      from sided
    )
    select row_at, date_from, date_to, quote, facts from told order by coalesce(date_to, date_from) desc nulls last, event_id"""


def places(shelf: Shelf) -> Iterator[str]:
    """For each kind of place a question that gives (kind, key, row_at), sorted; a table whose places do not last has none. One question for
    all of them would have to hold the ends of all tables at once."""
    for table, kinds in _KEYS.items():
        for kind, keys in kinds.items() if shelf.keeps_places(table) else ():
            yield f"""
            select '{kind}' as kind, key, row_at from (
              select (('0x' || id)::ubigint::hugeint - {_SHIFT}::hugeint)::bigint as key, row_at
              from (select unnest({keys}) as id, row_at from {shelf.placed(table)}) where regexp_full_match(id, '[0-9a-f]{{16}}')
            ) order by key, row_at"""


def _word(kind: str, value: str) -> str:
    """`fact` in SQL."""
    return f"'{kind}' || hex({value})"


def _words(kind: str, values: str) -> str:
    return f"array_to_string(list_transform({values}, lambda w: {_word(kind, 'w')}), ' ')"
