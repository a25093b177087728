"""Scores from fitted weights: for each query the sum of its evidence over every entity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from visavis.forecast.ranking.additive import Weights, blocks_of, codes_of
from visavis.forecast.ranking.arrays import Floats, Ints
from visavis.forecast.ranking.backgrounds import Backgrounds, Mixture
from visavis.forecast.ranking.history import History, Past, Queries


@dataclass(frozen=True)
class Scored:
    """A stretch of queries of one period. `dyadic`, `total` are (query, entity): the evidence of the dyad's own past, and with the
    backgrounds. `known_before` is the period from which on nothing was looked at."""

    rows: Ints
    queries: Queries
    known_before: int
    mixture: Mixture
    pasts: dict[int, Past]
    dyadic: Floats
    total: Floats


def score_queries(
    history: History, backgrounds: Backgrounds, queries: Queries, weights: Weights, horizon: int | None = None
) -> Iterator[Scored]:
    """The queries' scores, block by block. `horizon` is the period from which on nothing is known (multi-step); None looks up to each
    query's own period (single step)."""
    for begin, end in blocks_of(queries):
        rows = np.arange(begin, end)
        part = queries.among(rows)
        period = int(part.period[0])
        cut = period if horizon is None else min(period, horizon)
        mixture = backgrounds.at(part.subject, part.relation, cut)
        pasts = {int(actor): history.past(int(actor), cut) for actor in np.unique(part.subject)}
        codes = {actor: codes_of(past, period) for actor, past in pasts.items()}
        dyadic = np.zeros((len(rows), history.graph.entities))
        for row, (actor, relation) in enumerate(zip(part.subject.tolist(), part.relation.tolist(), strict=True)):
            past = pasts[actor]
            if len(past.objects):
                dyadic[row, past.partners] = np.add.reduceat(weights.alpha[relation][codes[actor]], past.first)
        total = dyadic + mixture.mixed(weights.beta[part.relation] * mixture.known())
        yield Scored(rows, part, cut, mixture, pasts, dyadic, total)
