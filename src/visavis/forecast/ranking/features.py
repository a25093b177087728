"""What the boosted residual sees of a candidate: the dyad's past at several half-lives, the backgrounds, and the query's own history.

No feature looks at the other queries of the day: what is asked may not change an answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.forecast.ranking.additive import Weights, codes_of
from visavis.forecast.ranking.apply import Scored
from visavis.forecast.ranking.arrays import Flags, Floats, Ints, Singles
from visavis.forecast.ranking.backgrounds import NAMES
from visavis.forecast.ranking.history import History, Past
from visavis.forecast.ranking.quads import OBJECT, RELATION, SUBJECT, TIME

_HALVES = (2.0, 7.0, 30.0, 120.0)
_FAR = 999.0  # stands for "never"

_DYAD = (
    *(f"{kind} {half:g}" for kind in ("same", "inverse", "any") for half in _HALVES),
    *(f"{kind} {what}" for kind in ("same", "inverse", "any") for what in ("count", "since")),
    "strongest fact",
    "days together",
    "facts on last day",
    "other pairs since",
    "tone",
)
_GIVEN = ("log evidence", "place", "dyad evidence", "dyad share", *NAMES[:-1], "alike by partners", "alike by acts")
_SHARES = (
    "same share",
    "same share 30",
    "any share",
    "any share 7",
    "object busy 2",
    "object since",
    "object surge",
    "back share",
)
_QUERY = (
    "query same",
    "query since",
    "actor facts",
    "actor since",
    "inverse asked",
    "relation facts",
    "actor partners",
    "top evidence",
    "entropy",
    "actor facts 7",
    "known kin",
)
FEATURES = (*_GIVEN, *_DYAD, *_SHARES, *_QUERY)


@dataclass(frozen=True)
class Candidates:
    """The best entities of some queries under the additive model, best first: (query, place) arrays, and features
    (query, place, feature). `rest` is the probability left to all others."""

    entities: Ints
    logs: Floats
    rest: Floats
    features: Singles


@dataclass(frozen=True)
class Clock:
    """How busy each object was before a period: decayed facts (half-life 2), days since its last, facts so far of each relation."""

    busy: Floats
    seen: Floats
    busy_week: Floats
    degree: Floats
    relation: Floats


def read_clock(history: History, period: int) -> Clock:
    """The clock at the start of `period`."""
    facts = history.before(period)
    size, lag = history.graph.entities, period - facts[:, TIME]
    last = np.full(size, -1)
    np.maximum.at(last, facts[:, OBJECT], facts[:, TIME])
    counted = [
        np.bincount(facts[:, OBJECT], 2.0 ** (-lag / 2.0), size),
        np.where(last < 0, _FAR, np.minimum(period - last, _FAR)),
        np.bincount(facts[:, OBJECT], 2.0 ** (-lag / 7.0), size),
        np.bincount(facts[:, SUBJECT], minlength=size),
        np.bincount(facts[:, RELATION], minlength=history.graph.both),
    ]
    return Clock(*(count.astype(np.float64) for count in counted))


class ActorPast:
    """What one actor's past before a period gives, summed by partner."""

    def __init__(self, past: Past, period: int) -> None:
        self.past, self.period = past, period
        self.lag = (period - past.times).astype(np.float64)
        self.codes = codes_of(past, period)
        self.decay = np.array([2.0 ** (-self.lag / half) for half in _HALVES])
        first, size = past.first, len(past.objects)
        self.size = np.diff(np.append(first, size))
        self.any = self._by_partner(self.decay)
        self.since = self._since(np.ones(size, bool))
        new_day = np.ones(size)
        new_day[1:] = (past.times[1:] != past.times[:-1]) | (past.objects[1:] != past.objects[:-1])
        self.days = np.add.reduceat(new_day, first) if size else np.zeros(0)
        on_last = self.lag == np.repeat(self.since, self.size)
        self.last = np.add.reduceat(on_last.astype(float), first) if size else np.zeros(0)
        ordered = np.sort(past.times)
        self.others = size - np.searchsorted(ordered, period - self.since, side="right")

    def _by_partner(self, values: Floats) -> Floats:
        """(kind, fact) summed into (kind, partner)."""
        if not len(self.past.first):
            return np.zeros((len(values), 0))
        return np.add.reduceat(values, self.past.first, axis=1)

    def _since(self, keep: Flags) -> Floats:
        """Periods since each partner's latest kept fact."""
        if not len(self.past.first):
            return np.zeros(0)
        return np.asarray(np.minimum.reduceat(np.where(keep, self.lag, _FAR), self.past.first))

    def features(self, relation: int, inverse: int, own: Singles) -> Floats:
        """(dyad feature, partner). `own` are the relation's weights by code."""
        same, back = self.past.relations == relation, self.past.relations == inverse
        strength = own[self.codes].astype(np.float64)
        summed = self._by_partner(np.vstack([self.decay * same, self.decay * back, same[None], back[None]]))
        strongest = np.maximum.reduceat(strength, self.past.first) if len(strength) else np.zeros(0)
        quick = self._by_partner((strength * self.decay[1])[None])[0]
        halves = len(_HALVES)
        return np.vstack(
            [
                summed[: 2 * halves],
                self.any,
                summed[2 * halves],
                self._since(same),
                summed[2 * halves + 1],
                self._since(back),
                self.size,
                self.since,
                strongest,
                self.days,
                self.last,
                self.others,
                quick,
            ]
        )


