"""Ids may be given as unique prefixes; one that is not found is answered with what is near."""

from __future__ import annotations

import re

from rapidfuzz import distance, process

from visavis.errors import QueryError
from visavis.show.search import ids_with
from visavis.store import TABLES, Record

KINDS = {"events": "event", "stories": "story", "articles": "article", "pages": "page", "happenings": "happening"}
_PREFIX = re.compile(r"[0-9a-f]{1,16}")
# How many near ids a message names.
_NEAR = 3


def find_id(record: Record, table: str, given: str) -> str:
    """The one id in `table` that begins with `given`; raises QueryError that names the candidates, or what is near."""
    kind, key = KINDS[table], TABLES[table].key
    wanted = given.strip().lower()
    if not _PREFIX.fullmatch(wanted):
        raise QueryError(f"{given!r} is not an id.", f"Ids are up to 16 hex digits{_first(record, table, key)}.")
    found = ids_with(record, kind, wanted)
    if len(found) == 1 or wanted in found:
        return found[0]
    if found:
        more = " ..." if len(found) > _NEAR else ""
        raise QueryError(
            f"{given} begins {len(found)} {kind} ids.", f"Write more of it: {', '.join(found[:_NEAR])}{more}"
        )
    renamed = _ids(record, "aliases", "new_id", f"old_id like '{wanted}%'")
    if len(renamed) == 1 and (now := _ids(record, table, key, f"{key} = '{renamed[0]}'")):
        return now[0]
    raise QueryError(f"There is no {kind} {given} in this record.", _hint(record, table, key, wanted))


def _ids(record: Record, table: str, key: str, where: str) -> list[str]:
    ids: list[str] = record.sql(f"select {key} from {table} where {where} order by 1").column(0).to_pylist()
    return ids


def _hint(record: Record, table: str, key: str, wanted: str) -> str:
    for other, kind in KINDS.items():
        if other != table and ids_with(record, kind, wanted):
            verb = f"visavis show {kind} {wanted}" if kind in ("event", "story") else f"it is one of the {other}"
            return f"It names a row of {other}: {verb}."
    same = ids_with(record, KINDS[table], wanted[:2]) or _ids(record, table, key, "true")
    near = [found for found, _, _ in process.extract(wanted, same, scorer=distance.Levenshtein.distance, limit=_NEAR)]
    return f"Near: {', '.join(near)}." if near else f"The record holds no {table}."


def _first(record: Record, table: str, key: str) -> str:
    found = record.sql(f"select {key} from {table} order by 1 limit 1").column(0).to_pylist()
    return f", such as {found[0]}" if found else ""
