"""Counts of events, grouped as the views of dyads and actors need them: made of events here, of millions by the digest of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from visavis.records import Event, Party
from visavis.show.views.parts import COOPERATIVE, COUNTED, Balance, period_of


class DyadSum(NamedTuple):
    """Events of a dyad (a, b). `way` is forth (a acts on b), back, both, or together (among all parties)."""

    way: str
    type: str
    status: str
    good: bool
    n: int


class Month(NamedTuple):
    """Events that happened in one month ("2021-04", "" for the undated); `intensity` is their sum."""

    month: str
    good: bool
    n: int
    intensity: float


class ActorSum(NamedTuple):
    """Events of an actor. `role` is source, target or both; `own` of them are told on its own word, `others` on that of others only."""

    role: str
    type: str
    status: str
    good: bool
    n: int
    own: int
    others: int


def dyad_sums(events: Iterable[Event], a: str, b: str) -> list[DyadSum]:
    """A row for each event."""
    return [DyadSum(_way(e, a, b), e.type, e.status, e.quad in COOPERATIVE, 1) for e in events]


def months_of(events: Iterable[Event]) -> list[Month]:
    """A row for each event that happened."""
    told = (event for event in events if event.status in COUNTED)
    return [Month((e.date_from or "")[:7], e.quad in COOPERATIVE, 1, e.intensity) for e in told]


def actor_sums(events: Iterable[Event], code: str) -> list[ActorSum]:
    """A row for each event."""
    found = []
    for event in events:
        own = any(voice.code == code for voice in event.voices)
        sides = [code in _codes(side) for side in (event.sources, event.targets)]
        role = "both" if all(sides) else "source" if sides[0] else "target"
        good = event.quad in COOPERATIVE
        found.append(ActorSum(role, event.type, event.status, good, 1, int(own), int(bool(event.voices) and not own)))
    return found


def tallied(rows: Iterable[tuple[bool, int]]) -> Balance:
    """The balance of (cooperative?, number) rows."""
    good = bad = 0
    for is_good, number in rows:
        good, bad = (good + number, bad) if is_good else (good, bad + number)
    total = good + bad
    ratio = round((good - bad) / total, 3) if total else None
    return Balance(events=total, cooperative=good, conflictual=bad, balance=ratio)


def totals(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    """{name: number}, greatest first, ties by name."""
    found: dict[str, int] = {}
    for name, number in rows:
        found[name] = found.get(name, 0) + number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def by_period(months: Iterable[Month], by: str) -> Mapping[str, list[Month]]:
    """The rows by year, quarter or month, sorted; those without a date under ""."""
    found: dict[str, list[Month]] = {}
    for row in months:
        found.setdefault(period_of(row.month or None, by) or "", []).append(row)
    return {period: found[period] for period in sorted(found)}


def _way(event: Event, a: str, b: str) -> str:
    if not event.targets:
        return "together"
    sources, targets = _codes(event.sources), _codes(event.targets)
    forth, back = a in sources and b in targets, b in sources and a in targets
    return "both" if forth and back else "forth" if forth else "back"


def _codes(parties: Iterable[Party]) -> set[str]:
    return {party.code for party in parties if party.code}
