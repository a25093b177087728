"""`visavis upgrade`: a record of an older form brought up, with a copy kept."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json


def register(app: typer.Typer) -> None:
    """Add `upgrade` to the command line."""
    app.command("upgrade")(upgrade)


def upgrade(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    as_json: bool = typer.Option(False, "--json", help="Print what was done as JSON."),
) -> None:
    """Bring a record that an older version wrote to the form of this one; the folder as it was is kept beside it as DIR.form-N.

    Examples:

      visavis upgrade my-record

      visavis upgrade my-record --json

      visavis upgrade my-record && visavis check my-record
    """
    from visavis.store import Record

    done = Record.open(record).upgrade()
    if as_json:
        print_json({"before": done.before, "after": done.after, "copy": None if done.copy is None else str(done.copy)})
    elif done.copy is None:
        typer.echo(f"{record} has the form {done.after} of this version: nothing to do.")
    else:
        typer.echo(f"{record} was brought from form {done.before} to {done.after}; as it was, it lies in {done.copy}")
