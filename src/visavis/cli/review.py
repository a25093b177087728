"""`visavis review`: overrule the machine, and see what was overruled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from visavis.cli.console import print_json, print_table
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.store.tables.keep import Review


def register(app: typer.Typer) -> None:
    """Add `review` to the command line."""
    app.command("review")(review)


def review(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    row: str = typer.Argument("", help="The row's id, or the beginning of it.", metavar="[ID]"),
    verdict: str = typer.Argument(
        "", help="accept correct reject; merge split; confirm cut; withdraw.", metavar="[VERDICT]"
    ),
    type: str = typer.Option("", help="Correct: one of PLOVER's 16 types."),
    sources: str = typer.Option("", "--source", help="Correct: who acts, 'CHN GOV, RUS'; - for nobody."),
    targets: str = typer.Option("", "--target", help="Correct: to whom."),
    date: str = typer.Option("", help="Correct: 2021, 2021-04, 2021-04-10, first/last; - for unknown."),
    status: str = typer.Option("", help="Correct: happened future hypothetical denied historical."),
    voices: str = typer.Option("", "--voice", help="Correct: who says so, 'Tass (RUS media); ...'; - for the article."),
    others: list[str] = typer.Option(
        [], "--with", help="The happening to merge with; an event to split off; may be repeated."
    ),
    reason: str = typer.Option("", help="Why."),
    by: str = typer.Option("", help="Who says so; $VISAVIS_AUTHOR or your user name when left out."),
    open_only: bool = typer.Option(False, "--open", help="List the reviews that fit nothing now."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Accept, correct or reject an event; merge or split a happening; confirm or cut a copy; list what was reviewed.

    A review is kept beside what the machine said and laid over every later coding. Without an ID the reviews are listed; `visavis
    export DIR --out FILE --as gold` writes the reviewed sentences as gold.

    Examples:

      visavis review my-record 3f9a correct --type SANCTION --target 'USA GOV' --reason "It names the ministry" --by "A. Reader"

      visavis review my-record 77ab merge --with 9c01 --reason "One meeting, two reports"

      visavis review my-record --open --json
    """
    from visavis.store import Record

    found = Record.open(record)
    if row and verdict:
        fields = {
            "type": type,
            "sources": sources,
            "targets": targets,
            "date": date,
            "status": status,
            "voices": voices,
        }
        given = {name: value for name, value in fields.items() if value.strip()}
        made = found.review(row, verdict, author=by or author(), reason=reason, corrected=given, others=others)
        _show([made.review], f"{record}, run {made.record.run.number}" if made.record.run else str(record), as_json)
    elif row:
        raise InputError("A review needs a verdict.", f"visavis review {record} {row} accept")
    else:
        rows = [r for r in found.rows("reviews") if r.state == "open" or not open_only]
        _show(sorted(rows, key=lambda r: (r.at, r.review_id)), f"{record}: {len(rows)} reviews", as_json)


def author() -> str:
    """Who is at the keyboard."""
    import getpass
    import os

    return os.environ.get("VISAVIS_AUTHOR") or getpass.getuser()


def _show(reviews: list[Review], title: str, as_json: bool) -> None:
    import msgspec

    if as_json:
        print_json([msgspec.to_builtins(row) for row in reviews])
        return
    columns = ("review", "row", "verdict", "state", "by", "at", "what")
    print_table(title, columns, [_line(row) for row in reviews])


def _line(row: Review) -> tuple[Any, ...]:
    import json

    changed = [f"{name}: {json.loads(row.said[name])} -> {json.loads(value)}" for name, value in row.corrected.items()
               if name in ("type", "status", "date_from", "date_to")]  # fmt: skip
    changed += [f"{name} corrected" for name in ("sources", "targets", "voices") if name in row.corrected]
    what = "; ".join([*changed, *filter(None, (row.reason, row.note))])
    return (
        row.review_id[:8],
        f"{row.table} {(row.row_now or row.row_id)[:8]}",
        row.verdict,
        row.state,
        row.author,
        row.at[:16],
        what,
    )
