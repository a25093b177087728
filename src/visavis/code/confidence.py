"""How sure the coder is of an event: a small logistic model of right against wrong, fitted on the development half of the gold set.

`scripts/fit_confidence.py` (`make model`) fits the coefficients in confidence.json; docs/accuracy.md holds the reliability table.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Final

from visavis.code.candidates import OPEN, Candidate
from visavis.code.weigh import Weighed

WEIGHTS: Final = Path(__file__).with_name("confidence.json")
_FAR: Final = ("nearest", "any", "content: nearest", "none")


def signals(candidate: Candidate, weighed: Weighed, chosen: str) -> dict[str, float]:
    """What the confidence rests on, by name; each 0..1."""
    sources, targets = candidate.sources, candidate.targets
    coded = [any(p.code for p in side) for side in (sources, targets)]
    mutual = len({p.code for p in sources}) > 1 and not targets
    words = len(candidate.act.head.doc)
    return {
        "probability": weighed.probability if weighed.type == chosen else 0.0,
        "none": weighed.none,
        "agrees": float(weighed.type == candidate.act.type),
        "open": float(candidate.act.type == OPEN),
        "weight": min(candidate.act.weight, 4) / 4,
        "both coded": float(all(coded) or mutual),
        "no source": float(not coded[0]),
        "target by grammar": float(bool(targets) and not candidate.how.startswith(_FAR)),
        "unknown party": float(any(not p.code for p in sources + targets)),
        "guessed party": float(
            any(p.how.startswith(("context", "pronoun", "group")) or "at home" in p.how for p in sources + targets)
        ),
        "happened": float(candidate.status == "happened"),
        "root clause": float(candidate.act.head.dep_ in ("ROOT", "ccomp")),
        "long": min(words / 60, 1.0),
        "noun": float(candidate.act.head.pos_ == "NOUN"),
    }


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    found: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return found


def confidence(candidate: Candidate, weighed: Weighed, chosen: str) -> float:
    """The probability 0..1 that the event is right in its type and in at least one pair of its parties."""
    weights = _weights()
    score = weights["bias"] + sum(
        weights.get(name, 0.0) * value for name, value in signals(candidate, weighed, chosen).items()
    )
    return 1.0 / (1.0 + math.exp(-score))
