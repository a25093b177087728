#!/usr/bin/env python3
"""Write docs/cli.md from the commands' own help; `--check` only says whether it is as it should be (exit 1 if not)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from visavis.cli import app

PAGE = Path(__file__).resolve().parents[1] / "docs" / "cli.md"
# Wide enough for the examples, narrow enough for a page.
WIDTH = "110"
HEAD = """# The command line

Made from `--help` by `scripts/make_cli_docs.py`. Every command says what went wrong in one sentence on standard error and ends with
exit code 1; `--debug`, anywhere in the line, shows the traceback. Progress goes to standard error, results to standard output.
"""


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command, groups before what is under them."""
    yield path
    for name, child in sorted(getattr(command, "commands", {}).items()):
        yield from commands(child, (*path, name))


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for path in commands(typer.main.get_command(app)):
        shown = CliRunner().invoke(app, [*path, "--help"], prog_name="visavis", env={"COLUMNS": WIDTH, "TERM": "dumb"})
        text = "\n".join(line.rstrip() for line in shown.output.strip().splitlines())
        parts.append(f"## {' '.join(('visavis', *path))}\n\n```text\n{text}\n```\n")
    return "\n".join(parts)


def main() -> int:
    """Write, or check."""
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text("utf-8") != page())
    PAGE.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
