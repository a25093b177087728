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
from visavis.forecast.ranking.features import FEATURES, describe_candidates, read_clock
from visavis.forecast.ranking.history import History, Queries

TOP = 100
ALWAYS = 25  # candidates of each query that are always learned from; of the others a share
SHARE = 0.15
MOST_QUERIES = 52_000  # that trees are fitted on
MOST_TREES = 320
_PARAMETERS = {
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
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
    """Candidates to learn from: `features` (row, feature), `true` (row,) whether it came true, `sizes` rows of each query, `period`
    of each query."""

    features: Singles
    true: Singles
    sizes: Ints
    period: Ints

    def among(self, keep: Flags) -> Sample:
        """The rows of some queries."""
        rows = np.repeat(keep, self.sizes)
        return Sample(self.features[rows], self.true[rows], self.sizes[keep], self.period[keep])


def draw_sample(
    history: History, backgrounds: Backgrounds, queries: Queries, weights: Weights, most: int, rng: np.random.Generator
) -> Sample:
    """Candidates of at most `most` of the queries whose answers stand among the best `TOP`."""
    if len(queries) > most:
        queries = queries.among(np.sort(rng.choice(len(queries), most, replace=False)))
    features, true, sizes, periods = [], [], [], []
    clock, at = None, -1
    for block in score_queries(history, backgrounds, queries, weights):
        if clock is None or block.known_before != at:
            at, clock = block.known_before, read_clock(history, block.known_before)
        found = describe_candidates(block, history, weights, clock, TOP)
        start = block.queries.start
        for row in range(len(block.rows)):
            hit = np.isin(found.entities[row], block.queries.answers[start[row] : start[row + 1]])
            if not hit.any():
                continue
            keep = hit | (np.arange(len(hit)) < ALWAYS) | (rng.random(len(hit)) < SHARE)
            features.append(found.features[row][keep])
            true.append(hit[keep].astype(np.float32))
            sizes.append(int(keep.sum()))
            periods.append(at)
    if not features:
        return Sample(
            np.zeros((0, len(FEATURES)), np.float32), np.zeros(0, np.float32), np.zeros(0, int), np.zeros(0, int)
        )
    return Sample(np.vstack(features), np.concatenate(true), np.array(sizes), np.array(periods))


def cross_fitted_sample(
    history: History, backgrounds: Backgrounds, evidence: Evidence, shrink: float, rng: np.random.Generator
) -> Sample:
    """Candidates of the evidence's queries: the later half under weights of the earlier half, and the other way round."""
    periods = evidence.queries.period
    middle = int(np.quantile(periods, 0.5))
    halves = np.flatnonzero(periods < middle), np.flatnonzero(periods >= middle)
    parts = []
    for mine, other in (halves[::-1], halves):
        weights, _ = fit_weights(evidence.among(other), history.graph.both, shrink, rounds=8)
        parts.append(draw_sample(history, backgrounds, evidence.queries.among(mine), weights, MOST_QUERIES // 2, rng))
    both = [np.concatenate([getattr(part, name) for part in parts]) for name in ("features", "true", "sizes", "period")]
    return Sample(*both)


def _softmax_loss(sample: Sample) -> Callable[[Floats, lgb.Dataset], tuple[Floats, Floats]]:
    """Gradient and curvature of the softmax cross-entropy over each query's candidates, the log evidence being where it starts."""
    start = np.concatenate([[0], np.cumsum(sample.sizes)[:-1]])
    of_query = np.repeat(np.arange(len(sample.sizes)), sample.sizes)
    base = sample.features[:, 0].astype(np.float64)
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
    data = lgb.Dataset(
        sample.features, sample.true, feature_name=[name.replace(" ", "_").replace(",", "") for name in FEATURES]
    )
    return lgb.train({**_PARAMETERS, "objective": _softmax_loss(sample), "seed": seed}, data, num_boost_round=trees)


def choose_trees(booster: lgb.Booster, held: Sample, step: int = 40) -> int:
    """How many of the booster's trees make the held sample's answers likeliest, counted in `step`s."""
    start = np.concatenate([[0], np.cumsum(held.sizes)[:-1]])
    of_query = np.repeat(np.arange(len(held.sizes)), held.sizes)
    scores = held.features[:, 0].astype(np.float64)
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
