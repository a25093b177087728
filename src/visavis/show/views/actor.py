"""The view of one actor: with whom it deals, how, and who speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from visavis.records import Event, Party
from visavis.show.views.parts import (
    COOPERATIVE,
    COUNTED,
    Balance,
    EventLine,
    count,
    event_line,
    name_of,
    newest_first,
)
from visavis.show.views.tally import ActorSum, Month, actor_sums, by_period, months_of, tallied, totals


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
    met = [(other, event.quad in COOPERATIVE, 1) for event in counted for other in counterparts(event, code)]
    lines = [event_line(event) for event in newest_first(events)[:last]]
    speakers = count(v.name or v.words for event in events for v in event.voices if v.code == code)
    return actor_of(code, actor_sums(events, code), months_of(events), met, speakers, lines, names or {}, by)


def actor_of(
    code: str,
    sums: Sequence[ActorSum],
    months: Sequence[Month],
    met: Iterable[tuple[str, bool, int]],
    speakers: Mapping[str, int],
    last: Sequence[EventLine],
    names: Mapping[str, str],
    by: str = "year",
) -> ActorView:
    """The view of the actor from counts of its events; `met` are (other, cooperative?, number) of those that happened."""
    counted = [row for row in sums if row.status in COUNTED]
    total = tallied((row.good, row.n) for row in counted)
    whole = max(1, total.events)
    periods = by_period(months, by)
    return ActorView(
        code=code,
        name=name_of(code, names),
        total=total,
        as_source=tallied((row.good, row.n) for row in counted if row.role != "target"),
        as_target=tallied((row.good, row.n) for row in counted if row.role != "source"),
        types=totals((row.type, row.n) for row in counted),
        not_counted=totals((row.status, row.n) for row in sums if row.status not in COUNTED),
        partners=_partners(met, names),
        periods={
            name or "undated": tallied((r.good, r.n) for r in periods[name]) for name in sorted(periods, key=_late)
        },
        speakers=dict(speakers),
        own_voice=round(sum(row.own for row in counted) / whole, 3),
        others_voice=round(sum(row.others for row in counted) / whole, 3),
        last=tuple(last),
    )


def _late(period: str) -> tuple[bool, str]:
    """Undated events come last."""
    return not period, period


def counterparts(event: Event, code: str) -> set[str]:
    """The coded actors on the other side; in a reciprocal event, all the others."""
    sources, targets = _codes(event.sources), _codes(event.targets)
    if not event.targets:
        return sources - {code}
    facing = (targets if code in sources else set()) | (sources if code in targets else set())
    return facing - {code}


def _codes(parties: Iterable[Party]) -> set[str]:
    return {party.code for party in parties if party.code}


def _partners(met: Iterable[tuple[str, bool, int]], names: Mapping[str, str]) -> tuple[Partner, ...]:
    groups: dict[str, list[tuple[bool, int]]] = {}
    for other, good, number in met:
        groups.setdefault(other, []).append((good, number))
    found = [Partner(code=o, name=name_of(o, names), counts=tallied(rows)) for o, rows in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.counts.events, one.code)))
