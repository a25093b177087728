"""`visavis show`: an event, a story, a dyad or an actor of a record, in the terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from msgspec import Struct
    from rich.console import RenderableType

    from visavis.store import Record

_RecordDir = Annotated[Path, typer.Option("--record", "-r", help="The folder of the record.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead.")]
_By = Annotated[str, typer.Option("--by", help="The period that is counted: year, quarter or month.")]
_Last = Annotated[int, typer.Option("--last", min=0, help="How many sentences are shown.")]

_EVENT = """The sentence with who, what and whom marked; the speakers; the date and how it is known; why it was coded; its page and copies.

Examples:

  visavis show event 3f9a --record demo-record

  visavis show event 3f9a1c22d0b7e845 --record demo-record --json

  NO_COLOR=1 visavis show event 3f9a --record demo-record | less
"""
_STORY = """The articles that carry one report as a tree of copies, and its events.

Examples:

  visavis show story 77ab --record demo-record

  visavis show story 77ab --record demo-record --json

  visavis sql demo-record "select story_id from stories where len(article_ids) > 1"
"""
_DYAD = """How two actors deal with each other: counts and balance per period with their denominators, and the last sentences.

Examples:

  visavis show dyad CHN RUS --record demo-record

  visavis show dyad India China --record demo-record --by month

  visavis show dyad USA RUS --record demo-record --json
"""
_ACTOR = """With whom an actor deals and how, who speaks for it, and the last sentences.

Examples:

  visavis show actor TUR --record demo-record

  visavis show actor "United Nations" --record demo-record --last 20

  visavis show actor IRN --record demo-record --json
"""

app = typer.Typer(help="Show an event, a story, a dyad or an actor of a record.", no_args_is_help=True)


def register(to: typer.Typer) -> None:
    """Add the verb to the command line."""
    to.add_typer(app, name="show")


@app.command(help=_EVENT)
def event(
    event_id: Annotated[str, typer.Argument(help="The event's id, or the beginning of it.", metavar="ID")],
    record: _RecordDir,
    json: _Json = False,
) -> None:
    from visavis.show.fetch import fetch_event
    from visavis.show.terminal import render_event
    from visavis.store import Record

    view = fetch_event(Record.open(record), event_id)
    _put(view, json, lambda: render_event(view))


@app.command(help=_STORY)
def story(
    story_id: Annotated[str, typer.Argument(help="The story's id, or the beginning of it.", metavar="ID")],
    record: _RecordDir,
    json: _Json = False,
) -> None:
    from visavis.show.fetch import fetch_story
    from visavis.show.terminal import render_story
    from visavis.store import Record

    view = fetch_story(Record.open(record), story_id)
    _put(view, json, lambda: render_story(view))


@app.command(help=_DYAD)
def dyad(
    a: Annotated[str, typer.Argument(help="An actor: its code (CHN) or name (China).", metavar="A")],
    b: Annotated[str, typer.Argument(help="The other actor.", metavar="B")],
    record: _RecordDir,
    by: _By = "year",
    last: _Last = 8,
    json: _Json = False,
) -> None:
    from visavis.show.fetch import fetch_dyad
    from visavis.show.names import code_of
    from visavis.show.terminal import render_dyad
    from visavis.store import Record

    opened = Record.open(record)
    _count(opened)
    view = fetch_dyad(opened, code_of(a), code_of(b), by, last)
    _put(view, json, lambda: render_dyad(view))


@app.command(help=_ACTOR)
def actor(
    who: Annotated[str, typer.Argument(help="An actor: its code (TUR) or name (Turkey).", metavar="ACTOR")],
    record: _RecordDir,
    by: _By = "year",
    last: _Last = 8,
    json: _Json = False,
) -> None:
    from visavis.show.fetch import fetch_actor
    from visavis.show.names import code_of
    from visavis.show.terminal import render_actor
    from visavis.store import Record

    opened = Record.open(record)
    _count(opened)
    view = fetch_actor(opened, code_of(who), by, last)
    _put(view, json, lambda: render_actor(view))


def _count(record: Record) -> None:
    """Count the record's events, once a run, and tell how far that is; the search index is not needed."""
    import sys

    from visavis.cli.console import progress_bar
    from visavis.show.digest import digest_of, digest_path
    from visavis.show.maker import Told

    if not digest_path(record).exists():
        with progress_bar() as bar:
            digest_of(record, bar if sys.stderr.isatty() else Told(lambda words: typer.echo(words, err=True)))


def _put(view: Struct, as_json: bool, render: Callable[[], RenderableType]) -> None:
    import msgspec
    from rich.console import Console

    from visavis.cli.console import print_json

    if as_json:
        print_json(msgspec.to_builtins(view))
    else:
        Console().print(render())
