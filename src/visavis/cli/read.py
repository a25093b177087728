"""`visavis read`: a pile becomes a record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from visavis.cli.console import print_json, print_table, progress_bar

if TYPE_CHECKING:
    from visavis.run import Summary


def register(app: typer.Typer) -> None:
    """Add `read` to the command line."""
    app.command("read")(read)


def read(
    pile: list[str] = typer.Argument(..., help="Files, folders, globs, URLs, feeds, WARC, JSONL; - is standard input."),
    record: Path = typer.Option(..., "--record", "-r", help="The record's folder; made when it is not there."),
    workers: int = typer.Option(1, "--workers", "-w", min=1, help="Processes that read and code."),
    parser: str = typer.Option("", help="An installed spaCy pipeline for English, in place of the usual one."),
    lexicon: Path | None = typer.Option(None, help="A folder with a lexicon of your own."),
    max_page_bytes: int = typer.Option(20_000_000, min=1, help="Larger pages are dropped."),
    allow_private: bool = typer.Option(False, "--allow-private", help="Fetch from private addresses too."),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Read, sift and code PILE into a record.

    Safe to repeat and to resume: the same pile gives the same rows. What is not used is a row in `drops`, with its reason.

    Examples:

      visavis read pages/ --record my-record

      visavis read 'dumps/*.txt' feed.xml crawl.warc.gz https://example.org/story --record my-record --workers 2

      cat articles.jsonl | visavis read - --record my-record --json
    """
    from visavis.read.options import ReadOptions
    from visavis.run import Settings, read_pile

    reading = ReadOptions(max_page_bytes=max_page_bytes, allow_private=allow_private)
    settings = Settings(
        workers=workers,
        parser=parser or Settings().parser,
        lexicon=None if lexicon is None else str(lexicon),
        reading=reading,
    )
    with progress_bar(as_json) as progress:
        summary = read_pile(pile, record, settings, stdin=sys.stdin.buffer if "-" in pile else None, progress=progress)
    _show(summary, record, as_json)


def _show(summary: Summary, record: Path, as_json: bool) -> None:
    reasons = summary.record.sql(
        "select stage, reason, count(*) n from drops group by all order by n desc, stage, reason"
    )
    drops = [(row["stage"], row["reason"], row["n"]) for row in reasons.to_pylist()]
    if as_json:
        print_json(
            {
                "record": str(record),
                "run": summary.run.run_id,
                "given": summary.given,
                "total": summary.total,
                "added": summary.added,
                "drops": [{"stage": stage, "reason": reason, "count": count} for stage, reason, count in drops],
                "seconds": summary.run.seconds,
            }
        )
        return
    rows = [(name, count, summary.added[name]) for name, count in summary.total.items()]
    print_table(f"{record}, run {summary.run.number} ({summary.run.run_id})", ("table", "rows", "new"), rows)
    if drops:
        print_table("Not used, and why (table drops)", ("stage", "reason", "rows"), drops[:12])
    typer.echo(f"Next: visavis show story ID --record {record}, or visavis sql {record} 'select * from events limit 5'")
