"""`visavis eval pages DIR TRUTH`: how well the pages of a folder are read, against a truth file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.table import Table

    from visavis.read import Reading
    from visavis.read.evaluate import PagesReport


def eval_pages(directory: Path, truth: Path, as_json: bool) -> None:
    """Read the pages of DIRECTORY that TRUTH names and print the scores, as a table or as one line of JSON.

    Raises InputError when the folder or the truth file cannot be used.
    """
    from rich.console import Console

    from visavis.errors import InputError
    from visavis.read import evaluate, pages, read_page
    from visavis.records import Page

    if not directory.is_dir():
        raise InputError(f"{directory} is no folder.", "Give the folder that holds the pages of the truth file.")
    expected = evaluate.read_truth(truth)
    names = sorted(entry["filename"] for entry in expected["files"].values())
    items = pages(str(directory / name) for name in names)
    readings: dict[str, Reading] = {}
    for page in items:
        if isinstance(page, Page):
            name = Path(page.found_at.partition("#")[0]).relative_to(directory).as_posix()
            readings[name] = evaluate.joined(readings.get(name), read_page(page))
    report = evaluate.evaluate_pages(readings, expected)
    console = Console()
    if as_json:
        console.file.write(evaluate.as_json(report) + "\n")
        return
    for name in report.missing_pages:
        Console(stderr=True).print(
            f"{name}: named by {truth}, but nothing of that name could be read in {directory}", markup=False
        )
    console.print(_summary(report))
    console.print(_articles(report))


def _summary(report: PagesReport) -> Table:
    from rich.table import Table

    table = Table("measure", "hits", "of", "share", "95 % interval", title=f"{report.pages} pages")
    for name, value in (
        ("articles found", report.recall),
        ("found that are articles", report.precision),
        ("titles exact", report.titles),
        ("authors exact", report.authors),
        ("bodies with F1 of .97 or more", report.bodies),
        ("date intervals that hold the day", report.dates),
        ("teasers found", report.teasers),
        ("furniture left out", report.furniture),
    ):
        table.add_row(
            name, str(value.hits), str(value.of), f"{value.share:.3f}", f"{value.low:.3f} to {value.high:.3f}"
        )
    table.caption = f"body F1: mean {report.body_f1_mean:.4f}, least {report.body_f1_least:.4f}; spurious teasers: {report.teasers_spurious}"
    return table


def _articles(report: PagesReport) -> Table:
    from rich.table import Table

    table = Table("article", "title", "authors", "body F1", "published", "basis", "holds the day")
    for row in report.articles:
        cells = (
            "yes" if row.title else "no",
            "yes" if row.authors else "no",
            f"{row.body_f1:.4f}",
            row.published,
            row.basis,
        )
        table.add_row(row.id, *(cells if row.found else ("not found", "", "", "", "")), "yes" if row.dated else "no")
    return table
