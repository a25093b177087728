"""`visavis check`: proof that a record is consistent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from visavis.cli.console import print_json, print_table
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.store.check import Finding


def register(app: typer.Typer) -> None:
    """Add `check` to the command line."""
    app.command("check")(check)


def check(
    record: Path = typer.Argument(..., help="The record's folder."),
    run: str = typer.Option("", help="The run (id or number) to check; the last when left out."),
    mend: bool = typer.Option(False, "--mend", help="Restore from the kept pages what can be restored."),
    vacuum: bool = typer.Option(False, "--vacuum", help="Delete files that no run needs; every run stays readable."),
    lexicon: Path | None = typer.Option(
        None, help="With --mend: the lexicon of your own that the record was coded with."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
) -> None:
    """Look up every id, offset and reference of a record again; exit 1 when something does not hold (with --mend: still does not).

    Examples:

      visavis check my-record

      visavis check my-record --run 3 --json

      visavis check my-record --mend --vacuum
    """
    from visavis.store import Record
    from visavis.store.check import check as look

    if run and (mend or vacuum):
        raise InputError("An old run cannot be changed.", "Leave --run out.")
    found = _mended(record, lexicon) if mend else look(Record.open(record, run or None))
    if vacuum:
        with Record.open(record).writer() as writer:
            gone = writer.vacuum()
            writer.finish("vacuum", settings={})
        typer.echo(f"{gone} files deleted.", err=True)
    _show(record, found, as_json)


def _mended(record: Path, lexicon: Path | None) -> list[Finding]:
    """What is wrong after all has been mended that can be."""
    from visavis.run import Settings
    from visavis.run.mend import mend

    before, after = mend(record, Settings(lexicon=None if lexicon is None else str(lexicon)))
    typer.echo(f"{len(before)} findings, {len(after)} after mending.", err=True)
    return after


def _show(record: Path, found: list[Finding], as_json: bool) -> None:
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
