"""How rankings are scored: time-aware filter, single step and averaged ties are the published defaults (Gastinger and others 2023,
"Comparing apples and oranges?"; Han and others 2021, xERTE)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from visavis.forecast.ranking.arrays import Flags, Floats, Ints
from visavis.forecast.ranking.history import Queries

Ties = Literal["mean", "best", "worst"]
Filter = Literal["time", "static", "raw"]


@dataclass(frozen=True)
class Rules:
    """The protocol. `filter`: other true answers are taken out of the ranking when true at the query's time (time), at any time
    (static) or never (raw). `ties`: equals share the mean of their places, or the best, or the worst. `multi_step`: nothing of the
    test is known, instead of everything before the query's time."""

    filter: Filter = "time"
    ties: Ties = "mean"
    multi_step: bool = False


def ranks_in(scores: Floats, answers: Ints, out: Flags | None, ties: Ties) -> Floats:
    """The rank (1 is best) of each answer under `scores` (entity,). `out` marks entities that others' ranks do not count."""
    others = scores if out is None else scores[~out]
    mine: Floats = scores[answers]
    above = (others[None, :] > mine[:, None]).sum(1)
    level = (others[None, :] == mine[:, None]).sum(1) - (1 if out is None else (~out[answers]).astype(np.int64))
    ranks: Floats = 1.0 + above + {"mean": 0.5, "best": 0.0, "worst": 1.0}[ties] * level
    return ranks


def metrics(ranks: Floats) -> dict[str, float]:
    """Mean reciprocal rank and the shares of ranks within 1, 3 and 10; all 0..1."""
    return {
        "mrr": float((1 / ranks).mean()),
        **{f"hits{k}": float((ranks <= k).mean()) for k in (1, 3, 10)},
    }


class Excluded:
    """Which entities do not count against the answers of a query."""

    def __init__(self, rules: Rules, everything: Ints, entities: int) -> None:
        """`everything`: all facts in both directions, (fact, 4)."""
        self._rules, self._entities = rules, entities
        self._true: dict[tuple[int, int], list[int]] = {}
        if rules.filter == "static":
            for subject, relation, answer in np.unique(everything[:, :3], axis=0).tolist():
                self._true.setdefault((subject, relation), []).append(answer)

    def of(self, queries: Queries, row: int) -> Flags | None:
        """(entity,) flags, or None when none is left out."""
        if self._rules.filter == "raw":
            return None
        out = np.zeros(self._entities, bool)
        out[queries.answers[queries.start[row] : queries.start[row + 1]]] = True
        if self._rules.filter == "static":
            out[self._true.get((int(queries.subject[row]), int(queries.relation[row])), [])] = True
        return out
