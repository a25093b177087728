"""A small history of our own: forty actors in eight neighbourhoods, with habits, replies and noise."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ACTORS, RELATIONS = 40, 4


def draw_history(days: int = 90, seed: int = 7) -> NDArray[np.int64]:
    """Facts (fact, 4) `s r o t` with time in steps of 24: actors prefer neighbours, keep to their partner, and reply the day after."""
    rng = np.random.default_rng(seed)
    facts: set[tuple[int, int, int, int]] = set()
    partner = {(s, r): _neighbour(s, rng) for s in range(ACTORS) for r in range(RELATIONS)}
    for day in range(days):
        for _ in range(14):
            s, r = int(rng.integers(ACTORS)), int(rng.integers(RELATIONS))
            o = partner[s, r] if rng.random() < 0.7 else _neighbour(s, rng)
            facts.add((s, r, o, day * 24))
            if rng.random() < 0.4:
                facts.add((o, (r + 1) % RELATIONS, s, (day + 1) * 24))
    return np.array(sorted(facts, key=lambda fact: (fact[3], fact)), dtype=np.int64)


def _neighbour(actor: int, rng: np.random.Generator) -> int:
    home = actor // 5 * 5
    other = int(home + rng.integers(5)) if rng.random() < 0.8 else int(rng.integers(ACTORS))
    return (actor + 1) % ACTORS if other == actor else other
