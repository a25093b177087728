"""The view of a whole record: what an analyst wants to see first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from visavis.lexicon.ontology import QUAD, QUAD_NAMES
from visavis.read.reasons import FURNITURE, UNUSED
from visavis.records import Event
from visavis.run.reasons import REASONS
from visavis.show.views.parts import Balance, EventLine


class DyadLine(Struct, frozen=True, kw_only=True):
    """One dyad and its balance."""

    a: str
    b: str
    a_name: str
    b_name: str
    counts: Balance


class Unused(Struct, frozen=True, kw_only=True):
    """Rows of `drops` with one reason; `meaning` is "" where the stage gives none."""

    stage: str
    reason: str
    meaning: str
    rows: int


class QuadLine(Struct, frozen=True, kw_only=True):
    """One quad class and the types in it that occur."""

    quad: int
    name: str
    events: int
    types: dict[str, int]


class Overview(Struct, frozen=True, kw_only=True):
    """A record in one view. `unused` is what was given but not used, `furniture` what was cut from around the texts; `statuses`
    counts all events, `quads` those that happened."""

    pages: int
    articles: int
    teasers: int
    languages: dict[str, int]
    stories: int
    copies: dict[str, int]
    happenings: int
    first_day: str | None
    last_day: str | None
    unused: tuple[Unused, ...]
    furniture: dict[str, int]
    statuses: dict[str, int]
    quads: tuple[QuadLine, ...]
    dyads: tuple[DyadLine, ...]
    examples: tuple[EventLine, ...]


def overview(
    counts: Mapping[str, int],
    languages: Mapping[str, int],
    copies: Mapping[str, int],
    drops: Mapping[str, Mapping[str, int]],
    statuses: Mapping[str, int],
    types: Mapping[str, int],
    days: tuple[str | None, str | None],
    dyads: Sequence[DyadLine],
    examples: Sequence[EventLine],
) -> Overview:
    """The view of a record. `counts` holds pages, articles, teasers, stories and happenings; `statuses` counts all events, `types`
    those that happened; `days` are the first and last."""
    return Overview(
        pages=counts["pages"],
        articles=counts["articles"],
        teasers=counts["teasers"],
        stories=counts["stories"],
        happenings=counts["happenings"],
        languages=dict(languages),
        copies=dict(copies),
        first_day=days[0],
        last_day=days[1],
        unused=tuple(_unused(drops)),
        furniture={name: rows for name, rows in drops.get("read", {}).items() if name in FURNITURE},
        statuses=dict(statuses),
        quads=_quads(types),
        dyads=tuple(dyads),
        examples=tuple(examples),
    )


def _unused(drops: Mapping[str, Mapping[str, int]]) -> Iterable[Unused]:
    for stage, reasons in drops.items():
        for reason, rows in reasons.items():
            if stage != "read" or reason not in FURNITURE:
                yield Unused(
                    stage=stage, reason=reason, meaning=UNUSED.get(reason) or REASONS.get(reason, ""), rows=rows
                )


def _quads(counted: Mapping[str, int]) -> tuple[QuadLine, ...]:
    lines = []
    for quad, name in QUAD_NAMES.items():
        types = {type: n for type, n in counted.items() if QUAD.get(type) == quad}
        lines.append(QuadLine(quad=quad, name=name, events=sum(types.values()), types=types))
    return tuple(lines)


def pairs_of(event: Event) -> set[tuple[str, str]]:
    """The unordered pairs of different coded actors that face each other in the event."""
    sources = {party.code for party in event.sources if party.code}
    targets = {party.code for party in event.targets if party.code}
    facing = {(a, b) for a in sources for b in targets} if event.targets else set(combinations(sorted(sources), 2))
    return {(min(pair), max(pair)) for pair in facing if pair[0] != pair[1]}


def telling(events: Sequence[Event], most: int) -> list[Event]:
    """Events worth showing first: both sides coded, dated, told by somebody, sure, of different types; the most confident of each."""
    whole = [event for event in events if pairs_of(event) and event.date_from]
    whole.sort(key=lambda event: (not event.voices, -round(event.confidence, 2), event.date_from or "", event.event_id))
    chosen: list[Event] = []
    for event in whole:
        if event.type not in {one.type for one in chosen} and event.quote not in {one.quote for one in chosen}:
            chosen.append(event)
    return chosen[:most]
