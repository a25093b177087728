"""What is known at the start of a period beyond a single dyad: links of late, what is due, who resembles whom in latent space."""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.utils.extmath import randomized_svd

from visavis.forecast.ranking.additive import BUCKETS, Weights, bucket_of
from visavis.forecast.ranking.arrays import Floats, Ints, Singles
from visavis.forecast.ranking.backgrounds import Kin, decayed_links, picked, shared_out, shifted
from visavis.forecast.ranking.history import History
from visavis.forecast.ranking.quads import OBJECT, RELATION, SUBJECT, TIME

_SNAPSHOT = 28  # periods between two latent maps, on fixed days
_WIDE = 32  # dimensions of a latent map
FIELD = (
    *("linked of late", "partners' objects", "kin's objects of late"),
    *("look-alikes' links", "look-alikes' objects of late", "kin of objects", "look-alikes of objects"),
    *("evidence of its kin", "evidence of its look-alikes", "due", "share of due", "popular yesterday", "popular week"),
    *("busy yesterday", "busy 3", "busy 30", "selective", "latent under relation", "latent", "latent likeness"),
    *("object busy 2", "object since", "object partners", "busy week"),
)
NONE_YET = 999.0
# Keys (subject x relations + relation) with their map and the objects'; then the subjects' map and the objects' under any relation.
Maps = tuple[Ints, tuple[Singles, Singles], tuple[Singles, Singles]]


class LatentMaps:
    """Truncated singular value decompositions of what was done to whom (half-life 120 periods), one on each fixed day.

    Low-rank co-occurrence as in latent semantic analysis (Deerwester and others 1990), fitted by Halko and others (2011).
    """

    def __init__(self, history: History) -> None:
        self._history = history
        self._day = -1
        self._maps: Maps | None = None

    def at(self, period: int) -> Maps:
        """The maps of the latest fixed day, made of what came before it."""
        day = period - period % _SNAPSHOT
        if self._maps is None or self._day != day:
            graph = self._history.graph
            facts = self._history.before(day)
            weight = 2.0 ** (-(day - facts[:, TIME]) / 120.0)
            key, row = np.unique(facts[:, SUBJECT] * graph.both + facts[:, RELATION], return_inverse=True)
            under = _mapped(row, facts[:, OBJECT], weight, (len(key), graph.entities))
            plain = _mapped(facts[:, SUBJECT], facts[:, OBJECT], weight, (graph.entities, graph.entities))
            self._day, self._maps = day, (key, under, plain)
        return self._maps


def _mapped(rows: Ints, columns: Ints, weight: Floats, shape: tuple[int, int]) -> tuple[Singles, Singles]:
    if not len(rows):
        return np.zeros((max(shape[0], 1), 1), np.float32), np.zeros((shape[1], 1), np.float32)
    table = sp.csr_matrix((weight, (rows, columns)), shape=shape)
    table.data = np.log1p(3 * table.data)
    rank = min(_WIDE, min(shape) - 1)
    left, size, right = randomized_svd(table.astype(np.float32), rank, n_iter=3, random_state=0)
    return (left * size).astype(np.float32), np.ascontiguousarray(right.T, np.float32)


