"""Tables beside a scenario, read with an error that names the file and what is wrong with it."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visavis.reason.form import Form


def find_file(form: Form, key: str) -> Path:
    """The file that the words under `key` name, relative to the scenario's folder; raises ScenarioError when there is none."""
    name = form.text(key)
    path = locate(form.book.folder, name)
    if path is None:
        form.fail(
            f"there is no file {name!r}.", key, "It is looked for in the scenario's own folder, then in the one above."
        )
    return path


def locate(folder: Path, name: str) -> Path | None:
    """The file of that name in the scenario's folder or the one above it; None when neither has it."""
    return next((path for path in (folder / name, folder.absolute().parent / name) if path.is_file()), None)


def read_lines(form: Form, path: Path) -> list[list[str]]:
    """The cells of a CSV file (or CSV.GZ), blank lines left out, cells stripped."""
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        form.fail(f"{path.name} cannot be read ({error}).", None, "It must be a CSV in UTF-8, or the same with .gz.")
    rows = ([cell.strip() for cell in row] for row in csv.reader(io.StringIO(text)))
    return [row for row in rows if any(row)]


def read_rows(form: Form, path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file as {column: cell}; raises ScenarioError when one of `columns` is missing."""
    rows = read_lines(form, path)
    head = rows[0] if rows else []
    for column in columns:
        if column not in head:
            form.fail(f"{path.name} has no column {column!r}.", None, f"Its columns: {', '.join(head)}.")
    return [dict(zip(head, row, strict=False)) | {"": ""} for row in rows[1:]]


def number_in(form: Form, path: Path, cell: str, where: str) -> float:
    """The number in a cell; raises ScenarioError with file and place."""
    try:
        return float(cell)
    except ValueError:
        form.fail(f"{path.name}, {where}: {cell!r} is not a number.")
