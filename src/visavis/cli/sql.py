"""`visavis sql`: a read-only question to the record."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table
from visavis.errors import InputError


def register(app: typer.Typer) -> None:
    """Add `sql` to the command line."""
    app.command("sql")(sql)


def sql(
    record: Path = typer.Argument(..., help="The record's folder."),
    query: str = typer.Argument(..., help="One SELECT in DuckDB's dialect; DESCRIBE and SHOW TABLES work too."),
    run: str = typer.Option("", help="The run (id or number) to ask; the last when left out."),
    rows: int = typer.Option(10_000, min=1, help="Give up when the answer is longer."),
    seconds: float = typer.Option(60.0, min=0.1, help="Give up when it takes longer."),
    as_json: bool = typer.Option(False, "--json", help="Print the rows as JSON."),
    as_csv: bool = typer.Option(False, "--csv", help="Print the rows as CSV, harmless in a spreadsheet."),
) -> None:
    """Ask the record in SQL. Nothing but the record's own tables can be read, and nothing written.
    More columns than fit are shown row by row, long values cut; JSON and CSV hold everything.

    Examples:

      visavis sql my-record "show tables"

      visavis sql my-record "select type, count(*) n from events group by type order by n desc"

      visavis sql my-record "select outlet, day, articles from coverage" --csv
    """
    from visavis.store import Limits, Record
    from visavis.store.export import csv_lines, rows_of

    if as_json and as_csv:
        raise InputError("--json and --csv exclude each other.", "Give one of them.")
    answer = Record.open(record, run or None).sql(query, limits=Limits(rows=rows, seconds=seconds))
    found = list(rows_of(answer))
    if as_csv:
        for line in csv_lines(answer.column_names, (list(row.values()) for row in found)):
            typer.echo(line, nl=False)
    elif as_json:
        print_json([{name: _plain(value) for name, value in row.items()} for row in found])
    else:
        print_table("", answer.column_names, [[_short(value) for value in row.values()] for row in found])


def _plain(value: object) -> object:
    """What JSON can hold: bytes as hexadecimal, dates and decimals as text."""
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, str | int | float | list | dict | None) else str(value)


def _short(value: object) -> object:
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return value if isinstance(value, str | int | float | None) else str(value)
