"""From words and filters to SQL over the index."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass

from msgspec import Struct

from visavis.errors import QueryError
from visavis.lexicon.ontology import TYPES
from visavis.show.search.sql import fact
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
    """The plan: words and facts are one question to the full-text table, and days bound the numbers, which go from new to old. Raises
    QueryError for a filter that names nothing."""
    parts = {"sentence": match_of(database, f.q), "facts": " AND ".join(f'"{word}"' for word in _facts(f))}
    match = " AND ".join(f"{column} : ({wanted})" for column, wanted in parts.items() if wanted)
    number = "words.rowid" if match else "days.n"
    tests, values = _days(database, f, number)
    tables = "days"
    if match:
        tests, values = ["words match :match", *tests], {"match": match, **values}
        tables = "words join days on days.n = words.rowid" if f.since or f.until else "words"
    return Plan(f"from {tables} where {' and '.join(tests) or 'true'}", number, values)


def _facts(f: Filters) -> list[str]:
    """The words that stand for the filters."""
    found = []
    if f.a and f.b:
        found.append(fact("p", f"{min(f.a, f.b)}|{max(f.a, f.b)}"))
    elif f.a or f.b:
        found.append(fact("a", f.a or f.b))
    known = {"type": tuple(TYPES), "status": STATUSES, "quad": ("1", "2", "3", "4"), "voice": VOICES}
    for name, values in known.items():
        if given := getattr(f, name):
            found.append(fact(name[0], _known(name, given, values)))
    if f.outlet:
        found.append(fact("o", f.outlet))
    return found


def _days(database: sqlite3.Connection, f: Filters, number: str) -> tuple[list[str], dict[str, object]]:
    """The conditions on days, and between which numbers events can meet them."""
    tests, values = list[str](), dict[str, object]()
    if f.since:
        since = day_of(f.since, first=True)
        tests += ["days.date_to >= :since", f"{number} <= :oldest"]
        values |= {"since": since, "oldest": _oldest(database, since)}
    if f.until:
        until = day_of(f.until, first=False)
        (newest,) = database.execute("select min(n) from years where year <= ?", (until[:4],)).fetchone()
        tests += ["days.date_from <= :until", f"{number} >= :newest"]
        values |= {"until": until, "newest": newest or 0}
    return tests, values


def _oldest(database: sqlite3.Connection, since: str) -> int:
    """The last number whose event does not end before a day: the numbers go by last days, those without any at the end."""
    low, high = 0, database.execute("select coalesce(max(n), 0) from days").fetchone()[0]
    while low < high:
        middle = (low + high + 1) // 2
        query = "select coalesce(date_to, date_from, '') >= ? from days where n = ?"
        fits = database.execute(query, (since, middle)).fetchone()[0]
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


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
