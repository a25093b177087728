"""`visavis diff`: what two runs of a record disagree on, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from visavis.cli.console import print_json, print_table, say

if TYPE_CHECKING:
    from visavis.store.keep.diff import Diff

_MOST = 20
# What came and went tells more than a changed confidence.
_FIRST = ("added", "gone", "changed")


def register(app: typer.Typer) -> None:
    """Add `diff` to the command line."""
    app.command("diff")(diff)


def diff(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    before: str = typer.Argument(..., help="The earlier run: its id or number.", metavar="RUN_A"),
    after: str = typer.Argument("", help="The later run; the last when left out.", metavar="[RUN_B]"),
    most: int = typer.Option(_MOST, "--most", min=0, help="How many events and dyads are listed; JSON lists all."),
    as_json: bool = typer.Option(False, "--json", help="Print every changed row as JSON."),
) -> None:
    """Show the rows that were added, are gone or changed between two runs, each with its one cause, and what that does to dyads.

    Causes: a review, a takedown, new pages, pages gone, an original that arrived, an import, another coder, another lexicon.

    Examples:

      visavis diff my-record 1 2

      visavis diff my-record 3

      visavis diff my-record 1 4 --json
    """
    from visavis.store import Record

    show_diff(Record.open(record).diff(before, after or None), str(record), as_json, most)


def show_diff(found: Diff, title: str, as_json: bool = False, most: int = _MOST) -> None:
    """The difference on standard output."""
    if as_json:
        print_json(as_plain(found))
        return
    title = f"{title}: run {_number(found.before)} to run {_number(found.after)}"
    if not found.changes:
        say(f"{title}: nothing changed.")
        return
    counts = [(table, change, cause, n) for (table, change, cause), n in found.counts.items()]
    print_table(title, ("table", "change", "cause", "rows"), counts)
    events = sorted((c for c in found.changes if c.table == "events"), key=lambda c: _FIRST.index(c.change))
    if events[:most]:
        rows = [(c.row_id[:8], c.change, c.cause, c.what, ", ".join(c.columns)) for c in events[:most]]
        print_table(f"Events ({len(events)})", ("event", "change", "cause", "what it is", "columns"), rows)
    if found.dyads[:most]:
        years = [
            (f"{s.a} {s.b}", p.year, p.before, p.after, p.intensity_before, p.intensity_after)
            for s in found.dyads[:most]
            for p in s.points
        ]
        columns = ("dyad", "year", "events before", "after", "intensity before", "after")
        print_table(f"Dyads whose series change ({len(found.dyads)})", columns, years)


def as_plain(found: Diff) -> dict[str, Any]:
    """The difference as plain values."""
    import msgspec

    return {
        "before": None if found.before is None else found.before.run_id,
        "after": None if found.after is None else found.after.run_id,
        "counts": [{"table": t, "change": c, "cause": w, "rows": n} for (t, c, w), n in found.counts.items()],
        "changes": msgspec.to_builtins(found.changes),
        "dyads": msgspec.to_builtins(found.dyads),
    }


def _number(run: Any) -> str:
    return "none" if run is None else f"{run.number} ({run.run_id})"
