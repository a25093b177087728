"""The partnership ladder of two states: dated rungs, each with the sentence that names it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from visavis.lexicon.crosswalk import state_codes
from visavis.lexicon.rungs import rung_named
from visavis.records import Event, content_id
from visavis.store.tables.facts import Rung

# Types by which states climb; a threat to leave a partnership names it too, but is no step on it.
_CLIMBS = frozenset({"AGREE", "COOPERATE", "CONSULT", "SUPPORT"})


def rungs_of(events: Iterable[Event]) -> tuple[Rung, ...]:
    """The rungs that events which happened name, per pair of states, by date: the first event of a pair that names a rung.

    Rungs of undated events come last. Every rung keeps its event and its sentence.
    """
    found: dict[tuple[str, str, int], Rung] = {}
    known = sorted(events, key=lambda event: (event.date_from or "9999", event.event_id))
    for event in known:
        named = rung_named(event.quote) if event.status == "happened" and event.type in _CLIMBS else None
        for a, b in _pairs(event) if named else ():
            if named is not None and (a, b, named.level) not in found:
                found[a, b, named.level] = Rung(
                    fact_id=content_id("rung", a, b, named.name, event.event_id),
                    source="events",
                    state=a,
                    partner=b,
                    rung=named.name,
                    level=named.level,
                    date_from=event.date_from,
                    date_to=event.date_to,
                    event_id=event.event_id,
                    quote=event.quote,
                )
    return tuple(found.values())


def _pairs(event: Event) -> list[tuple[str, str]]:
    """The pairs of states of an event: source with target, or all with all where everybody is a source."""
    sources, targets = ({p.code for p in side} & state_codes() for side in (event.sources, event.targets))
    if not event.targets:
        return sorted(combinations(sorted(sources), 2))
    return sorted({(min(a, b), max(a, b)) for a in sources for b in targets if a != b})
