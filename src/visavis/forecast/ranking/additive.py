"""The additive-evidence model: every probability is a sum over dated past facts and named backgrounds.

    P(o | s, r, t)  ~  sum over past facts (s, r', o, t') of alpha[r, r', bucket(t - t')]  +  sum over j of beta[r, j] B_j(o | s, r, t)

A choice model after Luce (1959) with the kernel of a Hawkes process. The weights are fitted by minorise-maximise updates (Hunter 2004,
"MM algorithms for generalized Bradley-Terry models"): each step divides the share of the answers that a weight accounts for by its
exposure, so that the likelihood cannot fall. Gamma priors shrink each weight towards its kind (same relation, inverse, other).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from visavis.forecast.ranking.arrays import Floats, Ints, Singles
from visavis.forecast.ranking.backgrounds import COUNT, Backgrounds
from visavis.forecast.ranking.history import History, Past, Queries

_EDGES = np.array([1, 2, 3, 5, 7, 11, 15, 22, 30, 45, 60, 90, 120, 180])
BUCKETS = len(_EDGES) + 1
_BUCKET_OF = np.searchsorted(_EDGES, np.arange(182))
ROUNDS = 20
BLOCK = 384  # queries whose dense backgrounds are held at once


def codes_of(past: Past, period: int) -> Ints:
    """For each past fact the number of its weight among a relation's: past relation x lag bucket."""
    return past.relations * BUCKETS + bucket_of(period - past.times)


def bucket_of(lags: Ints) -> Ints:
    """The bucket of each lag in periods."""
    return _BUCKET_OF[np.minimum(lags, 181)]


@dataclass(frozen=True)
class Evidence:
    """What the weights are fitted on. `exposure` (query, weight) and `support` (answer, weight) count past facts; `known` (query,
    background), `given` (answer, background) hold the backgrounds."""

    queries: Queries
    exposure: sp.csr_matrix
    support: sp.csr_matrix
    known: Floats
    given: Floats

    def among(self, rows: Ints) -> Evidence:
        """The evidence of some queries."""
        picked = self.queries.among(rows)
        start = self.queries.start
        answers = np.concatenate([np.arange(start[row], start[row + 1]) for row in rows])
        return Evidence(picked, self.exposure[rows], self.support[answers], self.known[rows], self.given[answers])


@dataclass(frozen=True)
class Weights:
    """`alpha` (relation asked, past relation x lag bucket), `beta` (relation asked, background)."""

    alpha: Singles
    beta: Floats


def blocks_of(queries: Queries) -> list[tuple[int, int]]:
    """Bounds of stretches of queries of one period, none longer than BLOCK."""
    change = np.flatnonzero(np.diff(queries.period)) + 1
    bounds: list[tuple[int, int]] = []
    for begin, end in zip([0, *change.tolist()], [*change.tolist(), len(queries)], strict=True):
        bounds += [(at, min(at + BLOCK, end)) for at in range(begin, end, BLOCK)]
    return bounds


def gather(history: History, backgrounds: Backgrounds, queries: Queries) -> Evidence:
    """The evidence for queries (sorted by period): each looks at facts before its own period only."""
    relations = history.graph.both
    width = relations * BUCKETS
    known, given = [], []
    exposed, supported = _Rows(width), _Rows(width)
    last, codes, past = (-1, -1), np.zeros(0, np.int64), None
    for begin, end in blocks_of(queries):
        rows = np.arange(begin, end)
        mix = backgrounds.at(queries.subject[rows], queries.relation[rows], int(queries.period[begin]))
        known.append(mix.known())
        count = np.diff(queries.start)[rows]
        given.append(
            mix.values(np.repeat(rows - begin, count), queries.answers[queries.start[begin] : queries.start[end]])
        )
        for row in rows:
            here = (int(queries.subject[row]), int(queries.period[row]))
            if here != last or past is None:
                last, past = here, history.past(*here)
                codes = codes_of(past, here[1])
                exposed.count(codes)
            else:
                exposed.repeat()
            for answer in queries.answers[queries.start[row] : queries.start[row + 1]]:
                a, b = np.searchsorted(past.objects, (answer, answer + 1))
                supported.count(codes[a:b])
    return Evidence(queries, exposed.matrix(), supported.matrix(), np.vstack(known), np.vstack(given))


