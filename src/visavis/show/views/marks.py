"""The marks in an event's sentence: who, what, to whom, on whose word, when."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from visavis.records import Event

# When two marks overlap the earlier role in this list keeps its place.
ROLES = ("action", "source", "target", "speaker", "date")


class Mark(Struct, frozen=True, kw_only=True):
    """A stretch of the sentence and the part it plays; code points in the quote, end exclusive."""

    start: int
    end: int
    roles: tuple[str, ...]


def marks_of(event: Event) -> tuple[Mark, ...]:
    """The marks in the event's sentence: in order, never overlapping; one stretch may play several parts."""
    found: dict[tuple[int, int], list[str]] = {}
    for role, start, end in _stretches(event):
        start, end = start - event.start, end - event.start
        if 0 <= start < end <= len(event.quote):
            found.setdefault((start, end), []).append(role)
    kept: list[tuple[int, int]] = []
    for span in sorted(found, key=lambda span: (ROLES.index(found[span][0]), span)):
        if all(span[1] <= start or end <= span[0] for start, end in kept):
            kept.append(span)
    return tuple(Mark(start=s, end=e, roles=tuple(dict.fromkeys(found[s, e]))) for s, e in sorted(kept))


def _stretches(event: Event) -> Iterable[tuple[str, int, int]]:
    yield "action", event.words_start, event.words_end
    for role, side in (("source", event.sources), ("target", event.targets)):
        for party in side:
            yield role, party.start, party.end
    for voice in event.voices:
        yield "speaker", voice.start, voice.end
    at = event.quote.find(event.date_words) if event.date_words else -1
    if at >= 0:
        yield "date", event.start + at, event.start + at + len(event.date_words)
