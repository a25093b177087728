"""`visavis publish`: a record without its texts, for others to check."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add `publish` to the command line."""
    app.command("publish")(publish)


def publish(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    out: Path = typer.Option(..., "--out", "-o", help="A new or empty folder."),
    quote: int = typer.Option(80, min=0, max=300, help="The longest piece of a text, in characters; 0 for none."),
    run: str = typer.Option("", help="The run (id or number) to publish; the last when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Write ids, spans, hashes and short quotes as a Frictionless data package with a datasheet: all of the record but its texts.

    Whoever has the pages can check it: visavis check OUT --against PILE.

    Examples:

      visavis publish my-record --out published

      visavis publish my-record --out published --quote 0

      visavis publish my-record --out published --run 3 --json
    """
    from visavis.store import Record

    written = Record.open(record, run or None).publish(out, quote)
    if as_json:
        print_json({str(out / name): rows for name, rows in written.items()})
    else:
        print_table(
            f"Published in {out}, quotes of at most {quote} characters", ("file", "rows"), list(written.items())
        )
        typer.echo(f"Check it: visavis check {out} --against PILE")