class _Rows:
    """Counts of codes, row by row."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._columns: list[Ints] = []
        self._counts: list[Ints] = []

    def count(self, codes: Ints) -> None:
        """A row that counts the codes."""
        columns, counts = np.unique(codes, return_counts=True)
        self._columns.append(columns.astype(np.int32))
        self._counts.append(counts.astype(np.float32))

    def repeat(self) -> None:
        """A row like the one before."""
        self._columns.append(self._columns[-1])
        self._counts.append(self._counts[-1])

    def matrix(self) -> sp.csr_matrix:
        """All rows."""
        start = np.concatenate([[0], np.cumsum([len(row) for row in self._columns])])
        shape = (len(self._columns), self._width)
        return sp.csr_matrix((np.concatenate(self._counts), np.concatenate(self._columns), start), shape=shape)


def fit_weights(
    evidence: Evidence, relations: int, shrink: float = 1.0, rounds: int = ROUNDS
) -> tuple[Weights, list[float]]:
    """Weights fitted to the evidence, and the mean log-probability of an answer before each update.

    `relations` counts both directions; `shrink` is the strength of the prior in expected answers.
    """
    blocks = _by_relation(evidence)
    kind = _kinds(relations)
    lag = 1.0 / (1 + np.append(_EDGES, 240) / 5.0)
    start = np.array([0.5, 0.1, 0.02])[kind]
    alpha = (start[:, :, None] * lag).astype(np.float32).reshape(relations, -1)
    beta = np.full((relations, COUNT), 0.05)
    fits: list[float] = []
    for _ in range(rounds):
        sums = _Sums(np.zeros(alpha.shape), np.zeros(alpha.shape), np.zeros(beta.shape), np.zeros(beta.shape))
        fits.append(sum(_update(block, alpha, beta, sums) for block in blocks) / len(evidence.queries.answers))
        prior = _prior(sums, kind).reshape(relations, -1)
        alpha = ((sums.share + shrink) / (sums.exposure + shrink / np.maximum(prior, 1e-9))).astype(np.float32)
        mean = sums.back_share.sum(0) / np.maximum(sums.back_exposure.sum(0), 1e-9)
        beta = (sums.back_share + 5) / (sums.back_exposure + 5 / np.maximum(mean, 1e-6))
    return Weights(alpha, beta), fits


@dataclass(frozen=True)
class _Sums:
    share: Floats
    exposure: Floats
    back_share: Floats
    back_exposure: Floats


@dataclass(frozen=True)
class _Block:
    """The evidence of the queries under one relation."""

    relation: int
    evidence: Evidence
    of_answer: Ints
    answers: Floats


def _by_relation(evidence: Evidence) -> list[_Block]:
    order = np.argsort(evidence.queries.relation, kind="stable")
    asked, first = np.unique(evidence.queries.relation[order], return_index=True)
    blocks = []
    for relation, rows in zip(asked, np.split(order, first[1:]), strict=True):
        part = evidence.among(rows)
        blocks.append(
            _Block(int(relation), part, part.queries.of_answer, np.diff(part.queries.start).astype(np.float64))
        )
    return blocks


def _update(block: _Block, alpha: Singles, beta: Floats, sums: _Sums) -> float:
    """Add one relation's shares and exposures to the sums; the log-likelihood of its answers."""
    part, r = block.evidence, block.relation
    own, back = alpha[r].astype(np.float64), beta[r]
    total = part.exposure @ own + part.known @ back
    mine = np.maximum(part.support @ own + part.given @ back, 1e-12)
    weight = block.answers / total
    sums.exposure[r] = weight @ part.exposure
    sums.share[r] = own * ((1 / mine) @ part.support)
    sums.back_exposure[r] = weight @ part.known
    sums.back_share[r] = back * ((1 / mine) @ part.given)
    return float(np.log(mine).sum() - np.log(total[block.of_answer]).sum())


def _kinds(relations: int) -> Ints:
    """(relation, past relation): 0 the same, 1 the inverse, 2 another."""
    kind = np.full((relations, relations), 2)
    every = np.arange(relations)
    kind[every, every] = 0
    kind[every, (every + relations // 2) % relations] = 1
    return kind


def _prior(sums: _Sums, kind: Ints) -> Floats:
    """Prior means (relation, past relation, bucket): a lag profile for each kind, times a multiplier for each relation (same, inverse)
    or for each pair (other), the pair's shrunk towards its row and column."""
    shape = (*kind.shape, BUCKETS)
    share, exposure = sums.share.reshape(shape), sums.exposure.reshape(shape)
    prior = np.zeros(shape)
    for which in (0, 1):
        rows = np.nonzero(kind == which)
        profile = share[rows].sum(0) / np.maximum(exposure[rows].sum(0), 1e-9)
        factor = (share[rows].sum(1) + 5) / ((exposure[rows] * profile).sum(1) + 5)
        prior[rows] = factor[:, None] * profile
    other = (kind == 2)[:, :, None]
    profile = (share * other).sum((0, 1)) / np.maximum((exposure * other).sum((0, 1)), 1e-9)
    had, due = (share * other).sum(2), (exposure * profile * other).sum(2)
    row = (had.sum(1) + 5) / (due.sum(1) + 5)
    column = (had.sum(0) + 5) / ((due * row[:, None]).sum(0) + 5)
    factor = (had + 3) / (due + 3 / np.maximum(row[:, None] * column, 1e-6))
    return np.where(other, factor[:, :, None] * profile, prior)
