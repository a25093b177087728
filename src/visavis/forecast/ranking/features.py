"""What the boosted residual sees of a candidate: the additive evidence, the dyad's past, the field around it, the query's own history.

No feature looks at the other queries of the day: what is asked may not change an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.forecast.ranking.additive import Weights
from visavis.forecast.ranking.apply import Scored
from visavis.forecast.ranking.arrays import Floats, Ints, Singles
from visavis.forecast.ranking.backgrounds import NAMES, Backgrounds
from visavis.forecast.ranking.dyads import ASKED, AT, DYAD, NEVER, PAST, ActorPast
from visavis.forecast.ranking.history import History
from visavis.forecast.ranking.surroundings import FIELD, LatentMaps, Surroundings

_GIVEN = ("log evidence", "place", "dyad evidence", "dyad share", *NAMES[:-1], "alike by partners", "alike by acts")
_SHARES = ("same share", "any share", "any share 7", "object surge", "back share")
_QUERY = (*PAST, *ASKED, "inverse asked", "relation facts", "weekday", "top evidence", "entropy", "all evidence")
FEATURES = (*_GIVEN, *DYAD, *FIELD, *_SHARES, *_QUERY)


@dataclass(frozen=True)
class Candidates:
    """The best entities of some queries under the additive model, best first: (query, place) arrays of entities and of their
    log-probabilities."""

    entities: Ints
    logs: Floats


def choose(scored: Scored, top: int) -> Candidates:
    """The `top` candidates of each query of a block. Equal scores keep the order of the entities' numbers."""
    take = min(top, scored.total.shape[1])
    best = np.sort(np.argpartition(-scored.total, take - 1, axis=1)[:, :take], axis=1)
    value = np.take_along_axis(scored.total, best, 1)
    order = np.argsort(-value, axis=1, kind="stable")
    whole = scored.total.sum(1, keepdims=True)
    logs = np.log(np.maximum(np.take_along_axis(value, order, 1) / whole, 1e-12))
    return Candidates(np.take_along_axis(best, order, 1), logs)


class Describer:
    """Describes candidates of blocks that come in the order of time; what a day's blocks share is worked out once."""

    def __init__(self, history: History, backgrounds: Backgrounds, weights: Weights) -> None:
        self._history, self._backgrounds, self._weights = history, backgrounds, weights
        self._maps = LatentMaps(history)

    def describe(self, scored: Scored, found: Candidates, rows: Ints, places: Ints) -> Singles:
        """(pair, feature) for the candidates at `rows` (ascending) and `places` of a block."""
        queries, cut = scored.queries, scored.known_before
        field = Surroundings(self._history, self._backgrounds.kin(cut), cut, np.unique(queries.relation), self._weights)
        entities, logs = found.entities[rows, places], found.logs[rows, places]
        dyads, asked = self._dyads(scored, rows, entities)
        own, all_own = scored.dyadic[rows, entities], scored.dyadic.sum(1)
        chance = np.exp(found.logs)
        chance /= chance.sum(1, keepdims=True)
        whole = np.column_stack(
            [
                queries.relation >= self._history.graph.relations,
                field.relation[queries.relation],
                queries.period % 7,
                found.logs[:, 0],
                -(chance * np.log(chance + 1e-12)).sum(1),
                all_own,
            ]
        )
        around = field.field(queries.subject, queries.relation, scored.dyadic, self._maps.at(cut), rows, entities)
        given = [logs, places, own, own / (all_own[rows] + 1e-6)]
        mixture = scored.mixture
        return np.hstack(
            [
                np.column_stack(given),
                mixture.values(rows, entities)[:, :-1],
                mixture.likeness(rows, entities),
                dyads,
                around,
                _shares(dyads, asked[rows], around),
                asked[rows],
                whole[rows],
            ],
            dtype=np.float32,
        )

    def _dyads(self, scored: Scored, rows: Ints, entities: Ints) -> tuple[Floats, Floats]:
        """(pair, dyad feature), (query, feature of the actor's past)."""
        queries, half = scored.queries, self._history.graph.relations
        period = int(queries.period[0])
        actors = {actor: ActorPast(past, period) for actor, past in scored.pasts.items()}
        dyads = np.tile(NEVER, (len(rows), 1))
        asked = np.zeros((len(queries), len(PAST) + len(ASKED)))
        start = np.searchsorted(rows, np.arange(len(queries) + 1))
        for row, (actor, relation) in enumerate(zip(queries.subject.tolist(), queries.relation.tolist(), strict=True)):
            mine = actors[actor]
            dyad = mine.under(relation, (relation + half) % (2 * half), self._weights.alpha[relation])
            asked[row] = mine.query(dyad)
            at, met = mine.where(entities[start[row] : start[row + 1]])
            dyads[start[row] : start[row + 1]][met] = dyad[:, at[met]].T
        return dyads, asked


_IN_QUERY = {name: at for at, name in enumerate((*PAST, *ASKED))}
_IN_FIELD = {name: at for at, name in enumerate(FIELD)}


def _shares(dyads: Floats, asked: Floats, around: Singles) -> Floats:
    """(pair, share): the candidate's part of the actor's dealings, and how it stands among all."""
    week, count = dyads[:, AT["any 7"]], dyads[:, AT["any count"]]
    return np.column_stack(
        [
            dyads[:, AT["same count"]] / (asked[:, _IN_QUERY["query same"]] + 1),
            count / (asked[:, _IN_QUERY["actor facts"]] + 1),
            week / (asked[:, _IN_QUERY["actor facts 7"]] + 0.1),
            week / (around[:, _IN_FIELD["busy week"]] + 0.5),
            count / (around[:, _IN_FIELD["object partners"]] + 1),
        ]
    )
