"""What is read from a gold or predicted event: its acceptable types, its codes, its pairs.

The rules are those of the project's interchange form: old labels are renamed; unless strict, a gold event's alternative labels
count and every organisation's code is IGO (the 2016 gold standard writes IGO for all of them).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

from visavis.lexicon.ontology import QUAD, RECIPROCAL

Line = Mapping[str, Any]
Side = tuple[str | None, str | None] | str | None
Pair = tuple[Side, Side]

_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# A coder may answer with the old root; a gold YIELD lists both of its successors.
_QUADS = {**QUAD, "YIELD": 2}
ORGANISATIONS = frozenset(
    [
        "AFU",
        "APC",
        "APEC",
        "ARB",
        "ASEAN",
        "ASN",
        "AU",
        "BRICS",
        "CIS",
        "COE",
        "COUN",
        "CSTO",
        "EAEU",
        "ECO",
        "ECOWAS",
        "EUR",
        "EUU",
        "G20",
        "G7",
        "G8",
        "GCC",
        "IAE",
        "IAEA",
        "ICC",
        "ICJ",
        "IGAD",
        "IGO",
        "IMF",
        "IOM",
        "LEAG",
        "MERCOSUR",
        "NAT",
        "NATO",
        "OAS",
        "OECD",
        "OIC",
        "OPC",
        "OPEC",
        "OSCE",
        "SADC",
        "SCO",
        "UNHCR",
        "UNO",
        "UNSC",
        "WAS",
        "WBK",
        "WHO",
        "WTO",
    ]
)


class Claim(NamedTuple):
    """One ordered pair that an event claims, with the labels that fit it. `either`: the order of the pair says nothing."""

    labels: frozenset[Any]
    pair: Pair
    either: bool


def label(event: Line) -> str | None:
    """The event's PLOVER type under its present name; None for events without one (CAMEO 01, 02)."""
    name = event.get("event")
    return _RENAMED.get(name, name) if name else None


def accepted(event: Line, strict: bool) -> set[str]:
    """The types that count as right for a gold event."""
    found = {label(event), *(event.get("event_set") or [])}
    if not strict:
        found.update(event.get("event_alt") or [])
    return {name for name in found if name is not None}


def quads(labels: Iterable[str | None]) -> set[int]:
    """The quad classes of some types."""
    return {_QUADS[name] for name in labels if name in _QUADS}


def quad(event: Line) -> int | None:
    """The quad class of a predicted event's type."""
    name = label(event)
    return None if name is None else _QUADS.get(name)


def code(party: Line, strict: bool) -> str | None:
    """A party's code as it is compared; None when it has none."""
    found: str | None = party.get("code")
    if not found or found.startswith("---"):
        return None
    return "IGO" if found in ORGANISATIONS and not strict else found


def parties(event: Line, side: str) -> list[Line]:
    """The parties on one side ("source" or "target")."""
    return list(event.get(side) or [])


def unordered(pair: Pair) -> Pair:
    """The pair in one fixed order."""
    a, b = sorted(pair, key=str)
    return a, b


def claims(
    events: Iterable[Line], strict: bool, labels: Callable[[Line], Iterable[Any]], sectors: bool = False
) -> list[Claim]:
    """The pairs that events claim, each once: compounds expanded, a reciprocal list as all its unordered pairs."""
    found: dict[Claim, None] = {}
    for event in events:
        pairs, reciprocal = _pairs(event, strict, sectors)
        either = reciprocal or label(event) in RECIPROCAL
        fitting = frozenset(labels(event))
        for pair in pairs:
            found[Claim(fitting, unordered(pair) if either else pair, either)] = None
    return list(found)


def agree(gold: Claim, predicted: Claim) -> bool:
    """Whether a predicted claim is a gold one."""
    if not gold.labels & predicted.labels:
        return False
    if gold.pair == predicted.pair:
        return True
    return (gold.either or predicted.either) and unordered(gold.pair) == unordered(predicted.pair)


def _pairs(event: Line, strict: bool, sectors: bool) -> tuple[list[Pair], bool]:
    def side(party: Line) -> Side:
        found = code(party, strict)
        return (found, party.get("sector")) if sectors else found

    sources = [side(party) for party in parties(event, "source")]
    targets = [side(party) for party in parties(event, "target")]
    if len(sources) > 1 and not targets:
        return list(combinations(sources, 2)), True
    return list(product(sources or [None], targets or [None])), False
