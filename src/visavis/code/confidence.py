"""How sure the coder is of an event: a small logistic model of right against wrong, fitted on the development half of the gold set.

The coefficients are refitted by `scripts/fit_confidence.py`; docs/accuracy.md holds the reliability table.
"""

from __future__ import annotations

import math
from typing import Final

from visavis.code.candidates import OPEN, Candidate
from visavis.code.weigh import Weighed

COEFFICIENTS: Final = {
    "bias": -0.6,
    "probability": 2.0,
    "none": -2.0,
    "agrees": 0.7,
    "open": -0.8,
    "weight": 0.1,
    "both coded": 0.7,
    "source coded": 0.3,
    "grammar": 0.3,
    "unknown party": -0.4,
    "happened": 0.2,
}


def signals(candidate: Candidate, weighed: Weighed, chosen: str) -> dict[str, float]:
    """What the confidence rests on, each 0..1 or a small count."""
    sources, targets = candidate.sources, candidate.targets
    coded = [any(p.code for p in side) for side in (sources, targets)]
    return {
        "bias": 1.0,
        "probability": weighed.probability if weighed.type == chosen else 0.0,
        "none": weighed.none,
        "agrees": float(weighed.type == candidate.act.type),
        "open": float(candidate.act.type == OPEN),
        "weight": float(min(candidate.act.weight, 4)),
        "both coded": float(all(coded) or (len(sources) > 1 and not targets)),
        "source coded": float(coded[0]),
        "grammar": float(not candidate.how.startswith(("nearest", "any"))),
        "unknown party": float(any(not p.code for p in sources + targets)),
        "happened": float(candidate.status == "happened"),
    }


def confidence(candidate: Candidate, weighed: Weighed, chosen: str) -> float:
    """The probability 0..1 that the event is right in type and parties."""
    score = sum(COEFFICIENTS[name] * value for name, value in signals(candidate, weighed, chosen).items())
    return 1.0 / (1.0 + math.exp(-score))
