"""`visavis recode`: code a record anew, with another lexicon or a newer coder, and see what that changes."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, progress_bar


def register(app: typer.Typer) -> None:
    """Add `recode` to the command line."""
    app.command("recode")(recode)


def recode(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    lexicon: Path | None = typer.Option(None, help="A lexicon folder in place of the shipped one."),
    parser: str = typer.Option("", help="Another installed English spaCy pipeline."),
    workers: int = typer.Option(1, "--workers", "-w", min=1, help="Processes that code."),
    as_json: bool = typer.Option(False, "--json", help="Print the difference as JSON."),
) -> None:
    """Code every article of a record anew and show what differs from the run before; reviews stay, those that fit no more are open.

    Examples:

      visavis recode my-record

      visavis recode my-record --lexicon my-lexicon --workers 2

      visavis recode my-record --json > difference.json
    """
    from visavis.cli.diff import as_plain, show_diff
    from visavis.run import Settings
    from visavis.run.recode import recode as again

    settings = Settings(
        workers=workers, parser=parser or Settings().parser, lexicon=None if lexicon is None else str(lexicon)
    )
    with progress_bar(as_json) as progress:
        done = again(record, settings, progress)
    opened = [row for row in done.summary.record.rows("reviews") if row.state == "open"]
    if as_json:
        print_json({**(as_plain(done.diff) if done.diff else {}), "open": [row.review_id for row in opened]})
        return
    if done.diff is not None:
        show_diff(done.diff, str(record))
    if opened:
        typer.echo(f"{len(opened)} reviews fit nothing now: visavis review {record} --open")
