"""JSON Lines in: one object a line, checked, with the line named when it is not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from visavis.errors import InputError


def read_objects(path: Path, *needed: str) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file (- is standard input), one at a time.

    Raises InputError that names the line which is not a JSON object with the `needed` keys, or why the file cannot be read.
    """
    with _lines(path) as lines:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, f"{path}, line {number}", needed)
        except UnicodeDecodeError as error:
            raise InputError(
                f"{path}, after line {number}: not UTF-8 ({error.reason}).", "Save it as UTF-8."
            ) from error


def _object(line: str, where: str, needed: tuple[str, ...]) -> dict[str, Any]:
    import json

    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error}).", "Give one JSON object a line.") from error
    lacking = [key for key in needed if not isinstance(found, dict) or key not in found]
    if lacking:
        raise InputError(f"{where}: no {' and no '.join(repr(key) for key in lacking)}.", "See --help for the form.")
    row: dict[str, Any] = found
    return row


@contextmanager
def _lines(path: Path) -> Iterator[TextIO]:
    if str(path) == "-":
        yield sys.stdin
        return
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield lines
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"{path} cannot be read ({why}).", "Give a JSONL file, or - for standard input.") from error
