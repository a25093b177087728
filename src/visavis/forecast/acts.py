"""The acts of a record: happened, dated, between known parties, each happening counted once a direction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations, product

from visavis.errors import ForecastError
from visavis.forecast.chances.acts import ANY, Acts, gather_acts
from visavis.lexicon.ontology import QUAD, QUAD_NAMES
from visavis.records import Event
from visavis.store import Record

# Asked for even where a record has none yet: PLOVER's modes of SANCTION.
_ASKED_FOR = frozenset(f"sanction/{mode}" for mode in ("convict", "discontinue", "expel", "withdraw"))
_STATUSES = ("happened", "historical")


def acts_of(record: Record) -> Acts:
    """The acts of a record, with the ids of their events. Several events of one happening, direction and class count once.

    Parties without a code are left out; acts undated or dated no better than to a month stand in `undated`. Raises ForecastError when
    none remain.
    """
    of_event = {
        event: happening.happening_id for happening in record.rows("happenings") for event in happening.event_ids
    }
    rows: dict[tuple[str, str, str, str], tuple[str, str, str, tuple[str, ...], str]] = {}
    undated: dict[tuple[str, str, str, str], tuple[str, str, tuple[str, ...]]] = {}
    for event in record.events():
        if event.status not in _STATUSES:
            continue
        thing = of_event.get(event.event_id, event.event_id)
        for source, target in directions(event):
            key = (thing, source, target, event.type)
            if event.date_from is None or not _is_precise(event):
                undated.setdefault(key, (source, target, classes_of(event)))
            else:
                rows.setdefault(key, (event.date_from, source, target, classes_of(event), event.event_id))
    if not rows:
        raise ForecastError(f"{record.path} holds no dated events between known parties.", "Read or add events first.")
    left_out = sorted(undated[key] for key in undated.keys() - rows.keys())
    return replace(gather_acts(list(rows.values())), undated=tuple(left_out))


def _is_precise(event: Event) -> bool:
    """Whether the event's days are known to a month or better."""
    first, last = (
        date.fromisoformat(day or "0001-01-01") for day in (event.date_from, event.date_to or event.date_from)
    )
    return (last - first).days <= 31


def directions(event: Event) -> list[tuple[str, str]]:
    """Who did it to whom, by code; a reciprocal event without targets counts for every ordered pair of its parties."""
    sources, targets = (sorted({party.code for party in side if party.code}) for side in (event.sources, event.targets))
    pairs = product(sources, targets) if targets else permutations(sources, 2)
    return [(a, b) for a, b in pairs if a != b]


def classes_of(event: Event) -> tuple[str, ...]:
    """The event's classes, narrowest first: type/mode, type, quad class."""
    kind = event.type.lower()
    quad = QUAD_NAMES[QUAD[event.type]] if event.type in QUAD else ANY
    above = (kind, quad) if quad != ANY else (kind,)
    return (f"{kind}/{event.mode}", *above) if event.mode else above


def find_class(acts: Acts, words: str) -> str:
    """The class that a user's words mean: "expel" is sanction/expel, "sanction" the type, "material conflict" a quad class, "any" all.

    Raises ForecastError for words that mean no class, with those that are in the history.
    """
    wanted = words.strip().lower()
    known = sorted(
        {name for path in acts.paths for name in path}
        | {kind.lower() for kind in QUAD}
        | set(QUAD_NAMES.values())
        | _ASKED_FOR
    )
    found = [name for name in known if wanted in (name, name.split("/")[-1])]
    if not found:
        raise ForecastError(f"No class is called {words!r}.", f"Classes: {', '.join(known)}.")
    return next((name for name in found if name == wanted), found[0])
