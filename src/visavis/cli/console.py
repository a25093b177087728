"""What commands share: tables on standard output, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from visavis.run import Progress

# The characters that a column needs to be legible, and the most that are shown of a value where a row is shown as a list.
_LEGIBLE, _LONGEST = 12, 600


def say(words: str, err: bool = False) -> None:
    """A line on standard output, or on standard error, without the control characters that pages may have put into it."""
    from visavis.store.plain import without_controls

    typer.echo(without_controls(words), err=err)


def print_json(value: Any) -> None:
    """The value as one indented JSON document on standard output."""
    typer.echo(plain_json(value, indent=1))


def plain_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON that no terminal obeys: control characters and bidirectional overrides are written as `\\u202e`."""
    import json

    from visavis.store.plain import escaped_json

    told = json.dumps(value, indent=indent, ensure_ascii=False)
    return escaped_json(told.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on standard output: numbers to the right, text without control characters, as wide as the terminal. Where that leaves
    too little for a column, each row becomes a table of its own, a line for each column."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 120)
    if title:
        console.print(_safe(title), markup=False, highlight=False)
    widths = [
        min(_LEGIBLE, max(map(len, (name, *(_word(row[at]) for row in rows))))) for at, name in enumerate(columns)
    ]
    if not rows or sum(widths) + 3 * len(columns) + 1 <= console.width:
        console.print(_table(columns, rows))
        return
    for number, row in enumerate(rows, start=1):
        console.print(f"row {number:,} of {len(rows):,}", markup=False, highlight=False, style="bold")
        console.print(_lines(columns, row))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """A line for each row."""
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for at, name in enumerate(columns):
        number = bool(rows) and all(isinstance(row[at], int | float) for row in rows)
        table.add_column(Text(_safe(name)), justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_safe(_word(value))) for value in row))
    return table


def _lines(columns: Sequence[str], row: Sequence[object]) -> Table:
    """A line for each column of one row; long values are cut, which is said."""
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in zip(columns, row, strict=True):
        told = _safe(_word(value))
        cut = f" ... ({len(told):,} characters)" if len(told) > _LONGEST else ""
        table.add_row(Text(_safe(name), "dim"), Text(told[:_LONGEST] + cut))
    table.add_row("", "")
    return table


def _safe(words: str) -> str:
    from visavis.store.plain import without_controls

    return without_controls(words)


@contextmanager
def progress_bar(quiet: bool = False) -> Iterator[Progress]:
    """A listener that draws the passes of a run on standard error, when that is a terminal."""
    from visavis.run import Silent

    if quiet or not sys.stderr.isatty():
        yield Silent()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as drawn:
        yield _Bars(drawn)


class _Bars:
    """One bar for each pass."""

    def __init__(self, drawn: Any) -> None:
        self._drawn = drawn
        self._task: Any = None
        self._total: int | None = None
        self._done = 0

    def start(self, name: str, total: int | None) -> None:
        """End the bar before, and begin one."""
        if self._task is not None and self._total is None:
            self._drawn.update(self._task, total=self._done)
        self._task, self._total, self._done = self._drawn.add_task(name, total=total), total, 0

    def advance(self, count: int) -> None:
        """Move the bar on."""
        self._done += count
        self._drawn.advance(self._task, count)


def _word(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if abs(value) >= 10_000 else str(value)  # four digits may be a year
    return "" if value is None else str(value)
