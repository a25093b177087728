"""Rows of the record by id: from the places that the index keeps, where it is made, else by asking the record, which reads all ids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from visavis.show.digest.read import reading
from visavis.show.search.build import index_path
from visavis.show.search.sql import CONDITIONS, TABLE_OF, id_of, key_of
from visavis.store import TABLES, Record

_ID = re.compile(r"[0-9a-f]{16}")
_PREFIX = re.compile(r"[0-9a-f]{1,16}")


def rows_of(record: Record, kind: str, keys: Iterable[str]) -> list[Any]:
    """The typed rows of a kind for some ids, in the order of their own ids; what is no id finds nothing. Kinds: event, article, story,
    page, happening by their own id; told (events) by their article or story; copy by either article; happened (happenings) by events."""
    wanted, table = sorted({key for key in keys if _ID.fullmatch(key)}), TABLE_OF[kind]
    if not wanted:
        return []
    index = index_path(record)
    if index.exists() and record.keeps_places(table):
        with reading(index) as database:
            query = f"select distinct row_at from places where kind = ? and key in ({', '.join('?' * len(wanted))})"
            found = database.execute(query, (kind, *map(key_of, wanted))).fetchall()
        return record.rows_at(table, [at for (at,) in found])
    named = CONDITIONS[kind].format(ids=", ".join(repr(key) for key in wanted))
    rows = record.sql(f"select * from {table} where {named} order by {TABLES[table].key}")
    return list(TABLES[table].from_arrow(rows))


def ids_with(record: Record, kind: str, prefix: str) -> list[str]:
    """The ids of a kind (event, article, story, page, happening) that begin with some hex digits, sorted."""
    if not _PREFIX.fullmatch(prefix):
        return []
    index, table = index_path(record), TABLE_OF[kind]
    if index.exists() and record.keeps_places(table):
        with reading(index) as database:
            ends = (key_of(prefix.ljust(16, digit)) for digit in "0f")
            query = "select distinct key from places where kind = ? and key between ? and ? order by key"
            return [id_of(key) for (key,) in database.execute(query, (kind, *ends))]
    key = TABLES[table].key
    found: list[str] = (
        record.sql(f"select {key} from {table} where {key} like '{prefix}%' order by 1").column(0).to_pylist()
    )
    return found
