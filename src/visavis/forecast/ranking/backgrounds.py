"""The named backgrounds: where an actor's next partner comes from when the two have no past with each other.

Each is a distribution over all entities, made only of facts before a period. Who is kin (same country, same trade) is learned from
whom actors deal with, never read from their names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from visavis.forecast.ranking.arrays import Floats, Ints, Singles
from visavis.forecast.ranking.history import History
from visavis.forecast.ranking.quads import OBJECT, RELATION, SUBJECT, TIME

# Popularity of an object under the relation, by half-life in periods; None counts all alike.
_POPULAR: tuple[tuple[str, float | None], ...] = (
    ("popular, 3", 3.0),
    ("popular, 10", 10.0),
    ("popular, 60", 60.0),
    ("popular, always", None),
)
NAMES = (
    *(name for name, _ in _POPULAR),
    "busy",
    "objects of kin",
    "objects of look-alikes",
    "kin",
    "kin of past objects",
    "two steps",
    "two steps of late",
    "kin's dealings of late",
    "anybody",
)
COUNT = len(NAMES)
_DENSE = len(_POPULAR) + 1
_SNAPSHOT = 14  # periods between two estimates of who is kin
_KIN = 40
_MEMORY = 365  # periods that kin's acts are looked back at


@dataclass(frozen=True)
class Kin:
    """Who resembles whom: sparse (entity, entity), the nearest of each row by cosine. `partners` by whom, `acts` by what to whom."""

    partners: sp.csr_matrix
    acts: sp.csr_matrix


def _nearest(rows: Ints, columns: Ints, weights: Floats, entities: int) -> sp.csr_matrix:
    """The `_KIN` nearest of each entity by the cosine of their log-weighted, inverse-frequency profiles."""
    _, column = np.unique(columns, return_inverse=True)
    profile = sp.csr_matrix((weights, (rows, column)), shape=(entities, int(column.max()) + 1 if len(column) else 1))
    profile.data = np.log1p(3 * profile.data)
    frequency = np.bincount(profile.indices, minlength=profile.shape[1])
    profile = profile @ sp.diags(np.log(1 + entities / (1 + frequency)))
    norm = np.sqrt(np.asarray(profile.multiply(profile).sum(1)).ravel())
    profile = (sp.diags(1 / np.where(norm == 0, 1, norm)) @ profile).tocsr().astype(np.float32)
    active = np.flatnonzero(np.diff(profile.indptr) > 0)
    turned = profile[active].T.tocsr()
    out: list[tuple[Ints, Ints, Singles]] = []
    for begin in range(0, len(active), 256):
        mine = active[begin : begin + 256]
        alike = (profile[mine] @ turned).toarray()
        alike[np.arange(len(mine)), np.arange(begin, begin + len(mine))] = 0
        take = min(_KIN, alike.shape[1])
        best = np.argpartition(-alike, take - 1, axis=1)[:, :take]
        value = np.take_along_axis(alike, best, axis=1)
        at, slot = np.nonzero(value > 0.01)
        out.append((mine[at], active[best[at, slot]], value[at, slot]))
    if not out:
        return sp.csr_matrix((entities, entities), dtype=np.float32)
    row, col, val = (np.concatenate(part) for part in zip(*out, strict=True))
    return sp.csr_matrix((val, (row, col)), shape=(entities, entities))


def find_kin(history: History, period: int) -> Kin:
    """Who resembled whom before `period`, older facts weighing less (half-life 90 periods)."""
    facts, size = history.before(period), history.graph.entities
    weights = 2.0 ** (-(period - facts[:, TIME]) / 90.0)
    by_partner = _nearest(facts[:, SUBJECT], facts[:, OBJECT], weights, size)
    by_act = _nearest(facts[:, SUBJECT], facts[:, RELATION] * size + facts[:, OBJECT], weights, size)
    return Kin(by_partner, by_act)


@dataclass(frozen=True)
class Links:
    """Who dealt with whom before `period`: rows summing to one over half a year (`walk`, whose busy ends are `held_back`) and of late
    (`late_walk`); `late` is not shared out."""

    period: int
    walk: sp.csr_matrix
    held_back: sp.dia_matrix
    late: sp.csr_matrix
    late_walk: sp.csr_matrix


class Backgrounds:
    """The backgrounds of a history; estimates of kin are made on fixed days and kept."""

    def __init__(self, history: History) -> None:
        self.history = history
        self._kin: dict[int, Kin] = {}
        self._links: Links | None = None

    def kin(self, period: int) -> Kin:
        """Who is kin before `period`: the latest fixed day's estimate, so that it hangs on the calendar, not on what is asked."""
        day = period - period % _SNAPSHOT
        if day not in self._kin:
            self._kin[day] = find_kin(self.history, day)
        return self._kin[day]

    def drop_kin_before(self, period: int) -> None:
        """Forget estimates that later periods do not need."""
        self._kin = {day: kin for day, kin in self._kin.items() if day + _SNAPSHOT > period}

    def at(self, subjects: Ints, relations: Ints, period: int) -> Mixture:
        """The backgrounds of queries asked with everything before `period` known."""
        facts = self.history.before(period)
        size = self.history.graph.entities
        asked, which = np.unique(relations, return_inverse=True)
        slot = np.full(self.history.graph.both, -1)
        slot[asked] = np.arange(len(asked))
        popular = self._popular(facts, slot, len(asked), period)
        kin = self.kin(period)
        recent = facts[facts[:, TIME] >= period - _MEMORY]
        recent = recent[slot[recent[:, RELATION]] >= 0]
        row = slot[recent[:, RELATION]] * size + recent[:, SUBJECT]
        weight = (2.0 ** (-(period - recent[:, TIME]) / 60.0)).astype(np.float32)
        acts = sp.csr_matrix((weight, (row, recent[:, OBJECT])), shape=(len(asked) * size, size))
        always = popular[len(_POPULAR) - 1][which]
        mine = kin.partners[subjects]
        links = self._links_at(facts, period)
        who, back = np.unique(subjects, return_inverse=True)
        wide = len(asked) * size
        own = (
            shifted(mine, which * size, wide) @ acts,
            shifted(kin.acts[subjects], which * size, wide) @ acts,
            _scaled(mine, always),
            _scaled(acts[which * size + subjects] @ kin.partners, always),
            (links.walk[who] @ links.walk @ links.held_back).tocsr()[back],
            (links.late_walk[who] @ links.late_walk)[back],
            mine @ links.late,
        )
        shared = tuple(shared_out(matrix.tocsr()).astype(np.float32) for matrix in own)
        return Mixture(_normalised(popular), which, shared, size, (mine, kin.acts[subjects]))

    def _popular(self, facts: Ints, slot: Ints, asked: int, period: int) -> Singles:
        """(popularity, asked relation, entity), and last how busy each entity is under any relation."""
        size = self.history.graph.entities
        out = np.zeros((_DENSE, asked, size), np.float32)
        mine = facts[slot[facts[:, RELATION]] >= 0]
        key = slot[mine[:, RELATION]] * size + mine[:, OBJECT]
        for at, (_, half) in enumerate(_POPULAR):
            weight = None if half is None else 2.0 ** (-(period - mine[:, TIME]) / half)
            out[at] = np.bincount(key, weights=weight, minlength=asked * size).reshape(asked, size)
        out[-1] = np.bincount(facts[:, OBJECT], 2.0 ** (-(period - facts[:, TIME]) / 7.0), minlength=size)
        return out

    def _links_at(self, facts: Ints, period: int) -> Links:
        """Who dealt with whom before the period; kept for its other blocks."""
        if self._links is None or self._links.period != period:
            size, lag = self.history.graph.entities, period - facts[:, TIME]
            long, late = (
                decayed_links(facts[lag <= days], period, half, size) for days, half in ((180, 45.0), (30, 3.0))
            )
            into = np.asarray(long.sum(0)).ravel()
            held_back = sp.diags((np.where(into == 0, 1, into) ** -0.3).astype(np.float32))
            self._links = Links(period, shared_out(long), held_back, late, shared_out(late))
        return self._links


