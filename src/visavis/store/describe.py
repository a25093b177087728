"""What every table and column means, for documentation, pages and data sheets. The words stand in `tables/columns.csv`."""

from __future__ import annotations

import csv
import inspect
from importlib.resources import files

from msgspec import Struct

from visavis.store import schema
from visavis.store.query import VIEWS
from visavis.store.tables import TABLES


class Column(Struct, frozen=True, kw_only=True):
    """A column: its type in words, its unit ("" where it has none), its meaning."""

    table: str
    name: str
    type: str
    unit: str
    meaning: str


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table or view in their order; a column without a meaning has "" there."""
    known = {row["column"]: row for row in _rows() if row["table"] == table}
    hints = schema.fields(TABLES[table].row) if table in TABLES else dict.fromkeys(known)
    return tuple(
        Column(
            table=table,
            name=name,
            type="" if hint is None else schema.type_name(hint),
            unit=known[name]["unit"] if name in known else "",
            meaning=known[name]["meaning"] if name in known else "",
        )
        for name, hint in hints.items()
    )


def one_row(table: str) -> str:
    """What one row of a table is: the first sentence of its Struct's docstring."""
    if table in VIEWS:
        return "What a series has to be divided by (a view)."
    return (inspect.getdoc(TABLES[table].row) or "").partition("\n\n")[0].replace("\n", " ").partition(". ")[0].rstrip(
        "."
    ) + "."


def unknown() -> list[str]:
    """Rows of `columns.csv` that describe no column that is there."""
    there = {(name, field) for name, table in TABLES.items() for field in table.schema.names}
    rows = [(row["table"], row["column"]) for row in _rows() if row["table"] not in VIEWS]
    return [f"{table}.{column}" for table, column in rows if (table, column) not in there]


def _rows() -> list[dict[str, str]]:
    text = files("visavis.store.tables").joinpath("columns.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
