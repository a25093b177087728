"""`visavis merge`: records that were read apart become one."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table, progress_bar


def register(app: typer.Typer) -> None:
    """Add `merge` to the command line."""
    app.command("merge")(merge)


def merge(
    records: list[Path] = typer.Argument(..., help="The records to take from."),
    into: Path = typer.Option(..., "--into", "-i", help="The record to merge into; made when it is not there."),
    workers: int = typer.Option(1, "--workers", "-w", min=1, help="How many code what has to be coded anew."),
    lexicon: Path | None = typer.Option(
        None, help="The folder with a lexicon of your own that the records were read with."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Merge RECORDS into one that equals a record which read all their pages at once.

    Safe to repeat: a row that is there stays. The records themselves are not changed.

    Examples:

      visavis merge part-1 part-2 --into whole

      visavis merge monday tuesday wednesday --into week --workers 2

      visavis merge part-* --into whole --json
    """
    from visavis.run import Settings
    from visavis.run.merge import merge as join

    settings = Settings(workers=workers, lexicon=None if lexicon is None else str(lexicon))
    with progress_bar(as_json) as progress:
        summary = join(records, into, settings, progress=progress)
    if as_json:
        print_json({"record": str(into), "run": summary.run.run_id, "total": summary.total, "added": summary.added})
    else:
        rows = [(name, count, summary.added[name]) for name, count in summary.total.items()]
        print_table(f"{into}, run {summary.run.number} ({summary.run.run_id})", ("table", "rows", "new"), rows)
