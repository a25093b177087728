"""`visavis datasheet`: what a record was read from, how far it covers, and how good it is."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, say


def register(app: typer.Typer) -> None:
    """Add `datasheet` to the command line."""
    app.command("datasheet")(datasheet)


def datasheet(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    run: str = typer.Option("", help="The run (id or number); the last when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print it as JSON in place of Markdown."),
) -> None:
    """Print the datasheet of a record: sources, coverage per outlet and day, languages, what was left out, coder, accuracy.

    Examples:

      visavis datasheet my-record > datasheet.md

      visavis datasheet my-record --json

      visavis datasheet my-record --run 3
    """
    from visavis.store import Record
    from visavis.store.keep.datasheet import datasheet_markdown

    sheet = Record.open(record, run or None).datasheet()
    if as_json:
        print_json(sheet)
    else:
        say(datasheet_markdown(sheet))
