"""`/reviews`: what people said of the record; `POST /review`: one more verdict, with the token; `/diff`: two runs told apart."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

import msgspec
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from visavis.errors import VisavisError
from visavis.run.reviews import review as write_review
from visavis.show.web import desk, faults
from visavis.show.web.library import Ask, Library
from visavis.show.web.reply import Reply, page
from visavis.show.web.rows import review_row
from visavis.store import Record
from visavis.store.keep.corrections import FIELDS
from visavis.store.keep.diff import Diff, diff

router = APIRouter()

# A page shows that many rows of a difference; its twins have all.
_SHOWN = 200
Number = Annotated[str, Query(max_length=32, description="A run: its id or number.", examples=["1"])]


@page(router, "/reviews")
def reviews(
    request: Request,
    ask: Ask,
    state: Annotated[str, Query(max_length=12, description="open, applied, withdrawn.")] = "",
) -> Reply:
    """What people said of the record, the newest first; open ones fit nothing now."""
    found = [row for row in ask.record.rows("reviews") if state in ("", row.state)]
    rows = sorted(found, key=lambda row: (row.at, row.review_id), reverse=True)
    return Reply("reviews.html", "Reviews", {"reviews": rows}, [review_row(row) for row in rows], {"state": state})


@page(router, "/diff")
def difference(request: Request, ask: Ask, a: Number = "", b: Number = "") -> Reply:
    """What two runs disagree on, row by row with its cause, and the dyads whose series change."""
    runs = ask.record.runs
    before = a or (str(runs[-2].number) if len(runs) > 1 else "")
    found = diff(ask.record, before, b or None) if before else Diff(before=None, after=ask.run, changes=(), dyads=())
    counts = [{"table": t, "change": c, "cause": w, "rows": n} for (t, c, w), n in found.counts.items()]
    view = {
        "before": found.before and found.before.run_id,
        "after": found.after and found.after.run_id,
        "counts": counts,
        "changes": found.changes,
        "dyads": found.dyads,
    }
    rows = [{**msgspec.to_builtins(c), "columns": "; ".join(c.columns)} for c in found.changes]
    more = {"found": found, "runs": runs, "shown": _SHOWN}
    return Reply("diff.html", "What changed", view, rows, more)


@router.post("/review", include_in_schema=False)
async def review(request: Request) -> Response:
    """Write one verdict, and go back to the page that it was given on."""
    library: Library = request.app.state.library
    try:
        given = {name: found[0] for name, found in (await desk.form_of(request)).items()}
        await run_in_threadpool(_write, Record.open(library.path), given)
    except desk.Refused as error:
        return faults.answer(request, 403, error.message, error.hint)
    except VisavisError as error:
        return faults.answer(request, 409 if "being written" in error.message else 400, error.message, error.hint)
    response = RedirectResponse(_back(given.get("back", "")), status_code=303)
    desk.remember(response, desk.token_of(request) or "")
    return response


def _write(record: Record, given: dict[str, str]) -> None:
    write_review(
        record,
        given.get("row", ""),
        given.get("verdict", ""),
        author=given.get("author", ""),
        reason=given.get("reason", ""),
        corrected={name: given[name] for name in FIELDS if given.get(name, "").strip()},
        others=[word for word in given.get("others", "").split() if word],
    )


def _back(address: str) -> str:
    """The page to go back to: one of ours, or the list of reviews."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return parts.path if ours else "/reviews"
