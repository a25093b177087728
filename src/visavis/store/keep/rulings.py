"""What people said of happenings, as rulings on the events of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from visavis.records import Event, Story
from visavis.sift import Ruling
from visavis.store.keep.anchors import Ground
from visavis.store.keep.overlay import State
from visavis.store.keep.verdicts import OPEN, standing
from visavis.store.tables.keep import Review

_GONE = "{gone} of its {all} events have no place in the record now"


def rulings(
    events: Iterable[Event], stories: Iterable[Story], reviews: Sequence[Review]
) -> tuple[list[Ruling], dict[str, State]]:
    """The merges and splits that still fit, oldest first, and what became of each: all their events must be found again."""
    found: list[Ruling] = []
    states: dict[str, State] = {}
    judged = standing(reviews, "happenings")
    ground = Ground(events, stories) if judged else None
    for review in judged:
        wanted = {anchor.event_id: (anchor, None) for anchor in review.anchors}
        places = ground.places(wanted) if ground is not None else {}
        if len(places) < len(review.anchors):
            gone = len(review.anchors) - len(places)
            states[review.review_id] = State(state=OPEN, note=_GONE.format(gone=gone, all=len(review.anchors)))
            continue
        ids = tuple(places[anchor.event_id].event.event_id for anchor in review.anchors)
        found.append(Ruling(review.verdict, ids))
        states[review.review_id] = State(row_now=ids[0])
    return found, states
