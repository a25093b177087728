"""The boosted residual: trees that reorder the additive model's best candidates, fitted by softmax loss over each query's candidates.

The trees never see what they were fitted on twice: the evidence weights that make a query's features come from another stretch of time
(cross-fitting), as in stacking (Wolpert 1992). Boosting is LightGBM's (Ke and others 2017), several seeds averaged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import lightgbm as lgb
import numpy as np

from visavis.forecast.ranking.additive import Evidence, Weights, fit_weights
from visavis.forecast.ranking.apply import score_queries
from visavis.forecast.ranking.arrays import Flags, Floats, Ints, Singles
from visavis.forecast.ranking.backgrounds import Backgrounds
from visavis.forecast.ranking.features import FEATURES, Describer, choose
from visavis.forecast.ranking.history import History, Queries

TOP = 100
ALWAYS = 10  # candidates of each query that are always learned from; of the others a share, each standing for many
SHARE = 0.1
MOST_QUERIES = 50_000  # that trees are fitted on
MOST_TREES = 200
FOLDS = 5
_PARAMETERS = {
    "learning_rate": 0.07,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "max_bin": 127,
    "min_sum_hessian_in_leaf": 1.0,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True)
class Sample:
    """Candidates to learn from: `features` (row, feature), `true` (row,) whether it came true, `stands_for` (row,) the log of how many
    candidates a drawn one stands for, `sizes` rows of each query, `period` of each query."""

    features: Singles
    true: Singles
    stands_for: Floats
    sizes: Ints
    period: Ints

    def among(self, keep: Flags) -> Sample:
        """The rows of some queries."""
        rows = np.repeat(keep, self.sizes)
        return Sample(self.features[rows], self.true[rows], self.stands_for[rows], self.sizes[keep], self.period[keep])

    @property
    def start(self) -> Ints:
        """The first row of each query."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]])

    @property
    def base(self) -> Floats:
        """(row,) what the trees add to: the log evidence. A drawn candidate weighs as much as those that it stands for, or else the trees
        would learn who was drawn."""
        return self.features[:, 0] + self.stands_for


def _joined(parts: list[Sample]) -> Sample:
    columns = ("features", "true", "stands_for", "sizes", "period")
    return Sample(*(np.concatenate([getattr(part, name) for part in parts]) for name in columns))


