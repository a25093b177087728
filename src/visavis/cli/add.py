"""`visavis add`: structured facts and other people's event data into a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.console import print_json

_ADD = """Add a file of the field to a record: votes, alliances, igos, capabilities, trade, disputes, idealpoints, expulsions,
and events of icews, gdelt, polecat, plover.

CSV, TSV, Parquet, JSON Lines; gzip and zip are unpacked. A file with a wrong or shifted column is refused as a whole, with the line and
the form that was expected. Adding a file twice adds nothing.

Examples:

  visavis add votes UNVotes.csv --record my-record

  visavis add gdelt 20240301.export.CSV.zip --record my-record

  visavis add trade Dyadic_COW_4.0.csv --record my-record --licence "free with citation" --json
"""


def register(app: typer.Typer) -> None:
    """Add `add` to the command line."""
    app.command("add", help=_ADD)(add)


def add(
    kind: Annotated[str, typer.Argument(help="What the file holds.", metavar="KIND")],
    file: Annotated[Path, typer.Argument(help="The file.", metavar="FILE")],
    record: Annotated[Path, typer.Option("--record", "-r", help="The folder of the record; made when there is none.")],
    rollcalls: Annotated[
        Path | None, typer.Option(help="For votes without session: a file with rcid and session or date.")
    ] = None,
    licence: Annotated[str, typer.Option(help="The licence of the data, kept with every row of facts.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a sentence.")] = False,
) -> None:
    from visavis.store.imports.load import add_file

    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        if sys.stderr.isatty():
            typer.echo(f"\r{done:,} rows", err=True, nl=False)

    added = add_file(kind, file, record, licence, progress, rollcalls)
    if json:
        print_json({"table": added.table, "read": added.read, "new": added.new, "left_out": added.left_out})
    else:
        typer.echo(
            f"{added.read:,} rows read, {added.new:,} new in {added.table}, {added.left_out:,} left out (state unknown or value missing)."
        )
