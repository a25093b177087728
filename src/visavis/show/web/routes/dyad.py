"""`/dyad/A/B`: how two actors deal with each other."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from visavis.show.charts import MARKS, dyad_charts, lift_chart
from visavis.show.fetch import fetch_dyad
from visavis.show.names import code_of
from visavis.show.views.dyad import DyadView
from visavis.show.web import examples
from visavis.show.web.html import href
from visavis.show.web.library import Ask, Shown
from visavis.show.web.reply import Reply, json_response, page
from visavis.show.web.rows import event_line_row

router = APIRouter()

Code = Annotated[str, Path(max_length=60, description="An actor: its code or name.", examples=["CHN"])]
By = Annotated[Literal["year", "quarter", "month"], Query(description="The period that is counted.")]
Last = Annotated[int, Query(ge=0, le=500, description="How many sentences are shown.")]


@page(router, "/dyad/{a}/{b}", examples.DYAD)
def dyad(request: Request, ask: Ask, a: Code, b: Code, by: By = "year", last: Last = 12) -> Reply:
    """Two actors: counts and intensity per period with their denominators, events as marks, the last sentences."""
    view = fetch_dyad(ask.record, code_of(a), code_of(b), by, last)
    rows = [
        {
            "period": p.period,
            "events": p.counts.events,
            "cooperative": p.counts.cooperative,
            "conflictual": p.counts.conflictual,
        }
        | {"balance": p.counts.balance, "mean_intensity": p.intensity, "articles": p.articles}
        for p in view.periods
    ]
    return Reply("dyad.html", f"{view.a_name} and {view.b_name}", view, rows, {"last": last})


@page(router, "/dyad/{a}/{b}/events", examples.DYAD)
def dyad_events(request: Request, ask: Ask, a: Code, b: Code, last: Last = 500) -> Reply:
    """The events of two actors, newest first, a row each."""
    view = _view(ask, a, b, "year", last)
    rows = [event_line_row(line) for line in view.last]
    return Reply("dyad_events.html", f"{view.a_name} and {view.b_name}: events", view, rows)


@router.get("/dyad/{a}/{b}/chart/{name}", tags=["json"], summary="A chart of two actors as a Vega-Lite specification.")
def dyad_chart(
    request: Request, ask: Ask, a: Code, b: Code, name: Literal["marks", "undated", "counts", "lift"], by: By = "year"
) -> Response:
    """A Vega-Lite specification with its data in it."""
    if name == "lift":
        found = fetch_dyad(ask.record, code_of(a), code_of(b), by, 0).alignment
        return json_response(lift_chart(found.series if found else ()))
    view = _view(ask, a, b, by, MARKS)
    run = request.query_params.get("run")
    return json_response(dyad_charts(view, lambda key: href("event", key, run=run))[name])


@router.get("/dyad", include_in_schema=False)
def choose(request: Request, a: str = "", b: str = "", run: str = "") -> Response:
    """The dyad of a form that was filled in."""
    return RedirectResponse(href("dyad", code_of(a), code_of(b), run=run), 303)


def _view(ask: Shown, a: str, b: str, by: str, last: int) -> DyadView:
    """The dyad without what is measured: quick."""
    return fetch_dyad(ask.record, code_of(a), code_of(b), by, last, measured=False)
