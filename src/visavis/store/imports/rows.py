"""Reading a table that somebody else made: plain or gzipped CSV and TSV line by line, Parquet batch by batch, both with line numbers.

A wrong file is refused where it goes wrong: with its name, the line and the form that was expected.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeVar

from visavis.errors import InputError

Row = Mapping[str, str]
T = TypeVar("T")
# What the field writes for "no value": the empty cell, R's NA, Stata's dot, COW's -9.
MISSING = frozenset({"", "NA", ".", "NaN", "nan", "None", "-9", "-9.0"})
_BATCH = 20_000
_BLOCK = 1 << 20  # bytes
# How many names more than columns a loose header may have.
_EXCESS_NAMES = 3


@contextmanager
def open_bytes(path: Path) -> Iterator[IO[bytes]]:
    """The file as valid UTF-8 without its mark, whatever a line of it was written in; gzip and zip by their first bytes.

    Raises InputError when it cannot be read.
    """
    try:
        with _unpacked(path) as raw, io.BufferedReader(_Mixed(raw), _BLOCK) as found:  # type: ignore[type-var]
            yield found
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} cannot be read ({why}).", "Give the path of a file.") from error


@contextmanager
def open_text(path: Path) -> Iterator[io.TextIOBase]:
    """The file as text lines; UTF-8 (with or without its mark), else ISO 8859-1 per line; gzip and zip by their first bytes.

    Raises InputError when it cannot be read.
    """
    with open_bytes(path) as raw:
        yield io.TextIOWrapper(raw, encoding="utf-8", newline="")


def _unpacked(path: Path) -> IO[bytes] | gzip.GzipFile:
    with path.open("rb") as probe:
        mark = probe.read(2)
    if mark == b"\x1f\x8b":
        return gzip.open(path, "rb")
    if mark == b"PK":
        archive = zipfile.ZipFile(path)
        return archive.open(archive.namelist()[0])
    return path.open("rb")


class _Mixed(io.RawIOBase):
    """Bytes as valid UTF-8: a line that is none is read as ISO 8859-1, as POLECAT and older COW files need it."""

    def __init__(self, raw: IO[bytes] | gzip.GzipFile) -> None:
        self._raw = raw
        self._rest = memoryview(raw.read(_BLOCK).removeprefix(b"\xef\xbb\xbf") + raw.readline())
        self._rest = memoryview(_as_utf8(bytes(self._rest)))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = memoryview(_as_utf8(self._raw.read(_BLOCK) + self._raw.readline()))
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _as_utf8(block: bytes) -> bytes:
    """Whole lines as UTF-8."""
    try:
        block.decode("utf-8")
        return block
    except UnicodeDecodeError:
        return b"".join(_line_as_utf8(line) for line in block.splitlines(keepends=True))


def _line_as_utf8(line: bytes) -> bytes:
    try:
        line.decode("utf-8")
        return line
    except UnicodeDecodeError:
        return line.decode("iso-8859-1").encode("utf-8")


def table_rows(
    path: Path, delimiter: str | None = None, quoted: bool = True, loose: bool = False, folded: bool = False
) -> Iterator[tuple[int, Row]]:
    """(line number, {column: text}) of a CSV, TSV (told by its header) or Parquet file. Missing cells are "".

    Without `quoted` a quotation mark is a letter like others. `loose` lets excess names and columns without name pass as long as
    nothing stands in them. `folded` gives the names in lower case. Raises InputError for a file without header, and for a line with
    more or fewer cells than it.
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        yield from _parquet_rows(path, folded)
        return
    with open_text(path) as text:
        header = text.readline()
        mark = delimiter or _delimiter(header)
        names = [_folded(name, folded) for name in next(csv.reader([header], delimiter=mark), [])]
        _check_header(path, names)
        for line, cells in enumerate(
            csv.reader(text, delimiter=mark, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE), start=2
        ):
            if not cells:
                continue
            if loose:
                cells = _fitted(cells, len(names))
            if len(cells) != len(names):
                raise wrong(path, line, f"{len(cells)} cells", f"{len(names)}, as the header has")
            yield line, dict(zip(names, cells, strict=True))


def _fitted(cells: list[str], size: int) -> list[str]:
    """The cells without empty ones past the header's end, or with empty ones for names that have no column."""
    while len(cells) > size and not cells[-1].strip():
        cells = cells[:-1]
    return cells + [""] * (size - len(cells)) if len(cells) >= size - _EXCESS_NAMES else cells


def _delimiter(header: str) -> str:
    return max("\t;,", key=header.count)


def _check_header(path: Path, names: Sequence[str]) -> None:
    if not any(name.strip() for name in names):
        raise InputError(f"{path} is empty.", "Give a table with a header line.")
    double = {name for name in names if names.count(name) > 1 and name}
    if double:
        raise wrong(path, 1, f"the column {min(double)!r} twice", "each column once")


def _folded(name: str, folded: bool) -> str:
    return name.strip().lower() if folded else name.strip()


def _parquet_rows(path: Path, folded: bool) -> Iterator[tuple[int, Row]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        line = 1
        for batch in pq.ParquetFile(path).iter_batches(_BATCH):
            names = [_folded(name, folded) for name in batch.schema.names]
            columns = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
            for values in zip(*columns, strict=True):
                line += 1
                yield line, dict(zip(names, values, strict=True))
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} cannot be read ({str(error).splitlines()[0]}).", "Give a Parquet file.") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def wrong(path: Path, line: int, met: str, expected: str) -> InputError:
    """The error for a cell or line that is not as it must be: file, line, what was met, what was expected."""
    return InputError(f"{path.name}, line {line}: {met}.", f"Expected: {expected}.")


def columns_named(row: Row) -> dict[str, str]:
    """{name in lower case: the column's own name}."""
    return {name.strip().lower(): name for name in row}


def plain_id(text: str) -> str:
    """A code or number as it is compared: "365.0" is 365."""
    return text.strip().removesuffix(".0")


def need(path: Path, row: Row, *names: str) -> None:
    """Raise InputError unless the row's table has these columns."""
    lacking = [name for name in names if name not in row]
    if lacking:
        raise InputError(
            f"{path.name} has no column {', '.join(repr(name) for name in lacking)}.",
            f"It has {', '.join(list(row)[:12])}.",
        )


def number(path: Path, line: int, row: Row, name: str, low: float = -1e300, high: float = 1e300) -> float | None:
    """The number in a cell, None for a missing one; raises InputError for text and for a number out of low..high."""
    text = row[name].strip()
    if text in MISSING:
        return None
    found = _parse(float, text)
    if found is None or not low <= found <= high:
        raise wrong(path, line, f"{name} is {text!r}", f"a number from {low:g} to {high:g}")
    return found


def whole(path: Path, line: int, row: Row, name: str, low: int, high: int) -> int:
    """The whole number in a cell ("365" or "365.0"); raises InputError for anything else, a missing one too."""
    found = _parse(float, row[name].strip())
    if found is None or not found.is_integer() or not low <= found <= high:
        raise wrong(path, line, f"{name} is {row[name]!r}", f"a whole number from {low} to {high}")
    return int(found)


def _parse(kind: Callable[[str], T], text: str) -> T | None:
    try:
        return kind(text)
    except ValueError:
        return None
