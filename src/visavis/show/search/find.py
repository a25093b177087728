"""Questions to the search index: words and filters in, a page of events out."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
from msgspec import Struct

from visavis.errors import QueryError
from visavis.lexicon.ontology import TYPES
from visavis.show.digest.read import kept, reading
from visavis.show.views.parts import EventLine
from visavis.store.events import day_of

STATUSES = ("happened", "future", "hypothetical", "denied", "historical")
VOICES = ("government", "media", "expert", "organisation", "person", "unknown", "none")
# Counting stops here: that there are more is all that a reader needs to know.
_COUNTED = 10_000
_PHRASES = re.compile(r'"([^"]*)"|(\S+)')
_WORDS = re.compile(r"\w+")
_LINE = msgspec.msgpack.Decoder(EventLine)


class Filters(Struct, frozen=True, kw_only=True):
    """What events are wanted; "" means any. `a` and `b` are codes; `since` and `until` ISO dates or prefixes, both inclusive;
    `q` words that the sentence must hold, the last one may be a beginning, "in quotes" a phrase."""

    q: str = ""
    a: str = ""
    b: str = ""
    type: str = ""
    quad: str = ""
    status: str = ""
    voice: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""


class Found(Struct, frozen=True, kw_only=True):
    """A page of events, newest first. `total` counts all that fit, `more_than_total` says that counting stopped there; `next` is
    the cursor for the page after this one, None on the last."""

    filters: Filters
    total: int
    more_than_total: bool
    events: tuple[EventLine, ...]
    next: int | None


def find(index: Path, filters: Filters, after: int = 0, limit: int = 50) -> Found:
    """The events that fit, from the one after the cursor; raises QueryError for a filter that names nothing."""
    tables, tests, values = _conditions(filters)
    where = " and ".join(tests) or "true"
    base = f"from {' join '.join(tables)} where {where}"
    with reading(index) as database:
        counted = database.execute(f"select count(*) from (select 1 {base} limit {_COUNTED + 1})", values).fetchone()[0]
        rows = database.execute(
            f"select lines.n, lines.line {base} and lines.n > :after order by lines.n limit :limit",
            {**values, "after": after, "limit": limit + 1},
        ).fetchall()
    return Found(
        filters=filters,
        total=min(counted, _COUNTED),
        more_than_total=counted > _COUNTED,
        events=tuple(_LINE.decode(line) for _, line in rows[:limit]),
        next=rows[limit - 1][0] if len(rows) > limit else None,
    )


def outlets_of(index: Path) -> list[str]:
    """The outlets with most events."""
    return kept(index, "outlets", list[str])


def actors_of(index: Path) -> list[tuple[str, int]]:
    """All actors with the number of events that happened in which they are a party, most first."""
    with reading(index) as database:
        query = "select code, sum(n) from actors where status = 'happened' group by code order by 2 desc, 1"
        return [(code, number) for code, number in database.execute(query)]


def _conditions(f: Filters) -> tuple[list[str], list[str], dict[str, object]]:
    """The tables to join, the conditions, and the values they name."""
    tables, tests, values = ["lines"], [], dict[str, object]()
    if f.a and f.b:
        tables.append("pairs on pairs.n = lines.n and pairs.a = :a and pairs.b = :b")
        values |= {"a": min(f.a, f.b), "b": max(f.a, f.b)}
    elif f.a or f.b:
        tables.append("sides on sides.n = lines.n and sides.code = :a")
        values["a"] = f.a or f.b
    if f.voice:
        tables.append("voices on voices.n = lines.n and voices.kind = :voice")
        values["voice"] = _known("voice", f.voice, VOICES)
    match = match_of(f.q)
    if match:
        tables.append("words on words.rowid = lines.n")
        tests.append("words match :match")
        values["match"] = match
    for name, known in (("type", tuple(TYPES)), ("status", STATUSES), ("quad", ("1", "2", "3", "4"))):
        if given := getattr(f, name):
            tests.append(f"lines.{name} = :{name}")
            values[name] = _known(name, given, known)
    if f.outlet:
        tests.append("lines.outlet = :outlet")
        values["outlet"] = f.outlet
    if f.since:
        tests.append("lines.date_to >= :since")
        values["since"] = day_of(f.since, first=True)
    if f.until:
        tests.append("lines.date_from <= :until")
        values["until"] = day_of(f.until, first=False)
    return tables, tests or ["true"], values


def _known(name: str, given: str, known: tuple[str, ...]) -> str:
    for one in known:
        if given.casefold() == one.casefold():
            return one
    raise QueryError(f"{given!r} is no {name}.", f"Known: {', '.join(known)}.")


def match_of(words: str) -> str:
    """The words in FTS5's language, nothing in them an operator: phrases and words, the last word a beginning."""
    terms = []
    for phrase, word in _PHRASES.findall(words):
        found = _WORDS.findall(phrase or word)
        if found:
            terms.append('"' + " ".join(found) + '"')
    if terms and not words.rstrip().endswith('"'):
        terms[-1] += "*"
    return " ".join(terms)
