"""From words and filters to SQL over the index: which table is walked, which are only looked into."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from msgspec import Struct

from visavis.errors import QueryError
from visavis.lexicon.ontology import TYPES
from visavis.store.events import day_of

STATUSES = ("happened", "future", "hypothetical", "denied", "historical", "rejected")
VOICES = ("government", "media", "expert", "organisation", "person", "unknown", "none")
# A beginning of a word stands for the most frequent words that begin so: a walk along few lists, however many words there are.
_COMPLETIONS = 64
_PHRASES = re.compile(r'"([^"]*)"|(\S+)')
_WORDS = re.compile(r"\w+")


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


@dataclass(frozen=True)
class Plan:
    """`base` is "from ... where ...", `number` the column that holds the event's number, `values` what both name."""

    base: str
    number: str
    values: dict[str, object]


def plan_of(database: sqlite3.Connection, f: Filters) -> Plan:
    """The plan: the table with fewest rows for these filters is walked along the numbers. Raises QueryError for a filter that names
    nothing."""
    facts, tests, values = _facts(f)
    tables = [facts]
    match = match_of(database, f.q)
    if match:
        values["match"] = match
        tests.append("words match :match")
        common = _size(database, f) > _rows_with(database, f.q)
        tables = ["words", facts] if common or facts == "lines" else [facts, "words"]
    if f.voice:
        values["voice"] = _known("voice", f.voice, VOICES)
        tests.append("voices.kind = :voice")
        tables.insert(0 if tables == ["lines"] else len(tables), "voices")
    if "lines." in " ".join(tests) and "lines" not in tables:
        tables.append("lines")
    if facts == "lines" and len(tables) > 1 and "lines." not in " ".join(tests):
        tables.remove("lines")
    first = _number(tables[0])
    joined = "".join(f" cross join {name} on {_number(name)} = {first}" for name in tables[1:])
    return Plan(f"from {tables[0]}{joined} where {' and '.join(tests) or 'true'}", first, values)


def _number(table: str) -> str:
    return "words.rowid" if table == "words" else f"{table}.n"


def _facts(f: Filters) -> tuple[str, list[str], dict[str, object]]:
    """The table of the actors (pairs, sides, or lines without any), the conditions that need no words, and their values."""
    tests, values = list[str](), dict[str, object]()
    facts = "pairs" if f.a and f.b else "sides" if f.a or f.b else "lines"
    if facts == "pairs":
        tests.append("pairs.a = :a and pairs.b = :b")
        values |= {"a": min(f.a, f.b), "b": max(f.a, f.b)}
    elif facts == "sides":
        tests.append("sides.code = :a")
        values["a"] = f.a or f.b
    for name, known in (("type", tuple(TYPES)), ("status", STATUSES), ("quad", ("1", "2", "3", "4"))):
        if given := getattr(f, name):
            tests.append(f"{facts}.{name} = :{name}")
            found = _known(name, given, known)
            values[name] = int(found) if name == "quad" else found
    for name, test in (("outlet", "lines.outlet ="), ("since", "lines.date_to >="), ("until", "lines.date_from <=")):
        if given := getattr(f, name):
            tests.append(f"{test} :{name}")
            values[name] = given if name == "outlet" else day_of(given, first=name == "since")
    return facts, tests, values


def _size(database: sqlite3.Connection, f: Filters) -> float:
    """How many events the actors have; without any, more than all."""
    query, values = "select sum(n) from actors where code = ?", [f.a or f.b]
    if f.a and f.b:
        query, values = "select sum(n) from dyads where a = ? and b = ?", [min(f.a, f.b), max(f.a, f.b)]
    elif not f.a and not f.b:
        return float("inf")
    return float(database.execute(query, values).fetchone()[0] or 0)


def _rows_with(database: sqlite3.Connection, words: str) -> float:
    """How many sentences hold the rarest of the words."""
    query = "select coalesce(max(n), 0) from terms where term = ?"
    return min((database.execute(query, (_folded(w),)).fetchone()[0] for w in _WORDS.findall(words)), default=0)


def _folded(word: str) -> str:
    """The word as the index keeps it: small letters, no accents."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _known(name: str, given: str, known: tuple[str, ...]) -> str:
    for one in known:
        if given.casefold() == one.casefold():
            return one
    raise QueryError(f"{given!r} is no {name}.", f"Known: {', '.join(known)}.")


def match_of(database: sqlite3.Connection, words: str) -> str:
    """The words in FTS5's language, nothing in them an operator: phrases and words, the last word a beginning."""
    terms = []
    for phrase, word in _PHRASES.findall(words):
        found = _WORDS.findall(phrase or word)
        if found:
            terms.append('"' + " ".join(found) + '"')
    if terms and not words.rstrip().endswith('"'):
        *before, last = terms[-1].strip('"').split(" ")
        terms[-1] = _completed(database, before, last)
    return " AND ".join(terms)


def _completed(database: sqlite3.Connection, before: list[str], beginning: str) -> str:
    """A word of which only the beginning is known, as any of the words of the index that begin so."""
    low = _folded(beginning)
    query = "select term from terms where term >= ? and term < ? order by n desc, term limit ?"
    found = [term for (term,) in database.execute(query, (low, low + "\U0010ffff", _COMPLETIONS))] or [low]
    return "(" + " OR ".join('"' + " ".join([*before, word]) + '"' for word in dict.fromkeys([low, *found])) + ")"
