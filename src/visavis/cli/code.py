"""`visavis code`: sentences in, events out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from visavis.cli.jsonl import read_objects
from visavis.errors import InputError


def register(app: typer.Typer) -> None:
    """Add `code` to the command line."""
    app.command("code")(code)


def code(
    file: Path = typer.Argument(..., help='JSONL with {"id", "text", "date"?, "doc"?} a line; - is standard input.'),
    out: Path | None = typer.Option(None, "--out", "-o", help="Where to write; standard output when left out."),
    all_status: bool = typer.Option(False, "--all-status", help="Also hypothetical events."),
    parser: str = typer.Option("", help="An installed spaCy pipeline for English, in place of the usual one."),
    lexicon: Path | None = typer.Option(None, help="A folder with a lexicon of your own."),
) -> None:
    """Code sentences: one line out for each line in, in the same order.

    Consecutive lines with the same `doc` are sentences of one article, so that pronouns and short names resolve. A line out is
    {"id", "events": [{"event", "mode", "cameo", "quad", "source", "target", "status", "date", "voice", "words", "start", "end",
    "confidence"}]}.

    Examples:

      visavis code sentences.jsonl --out events.jsonl

      head -3 sentences.jsonl | visavis code -

      visavis code sentences.jsonl --all-status | visavis eval events gold.jsonl -
    """
    import json

    from visavis.code import Coder
    from visavis.code.interchange import code_lines
    from visavis.run import Settings

    coder = Coder(lexicon=lexicon, parser=parser or Settings().parser)
    with _sink(out) as sink:
        for row in code_lines(read_objects(file, "id", "text"), coder, all_status=all_status):
            sink.write(json.dumps(row, ensure_ascii=False) + "\n")


@contextmanager
def _sink(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8") as sink:
            yield sink
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).", "Give another --out.") from error
