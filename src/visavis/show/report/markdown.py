"""A report as Markdown with footnotes; charts are SVG files in a folder beside it."""

from __future__ import annotations

import re
from pathlib import Path

from visavis.show.report.blocks import Chart, Report, Run, Table, Words
from visavis.show.report.pictures import svg
from visavis.store.plain import without_controls

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|&~!])")
# The look behind keeps a long run of blanks from being tried from each of them.
_BREAKS = re.compile(r"(?<!\s)\s*[\r\n]\s*")
_STYLES = {"": "", "em": "*", "strong": "**"}
_BEFORE = {"item": "- ", "quote": "> ", "caption": "", "paragraph": ""}


def write(report: Report, path: Path) -> None:
    """Write the report and its pictures. Raises OSError when that cannot be done."""
    folder = path.with_name(f"{path.stem}-files")
    parts, charts = [], 0
    for block in report.blocks:
        if isinstance(block, Chart):
            charts += 1
            folder.mkdir(exist_ok=True)
            (folder / f"chart-{charts}.svg").write_text(svg(block), "utf-8")
            parts.append(f"![{escaped(block.words)}]({folder.name}/chart-{charts}.svg)")
        else:
            parts.append(_block(block))
    notes = [f"[^{number}]: {escaped(note)}" for number, note in enumerate(report.notes, start=1)]
    path.write_text("\n\n".join([*parts, "\n".join(notes)]).rstrip() + "\n", "utf-8")


def _block(block: Words | Table) -> str:
    if isinstance(block, Table):
        head, *rows = ("| " + " | ".join(map(escaped, cells)) + " |" for cells in (block.head, *block.rows))
        return "\n".join([head, "|" + " --- |" * len(block.head), *rows])
    told = "".join(map(_run, block.runs))
    return "#" * block.level + " " + told if block.kind == "heading" else _BEFORE[block.kind] + told


def _run(run: Run) -> str:
    if run.note:
        return f"[^{run.note}]"
    mark = _STYLES[run.style]
    return mark + escaped(run.text) + mark


def escaped(text: str) -> str:
    """The text on one line, in which nothing is Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", without_controls(_BREAKS.sub(" ", text)))
