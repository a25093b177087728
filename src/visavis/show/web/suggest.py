"""What somebody who asked for an unknown address may have meant."""

from __future__ import annotations

import re

from fastapi import Request
from msgspec import Struct
from rapidfuzz import process

from visavis.errors import VisavisError
from visavis.show.find import KINDS
from visavis.show.names import names
from visavis.show.web.html import href
from visavis.show.web.library import Library
from visavis.store import TABLES, Record

# The pages that need no more than their name.
_PAGES = (
    "events",
    "stories",
    "actors",
    "network",
    "map",
    "timeline",
    "scenarios",
    "report",
    "record",
    "reviews",
    "watches",
    "diff",
    "sql",
)
# Pages of one thing, and the lists that lead to it.
_ONE = {"event": "events", "story": "stories", "dyad": "actors", "actor": "actors"}
_SHOWN = {"events": "event", "stories": "story"}
# How alike (0..100) a name must be to be suggested.
_ALIKE = 60.0
_PAGE_ALIKE = 70.0
_MOST = 4


class Link(Struct, frozen=True):
    """An address and what stands there."""

    href: str
    words: str


def near(request: Request) -> tuple[Link, ...]:
    """Addresses near the one asked for: ids with the same beginning, actors with similar names, pages with similar words."""
    library: Library = request.app.state.library
    path = re.sub(r"\.(json|csv)$", "", request.url.path)
    parts = [part for part in path.split("/") if part][:4]
    found: list[Link] = _named(parts[0]) if len(parts) == 1 else []
    try:
        record = library.at(request.query_params.get("run")).record
        for part in parts[1:] or ([] if found else parts):
            found += _ids(record, part) if re.fullmatch(r"[0-9a-fA-F]{4,16}", part) else _actors(part)
    except VisavisError:
        found = []
    if parts and not found:
        found = _named(parts[0])
    return tuple(dict.fromkeys(found))[:_MOST] or (Link("/", "The front page"), Link("/events", "All events"))


def _named(word: str) -> list[Link]:
    """Pages with a name like the word."""
    alike = process.extract(word.casefold(), (*_PAGES, *_ONE), limit=2, score_cutoff=_PAGE_ALIKE)
    return [Link(href(_ONE.get(name, name)), f"/{_ONE.get(name, name)}") for name, _, _ in alike]


def _ids(record: Record, part: str) -> list[Link]:
    found = []
    for table in _SHOWN:
        key = TABLES[table].key
        for length in (len(part), 4, 2):
            rows = record.sql(
                f"select {key} from {table} where starts_with({key}, $begin) order by 1 limit 3",
                {"begin": part[:length].lower()},
            )
            if len(rows):
                ids = rows.column(0).to_pylist()
                found += [Link(href(_SHOWN[table], one), f"{KINDS[table].capitalize()} {one}") for one in ids]
                break
    return found


def _actors(part: str) -> list[Link]:
    known = names()
    if part.upper() in known:
        return [Link(href("actor", part.upper()), known[part.upper()])]
    alike = process.extract(part, known, limit=3, score_cutoff=_ALIKE)
    codes = process.extract(part.upper(), list(known), limit=2, score_cutoff=_ALIKE)
    wanted = [code for _, _, code in alike] + [code for code, _, _ in codes]
    return [Link(href("actor", code), f"{known[code]} ({code})") for code in dict.fromkeys(wanted)]
