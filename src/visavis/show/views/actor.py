"""The view of one actor: with whom it deals, how, and who speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from visavis.records import Event, Party
from visavis.show.views.parts import (
    COUNTED,
    Balance,
    EventLine,
    balance,
    count,
    event_line,
    name_of,
    newest_first,
    period_of,
)


class Partner(Struct, frozen=True, kw_only=True):
    """Another actor in the events of this one."""

    code: str
    name: str
    counts: Balance


class ActorView(Struct, frozen=True, kw_only=True):
    """What one actor does and what is done to it, over the events that happened.

    `partners` are sorted by number of events. `speakers` are those who speak for the actor and how often; `own_voice` is the
    share (0..1) of its events that are told on its own word, `others_voice` on the word of others only; the rest is told by
    the outlet itself.
    """

    code: str
    name: str
    total: Balance
    as_source: Balance
    as_target: Balance
    types: dict[str, int]
    not_counted: dict[str, int]
    partners: tuple[Partner, ...]
    periods: dict[str, Balance]
    speakers: dict[str, int]
    own_voice: float
    others_voice: float
    last: tuple[EventLine, ...]


def actor_view(
    code: str, events: Sequence[Event], names: Mapping[str, str] | None = None, by: str = "year", last: int = 8
) -> ActorView:
    """The view of the actor; `events` are those in which it is a party."""
    counted = [event for event in events if event.status in COUNTED]
    own = sum(any(voice.code == code for voice in event.voices) for event in counted)
    others = sum(bool(event.voices) and all(voice.code != code for voice in event.voices) for event in counted)
    whole = max(1, len(counted))
    return ActorView(
        code=code,
        name=name_of(code, names or {}),
        total=balance(counted),
        as_source=balance(event for event in counted if code in _codes(event.sources)),
        as_target=balance(event for event in counted if code in _codes(event.targets)),
        types=count(event.type for event in counted),
        not_counted=count(event.status for event in events if event.status not in COUNTED),
        partners=_partners(code, counted, names or {}),
        periods=_periods(counted, by),
        speakers=count(v.name or v.words for event in events for v in event.voices if v.code == code),
        own_voice=round(own / whole, 3),
        others_voice=round(others / whole, 3),
        last=tuple(event_line(event) for event in newest_first(events)[:last]),
    )


def counterparts(event: Event, code: str) -> set[str]:
    """The coded actors on the other side; in a reciprocal event, all the others."""
    sources, targets = _codes(event.sources), _codes(event.targets)
    if not targets:
        return sources - {code}
    facing = (targets if code in sources else set()) | (sources if code in targets else set())
    return facing - {code}


def _codes(parties: Iterable[Party]) -> set[str]:
    return {party.code for party in parties if party.code}


def _partners(code: str, events: Sequence[Event], names: Mapping[str, str]) -> tuple[Partner, ...]:
    groups: dict[str, list[Event]] = {}
    for event in events:
        for other in counterparts(event, code):
            groups.setdefault(other, []).append(event)
    ordered = sorted(groups, key=lambda other: (-len(groups[other]), other))
    return tuple(Partner(code=o, name=name_of(o, names), counts=balance(groups[o])) for o in ordered)


def _periods(events: Sequence[Event], by: str) -> dict[str, Balance]:
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(period_of(event.date_from, by) or "undated", []).append(event)
    return {period: balance(groups[period]) for period in sorted(groups)}
