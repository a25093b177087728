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
    against: list[str] = typer.Option([], help="The pages that a published record was made from; may be repeated."),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
) -> None:
    """Look up every id, offset and reference of a record again; exit 1 when something does not hold (with --mend: still does not).

    With --against, the folder is a record published without texts: its pages are read again from your copies, and every span's hash
    is compared.

    Examples:

      visavis check my-record

      visavis check my-record --run 3 --json

      visavis check my-record --mend --vacuum

      visavis check published --against pages/ --against dumps/
    """
    from visavis.store import Record
    from visavis.store.check import check as look
    from visavis.store.check import untold
    from visavis.store.mark import FORMAT

    if against:
        _against(record, against, as_json)
        return
    if run and (mend or vacuum):
        raise InputError("An old run cannot be changed.", "Leave --run out.")
    found = _mended(record, lexicon) if mend else look(Record.open(record, run or None))
    if vacuum:
        with Record.open(record).writer() as writer:
            gone = writer.vacuum()
            writer.finish("vacuum", settings={})
        typer.echo(f"{gone} files deleted.", err=True)
    if aside := untold(Record.open(record, run or None)):
        typer.echo(aside, err=True)
    _show(record, found, as_json)
    if (form := Record.open(record).form) != FORMAT:
        typer.echo(f"It has the form {form} of an older Visavis: visavis upgrade {record}", err=True)


def _against(folder: Path, pile: list[str], as_json: bool) -> None:
    import msgspec

    from visavis.store.keep.against import check_against

    done = check_against(folder, pile)
    if as_json:
        print_json(msgspec.to_builtins(done))
    else:
        if done.findings:
            rows = [(f.table, f.row_id, f.problem) for f in done.findings]
            print_table(f"{folder}: {len(rows)} findings", ("table", "row", "problem"), rows)
        held = "all hold" if not done.findings else f"{len(done.findings)} do not hold"
        typer.echo(f"{folder}: {done.spans} spans of {done.articles} articles on {done.pages} pages compared; {held}.")
        if done.missing:
            typer.echo(f"{len(done.missing)} published pages are not in this pile (--json names them).")
        if done.taken:
            typer.echo(f"{done.taken} published pages were taken down: nothing of them can be compared.")
    if done.findings:
        raise typer.Exit(1)


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