class Surroundings:
    """The field at the start of `period`; `asked` are the relations that will be asked about."""

    def __init__(self, history: History, kin: Kin, period: int, asked: Ints, weights: Weights) -> None:
        facts = history.before(period)
        lag, size = period - facts[:, TIME], history.graph.entities
        self._kin, self._size, self._asked = kin, size, len(asked)
        self._slot = np.full(history.graph.both, -1)
        self._slot[asked] = np.arange(len(asked))
        self._links = decayed_links(facts[lag <= 30], period, 3.0, size).astype(np.float32)
        self._month = decayed_links(facts[lag <= 90], period, 15.0, size).astype(np.float32)
        self._acts = [self._acted(facts, lag, half) for half in (7.0, 30.0)]
        self._due = self._due_to(facts, lag, weights.alpha[asked])
        mine = self._slot[facts[:, RELATION]] >= 0
        key = (self._slot[facts[:, RELATION]] * size + facts[:, OBJECT])[mine]
        self._popular = [
            np.bincount(key[lag[mine] <= days], minlength=len(asked) * size).reshape(-1, size) for days in (1, 7)
        ]
        objects = facts[:, OBJECT]
        last = np.full(size, -1)
        np.maximum.at(last, objects, facts[:, TIME])
        self.relation = np.bincount(facts[:, RELATION], minlength=history.graph.both)
        self._busy = [np.bincount(objects[lag <= days], minlength=size) for days in (1, 3, 30)]
        self._clock = [
            np.bincount(objects, 2.0 ** (-lag / 2.0), size),
            np.where(last < 0, NONE_YET, np.minimum(period - last, NONE_YET)),
            np.bincount(facts[:, SUBJECT], minlength=size),
            np.bincount(objects, 2.0 ** (-lag / 7.0), size),
        ]

    def _acted(self, facts: Ints, lag: Ints, half: float) -> sp.csr_matrix:
        """(asked relation x entity + subject, object) decayed facts."""
        near = (lag <= 180) & (self._slot[facts[:, RELATION]] >= 0)
        row = (self._slot[facts[:, RELATION]] * self._size + facts[:, SUBJECT])[near]
        weight = (2.0 ** (-lag[near] / half)).astype(np.float32)
        return sp.csr_matrix((weight, (row, facts[near, OBJECT])), shape=(self._asked * self._size, self._size))

    def _due_to(self, facts: Ints, lag: Ints, alpha: Singles) -> Singles:
        """(asked relation, object) the evidence that anybody's past with the object gives."""
        codes = facts[:, RELATION] * BUCKETS + bucket_of(lag)
        counts = sp.csr_matrix(
            (np.ones(len(facts), np.float32), (facts[:, OBJECT], codes)), shape=(self._size, alpha.shape[1])
        )
        return np.asarray(counts @ alpha.T, np.float32).T

    def field(
        self,
        subjects: Ints,
        relations: Ints,
        dyadic: Floats,
        maps: Maps,
        rows: Ints,
        entities: Ints,
    ) -> Singles:
        """(pair, feature) named by FIELD, for pairs of a query (row of `subjects`, `relations`) and an entity. `dyadic` is the evidence
        (query, entity) of each dyad's own past."""
        which = self._slot[relations]
        at, wide = which * self._size, self._asked * self._size
        week, month = self._acts
        partners, acts = self._kin.partners[subjects], self._kin.acts[subjects]
        own = month[at + subjects]
        evidence = sp.csr_matrix(dyadic.astype(np.float32))
        near = self._links[subjects]
        spread = (
            near,
            shifted(shared_out(self._month[subjects]).tocsr(), at, wide) @ month,
            shifted(partners, at, wide) @ week,
            acts @ self._month,
            shifted(acts, at, wide) @ month,
            own @ self._kin.partners,
            own @ self._kin.acts,
            evidence @ self._kin.partners,
            evidence @ self._kin.acts,
        )
        due = self._due[which[rows], entities]
        yesterday, popular = (table[which[rows], entities] for table in self._popular)
        busy = [table[entities] for table in self._busy]
        out: list[NDArray[Any]] = [picked(matrix.tocsr(), rows, entities) for matrix in spread]
        out += [due, dyadic[rows, entities] / (due + 1e-4), yesterday, popular, *busy, popular / (busy[2] + 1)]
        out += _latent(maps, subjects, subjects * len(self._slot) + relations, rows, entities)
        out += [table[entities] for table in self._clock]
        return np.column_stack(out).astype(np.float32)


def _latent(
    maps: Maps,
    subjects: Ints,
    asked: Ints,
    rows: Ints,
    entities: Ints,
) -> list[Singles]:
    key, (under, objects), (plain, of_plain) = maps
    at = np.minimum(np.searchsorted(key, asked), max(len(key) - 1, 0))
    known = key[at] == asked if len(key) else np.zeros(len(asked), bool)
    mine, other = plain[subjects][rows], plain[entities]
    size = np.linalg.norm(mine, axis=1) * np.linalg.norm(other, axis=1) + 1e-6
    return [
        np.einsum("ij,ij->i", (under[at] * known[:, None])[rows], objects[entities]),
        np.einsum("ij,ij->i", mine, of_plain[entities]),
        np.einsum("ij,ij->i", mine, other) / size,
    ]
