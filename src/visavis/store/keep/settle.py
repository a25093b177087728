"""Reviews brought into the tables: the overlay over the events, the marks on copies, the states of the reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from visavis.records import Copy, Event
from visavis.sift import Linked
from visavis.store.keep.overlay import State, as_the_machine_said, overlay, settled
from visavis.store.keep.verdicts import OPEN, pair_of, pairs, standing
from visavis.store.tables.keep import Review
from visavis.store.writer import Writer

_NO_EDGE = "the machine finds no copy between these two articles now"


def settle_events(writer: Writer) -> None:
    """Lay the reviews over the events, and write what changed.

    The machine's rows are written first and removed last, so that a writer who is killed in between leaves nothing that cannot be
    laid on again.
    """
    reviews: tuple[Review, ...] = writer.rows("reviews")
    if not reviews:
        return
    kept: dict[str, Event] = {event.event_id: event for event in writer.rows("overruled")}
    events: tuple[Event, ...] = writer.rows("events")
    machine = as_the_machine_said(events, kept)
    laid = overlay(machine, writer.rows("stories"), reviews)
    now = [laid.changed.get(event.event_id, event) for event in machine]
    writer.settle("overruled", (kept | laid.overruled).values())
    if now != list(events):
        writer.settle("events", now)
    writer.settle("overruled", laid.overruled.values())
    settle_states(writer, laid.states)


def settle_states(writer: Writer, states: Mapping[str, State]) -> None:
    """Write what became of the reviews; those that `states` does not name stay as they are."""
    reviews: tuple[Review, ...] = writer.rows("reviews")
    writer.settle("reviews", settled(reviews, states))


def confirmed(copies: Iterable[Copy], reviews: Sequence[Review]) -> Iterator[Copy]:
    """The copies, with a mark on those that a person confirmed."""
    known = pairs(reviews, "confirm")
    for copy in copies:
        pair = (min(copy.article_id, copy.of_article_id), max(copy.article_id, copy.of_article_id))
        yield replace(copy, reviewed="confirmed") if pair in known else copy


def edge_states(reviews: Sequence[Review], linked: Linked) -> dict[str, State]:
    """What became of the reviews of copy edges: one whose edge is not found any more is open."""
    there = {_ends(copy) for copy in (*linked.copies, *linked.cut)}
    found = {}
    for review in standing(reviews, "copies"):
        known = pair_of(review) in there
        found[review.review_id] = State(row_now=review.row_id) if known else State(state=OPEN, note=_NO_EDGE)
    return found


def _ends(copy: Copy) -> tuple[str, str]:
    return min(copy.article_id, copy.of_article_id), max(copy.article_id, copy.of_article_id)
