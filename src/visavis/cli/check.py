"""`visavis check`: proof that a record is consistent."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add `check` to the command line."""
    app.command("check")(check)


def check(
    record: Path = typer.Argument(..., help="The record's folder."),
    run: str = typer.Option("", help="The run (id or number) to check; the last when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
) -> None:
    """Look up every id, offset and reference of a record again; exit 1 when something does not hold.

    Examples:

      visavis check my-record

      visavis check my-record --run 3

      visavis check my-record --json
    """
    from visavis.store import Record
    from visavis.store.check import check as look

    found = look(Record.open(record, run or None))
    if as_json:
        print_json([{"table": f.table, "row": f.row_id, "problem": f.problem} for f in found])
    elif found:
        print_table(
            f"{record}: {len(found)} findings",
            ("table", "row", "problem"),
            [(f.table, f.row_id, f.problem) for f in found],
        )
    else:
        typer.echo(f"{record} is consistent.")
    if found:
        raise typer.Exit(1)
