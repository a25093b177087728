"""What the events that were found tell of the rest of the coding: status, voices, dates, types, and whether confidence is earned.

Events are matched one to one when the type is accepted and at least one pair of parties is shared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from visavis.code.evaluate.counting import pairing, pairs_of
from visavis.code.evaluate.lines import Line, accepted, agree, claims, label
from visavis.code.evaluate.single import macro_f1

_BINS = 10


class TypeScore(Struct, frozen=True, kw_only=True):
    """One PLOVER type: events are paired by type alone. `precision` is over those predicted as it, `recall` over the gold's."""

    precision: float
    recall: float
    predicted: int
    gold: int


class Details(Struct, frozen=True, kw_only=True):
    """Figures over the `matched` events, each None where the gold does not tell.

    `status_macro_f1`, `voices_f1`, `dates_exact` (share of dated gold events with the very same date) are 0..1. `ece` is the
    expected calibration error in ten bins of equal mass (Naeini et al. 2015), `auc` the chance that a right event is given more
    confidence than a wrong one; both over all predicted events, right meaning matched.
    """

    matched: int
    types: dict[str, TypeScore]
    status_macro_f1: float | None = None
    voices_precision: float | None = None
    voices_recall: float | None = None
    voices_f1: float | None = None
    dates_exact: float | None = None
    dated: int = 0
    ece: float | None = None
    auc: float | None = None


def detail(records: Sequence[tuple[Sequence[Line], Sequence[Line]]], strict: bool) -> Details:
    """The details of an evaluation; `records` are (gold events, predicted events)."""
    matched: list[tuple[Line, Line]] = []
    confidence: list[tuple[float, bool]] = []
    for gold, given in records:
        pairs = match_events(gold, given, strict)
        matched.extend((gold[i], given[j]) for i, j in pairs)
        right = {j for _, j in pairs}
        confidence.extend((e["confidence"], j in right) for j, e in enumerate(given) if e.get("confidence") is not None)
    status = [(gold["status"], given.get("status") or "happened") for gold, given in matched if gold.get("status")]
    dates = [(gold["date"], given.get("date")) for gold, given in matched if gold.get("date")]
    return Details(
        matched=len(matched),
        types=_types(records, strict),
        status_macro_f1=macro_f1(status) if status else None,
        dates_exact=sum(a == b for a, b in dates) / len(dates) if dates else None,
        dated=len(dates),
        **_voices([(gold, given) for gold, given in matched if "voice" in gold]),
        **_confidence(confidence),
    )


def match_events(gold: Sequence[Line], given: Sequence[Line], strict: bool) -> list[tuple[int, int]]:
    """A largest one-to-one pairing of events with an accepted type and a shared pair of parties."""
    wanted = [claims([event], strict, lambda e: accepted(e, strict)) for event in gold]
    found = [claims([event], strict, lambda e: [label(e)]) for event in given]
    return pairing(len(gold), len(given), lambda i, j: any(agree(a, b) for a in wanted[i] for b in found[j]))


def _types(records: Sequence[tuple[Sequence[Line], Sequence[Line]]], strict: bool) -> dict[str, TypeScore]:
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    recalled: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold, given in records:
        a = [(name, accepted(event, strict)) for event in gold if (name := label(event))]
        b = [name for event in given if (name := label(event))]
        wanted.update(name for name, _ in a)
        found.update(b)
        for (name, _), given_name in pairs_of(a, b, lambda one, other: other in one[1]):
            recalled[name] += 1
            right[given_name] += 1
    return {
        name: TypeScore(
            precision=right[name] / found[name] if found[name] else 0.0,
            recall=recalled[name] / wanted[name] if wanted[name] else 0.0,
            predicted=found[name],
            gold=wanted[name],
        )
        for name in sorted({*wanted, *found})
    }


def _voices(pairs: Sequence[tuple[Line, Line]]) -> dict[str, float]:
    """Voices match by code or by words that overlap."""
    hits = answered = wanted = 0
    for gold, given in pairs:
        a, b = list(gold.get("voice") or []), list(given.get("voice") or [])
        hits += len(pairs_of(a, b, _same_voice))
        answered += len(b)
        wanted += len(a)
    if not wanted:
        return {}
    precision, recall = hits / answered if answered else 0.0, hits / wanted
    f1 = 2 * hits / (answered + wanted)
    return {"voices_precision": precision, "voices_recall": recall, "voices_f1": f1}


def _same_voice(a: Line, b: Line) -> bool:
    if a.get("code") and a.get("code") == b.get("code"):
        return True
    one, two = (set(str(voice.get("text") or "").lower().split()) - {"the", "a", "an", "of"} for voice in (a, b))
    return bool(one & two)


def _confidence(told: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    if not told:
        return {}
    score, right = np.array([c for c, _ in told]), np.array([ok for _, ok in told], dtype=float)
    order = np.argsort(score, kind="stable")
    bins = [part for part in np.array_split(order, _BINS) if len(part)]
    ece = sum(len(part) * abs(score[part].mean() - right[part].mean()) for part in bins) / len(score)
    return {"ece": float(ece), "auc": _auc(score[right == 1], score[right == 0])}


def _auc(right: Any, wrong: Any) -> float | None:
    """The Mann-Whitney statistic as a share; ties count half."""
    if not len(right) or not len(wrong):
        return None
    ordered = np.sort(wrong)
    below, upto = np.searchsorted(ordered, right, "left"), np.searchsorted(ordered, right, "right")
    return float((below + upto).sum() / 2 / (len(right) * len(wrong)))
