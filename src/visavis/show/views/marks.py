"""The marks in an event's sentence: who, what, to whom, on whose word, when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from visavis.records import Event

# Where two marks overlap the earlier role in this list keeps its words; the other keeps what is left of its own. So the action
# "expelled ten Russian diplomats" is cut to "expelled" when its target is marked.
ROLES = ("source", "target", "date", "speaker", "action")


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
    kept: list[Mark] = []
    for span in sorted(found, key=lambda span: (min(ROLES.index(role) for role in found[span]), span)):
        roles = tuple(dict.fromkeys(found[span]))
        kept += [Mark(start=start, end=end, roles=roles) for start, end in _left_of(span, kept, event.quote)]
    return tuple(sorted(kept, key=lambda mark: mark.start))


def _left_of(span: tuple[int, int], kept: Sequence[Mark], quote: str) -> list[tuple[int, int]]:
    """The pieces of the span that no mark has taken, without blanks at their ends, if they hold a letter or figure."""
    edges = sorted(
        {span[0], span[1], *(edge for mark in kept for edge in (mark.start, mark.end) if span[0] < edge < span[1])}
    )
    pieces = []
    for start, end in pairwise(edges):
        if any(mark.start < end and start < mark.end for mark in kept):
            continue
        words = quote[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if any(character.isalnum() for character in quote[start:end]):
            pieces.append((start, end))
    return pieces


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
