"""`visavis sift`: documents in, copies out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from visavis.cli.jsonl import read_objects
from visavis.errors import InputError


def register(app: typer.Typer) -> None:
    """Add `sift` to the command line."""
    app.command("sift")(sift)


def sift(
    docs: Path = typer.Argument(..., help='JSONL with {"id", "text"} a line; - is standard input.'),
    pairs_out: Path | None = typer.Option(
        None, "--pairs-out", "-o", help="Where to write; standard output when left out."
    ),
) -> None:
    """Find the copies among documents: who holds whose text, which part of it, of what kind, and why we say so.

    A line out is {"copy", "source", "kind", "score", "span", "direction", "why"}. Kinds: identical, near, excerpt, contains,
    quotes, spun. `span` bounds the copied part in the copy (code points, end exclusive); `direction` is textual when the texts
    themselves say who copied whom, else unknown.

    Examples:

      visavis sift docs.jsonl --pairs-out pairs.jsonl

      visavis sift docs.jsonl | grep '"spun"'

      zcat docs.jsonl.gz | visavis sift - --pairs-out pairs.jsonl
    """
    from visavis.sift.evaluate import find_pairs

    _write(find_pairs(read_objects(docs, "id", "text")), pairs_out)


def _write(rows: Iterable[dict[str, Any]], path: Path | None) -> None:
    from visavis.cli.console import plain_json

    lines = (plain_json(row) + "\n" for row in rows)
    if path is None:
        sys.stdout.writelines(lines)
        return
    try:
        with path.open("w", encoding="utf-8") as sink:
            sink.writelines(lines)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).", "Give another --pairs-out.") from error
