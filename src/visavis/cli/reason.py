"""`visavis reason`: run a scenario file and read what carries the argument."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.console import print_json, say

_HELP = """Run an argument: whether the claim holds, what carries it, what would flip it, and whose word it is.

FILE is a scenario (docs/scenario.md), or the name of one that comes with Visavis (--list names them).

Examples:

  visavis reason maximin.toml

  visavis reason expulsions.toml --flips --html expulsions.html

  visavis reason maximin.toml --record demo-record --trace p.enforcement.strict

  visavis reason vote-iom.toml --json --draws 500
"""


def register(app: typer.Typer) -> None:
    """Add the verb to the command line."""
    app.command("reason", help=_HELP)(reason)


def reason(
    file: Annotated[str, typer.Argument(help="The scenario.", metavar="[FILE]")] = "",
    flips: Annotated[bool, typer.Option("--flips", help="All that turns the claim, pairs of assumptions too.")] = False,
    draws: Annotated[
        int | None, typer.Option("--draws", min=1, help="Draws from the ranges; a default per kind.")
    ] = None,
    record: Annotated[
        Path | None, typer.Option("--record", "-r", help="The record that answers events: references.")
    ] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Also write a page with charts to this file.")] = None,
    trace: Annotated[
        str | None, typer.Option("--trace", help="Walk one assumption back to its sentences and pages.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The seed of the draws.")] = 1,
    listed: Annotated[bool, typer.Option("--list", help="Name the scenarios that come with Visavis.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON in full precision instead.")] = False,
) -> None:
    from visavis.errors import ScenarioError
    from visavis.reason import scenario, shipped

    if listed or not file:
        if not listed:
            raise ScenarioError("No scenario was given.", f"Shipped ones: {', '.join(shipped())}.")
        _say(list(shipped()), "\n".join(shipped()), json)
        return
    read = scenario(file, record)
    if trace is not None:
        from dataclasses import asdict

        from visavis.reason.walk import walk

        found = read.trace(trace)
        _say(asdict(found), walk(found), json)
        return
    from visavis.reason.memo import memo
    from visavis.reason.page import page

    report = read.run(seed, draws, pairs=flips)
    if html is not None:
        _write(html, page(report))
    _say(report.json() if json else None, "" if json else memo(report, flips).rstrip("\n"), json)


def _say(plain: object, words: str, as_json: bool) -> None:
    from visavis.reason.report import to_plain

    if as_json:
        print_json(to_plain(plain))
    else:
        say(words)


def _write(path: Path, text: str) -> None:
    from visavis.errors import InputError

    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise InputError(
            f"{path} cannot be written ({error.strerror}).", "Give a file in a folder of yours."
        ) from error
    typer.echo(f"{path} written", err=True)
