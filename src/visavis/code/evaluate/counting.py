"""The counts of one record under each measure: (hits, predicted, gold)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from visavis.code.evaluate.lines import (
    Claim,
    Line,
    accepted,
    agree,
    claims,
    code,
    label,
    parties,
    quad,
    quads,
    unordered,
)

MEASURES = (
    "type",
    "quad",
    "type+dyad",
    "quad+dyad",
    "dyad",
    "dyad, all",
    "source",
    "target",
    "type+dyad+sector",
    "cameo",
    "cameo root",
)


A = TypeVar("A")
B = TypeVar("B")


class Counts(NamedTuple):
    """Right answers, answers given, answers wanted."""

    hits: int
    predicted: int
    gold: int


def pairing(rows: int, columns: int, fits: Callable[[int, int], bool]) -> list[tuple[int, int]]:
    """A largest one-to-one pairing of rows and columns that fit, by augmenting paths (Kuhn 1955)."""
    row_of = [-1] * columns

    def augment(row: int, seen: set[int]) -> bool:
        for column in range(columns):
            if column not in seen and fits(row, column):
                seen.add(column)
                if row_of[column] < 0 or augment(row_of[column], seen):
                    row_of[column] = row
                    return True
        return False

    for row in range(rows):
        augment(row, set())
    return [(row, column) for column, row in enumerate(row_of) if row >= 0]


def pairs_of(rows: Sequence[A], columns: Sequence[B], fits: Callable[[A, B], bool]) -> list[tuple[A, B]]:
    """A largest one-to-one pairing of two lists of things that fit."""
    found = pairing(len(rows), len(columns), lambda i, j: fits(rows[i], columns[j]))
    return [(rows[i], columns[j]) for i, j in found]


def count_record(gold: Sequence[Line], given: Sequence[Line], strict: bool) -> dict[str, Counts]:
    """The counts of one record under every measure that its gold events allow."""
    wanted = [event for event in gold if accepted(event, strict)]
    typed = [event for event in given if label(event)]
    found = {
        "type": _count(len(wanted), len(typed), lambda i, j: label(typed[j]) in accepted(wanted[i], strict)),
        "quad": _count(len(wanted), len(typed), lambda i, j: quad(typed[j]) in quads(accepted(wanted[i], strict))),
    }
    if not gold or any(party.get("code") for event in gold for side in _SIDES for party in parties(event, side)):
        found.update(_count_dyads(gold, given, wanted, typed, strict))
    found.update(_count_cameo(gold, given))
    return found


_SIDES = ("source", "target")


def _count(rows: int, columns: int, fits: Callable[[int, int], bool]) -> Counts:
    return Counts(len(pairing(rows, columns, fits)), columns, rows)


def _count_claims(gold: Sequence[Claim], given: Sequence[Claim]) -> Counts:
    return _count(len(gold), len(given), lambda i, j: agree(gold[i], given[j]))


def _anything(_: Line) -> tuple[str]:
    return ("*",)


def _count_dyads(
    gold: Sequence[Line], given: Sequence[Line], wanted: Sequence[Line], typed: Sequence[Line], strict: bool
) -> dict[str, Counts]:
    def types(event: Line) -> Iterable[str]:
        return accepted(event, strict)

    def classes(event: Line) -> Iterable[int]:
        return quads(accepted(event, strict))

    def own_type(event: Line) -> Iterable[str | None]:
        return (label(event),)

    def own_class(event: Line) -> Iterable[int | None]:
        return (quad(event),)

    found = {
        "type+dyad": _count_claims(claims(wanted, strict, types), claims(typed, strict, own_type)),
        "quad+dyad": _count_claims(claims(wanted, strict, classes), claims(typed, strict, own_class)),
        "dyad": _count_claims(claims(wanted, strict, _anything), claims(typed, strict, _anything)),
        "dyad, all": _count_claims(claims(gold, strict, _anything), claims(given, strict, _anything)),
        "type+dyad+sector": _count_sectors(claims(wanted, strict, types, True), claims(typed, strict, own_type, True)),
    }
    for side in _SIDES:
        a, b = ({code(p, strict) for e in events for p in parties(e, side)} - {None} for events in (wanted, typed))
        found[side] = Counts(len(a & b), len(b), len(a))
    return found


def _count_sectors(gold: Sequence[Claim], given: Sequence[Claim]) -> Counts:
    """Only gold pairs with both sectors filled are wanted; only predictions on their dyads can be wrong."""
    full = [claim for claim in gold if all(isinstance(side, tuple) and side[1] for side in claim.pair)]
    dyads = {_dyad(claim) for claim in full}
    hits = _count_claims(full, given).hits
    return Counts(hits, sum(_dyad(claim) in dyads for claim in given), len(full))


def _dyad(claim: Claim) -> tuple[object, object]:
    a, b = (side[0] if isinstance(side, tuple) else None for side in claim.pair)
    return unordered((a, b))


def _count_cameo(gold: Sequence[Line], given: Sequence[Line]) -> dict[str, Counts]:
    if not gold:
        false = any(event.get("cameo") for event in given)
        return {name: Counts(0, len(given), 0) for name in ("cameo", "cameo root")} if false else {}
    wanted = [event["cameo"] for event in gold if event.get("cameo")]
    answers = [event["cameo"] for event in given if event.get("cameo")]
    if not wanted or (given and not answers):
        return {}
    found = {}
    for name, digits in (("cameo", None), ("cameo root", 2)):
        a, b = Counter(c[:digits] for c in wanted), Counter(c[:digits] for c in answers)
        found[name] = Counts((a & b).total(), b.total(), a.total())
    return found