def draw_sample(
    history: History, backgrounds: Backgrounds, queries: Queries, weights: Weights, most: int, rng: np.random.Generator
) -> Sample:
    """Candidates of at most `most` of the queries (sorted by period) whose answers stand among the best `TOP`."""
    if len(queries) > most:
        queries = queries.among(np.sort(rng.choice(len(queries), most, replace=False)))
    describer = Describer(history, backgrounds, weights)
    empty = np.zeros((0, len(FEATURES)), np.float32)
    parts = [Sample(empty, empty[:, 0], np.zeros(0), np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for block in score_queries(history, backgrounds, queries, weights):
        backgrounds.drop_kin_before(block.known_before)
        found = choose(block, TOP)
        hit = _hits(block.queries, found.entities)
        draw = np.where(np.arange(hit.shape[1]) < ALWAYS, 1.0, SHARE)
        told = np.asarray(hit.any(1))
        keep = (hit | (rng.random(hit.shape) < draw)) & told[:, None]
        rows, places = np.nonzero(keep)
        if not len(rows):
            continue
        true = hit[rows, places]
        stands_for = np.where(true, 0.0, -np.log(draw[places]))
        sizes = keep.sum(1)[told]
        features = describer.describe(block, found, rows, places)
        parts.append(
            Sample(features, true.astype(np.float32), stands_for, sizes, np.full(len(sizes), block.known_before))
        )
    return _joined(parts)


def _hits(queries: Queries, entities: Ints) -> Flags:
    """(query, place) whether the candidate is an answer."""
    hit = np.zeros(entities.shape, bool)
    for row in range(len(queries)):
        hit[row] = np.isin(entities[row], queries.answers[queries.start[row] : queries.start[row + 1]])
    return hit


def cross_fitted_sample(
    history: History, backgrounds: Backgrounds, evidence: Evidence, shrink: float, rng: np.random.Generator
) -> Sample:
    """Candidates of the evidence's queries: those of each stretch of time under weights fitted to all the other stretches."""
    periods = evidence.queries.period
    fold = np.searchsorted(np.quantile(periods, np.arange(1, FOLDS) / FOLDS), periods, side="right")
    parts = []
    for one in range(FOLDS):
        mine, other = np.flatnonzero(fold == one), np.flatnonzero(fold != one)
        if not len(mine) or not len(other):
            continue
        weights, _ = fit_weights(evidence.among(other), history.graph.both, shrink, rounds=10)
        most = MOST_QUERIES * len(mine) // len(periods)
        parts.append(draw_sample(history, backgrounds, evidence.queries.among(mine), weights, most, rng))
    return _joined(parts)


def _softmax_loss(sample: Sample) -> Callable[[Floats, lgb.Dataset], tuple[Floats, Floats]]:
    """Gradient and curvature of the softmax cross-entropy over each query's candidates."""
    start, base = sample.start, sample.base
    of_query = np.repeat(np.arange(len(sample.sizes)), sample.sizes)
    answers = np.add.reduceat(sample.true, start)[of_query].astype(np.float64)

    def loss(predicted: Floats, _: lgb.Dataset) -> tuple[Floats, Floats]:
        chance = _softmax(predicted + base, start, of_query)
        return answers * chance - sample.true, np.maximum(answers * chance * (1 - chance), 1e-4)

    return loss


def _softmax(scores: Floats, start: Ints, of_query: Ints) -> Floats:
    raised = np.exp(scores - np.maximum.reduceat(scores, start)[of_query])
    return np.asarray(raised / np.add.reduceat(raised, start)[of_query])


def grow_trees(sample: Sample, trees: int, seed: int) -> lgb.Booster:
    """Trees fitted to the sample."""
    data = lgb.Dataset(sample.features, sample.true, feature_name=[f"f{at}" for at in range(len(FEATURES))])
    return lgb.train({**_PARAMETERS, "objective": _softmax_loss(sample), "seed": seed}, data, num_boost_round=trees)


def choose_trees(booster: lgb.Booster, held: Sample, step: int = 40) -> int:
    """How many of the booster's trees make the held sample's answers likeliest, counted in `step`s."""
    start, scores = held.start, held.base
    of_query = np.repeat(np.arange(len(held.sizes)), held.sizes)
    best, most = step, -np.inf
    for begin in range(0, booster.num_trees(), step):
        scores = scores + booster.predict(held.features, start_iteration=begin, num_iteration=step, num_threads=1)
        fit = float(np.log(_softmax(scores, start, of_query)[held.true > 0]).sum())
        if fit > most:
            best, most = begin + step, fit
    return min(best, booster.num_trees())


@dataclass(frozen=True)
class Residual:
    """Boosted trees and how many of each are used; their mean is added to the log evidence."""

    boosters: tuple[lgb.Booster, ...]
    trees: int

    def scores(self, features: Singles) -> Floats:
        """(query, place): the candidates' scores, in logs."""
        flat = features.reshape(-1, features.shape[-1])
        added = [tree.predict(flat, num_iteration=self.trees, num_threads=1) for tree in self.boosters]
        scores: Floats = features[:, :, 0].astype(np.float64) + np.mean(added, axis=0).reshape(features.shape[:2])
        return scores


def fit_residual(sample: Sample, held: Sample | None, seed: int = 1) -> Residual | None:
    """Trees for the sample; None when it is too small to grow any. `held` chooses how many; without it the last tenth of the
    sample's time does, and a second set of trees then learns from all of it."""
    if len(sample.sizes) < 200:
        return None
    if held is not None and len(held.sizes):
        first = grow_trees(sample, MOST_TREES, seed)
        trees = choose_trees(first, held)
    else:
        late = sample.period >= np.quantile(sample.period, 0.9)
        first = grow_trees(sample.among(~late), MOST_TREES, seed)
        trees = choose_trees(first, sample.among(late))
    return Residual((first, grow_trees(sample, trees, seed + 1)), trees)
