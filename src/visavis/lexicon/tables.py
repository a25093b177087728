"""The rows of the lexicon's tables: CSV with a header, `#` comment lines, and lists separated by `|`."""

from __future__ import annotations

import csv
from pathlib import Path

from msgspec import Struct

from visavis.errors import LexiconError


class Row(Struct, frozen=True):
    """One line of a table: its cells by column name and where it stands (`file:line`)."""

    cells: dict[str, str]
    where: str

    def one(self, column: str) -> str:
        """The cell, stripped; "" when it is empty or the table has no such column."""
        return self.cells.get(column, "")

    def many(self, column: str) -> tuple[str, ...]:
        """The cell's list, split at `|`, without empty items."""
        cell = self.cells.get(column, "")
        return tuple(item.strip() for item in cell.split("|") if item.strip()) if cell else ()


def read_table(path: Path, required: tuple[str, ...] = ()) -> list[Row]:
    """The rows of `path` in file order. Raises LexiconError on a file that is not UTF-8, a column that is missing or a ragged line."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(f"{path.name}: cannot be read as UTF-8 text ({error}).") from error
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        return []
    parsed = list(csv.reader([line for _, line in numbered]))
    header = [name.strip() for name in parsed[0]]
    missing = [name for name in required if name not in header]
    if missing:
        raise LexiconError(f"{path.name}: the header lacks {', '.join(missing)}.", f"It has {', '.join(header)}.")
    rows = []
    for (number, _), cells in zip(numbered[1:], parsed[1:], strict=False):
        if len(cells) != len(header):
            raise LexiconError(
                f"{path.name}:{number}: {len(cells)} cells where the header has {len(header)}.",
                "Quote a cell that holds a comma.",
            )
        rows.append(Row(dict(zip(header, map(str.strip, cells), strict=True)), f"{path.name}:{number}"))
    return rows
