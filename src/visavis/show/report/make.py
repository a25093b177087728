"""A report written out, in the form that its name's ending asks for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from visavis.errors import InputError, RecordError
from visavis.show.report import docx, html, markdown
from visavis.show.report.blocks import Report
from visavis.show.report.parse import parse
from visavis.store import Record

_FORMS: dict[str, Callable[[Report, Path], None]] = {".md": markdown.write, ".html": html.write, ".docx": docx.write}
ENDINGS = tuple(_FORMS)


def write_report(source: Path, record: Record, out: Path) -> Report:
    """Write the report of the text in `source` to `out`; what was written. Raises InputError for a text that cannot be read and an
    unknown ending, QueryError for an id or actor that is not in the record, RecordError when the file cannot be written."""
    try:
        text = source.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source} cannot be read ({error}).", "Give a text in Markdown, UTF-8.") from error
    return write_text(text, record, out)


def write_text(text: str, record: Record, out: Path) -> Report:
    """Write the report of a text to `out`; what was written. Raises as `write_report` does."""
    form = _form(out.name)
    report = parse(text, record)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        form(report, out)
    except OSError as error:
        raise RecordError(f"{out} cannot be written ({error.strerror}).", "Give a file that is yours.") from error
    return report


def report_bytes(report: Report, ending: str) -> tuple[str, bytes]:
    """The report as one file to send: its ending and its bytes. Markdown with charts is a ZIP of the text and the pictures beside it.
    Raises InputError for an unknown ending."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"report{ending}"
        _form(out.name)(report, out)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        if len(files) == 1:
            return ending, out.read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in files:
                pack.writestr(zipfile.ZipInfo(str(path.relative_to(folder))), path.read_bytes())
        return ".zip", packed.getvalue()


def _form(name: str) -> Callable[[Report, Path], None]:
    """Who writes the form that the name's ending asks for."""
    form = _FORMS.get(Path(name).suffix.lower())
    if form is None:
        raise InputError(
            f"{name} has no ending of a report.", f"Endings: {', '.join(ENDINGS)}. For PDF, print the HTML."
        )
    return form
