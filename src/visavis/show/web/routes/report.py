"""`/report`: a text with pointers into the record, previewed and taken away as a file. Nothing of it is kept."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool

from visavis.errors import InputError, QueryError
from visavis.show.report import draft, parse, report_bytes
from visavis.show.report.blocks import Report
from visavis.show.report.html import body
from visavis.show.web import desk, faults
from visavis.show.web.html import html_response
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.store import Record

router = APIRouter()

ENDINGS = {".md": "Markdown", ".html": "HTML", ".docx": "DOCX"}
_MEDIA = {
    ".md": "text/markdown; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
# Characters of a text; a form may spell each as nine.
_LONGEST = 40_000
_BYTES = 9 * _LONGEST
# Each pointer is a question to the record, each chart a picture to draw.
_POINTER = re.compile(r"\[\[(\w+)")
_MOST = {"event": 200, "dyad": 20, "chart": 12}


@page(router, "/report", {"text": "[[event 3f9a1c22]]", "title": "Report on my-record", "notes": ["..."]})
def report(
    request: Request,
    ask: Ask,
    text: Annotated[str, Query(max_length=4000, description="Markdown with pointers, to begin with.")] = "",
) -> Reply:
    """A text with pointers into the record: its footnotes. What it says is sent back and not kept."""
    found, fault = _made(ask.record, text)
    if fault and not request.url.path.endswith("/report"):
        raise QueryError(fault.message, fault.hint)  # the page keeps the text, so that it can be mended
    notes = found.notes if found else ()
    view = {"text": text, "title": found.title if found else "", "notes": notes}
    rows = [{"note": number, "text": note} for number, note in enumerate(notes, start=1)]
    more = {"draft": ask.once("draft", lambda: draft(ask.record))} if not text.strip() else {}
    return Reply("report.html", "Report", view, rows, _more(found, fault) | more)


@router.post("/report", include_in_schema=False)
async def write(request: Request, ask: Ask) -> Response:
    """The page with the text and what it becomes, or the file that was asked for."""
    try:
        fields = await desk.fields_of(request, _BYTES)
    except desk.Refused as error:
        return faults.answer(request, 403, error.message, error.hint)
    except InputError as error:
        return faults.answer(request, 413, error.message, error.hint)
    # Browsers send line ends as CR LF.
    text = fields.get("text", [""])[0].replace("\r\n", "\n")
    return await run_in_threadpool(_answer, request, ask.record, text, fields.get("as", ["preview"])[0])


def _answer(request: Request, record: Record, text: str, ending: str) -> Response:
    found, fault = _made(record, text)
    if found and ending in ENDINGS:
        try:
            form, sent = report_bytes(found, ending)
        except InputError as error:
            fault = error
        else:
            headers = {"Content-Disposition": f'attachment; filename="report{form}"'}
            return Response(sent, media_type=_MEDIA[form], headers=headers)
    view = {"text": text[:_LONGEST]}
    more = _more(found, fault)
    return html_response(request, "report.html", 400 if fault else 200, title="Report", view=view, **more)


def _more(found: Report | None, fault: InputError | QueryError | None) -> dict[str, Any]:
    # The pictures are drawn when the page is; `body` escapes all that is in the report.
    preview = (lambda: Markup(body(found))) if found else None
    return {"preview": preview, "fault": fault, "endings": ENDINGS, "longest": _LONGEST, "draft": ""}


def _made(record: Record, text: str) -> tuple[Report | None, InputError | QueryError | None]:
    """The report, or what is wrong with its text; neither for an empty one."""
    if not text.strip():
        return None, None
    try:
        _check(text)
        return parse(text, record), None
    except (InputError, QueryError) as error:
        return None, error


def _check(text: str) -> None:
    if len(text) > _LONGEST:
        raise InputError(
            f"The text has {len(text):,} characters.", f"At most {_LONGEST:,}; `visavis report` has no limit."
        )
    kinds = [found[1] for found in _POINTER.finditer(text)]
    for kind, most in _MOST.items():
        if kinds.count(kind) > most:
            raise InputError(
                f"The text has {kinds.count(kind)} pointers to {kind}s.",
                f"At most {most}; `visavis report` has no limit.",
            )
