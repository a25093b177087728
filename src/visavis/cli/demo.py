"""`visavis demo`: the whole way on the sample pile that ships with the package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.show.views import Overview

# What of the pile is read; the rest of its folder tells people about it.
PARTS = ("pages", "dumps", "feeds", "archive", "articles.jsonl")


def register(app: typer.Typer) -> None:
    """Add `demo` to the command line."""
    app.command("demo")(demo)


def pile() -> Path:
    """The folder of the sample pile: inside the installed package, else at the top of the checkout. Raises InputError."""
    package = Path(str(resources.files("visavis")))
    for folder in (package / "_demo", package.parents[1] / "demo"):
        if (folder / "TRUTH.json").is_file():
            return folder
    raise InputError(
        "The sample pile is not there.", "Install Visavis again, or read a pile of your own: visavis read."
    )


def demo(
    record: Path = typer.Option(Path("demo-record"), "--record", "-r", help="The folder of the record that is made."),
    workers: int = typer.Option(1, "--workers", "-w", min=1, help="Processes that read and code."),
    as_json: bool = typer.Option(False, "--json", help="Print the overview as JSON."),
) -> None:
    """Read the sample pile into a record and show what is in it: pages, copies, drops, events, dyads, sentences.

    Examples:

      visavis demo

      visavis demo --record /tmp/first-look --workers 2

      visavis demo --json
    """
    import msgspec
    from rich.console import Console

    from visavis.cli.console import print_json, progress_bar
    from visavis.run import Settings, read_pile
    from visavis.show.fetch import fetch_overview
    from visavis.show.terminal import render_overview

    with progress_bar(as_json) as progress:
        summary = read_pile([pile() / part for part in PARTS], record, Settings(workers=workers), progress=progress)
    view = fetch_overview(summary.record)
    if as_json:
        print_json(msgspec.to_builtins(view))
        return
    console = Console()
    console.print(render_overview(view))
    console.print(_next(view, record), markup=False, highlight=False)


def _next(view: Overview, record: Path) -> str:
    """Where the record lies and what to do with it."""
    event = view.examples[0].event_id[:8] if view.examples else "ID"
    a, b = (view.dyads[0].a, view.dyads[0].b) if view.dyads else ("CHN", "RUS")
    return "\n".join(
        (
            f"The record is the folder {record}: copy it, cite it, open it anywhere. Next:",
            f"  visavis show event {event} --record {record}",
            f"  visavis show dyad {a} {b} --record {record}",
            f'  visavis sql {record} "select story_id, outlets from stories where len(article_ids) > 1"',
            f"  visavis eval pages {pile()} {pile() / 'TRUTH.json'}",
        )
    )
