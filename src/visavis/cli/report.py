"""`visavis report`: a text that points into a record, written out with footnotes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add `report` to the command line."""
    app.command("report")(report)


def report(
    source: Annotated[Path, typer.Argument(help="A text in Markdown with pointers.", metavar="FILE.md")],
    record: Annotated[Path, typer.Option("--record", "-r", help="The folder of the record.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: .md, .html or .docx.")],
    run: Annotated[str, typer.Option(help="The run (id or number); the last when left out.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Write a report: your text, with numbered footnotes to sentence, article and page, tables and charts.

    [[event ID]] in the text sets a footnote, alone on a line it quotes the sentence; [[dyad CHN RUS]] is a table, [[chart CHN RUS marks]]
    or [[chart CHN RUS counts month]] a chart.

    Examples:

      visavis report memo.md --record demo-record --out memo.html

      visavis report memo.md --record demo-record --out memo.docx

      visavis report memo.md --record my-record --run 3 --out final.md
    """
    from visavis.cli.console import print_json, print_table
    from visavis.show.report import write_report
    from visavis.store import Record

    made = write_report(source, Record.open(record, run or None), out)
    if as_json:
        print_json({"file": str(out), "blocks": len(made.blocks), "notes": list(made.notes)})
    else:
        print_table("", ("file", "blocks", "footnotes"), [(str(out), len(made.blocks), len(made.notes))])