_NEVER = np.array([_FAR if "since" in name else 0.0 for name in _DYAD])
_AT = {name: at for at, name in enumerate(_DYAD)}


def describe_candidates(scored: Scored, history: History, weights: Weights, clock: Clock, top: int) -> Candidates:
    """The `top` candidates of each query of a block, with their features. Equal scores keep the order of the entities' numbers."""
    queries, period = scored.queries, int(scored.queries.period[0])
    share = scored.total / scored.total.sum(1, keepdims=True)
    take = min(top, share.shape[1])
    best = np.argsort(-share, axis=1, kind="stable")[:, :take]
    logs = np.log(np.maximum(np.take_along_axis(share, best, 1), 1e-12))
    rows = np.repeat(np.arange(len(best)), take)
    backed = scored.mixture.values(rows, best.ravel())[:, :-1]
    given = np.hstack([backed, scored.mixture.likeness(rows, best.ravel())]).reshape(*best.shape, -1)
    actors = {actor: ActorPast(past, period) for actor, past in scored.pasts.items()}
    out = np.zeros((*best.shape, len(FEATURES)), np.float32)
    known = scored.mixture.known()
    half = history.graph.relations
    for row, (actor, relation) in enumerate(zip(queries.subject.tolist(), queries.relation.tolist(), strict=True)):
        inverse = (relation + half) % (2 * half)
        mine = actors[actor]
        dyad = mine.features(relation, inverse, weights.alpha[relation])
        own = scored.dyadic[row, best[row]]
        sums = _query_features(mine, dyad, clock, relation, relation >= half, logs[row])
        where = np.minimum(np.searchsorted(mine.past.partners, best[row]), max(len(mine.size) - 1, 0))
        met = mine.past.partners[where] == best[row] if len(mine.size) else np.zeros(take, bool)
        facts = np.tile(_NEVER, (take, 1))
        facts[met] = dyad[:, where[met]].T
        out[row] = np.hstack(
            [
                np.column_stack([logs[row], np.arange(take), own, own / (scored.dyadic[row].sum() + 1e-6)]),
                given[row],
                facts,
                _shares(facts, sums, clock, best[row]),
                np.tile(np.append(sums, known[row, len(known[row]) - 5]), (take, 1)),
            ]
        )
    return Candidates(best, logs, 1 - np.exp(logs).sum(1), out)


def _query_features(mine: ActorPast, dyad: Floats, clock: Clock, relation: int, inverse: bool, logs: Floats) -> Floats:
    chance = np.exp(logs) / np.exp(logs).sum()
    same, since = dyad[_AT["same count"]], dyad[_AT["same since"]]
    return np.array(
        [
            same.sum(),
            since.min() if len(since) else _FAR,
            len(mine.lag),
            mine.lag.min() if len(mine.lag) else _FAR,
            float(inverse),
            clock.relation[relation],
            len(mine.size),
            np.exp(logs[0]),
            -(chance * np.log(chance + 1e-12)).sum(),
            mine.decay[1].sum(),
        ]
    )


def _shares(facts: Floats, sums: Floats, clock: Clock, entities: Ints) -> Floats:
    """(candidate, share): the candidate's part of the actor's dealings, and how it stands among all."""
    week = facts[:, _AT["any 7"]]
    return np.column_stack(
        [
            facts[:, _AT["same count"]] / (sums[0] + 1),
            facts[:, _AT["same 30"]] / (facts[:, _AT["same 30"]].sum() + 0.1),
            facts[:, _AT["any count"]] / (sums[2] + 1),
            week / (sums[9] + 0.1),
            clock.busy[entities],
            clock.seen[entities],
            week / (clock.busy_week[entities] + 0.5),
            facts[:, _AT["any count"]] / (clock.degree[entities] + 1),
        ]
    )
