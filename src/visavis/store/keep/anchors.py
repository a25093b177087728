"""Where an event stood when a person judged it, and which event of a new coding that is.

An event is found again by its id; failing that, in the same article, where its sentence overlaps and its parties and its action
words or type agree; failing that, in another article of the same story that carries the very sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from visavis.records import Event, Story
from visavis.store.tables.keep import Anchor

# Two sets of parties are the same event's when they share at least this part of what either names.
_SHARED = 0.5


class Place(NamedTuple):
    """The event that an anchor means now, and on what it was found."""

    event: Event
    how: str


class Ground:
    """The events of a record as the machine has them, by article and by sentence."""

    def __init__(self, events: Iterable[Event], stories: Iterable[Story]) -> None:
        self.by_id: dict[str, Event] = {}
        self.by_article: defaultdict[str, list[Event]] = defaultdict(list)
        for event in sorted(events, key=lambda event: event.event_id):
            self.by_id[event.event_id] = event
            self.by_article[event.article_id].append(event)
        self.mates = {key: story.article_ids for story in stories for key in story.article_ids}

    def place(self, anchor: Anchor, also: Anchor | None = None, taken: frozenset[str] = frozenset()) -> Place | None:
        """The event that the anchor means; `also` is the same anchor with what a person said instead of the machine, since a
        better coder may say that now. Events whose ids are `taken` belong to other anchors."""
        same = self.by_id.get(anchor.event_id)
        if same is not None:
            return Place(same, "id")
        forms = [form for form in (anchor, also) if form is not None]
        here = self.by_article.get(anchor.article_id, []) if anchor.article_id else []
        near = [e for e in here if e.start < anchor.end and anchor.start < e.end]
        found = _best(near, forms, taken)
        if found is not None:
            return Place(found, "article, span and parties")
        others = [key for key in self.mates.get(anchor.article_id, ()) if key != anchor.article_id]
        quoted = [e for key in others for e in self.by_article.get(key, []) if e.quote and e.quote == anchor.quote]
        found = _best(quoted, forms, taken)
        return None if found is None else Place(found, "the same sentence in another article of the story")

    def places(self, anchors: Mapping[str, tuple[Anchor, Anchor | None]]) -> dict[str, Place]:
        """{key: where it stands}, for anchors that each mean another event; those that are found by their ids come first."""
        found = {
            key: Place(self.by_id[a.event_id], "id") for key, (a, _) in anchors.items() if a.event_id in self.by_id
        }
        taken = {place.event.event_id for place in found.values()}
        for key in sorted(set(anchors) - set(found)):
            place = self.place(*anchors[key], taken=frozenset(taken))
            if place is not None:
                found[key] = place
                taken.add(place.event.event_id)
        return found


def anchor_of(event: Event) -> Anchor:
    """Where this event stands."""
    return Anchor(
        event_id=event.event_id,
        article_id=event.article_id,
        start=event.start,
        end=event.end,
        words_start=event.words_start,
        words_end=event.words_end,
        type=event.type,
        parties=codes_of(event),
        quote=event.quote,
    )


def codes_of(event: Event) -> tuple[str, ...]:
    """The codes of its parties, sorted; the words of those that have none."""
    return tuple(sorted({party.code or party.words.casefold() for party in (*event.sources, *event.targets)}))


def _best(events: Sequence[Event], forms: Sequence[Anchor], taken: frozenset[str]) -> Event | None:
    ranked = [
        (rank, event)
        for event in events
        if event.event_id not in taken
        for form in forms
        if (rank := _agreement(event, form)) is not None
    ]
    return min(ranked, key=lambda pair: (*(-value for value in pair[0]), pair[1].event_id))[1] if ranked else None


def _agreement(event: Event, anchor: Anchor) -> tuple[float, float, float] | None:
    """How well the event agrees with the anchor: (action words overlap, same type, shared parties); None when it does not."""
    mine, theirs = set(codes_of(event)), set(anchor.parties)
    shared = len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0
    same_text = event.article_id == anchor.article_id
    words = same_text and event.words_start < anchor.words_end and anchor.words_start < event.words_end
    if shared < _SHARED or not (words or event.type == anchor.type):
        return None
    return float(words), float(event.type == anchor.type), shared
