"""One actor's past with each of its partners, summed up for the trees: how much, how lately, how regularly, under which relation."""

from __future__ import annotations

import numpy as np

from visavis.forecast.ranking.additive import codes_of
from visavis.forecast.ranking.arrays import Flags, Floats, Ints, Singles
from visavis.forecast.ranking.history import Past

HALVES = (2.0, 7.0, 30.0, 120.0)
FAR = 999.0  # stands for "never"
_OWN = (
    *(f"any {half:g}" for half in HALVES),
    *(
        "any count",
        "any since",
        "days together",
        "facts on last day",
        "other pairs since",
        "any yesterday",
        "a week ago",
    ),
    *("any fortnight", "since first", "gap", "overdue", "place by since"),
)
_UNDER = (
    *(f"{kind} {half:g}" for kind in ("same", "inverse") for half in HALVES),
    *("same count", "same since", "inverse count", "inverse since", "strongest fact", "tone", "same yesterday"),
    *("same of late", "same fortnight", "place by same since", "place by same count"),
)
DYAD = (*_OWN, *_UNDER)
AT = {name: at for at, name in enumerate(DYAD)}
NEVER = np.array([FAR if any(word in name for word in ("since", "gap", "overdue")) else 0.0 for name in DYAD])
PAST = ("actor facts", "actor since", "actor partners", "actor facts 7", "actor yesterday", "newness")
ASKED = ("query same", "query since", "query partners", "query top share", "query fortnight", "query partners of late")


class ActorPast:
    """What one actor's past before a period gives, summed by partner."""

    def __init__(self, past: Past, period: int) -> None:
        """`period` is the one that is asked about; the past may end earlier."""
        self.past = past
        self._lag = (period - past.times).astype(np.float64)
        self._codes = codes_of(past, period)
        self._decay = np.array([2.0 ** (-self._lag / half) for half in HALVES])
        self._own = self._ever() if len(past.first) else np.zeros((len(_OWN), 0))

    def _summed(self, values: Floats | Flags) -> Floats:
        """(kind, fact) summed into (kind, partner)."""
        return np.asarray(np.add.reduceat(values, self.past.first, axis=1, dtype=np.float64))

    def _since(self, keep: Flags) -> Floats:
        """Periods since each partner's latest kept fact."""
        return np.asarray(np.minimum.reduceat(np.where(keep, self._lag, FAR), self.past.first))

    def _ever(self) -> Floats:
        past, lag = self.past, self._lag
        size = np.diff(np.append(past.first, len(past.objects)))
        since, oldest = np.minimum.reduceat(lag, past.first), np.maximum.reduceat(lag, past.first)
        new_day = np.ones(len(lag), bool)
        new_day[1:] = (past.times[1:] != past.times[:-1]) | (past.objects[1:] != past.objects[:-1])
        counted = self._summed(np.stack([new_day, lag == np.repeat(since, size), lag <= 1, lag == 7, lag <= 14]))
        later = np.searchsorted(np.sort(lag), since)
        gap = oldest / size
        return np.vstack(
            [
                self._summed(self._decay),
                np.stack([size, since, counted[0], counted[1], later, *counted[2:]]),
                np.stack([oldest, gap, since / np.maximum(gap, 0.5), _place(since)]),
            ]
        )

    def under(self, relation: int, inverse: int, weights: Singles) -> Floats:
        """(dyad feature, partner) when asked under a relation, whose weights by code are given."""
        if not len(self.past.first):
            return np.zeros((len(DYAD), 0))
        lag, decay = self._lag, self._decay
        same, back = self.past.relations == relation, self.past.relations == inverse
        strength = weights[self._codes].astype(np.float64)
        summed = self._summed(
            np.vstack(
                [decay * same, decay * back, same[None], back[None], (strength * decay[1])[None]]
                + [(same & near)[None] for near in (lag <= 1, (lag > 1) & (lag <= 4), lag <= 14)]
            )
        )
        many = 2 * len(HALVES)
        count, since = summed[many], self._since(same)
        strongest = np.maximum.reduceat(strength, self.past.first)
        middle = [count, since, summed[many + 1], self._since(back), strongest, *summed[many + 2 :]]
        return np.vstack([self._own, summed[:many], np.stack([*middle, _place(since), _place(-count)])])

    def query(self, dyad: Floats) -> Floats:
        """(query feature,) named by PAST and ASKED; `dyad` is what `under` gave."""
        if not len(self.past.first):
            return np.array([0, FAR, 0, 0, 0, 0, 0, FAR, 0, 0, 0, 0], np.float64)
        lag, count, since = self._lag, dyad[AT["same count"]], dyad[AT["same since"]]
        new = (dyad[AT["since first"]] <= 60).sum() / (1 + (lag <= 60).sum())
        fortnight = dyad[AT["same fortnight"]].sum()
        top = count.max() / (count.sum() + 1)
        ever = [len(lag), lag.min(), len(count), self._decay[1].sum(), (lag <= 1).sum(), new]
        return np.array([*ever, count.sum(), since.min(), (since < FAR).sum(), top, fortnight, (since <= 30).sum()])

    def where(self, entities: Ints) -> tuple[Ints, Flags]:
        """Where each entity stands among the partners, and whether it is one."""
        partners = self.past.partners
        if not len(partners):
            return np.zeros(len(entities), np.int64), np.zeros(len(entities), bool)
        at = np.minimum(np.searchsorted(partners, entities), len(partners) - 1)
        return at, partners[at] == entities


def _place(values: Floats) -> Floats:
    """How many values are smaller than each."""
    return np.searchsorted(np.sort(values), values).astype(np.float64)
