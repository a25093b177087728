"""`visavis export`: a record's tables, or the whole in the shape of another data set or tool."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table

_FORMS = "Tables: jsonl, csv, parquet. One file: icews, gdelt, polecat, gexf, graphml, ftm, geojson, bibtex, gold (reviewed sentences), report (what moved: .html, .md, .docx)."


def register(app: typer.Typer) -> None:
    """Add `export` to the command line."""
    app.command("export")(export)


def export(
    record: Path = typer.Argument(..., help="The record's folder."),
    out: Path = typer.Option(
        ..., "--out", "-o", help="The folder to write into; for one file, the file or its folder."
    ),
    form: str = typer.Option("jsonl", "--as", help=_FORMS),
    tables: list[str] = typer.Option([], "--table", help="Only this table; may be repeated."),
    run: str = typer.Option("", help="The run (id or number) to export; the last when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print what was written as JSON."),
) -> None:
    """Write the record's tables as files, one per table (OUT/articles.jsonl, OUT/events.jsonl ...), or its events as one file in the
    shape of another data set or tool: ICEWS, GDELT, POLECAT, GEXF and GraphML (network), FollowTheMoney, GeoJSON, BibTeX; or as a report of what moved in it,
    with footnotes (a text of your own: `visavis report`).

    Two records that hold the same give the same files, byte for byte. Text that a spreadsheet would run as a formula is led by an
    apostrophe. Events that a shape cannot say (denied, no exact day) are left out and counted.

    Examples:

      visavis export my-record --out sheets --as csv --table events --table stories

      visavis export my-record --out lake --as parquet --run 3

      visavis export my-record --out network.gexf --as gexf

      visavis export my-record --out brief.html --as report
    """
    from visavis.errors import QueryError
    from visavis.show.exports import SHAPES, write_shape
    from visavis.show.report import draft, write_text
    from visavis.store import Record
    from visavis.store.export import FORMATS
    from visavis.store.export import export as write

    known = (*FORMATS, *SHAPES, "report")
    if form not in known:
        raise QueryError(f"There is no form {form!r}.", f"Forms: {', '.join(known)}.")
    opened = Record.open(record, run or None)
    left: dict[str, int] = {}
    if form == "report" and not tables:
        path = out if out.suffix else out / "report.html"
        files = {str(path): len(write_text(draft(opened), opened, path).notes)}
    elif form in SHAPES and not tables:
        path, written = write_shape(opened, out, form)
        files, left = {str(path): written.rows}, dict(sorted(written.left_out.items()))
    else:
        files = {str(out / name): count for name, count in write(opened, out, form, tables).items()}
    if as_json:
        print_json(files)
    else:
        print_table(f"Written as {form}", ("file", "footnotes" if form == "report" else "rows"), list(files.items()))
    for why, count in left.items():
        typer.echo(f"Left out: {count} events ({why}).", err=True)
