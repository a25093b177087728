"""`/`: what moved in this record."""

from __future__ import annotations

from fastapi import APIRouter, Request

from visavis.show.pages import fetch_front
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page

router = APIRouter()


@page(router, "/", examples.FRONT)
def front(request: Request, ask: Ask) -> Reply:
    """The record at a glance: how much it holds, who deals most with whom, what changed, what was copied most."""
    view = ask.once("front", lambda: fetch_front(ask.record))
    rows = [
        {"a": d.a, "b": d.b, "a_name": d.a_name, "b_name": d.b_name, "events": d.counts.events}
        | {"cooperative": d.counts.cooperative, "conflictual": d.counts.conflictual, "balance": d.counts.balance}
        for d in view.overview.dyads
    ]
    return Reply("front.html", "What moved in this record", view, rows)
