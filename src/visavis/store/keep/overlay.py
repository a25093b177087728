"""Reviews laid over what the machine says, so that they survive every new coding.

A function of the machine's events and the reviews alone: laying them on twice, in parts, or after another coder gives the same
rows. The machine's own row of every event that a person changed is kept in the table `overruled`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from visavis.records import Event, Party, Story, Voice
from visavis.store.keep.anchors import Ground, Place, codes_of
from visavis.store.keep.verdicts import APPLIED, MARKS, OPEN, WITHDRAWN, standing, with_columns
from visavis.store.tables.keep import Anchor, Review

_PLACED = "found again by "
_NOT_FOUND = "no event of the record has its place and parties now"
_NOTHING_TO_REJECT = "the machine reports no such event now: there is nothing to reject"


class State(Struct, frozen=True, kw_only=True):
    """Whether a review applies, to which row, and why not or how it was found again."""

    state: str = APPLIED
    row_now: str = ""
    note: str = ""


class Overlaid(Struct, frozen=True, kw_only=True):
    """`changed` are the events as people have them (the others stand as the machine has them), `overruled` the machine's rows of
    those whose columns differ, `states` what became of each review of an event."""

    changed: dict[str, Event]
    overruled: dict[str, Event]
    states: dict[str, State]


def overlay(events: Iterable[Event], stories: Iterable[Story], reviews: Sequence[Review]) -> Overlaid:
    """The reviews of events laid over the machine's `events`."""
    by_row: defaultdict[str, list[Review]] = defaultdict(list)
    for review in standing(reviews, "events"):
        by_row[review.anchors[0].event_id].append(review)
    ground = Ground(events, stories)
    places = ground.places({key: (found[0].anchors[0], _also(found)) for key, found in by_row.items()})
    changed: dict[str, Event] = {}
    overruled: dict[str, Event] = {}
    states: dict[str, State] = {}
    for key, found in by_row.items():
        place = places.get(key)
        if place is None:
            states |= {r.review_id: State(state=OPEN, note=_why_open(r)) for r in found}
            continue
        event, now = place.event, _judged(place, found)
        changed[event.event_id] = now
        if replace(now, reviewed="") != event:
            overruled[event.event_id] = event
        note = "" if place.how == "id" else _PLACED + place.how
        states |= {r.review_id: State(row_now=event.event_id, note=note) for r in found}
    return Overlaid(changed=changed, overruled=overruled, states=states)


def as_the_machine_said(events: Iterable[Event], overruled: Mapping[str, Event]) -> list[Event]:
    """The events without what people made of them."""
    return [
        overruled.get(event.event_id) or (replace(event, reviewed="") if event.reviewed else event) for event in events
    ]


def settled(reviews: Iterable[Review], states: Mapping[str, State]) -> list[Review]:
    """The reviews with their states; one that `states` does not name keeps its own. A withdrawn one says by whom."""
    known = list(reviews)
    gone = {r.row_id: r for r in known if r.verdict == "withdraw"}
    found = []
    for review in known:
        state = states.get(review.review_id)
        if review.review_id in gone:
            by = gone[review.review_id]
            state = State(state=WITHDRAWN, note=f"by {by.author}" + (f": {by.reason}" if by.reason else ""))
        found.append(
            review if state is None else replace(review, state=state.state, row_now=state.row_now, note=state.note)
        )
    return found


def _also(reviews: Sequence[Review]) -> Anchor | None:
    """The anchor with what people said in place of the machine, None when they changed neither type nor parties."""
    corrected = {key: value for review in reviews for key, value in review.corrected.items()}
    anchor = reviews[0].anchors[0]
    if not corrected.keys() & {"type", "sources", "targets"}:
        return None
    before = {**reviews[0].said, **corrected}
    event = with_columns(_bare(anchor), {k: v for k, v in before.items() if k in ("type", "sources", "targets")})
    return replace(anchor, type=event.type, parties=codes_of(event))


def _bare(anchor: Anchor) -> Event:
    return Event(
        event_id=anchor.event_id,
        story_id="",
        article_id=anchor.article_id,
        sentence_no=0,
        start=anchor.start,
        end=anchor.end,
        quote="",
        type=anchor.type,
    )


def _judged(place: Place, reviews: Sequence[Review]) -> Event:
    """The event as the reviews, oldest first, leave it: corrections add up, of accept and reject the last one holds."""
    event, last = place.event, reviews[-1].verdict
    for review in reviews:
        event = with_columns(event, review.corrected)
    if last == "accept" and event != place.event:
        last = "correct"
    if event.article_id != reviews[0].anchors[0].article_id:
        event = _elsewhere(event, place.event)
    return replace(event, reviewed=MARKS[last], status="rejected" if last == "reject" else event.status)


def _elsewhere(event: Event, machine: Event) -> Event:
    """The event without the places of words in another article than its own."""

    def moved(party: Party) -> Party:
        own = party in machine.sources or party in machine.targets
        return party if own else replace(party, words="", start=0, end=0)

    def said(voice: Voice) -> Voice:
        return voice if voice in machine.voices else replace(voice, words="", start=0, end=0)

    return replace(
        event,
        sources=tuple(moved(party) for party in event.sources),
        targets=tuple(moved(party) for party in event.targets),
        voices=tuple(said(voice) for voice in event.voices),
    )


def _why_open(review: Review) -> str:
    return _NOTHING_TO_REJECT if review.verdict == "reject" else _NOT_FOUND
