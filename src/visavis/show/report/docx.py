"""A report as DOCX (the extra `report`): charts as PNG, footnotes as numbered notes at the end."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from visavis.errors import InputError
from visavis.show.report.blocks import Block, Chart, Report, Run, Table
from visavis.show.report.pictures import png
from visavis.store.plain import without_controls

_STYLES = {"paragraph": "Normal", "quote": "Intense Quote", "item": "List Bullet", "caption": "Caption"}


def write(report: Report, path: Path) -> None:
    """Write the report. Raises InputError when python-docx is not installed, OSError when the file cannot be written."""
    try:
        import docx
    except ImportError as error:
        raise InputError(
            "DOCX needs python-docx.", "Install it: pip install 'visavis[report]', or write .md or .html."
        ) from error
    document = docx.Document()
    document.core_properties.title = _plain(report.title)
    for block in report.blocks:
        _add(document, block)
    if report.notes:
        document.add_heading("Notes", level=2)
        for number, note in enumerate(report.notes, start=1):
            document.add_paragraph(f"{number}. {_plain(note)}")
    document.save(str(path))


def _add(document: Any, block: Block) -> None:
    if isinstance(block, Chart):
        document.add_picture(io.BytesIO(png(block)), width=document.sections[0].page_width * 7 // 10)
    elif isinstance(block, Table):
        table = document.add_table(rows=0, cols=len(block.head), style="Table Grid")
        for cells in (block.head, *block.rows):
            for cell, text in zip(table.add_row().cells, cells, strict=True):
                cell.text = _plain(text)
    else:
        style = f"Heading {block.level}" if block.kind == "heading" else _STYLES[block.kind]
        paragraph = document.add_paragraph(style=style)
        for run in block.runs:
            _run(paragraph, run)


def _run(paragraph: Any, run: Run) -> None:
    added = paragraph.add_run(str(run.note) if run.note else _plain(run.text))
    added.bold = run.style == "strong" or None
    added.italic = run.style == "em" or None
    added.font.superscript = bool(run.note) or None


def _plain(text: str) -> str:
    """Text that XML can hold."""
    return without_controls(text).encode("utf-8", "replace").decode()
