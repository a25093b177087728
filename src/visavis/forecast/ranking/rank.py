"""Rank: fit on one file, rank the answers of another under the published protocol, and say what it cost."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from visavis.forecast.ranking.additive import Weights, fit_weights, gather
from visavis.forecast.ranking.apply import Scored, score_queries
from visavis.forecast.ranking.arrays import Floats, Ints
from visavis.forecast.ranking.backgrounds import Backgrounds
from visavis.forecast.ranking.features import Describer, choose
from visavis.forecast.ranking.history import History, Queries, queries_of
from visavis.forecast.ranking.protocol import Excluded, Rules, metrics, ranks_in
from visavis.forecast.ranking.quads import TIME, Graph, describe_graph
from visavis.forecast.ranking.residual import (
    MOST_QUERIES,
    TOP,
    Residual,
    cross_fitted_sample,
    draw_sample,
    fit_residual,
)

Model = Literal["additive", "stack"]
MOST_FITTED = 120_000  # queries that weights are fitted on, the latest ones: bounds time and memory on large sets
SHRINK = 2.0


@dataclass(frozen=True)
class Fitted:
    """A fitted ranking model. It holds weights only; the history is given anew when it is applied."""

    graph: Graph
    weights: Weights
    residual: Residual | None = None
    fits: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Ranked:
    """One answer's place: the query (subject, relation, time as in the file, `side` asked for), the answer, its rank, the best ten."""

    subject: int
    relation: int
    object: int
    time: int
    side: str
    rank: float
    best: list[int]


def fit_model(graph: Graph, train: Ints, valid: Ints | None = None, model: Model = "stack", seed: int = 0) -> Fitted:
    """The model fitted on `train` (facts as in the file); `valid`, or else the last tenth of `train`, chooses how many trees.

    The first tenth of the time serves as history only. Deterministic for a given seed.
    """
    facts = graph.periods(train)
    history = History(graph, facts)
    backgrounds = Backgrounds(history)
    times = facts[:, TIME]
    begin = int(times.min()) + (int(times.max()) + 1 - int(times.min())) // 10
    queries = queries_of(facts[times >= begin])
    if len(queries) > MOST_FITTED:
        latest = queries.period >= queries.period[-MOST_FITTED]
        queries = queries.among(np.flatnonzero(latest))
    evidence = gather(history, backgrounds, queries)
    weights, fits = fit_weights(evidence, graph.both, SHRINK)
    if model == "additive":
        return Fitted(graph, weights, None, fits)
    rng = np.random.default_rng(seed)
    sample = cross_fitted_sample(history, backgrounds, evidence, SHRINK, rng)
    held = None
    if valid is not None:
        known = History(graph, np.vstack([facts, graph.periods(valid)]))
        asked = queries_of(graph.periods(valid))
        held = draw_sample(known, Backgrounds(known), asked, weights, MOST_QUERIES // 8, rng)
    return Fitted(graph, weights, fit_residual(sample, held, seed + 1), fits)


def score_answers(
    fitted: Fitted, known: Ints, test: Ints, rules: Rules | None = None
) -> Iterator[tuple[Scored, Floats]]:
    """The score (query, entity) of every entity for the queries of `test`, asked from both sides, block by block.

    Single step: each query knows `known` and those facts of `test` that are earlier than itself. Multi-step: `known` only.
    """
    rules = rules or Rules()
    graph = fitted.graph
    asked = graph.periods(test)
    history = History(graph, np.vstack([graph.periods(known), asked]))
    horizon = int(asked[:, TIME].min()) if rules.multi_step else None
    backgrounds = Backgrounds(history)
    describer = Describer(history, backgrounds, fitted.weights)
    for block in score_queries(history, backgrounds, queries_of(asked), fitted.weights, horizon):
        backgrounds.drop_kin_before(block.known_before)
        scores = block.total
        if fitted.residual is not None:
            found = choose(block, TOP)
            rows, places = (index.ravel() for index in np.indices(found.entities.shape))
            features = describer.describe(block, found, rows, places).reshape(*found.entities.shape, -1)
            scores = _reordered(scores, found.entities, fitted.residual.scores(features))
        yield block, scores


def rank_answers(fitted: Fitted, known: Ints, test: Ints, rules: Rules | None = None) -> Iterator[Ranked]:
    """The place of every answer of `test`. `known` are the facts of the files before (train and valid); see `score_answers`."""
    rules = rules or Rules()
    graph = fitted.graph
    excluded = Excluded(rules, np.vstack([graph.periods(known), graph.periods(test)]), graph.entities)
    for block, scores in score_answers(fitted, known, test, rules):
        yield from _ranks(block, scores, excluded, rules, graph)


def _reordered(scores: Floats, candidates: Ints, better: Floats) -> Floats:
    """Scores in which the candidates stand above all others, in their new order; the others keep theirs."""
    out: Floats = scores / (scores.max(1, keepdims=True) + 1e-12)
    lowest = better.min(1, keepdims=True)
    np.put_along_axis(out, candidates, 2.0 + better - lowest, axis=1)
    return out


def _ranks(block: Scored, scores: Floats, excluded: Excluded, rules: Rules, graph: Graph) -> Iterator[Ranked]:
    best = np.argsort(-scores, axis=1, kind="stable")[:, :10].tolist()
    asked: Queries = block.queries
    for row in range(len(asked)):
        answers = asked.answers[asked.start[row] : asked.start[row + 1]]
        ranks = ranks_in(scores[row], answers, excluded.of(asked, row), rules.ties)
        relation, subject = int(asked.relation[row]), int(asked.subject[row])
        inverse = relation >= graph.relations
        when = int(asked.period[row]) * graph.step
        for answer, rank in zip(answers.tolist(), ranks.tolist(), strict=True):
            first, last = (answer, subject) if inverse else (subject, answer)
            side = "subject" if inverse else "object"
            yield Ranked(first, relation % graph.relations, last, when, side, rank, best[row])


def rank_files(
    train: Ints,
    test: Ints,
    valid: Ints | None = None,
    model: Model = "stack",
    rules: Rules | None = None,
    entities: int | None = None,
    seed: int = 0,
) -> tuple[dict[str, float], list[Ranked]]:
    """Fit and rank: `{"mrr", "hits1", "hits3", "hits10", "fit_cpu_s", "apply_cpu_s"}` (values 0..1), and every answer's place."""
    graph = describe_graph(train, test, *([] if valid is None else [valid]), entities=entities)
    begin = time.process_time()
    fitted = fit_model(graph, train, valid, model, seed)
    fit_seconds = time.process_time() - begin
    known = train if valid is None else np.vstack([train, valid])
    ranked = list(rank_answers(fitted, known, test, rules))
    apply_seconds = time.process_time() - begin - fit_seconds
    found = metrics(np.array([one.rank for one in ranked]))
    return {**found, "fit_cpu_s": round(fit_seconds, 1), "apply_cpu_s": round(apply_seconds, 1)}, ranked
