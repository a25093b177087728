"""`visavis export`: tables out of the record."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add `export` to the command line."""
    app.command("export")(export)


def export(
    record: Path = typer.Argument(..., help="The record's folder."),
    out: Path = typer.Option(..., "--out", "-o", help="The folder to write into."),
    form: str = typer.Option("jsonl", "--as", help="jsonl, csv or parquet."),
    tables: list[str] = typer.Option([], "--table", help="Only this table; may be repeated."),
    run: str = typer.Option("", help="The run (id or number) to export; the last when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Write the record's tables as files, one per table: OUT/articles.jsonl, OUT/events.jsonl ...

    Two records that hold the same give the same files, byte for byte. In CSV, text that a spreadsheet would run as a formula is
    led by an apostrophe.

    Examples:

      visavis export my-record --out files

      visavis export my-record --out sheets --as csv --table events --table stories

      visavis export my-record --out lake --as parquet --run 3
    """
    from visavis.store import Record
    from visavis.store.export import export as write

    written = write(Record.open(record, run or None), out, form, tables)
    if as_json:
        print_json({str(out / name): count for name, count in written.items()})
    else:
        print_table(f"Written to {out}", ("file", "rows"), list(written.items()))
