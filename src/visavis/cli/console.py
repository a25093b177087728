"""What commands share: tables on standard output, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from visavis.run import Progress


def print_json(value: Any) -> None:
    """The value as one indented JSON document on standard output."""
    import json

    typer.echo(json.dumps(value, indent=1, ensure_ascii=False))


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on standard output: numbers to the right, text escaped, as wide as the terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(header_style="bold")
    for at, name in enumerate(columns):
        number = bool(rows) and all(isinstance(row[at], int | float) for row in rows)
        table.add_column(name, justify="right" if number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(_word(value)) for value in row))
    console = Console(width=None if sys.stdout.isatty() else 120)
    if title:
        console.print(title, markup=False, highlight=False)
    console.print(table)


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
        return f"{value:,}"
    return "" if value is None else str(value)
