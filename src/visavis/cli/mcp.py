"""`visavis mcp`: a record for programs that speak the Model Context Protocol."""

from __future__ import annotations

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add `mcp` to the command line."""
    app.command("mcp")(mcp)


def mcp(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    run: str = typer.Option("", "--run", help="Answer from this run (id or number); otherwise always from the latest."),
) -> None:
    """Answer read-only questions about a record on standard input and output, in the Model Context Protocol.

    Tools: search_events, dyad_series, evidence, actors, cite. Needs the extra: pip install 'visavis[mcp]'.

    Examples:

      visavis mcp demo-record

      visavis mcp my-record --run 3

      visavis mcp /data/records/my-record
    """
    from visavis.show.mcp import run_stdio

    run_stdio(record, run or None, say=lambda words: typer.echo(words, err=True))
