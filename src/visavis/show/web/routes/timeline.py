"""`/timeline`: when it happened, a row for each dyad, type, class or story."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from visavis.lexicon.ontology import TYPES
from visavis.show.names import code_of, names
from visavis.show.timeline import fetch_timeline
from visavis.show.views.timeline import FACETS
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page

router = APIRouter()

Day = Annotated[str, Query(max_length=10, description="2021, 2021-04 or 2021-04-10.")]
Actor = Annotated[str, Query(max_length=60, description="An actor: code or name.")]


@page(router, "/timeline", examples.TIMELINE)
def timeline(
    request: Request,
    ask: Ask,
    by: Annotated[Literal["year", "quarter", "month"], Query(description="The length of a period.")] = "year",
    facet: Annotated[
        Literal["none", "dyad", "type", "quad", "story"], Query(description="What each row stands for.")
    ] = "type",
    a: Actor = "",
    b: Actor = "",
    type: Annotated[str, Query(max_length=20, description="PLOVER's type.")] = "",
    since: Day = "",
    until: Day = "",
    most: Annotated[int, Query(ge=1, le=60, description="Rows, the fullest first.")] = 12,
) -> Reply:
    """When it happened: events per period, cooperative ones above the line and conflictual ones below, in rows by facet."""
    filters = {"a": code_of(a) if a.strip() else "", "b": code_of(b) if b.strip() else ""}
    filters |= {"type": type, "since": since, "until": until}
    view = fetch_timeline(ask.record, names(), by, facet, filters, most)
    rows = [
        {"facet": view.facet, "key": row.key, "label": row.label, "period": bar.period}
        | {"cooperative": bar.cooperative, "conflictual": bar.conflictual}
        for row in view.rows
        for bar in row.bars
    ]
    more = {"facets": FACETS, "types": sorted(TYPES), "places": {period: n for n, period in enumerate(view.periods)}}
    return Reply("timeline.html", "When it happened", view, rows, more)
