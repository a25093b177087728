"""What a table is: a name, the Struct that one row is, and the column that names a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from msgspec import Struct

from visavis.store import schema


@dataclass(frozen=True)
class Table:
    """One table of the record.

    `row` is the Struct of one row as it is stored, `key` the column whose value names a row. `leave_out` are the columns that
    exports omit: those exempt by nature (when, from where) and those too big to print. `exported` is False for bookkeeping.
    """

    name: str
    row: type[Struct]
    key: str
    leave_out: tuple[str, ...] = ()
    exported: bool = True
    schema: pa.Schema = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", schema.arrow_schema(self.row))

    def id_of(self, row: Struct) -> str:
        """The value that names the row."""
        return str(getattr(row, self.key))

    def to_arrow(self, rows: Iterable[Any]) -> pa.Table:
        """The rows as an Arrow table in this table's schema."""
        found: Sequence[Any] = rows if isinstance(rows, list | tuple) else list(rows)
        return schema.to_arrow(self.row, found)

    def from_arrow(self, data: pa.Table) -> Iterator[Any]:
        """The rows of an Arrow table as Structs."""
        return schema.from_arrow(self.row, data)
