"""Answers and scores in words and tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from visavis.forecast.answers import FEW, Answer
from visavis.forecast.chances.scores import reliability
from visavis.forecast.ledger import Settled


def chance_in(rate: float, window: int) -> float:
    """The chance of at least one act in `window` days at `rate` acts a day."""
    return float(-np.expm1(-window * rate))


def describe(answer: Answer) -> str:
    """The answer for people: the chance first, then what it stands beside, what it rests on, and what to beware of."""
    a = answer
    lines = [
        f"{a.source} -> {a.target}, {a.event_class}, {a.date_from} to {a.date_to}",
        f"  chance {a.probability:.1%}   (80 %: {a.low:.1%} to {a.high:.1%})",
        f"  base rate {a.base_rate:.1%}   own rate {a.own_rate:.1%}   own acts {a.own_acts}   cases {a.cases}",
        f"  acts expected {a.expected:.2f}   (80 %: {a.count_low} to {a.count_high})",
        f"  once more today would make it {a.one_more:.1%}",
        "  because",
    ]
    for reason in a.reasons:
        words = " ".join(filter(None, [reason.day, reason.what, reason.event_id]))
        lines.append(f"    {reason.share:6.1%}  {words}   (without: {reason.without:.1%})")
    return "\n".join([*lines, *(f"  - {note}" for note in a.notes)])


def notes_of_all(answers: Sequence[Answer]) -> list[str]:
    """The notes that hold for every answer, and for how many classes there is no skill beyond the own rate, or little history."""
    common = [note for note in (answers[0].notes if answers else []) if all(note in a.notes for a in answers)]
    said = []
    for what, classes in (
        ("No skill shown beyond the shrunken own rate", {a.event_class for a in answers if not a.skill}),
        ("Little history, hence near the base rate and wide", {a.event_class for a in answers if a.cases < FEW}),
    ):
        if classes:
            said.append(f"{what}: {', '.join(sorted(classes))}.")
    return said + [note for note in common if not note.startswith(("No skill", "Little history"))]


def score_settled(settled: Sequence[Settled]) -> dict[str, Any]:
    """Scores of the forecasts whose windows have closed: `brier`, `log`, `crps` of the counts in acts (losses), `skill` over the base rate
    and `own_skill` over the dyad's own rate (1 is best, 0 no better), None when nothing has closed; `reliability` rows of (mean forecast, share that came, forecasts)."""
    due = [one for one in settled if one.came is not None]
    empty: dict[str, Any] = {
        "issued": len(settled),
        "due": len(due),
        "came": 0,
        "brier": None,
        "log": None,
        "skill": None,
        "own_skill": None,
        "crps": None,
        "reliability": [],
    }
    if not due:
        return empty
    came = np.array([float(bool(one.came)) for one in due])
    chance = np.array([one.probability for one in due])
    base = np.array([one.base_rate for one in due])
    brier, plain = float(((chance - came) ** 2).mean()), float(((base - came) ** 2).mean())
    return {
        **empty,
        "came": int(came.sum()),
        "brier": brier,
        "log": float(np.mean([one.log for one in due])),
        "skill": 1 - brier / plain if plain > 0 else None,
        "own_skill": _skill(due),
        "crps": _mean([one.crps for one in due]),
        "reliability": [list(row) for row in reliability(chance, came)],
    }


def _skill(due: Sequence[Settled]) -> float | None:
    """Brier skill over the own rate, of the forecasts that hold one."""
    told = [(one.brier, one.own_brier) for one in due if one.brier is not None and one.own_brier is not None]
    theirs = sum(own for _, own in told)
    return 1 - sum(ours for ours, _ in told) / theirs if theirs > 0 else None


def _mean(values: Sequence[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return sum(told) / len(told) if told else None
