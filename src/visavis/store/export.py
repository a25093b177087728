"""Tables out of the record, as files that others read: JSON Lines, CSV, Parquet.

One file per table, rows in the order of their ids, without the columns that are exempt by nature (when and from where a page was
fetched). So two records that hold the same are the same files, byte for byte.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from visavis.errors import QueryError, RecordError
from visavis.store.plain import escaped_json, neutral, without_controls
from visavis.store.query import VIEWS
from visavis.store.record import Record
from visavis.store.tables import TABLES, facts, keep

# Tables that a record need not have: written only when they hold something.
_OPTIONAL = {table.name for table in (*facts.TABLES, *keep.TABLES)}


def write_jsonl(table: pa.Table, path: Path) -> None:
    """One JSON object a line, keys in the order of the columns; structs and maps are objects, lists arrays."""
    encoder = msgspec.json.Encoder()
    with path.open("wb") as out:
        for row in rows_of(table):
            out.write(escaped_json(encoder.encode(row)))
            out.write(b"\n")


def write_csv(table: pa.Table, path: Path) -> None:
    """RFC 4180: a header and one line a row; nested values as JSON; text that a spreadsheet would run is led by an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(csv_lines(table.column_names, (list(row.values()) for row in rows_of(table))))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file as `write_csv` writes them: the header, then the rows."""
    writer = csv.writer(_Echo())
    yield writer.writerow([_cell(name) for name in columns])
    for row in rows:
        yield writer.writerow([_cell(value) for value in row])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def write_parquet(table: pa.Table, path: Path) -> None:
    """One Parquet file, zstd-compressed."""
    pq.write_table(table, path, compression="zstd")


FORMATS: dict[str, Callable[[pa.Table, Path], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "parquet": write_parquet,
}


def export(record: Record, out: str | Path, form: str = "jsonl", names: Sequence[str] = ()) -> dict[str, int]:
    """Write the record's tables (all, or those named) into the folder `out`: {file name: rows}.

    Raises QueryError for an unknown format or table, RecordError when the folder cannot be written.
    """
    if form not in FORMATS:
        raise QueryError(f"There is no format {form!r} of tables.", f"Formats: {', '.join(FORMATS)}.")
    folder, written = Path(out), {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names or _usual():
            table = _fit(record, name)
            if len(table) or names or name not in _OPTIONAL:
                FORMATS[form](table, folder / f"{name}.{form}")
                written[f"{name}.{form}"] = len(table)
    except OSError as error:
        raise RecordError(f"{folder} cannot be written ({error.strerror}).", "Give a folder that is yours.") from error
    return written


def rows_of(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows as plain dictionaries; maps become dictionaries too."""
    maps = [field.name for field in table.schema if pa.types.is_map(field.type)]
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            for name in maps:
                row[name] = None if row[name] is None else dict(row[name])
            yield row


def _usual() -> list[str]:
    return [name for name, table in TABLES.items() if table.exported] + list(VIEWS)


def _fit(record: Record, name: str) -> pa.Table:
    table = record.table(name)
    return table.drop_columns(list(TABLES[name].leave_out)) if name in TABLES else table


def _cell(value: object) -> object:
    if isinstance(value, str):
        return without_controls(neutral(value))
    if isinstance(value, list | dict | bytes):
        return escaped_json(msgspec.json.encode(value)).decode()
    return value
