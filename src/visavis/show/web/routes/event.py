"""`/event/ID`: one event, its sentence highlighted inside its article."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from visavis.lexicon.ontology import TYPES
from visavis.show.pages import fetch_evidence
from visavis.show.views.reading import Evidence
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.show.web.rows import event_row
from visavis.store import Record
from visavis.store.keep.corrections import STATUSES

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
    return Reply("event.html", title, found, [event_row(found)], _desk(ask.record, found))


def _desk(record: Record, found: Evidence) -> dict[str, Any]:
    """What people did with the event, and what they may choose from."""
    key = found.event.event_id
    ids = {key, found.event.happening_id}
    reviews = [row for row in record.rows("reviews") if row.row_now in ids]
    return {
        "reviews": sorted(reviews, key=lambda row: (row.at, row.review_id)),
        "machine": next((row for row in record.rows("overruled") if row.event_id == key), None),
        "taken": next((row for row in record.rows("takedowns") if row.page_id == found.event.page.page_id), None),
        "types": sorted(TYPES),
        "statuses": STATUSES,
    }
