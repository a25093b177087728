"""`visavis read`: a pile becomes a record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from visavis.cli.console import print_json, print_table, progress_bar, say
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.run import Summary
    from visavis.store import Record

# Inputs that were not used and that are named one by one.
_FAULTS = 20


def register(app: typer.Typer) -> None:
    """Add `read` to the command line."""
    app.command("read")(read)


def read(
    pile: list[str] = typer.Argument(..., help="Files, folders, globs, URLs, feeds, WARC, JSONL; - is standard input."),
    record: Path = typer.Option(..., "--record", "-r", help="The record's folder; made when it is not there."),
    workers: int = typer.Option(1, "--workers", "-w", min=1, help="Processes that read and code."),
    on: str = typer.Option(
        "", help="Where: serial, processes (the usual for several workers), ray or ray://HOST:PORT."
    ),
    shard: str = typer.Option(
        "", help="I/N: read only the I-th of N equal parts of the pile; `visavis merge` joins them."
    ),
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

      visavis read dumps/ --record part-2 --shard 2/5 --on ray://head:10001 --workers 40

      cat articles.jsonl | visavis read - --record my-record --json
    """
    from visavis.read.options import ReadOptions
    from visavis.run import Settings, read_pile

    reading = ReadOptions(max_page_bytes=max_page_bytes, allow_private=allow_private)
    settings = Settings(
        workers=workers,
        on=on,
        shard=_shard(shard),
        parser=parser or Settings().parser,
        lexicon=None if lexicon is None else str(lexicon),
        reading=reading,
    )
    with progress_bar(as_json) as progress:
        summary = read_pile(pile, record, settings, stdin=sys.stdin.buffer if "-" in pile else None, progress=progress)
    _show(summary, record, as_json)
    if not as_json:
        _tell_recoding(summary, str(record))


def _tell_recoding(summary: Summary, record: str) -> None:
    """What another coder or lexicon than the last one changed in what was coded before."""
    coded = [run for run in summary.record.runs[:-1] if run.coder]
    if coded and (coded[-1].coder, coded[-1].lexicon) != (summary.run.coder, summary.run.lexicon):
        from visavis.cli.diff import show_diff

        show_diff(summary.record.diff(coded[-1].run_id, summary.run.run_id), record)


def _shard(given: str) -> tuple[int, int]:
    """(i, n) of "i/n"; raises InputError for anything else."""
    number, _, of = (given or "1/1").partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise InputError(f"--shard {given} is no part of a whole.", "Give it as I/N with 1 <= I <= N, such as 2/5.")
    return int(number), int(of)


def _show(summary: Summary, record: Path, as_json: bool) -> None:
    counted = "select stage, reason, count(*) n from drops group by all order by n desc, stage, reason"
    drops = [(row["stage"], row["reason"], row["n"]) for row in summary.record.sql(counted).to_pylist()]
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
    else:
        rows = [(name, count, summary.added[name]) for name, count in summary.total.items()]
        print_table(f"{record}, run {summary.run.number} ({summary.run.run_id})", ("table", "rows", "new"), rows)
    for line in _faults(summary.record, drops):
        say(line, err=True)
    if not summary.given:
        raise InputError("Nothing in the pile could be read.", "Name files, folders, patterns or addresses of pages.")
    if not as_json:
        typer.echo(
            f"Next: visavis show story ID --record {record}, or visavis sql {record} 'select * from events limit 5'"
        )


def _faults(record: Record, drops: list[tuple[str, str, int]]) -> Iterator[str]:
    """A line for each input that was not used: what, where, what to do; then how much furniture was cut."""
    from visavis.read.reasons import FURNITURE, REMEDIES

    furniture = [(reason, count) for stage, reason, count in drops if stage == "read" and reason in FURNITURE]
    unused = sum(count for _, _, count in drops) - sum(count for _, count in furniture)
    names = ", ".join(f"'{name}'" for name in sorted(FURNITURE))
    shown = record.sql(
        f"select reason, uri, detail from drops where stage <> 'read' or reason not in ({names}) "
        f"order by reason, uri, detail limit {_FAULTS}"
    )
    for row in shown.to_pylist():
        remedy = REMEDIES.get(row["reason"])
        where, detail = row["uri"].removeprefix("file:"), row["detail"]
        told = f" ({detail})" if detail and detail != where else ""
        yield f"Not used: {row['reason']}: {where}{told}" + (f"; {remedy}." if remedy else ".")
    if unused > _FAULTS:
        yield f"... and {unused - _FAULTS} more: visavis sql RECORD 'select reason, uri, detail from drops'"
    if furniture:
        most = ", ".join(f"{reason} {count}" for reason, count in furniture[:6])
        total = sum(count for _, count in furniture)
        yield f"Furniture cut from around the texts, kept in drops: {total} ({most}{' ...' if len(furniture) > 6 else ''})"
