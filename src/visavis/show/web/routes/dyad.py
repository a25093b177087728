"""`/dyad/A/B`: how two actors deal with each other."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from visavis.show.charts import MARKS, Spec, dyad_charts, lift_chart
from visavis.show.fetch import fetch_dyad
from visavis.show.names import code_of
from visavis.show.report.blocks import Chart
from visavis.show.report.pictures import png, svg
from visavis.show.views.dyad import DyadView
from visavis.show.web import examples
from visavis.show.web.html import href
from visavis.show.web.library import Ask, Shown
from visavis.show.web.reply import Reply, json_response, page
from visavis.show.web.rows import event_line_row

router = APIRouter()

Code = Annotated[str, Path(max_length=60, description="An actor: its code or name.", examples=["CHN"])]
By = Annotated[Literal["year", "quarter", "month"], Query(description="The period that is counted.")]
Name = Annotated[Literal["marks", "undated", "counts", "lift"], Path(description="Which chart.")]
_WORDS = {
    "marks": "events by day and intensity, with the mean per {by}",
    "undated": "events without a date by intensity",
    "counts": "number of events by {by}, conflictual ones below zero",
    "lift": "closeness and hostility by {by}, with standard errors",
}
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


@router.get(
    "/dyad/{a}/{b}/chart/{name}.{form}",
    tags=["pictures"],
    summary="A chart of two actors as a picture.",
    response_class=Response,
)
def dyad_picture(
    request: Request, ask: Ask, a: Code, b: Code, name: Name, form: Literal["svg", "png"], by: By = "year"
) -> Response:
    """The chart as SVG or PNG, with a title that says of whom it is and of which record."""
    one, other = code_of(a), code_of(b)
    found = fetch_dyad(ask.record, one, other, by, 0, measured=False)
    words = f"{found.a_name} and {found.b_name}: {_WORDS[name].format(by=by)}"
    run = f", run {ask.run.number} ({ask.run.run_id})" if ask.run else ""
    told = [f"Visavis record {ask.record.path.resolve().name}{run}"]
    spec = _chart(ask, one, other, name, by, request.query_params.get("run"))
    few = spec.get("title", {}).get("text") if name == "marks" else None
    title = {"text": words, "subtitle": [few, *told] if few else told, "anchor": "start"}
    chart = Chart({**spec, "title": title}, words)
    headers = {"Content-Disposition": f'attachment; filename="{one}-{other}-{name}.{form}"'}
    if form == "svg":
        return Response(svg(chart), media_type="image/svg+xml", headers=headers)
    return Response(png(chart), media_type="image/png", headers=headers)


@router.get("/dyad/{a}/{b}/chart/{name}", tags=["json"], summary="A chart of two actors as a Vega-Lite specification.")
def dyad_chart(request: Request, ask: Ask, a: Code, b: Code, name: Name, by: By = "year") -> Response:
    """A Vega-Lite specification with its data in it."""
    return json_response(_chart(ask, a, b, name, by, request.query_params.get("run")))


@router.get("/dyad", include_in_schema=False)
def choose(request: Request, a: str = "", b: str = "", run: str = "") -> Response:
    """The dyad of a form that was filled in."""
    return RedirectResponse(href("dyad", code_of(a), code_of(b), run=run), 303)


def _chart(ask: Shown, a: str, b: str, name: str, by: str, run: str | None) -> Spec:
    if name == "lift":
        found = fetch_dyad(ask.record, code_of(a), code_of(b), by, 0).alignment
        return lift_chart(found.series if found else ())
    return dyad_charts(_view(ask, a, b, by, MARKS), lambda key: href("event", key, run=run))[name]


def _view(ask: Shown, a: str, b: str, by: str, last: int) -> DyadView:
    """The dyad without what is measured: quick."""
    return fetch_dyad(ask.record, code_of(a), code_of(b), by, last, measured=False)
