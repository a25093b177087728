"""`visavis watch`: saved questions, and what is new to them since the last run."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add `watch` to the command line."""
    app.command("watch")(watch)


def watch(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    kind: str = typer.Argument("", help="dyad, actor, type or copies: save such a question.", metavar="[KIND]"),
    what: list[str] = typer.Argument(None, help="The codes, the type, or the story's id.", metavar="[WHAT]..."),
    name: str = typer.Option("", help="The name to save it under; its words when left out."),
    since: str = typer.Option(
        "", help="Compare with this run (id or number), not the one before the last that brought rows."
    ),
    forget: str = typer.Option("", help="Remove the question of this name."),
    by: str = typer.Option("", help="Who asks; $VISAVIS_AUTHOR or your user name when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Save a question, or show what is new to the saved ones; `visavis serve` offers the same as an Atom feed at /watch.atom.

    Examples:

      visavis watch my-record dyad CHN RUS --name "Beijing and Moscow"

      visavis watch my-record

      visavis watch my-record --since 3 --json
    """
    import msgspec

    from visavis.cli.review import author
    from visavis.store import Record
    from visavis.store.keep.watch import forget as drop

    opened = Record.open(record)
    if forget:
        drop(opened, forget)
        say(f"{forget!r} is watched no more.", err=True)
        return
    if kind:
        row = opened.watch(name or " ".join([kind, *(what or [])]), kind, *(what or []), author=by or author())
        if as_json:
            print_json(msgspec.to_builtins(row))
        else:
            say(f"Watching {row.kind} {' '.join(row.what)} as {row.name!r}.")
        return
    found = opened.news(since or None)
    if as_json:
        print_json([msgspec.to_builtins(row) for row in found])
        return
    saved = opened.rows("watches")
    title = f"{record}: {len(found)} new to {len(saved)} saved question{'' if len(saved) == 1 else 's'}"
    rows = [
        (row.watch, row.date or "undated", f"{row.table} {row.row_id[:8]}", row.cause, row.what, row.quote)
        for row in found
    ]
    print_table(title, ("question", "date", "row", "why new", "what", "sentence"), rows)
