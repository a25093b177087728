"""The tables of a record: one explicit list, grouped by file. Meanings and units stand in `columns.csv` beside this file."""

from __future__ import annotations

from visavis.errors import QueryError
from visavis.store.tables import facts, keep, runs, text
from visavis.store.tables.table import Table

__all__ = ["TABLES", "Table", "table"]

TABLES: dict[str, Table] = {t.name: t for t in (*text.TABLES, *runs.TABLES, *facts.TABLES, *keep.TABLES)}


def table(name: str) -> Table:
    """The table called `name`; raises QueryError that lists the known ones."""
    if name not in TABLES:
        raise QueryError(f"There is no table {name!r} in a record.", f"Tables: {', '.join(TABLES)}.")
    return TABLES[name]
