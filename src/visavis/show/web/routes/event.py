"""`/event/ID`: one event, its sentence highlighted inside its article."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from visavis.show.pages import fetch_evidence
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.show.web.rows import event_row

router = APIRouter()

EventId = Annotated[
    str, Path(max_length=40, description="The event's id, or the beginning of it.", examples=["3f9a1c22"])
]


@page(router, "/event/{event_id}", examples.EVENT)
def event(request: Request, ask: Ask, event_id: EventId) -> Reply:
    """One event: the sentence with its marks, in its article; why it was coded, who says so, who copied it."""
    found = fetch_evidence(ask.record, event_id)
    sides = [
        ", ".join(dict.fromkeys(p.code or p.words for p in side)) for side in (found.event.sources, found.event.targets)
    ]
    title = f"{found.event.type}: {' → '.join(side for side in sides if side)}"
    return Reply("event.html", title, found, [event_row(found)])
