"""The words a user types: one module per verb, each with `register(app)`; heavy imports stay inside the commands."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from visavis.cli import (
    add,
    align,
    check,
    code,
    datasheet,
    demo,
    diff,
    eval,
    export,
    forecast,
    lexicon,
    mcp,
    merge,
    publish,
    read,
    reason,
    recode,
    report,
    review,
    serve,
    show,
    sift,
    sql,
    takedown,
    upgrade,
    watch,
)
from visavis.cli.console import say
from visavis.errors import VisavisError

__all__ = ["app", "main"]

VERBS = (
    *(read, merge, sift, code, add, align, reason, forecast, show, serve, sql, export, check, lexicon, eval, demo),
    *(report, review, recode, diff, watch, publish, datasheet, takedown, upgrade, mcp),
)

app = typer.Typer(
    name="visavis",
    help="Who stands where, vis-à-vis whom, and how do we know?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: rich alone takes longer than the 0.3 s that --help may
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
for verb in VERBS:
    verb.register(app)


@app.callback()
def _common(
    debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error (anywhere in the line)."),
) -> None:
    """Who stands where, vis-à-vis whom, and how do we know?"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line. An expected error is one sentence on standard error and exit 1; `--debug` shows its traceback."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    try:
        app([word for word in given if word != "--debug"], prog_name="visavis")
    except VisavisError as error:
        if debug:
            raise
        say(f"Error: {error.message}" + (f"\nHint: {error.hint}" if error.hint else ""), err=True)
        sys.exit(1)
    except Exception as error:  # the last guard: a user sees a sentence, never a traceback
        if debug:
            raise
        say(f"Error: {type(error).__name__}: {error}\nHint: this is a fault of Visavis; --debug shows where.", err=True)
        sys.exit(1)