def decayed_links(facts: Ints, period: int, half: float, size: int) -> sp.csr_matrix:
    """(entity, entity) the log of one and the facts between two, older ones weighing less (half-life `half`)."""
    weight = 2.0 ** (-(period - facts[:, TIME]) / half)
    links = sp.csr_matrix((weight.astype(np.float32), (facts[:, SUBJECT], facts[:, OBJECT])), shape=(size, size))
    links.data = np.log1p(links.data)
    return links


def shared_out(links: sp.csr_matrix) -> sp.csr_matrix:
    """The links with each row summing to one, or to nought."""
    out = np.asarray(links.sum(1)).ravel()
    return (sp.diags((1 / np.where(out == 0, 1, out)).astype(np.float32)) @ links).tocsr()


def picked(matrix: sp.csr_matrix, rows: Ints, columns: Ints) -> Singles:
    """(pair,) the values at rows and columns."""
    if len(rows) > 32 * matrix.shape[0]:
        return np.asarray(matrix.toarray()[rows, columns], np.float32)
    return np.asarray(matrix[rows, columns], np.float32).ravel()


@dataclass(frozen=True)
class Mixture:
    """The backgrounds of some queries. Every row sums to one, or to nought where a background knows nothing.

    `popular` is (kind, asked relation, entity) with `which` the relation of each query; `own` are (query, entity), one for each kind
    that hangs on the subject; `alike` (query, entity) twice says who is kin of the subject.
    """

    popular: Singles
    which: Ints
    own: tuple[sp.csr_matrix, ...]
    entities: int
    alike: tuple[sp.csr_matrix, sp.csr_matrix]

    def likeness(self, rows: Ints, entities: Ints) -> Floats:
        """(pair, kind): how alike the query's subject and the entity are, by whom they deal with and by what they do to whom."""
        return np.column_stack([picked(kin, rows, entities) for kin in self.alike]).astype(np.float64)

    def known(self) -> Floats:
        """(query, background): 1 where the background knows anything."""
        dense = (self.popular.sum(2) > 0.5)[:, self.which].T
        own = np.column_stack([np.asarray(matrix.sum(1)).ravel() > 0.5 for matrix in self.own])
        return np.hstack([dense, own, np.ones((len(self.which), 1), bool)]).astype(np.float64)

    def values(self, rows: Ints, entities: Ints) -> Floats:
        """(pair, background): what each background gives the entity in the query of that row."""
        dense = self.popular[:, self.which[rows], entities].T
        own = np.column_stack([picked(matrix, rows, entities) for matrix in self.own])
        return np.hstack([dense, own, np.full((len(rows), 1), 1 / self.entities)]).astype(np.float64)

    def mixed(self, weights: Floats) -> Singles:
        """(query, entity): the sum of the backgrounds under weights (query, background); those of popularity hang on the relation alone."""
        light = weights.astype(np.float32)
        _, first = np.unique(self.which, return_index=True)
        popular = np.einsum("rk,kre->re", light[first, :_DENSE], self.popular)
        own = sum(sp.diags(light[:, _DENSE + at]) @ matrix for at, matrix in enumerate(self.own))
        out: Singles = popular[self.which] + own.toarray()
        out += light[:, -1:] / self.entities
        return out


def _scaled(matrix: sp.csr_matrix, by: Singles) -> sp.csr_matrix:
    """The matrix times `by` (row, column), entry by entry."""
    out = matrix.tocsr().astype(np.float32)
    out.data = out.data * by[np.repeat(np.arange(out.shape[0]), np.diff(out.indptr)), out.indices]
    return out


def shifted(rows: sp.csr_matrix, by: Ints, width: int) -> sp.csr_matrix:
    """The rows with every column index moved by the row's own amount."""
    moved = rows.indices + np.repeat(by, np.diff(rows.indptr))
    return sp.csr_matrix((rows.data, moved, rows.indptr), shape=(rows.shape[0], width))


def _normalised(values: Singles) -> Singles:
    values /= np.maximum(values.sum(-1, keepdims=True), 1e-9)
    return values
