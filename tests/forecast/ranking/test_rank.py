"""The traps of ranking: nothing from the future, nothing from the neighbours of the day, and the published rules of counting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.forecast.synthetic import ACTORS, draw_history
from visavis.forecast.ranking import rank, residual
from visavis.forecast.ranking.apply import Scored, score_queries
from visavis.forecast.ranking.arrays import Ints
from visavis.forecast.ranking.history import History, Past
from visavis.forecast.ranking.protocol import Rules, ranks_in
from visavis.forecast.ranking.quads import describe_graph
from visavis.forecast.ranking.rank import Fitted, Ranked, fit_model, rank_answers, rank_files

FACTS = draw_history()
TRAIN, TEST = FACTS[FACTS[:, 3] < 75 * 24], FACTS[FACTS[:, 3] >= 75 * 24]
GRAPH = describe_graph(TRAIN, TEST, entities=ACTORS)


@pytest.fixture(scope="module", autouse=True)
def _few_trees() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(residual, "MOST_TREES", 40)
        patch.setattr(residual, "FOLDS", 2)
        yield


@pytest.fixture(scope="module", params=["additive", "stack"])
def fitted(request: pytest.FixtureRequest, _few_trees: None) -> Fitted:
    return fit_model(GRAPH, TRAIN[TRAIN[:, 3] >= 30 * 24], model=request.param)


def _places(ranked: list[Ranked]) -> dict[tuple[int, int, int, int, str], tuple[float, list[int]]]:
    return {(r.subject, r.relation, r.object, r.time, r.side): (r.rank, r.best) for r in ranked}


def test_habits_are_found() -> None:
    found, ranked = rank_files(TRAIN, TEST, model="additive", entities=ACTORS)
    assert found["mrr"] > 0.5
    assert len(ranked) == 2 * len(TEST)


def test_the_likelihood_never_falls(fitted: Fitted) -> None:
    # The priors move with the data, which may cost a trifle late on.
    assert all(later > earlier - 1e-3 for earlier, later in zip(fitted.fits, fitted.fits[1:], strict=False))


def _scores(fitted: Fitted, asked: Ints, until: int) -> dict[tuple[int, int, int], list[float]]:
    """The scores of all entities for each question up to a day."""
    found: dict[tuple[int, int, int], list[float]] = {}
    for block, scores in rank.score_answers(fitted, TRAIN, asked):
        queries = block.queries
        keys = zip(queries.subject.tolist(), queries.relation.tolist(), queries.period.tolist(), strict=True)
        found |= {key: row for key, row in zip(keys, scores.tolist(), strict=True) if key[2] <= until}
    return found


def _the_future_matters(fitted: Fitted) -> bool:
    """Whether any score up to a day changes when all that happened after it is deleted."""
    return _scores(fitted, TEST[TEST[:, 3] <= 80 * 24], 80) != _scores(fitted, TEST, 80)


def _the_same_day_matters(fitted: Fitted) -> bool:
    """Whether any score changes when the other facts of its day come in another order, or not at all."""
    same = TEST[TEST[:, 3] == TEST[0, 3]]
    whole = _scores(fitted, same, 99)
    parts = (_scores(fitted, part, 99) for part in (same[::-1], same[::2], same[:1]))
    return any(row != whole[key] for part in parts for key, row in part.items())


def test_no_fact_after_the_query_is_looked_at(fitted: Fitted) -> None:
    assert not _the_future_matters(fitted)


def test_the_answers_of_a_day_do_not_depend_on_what_else_is_asked(fitted: Fitted) -> None:
    assert not _the_same_day_matters(fitted)


def _peek(facts: History, actor: int, period: int) -> Past:
    return _PAST(facts, actor, period + 7)


def _peek_all(facts: History, period: int) -> Ints:
    return _BEFORE(facts, period + 7)


def _count_the_day(*args: Any, **kinds: Any) -> Iterator[Scored]:
    for block in _SCORE(*args, **kinds):
        busy = np.bincount(block.queries.subject, minlength=block.total.shape[1])
        yield replace(block, total=block.total * (1 + busy))


_PAST, _BEFORE, _SCORE = History.past, History.before, score_queries


@pytest.mark.parametrize(("where", "name", "leak"), [(History, "past", _peek), (History, "before", _peek_all)])
def test_a_planted_look_ahead_is_caught(
    fitted: Fitted, monkeypatch: pytest.MonkeyPatch, where: type, name: str, leak: Callable[..., object]
) -> None:
    monkeypatch.setattr(where, name, leak)
    assert _the_future_matters(fitted) and _the_same_day_matters(fitted)


def test_a_planted_look_at_the_days_other_questions_is_caught(fitted: Fitted, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rank, "score_queries", _count_the_day)
    assert _the_same_day_matters(fitted)


def test_multi_step_knows_nothing_of_the_test(fitted: Fitted) -> None:
    late = TEST[TEST[:, 3] >= 84 * 24]
    early = np.array([[0, 0, 1, int(TEST[0, 3])]])
    other = np.array([[5, 3, 2, int(TEST[0, 3])]])
    rules = Rules(filter="raw", multi_step=True)
    ends = [
        _places([r for r in rank_answers(fitted, TRAIN, np.vstack([first, late]), rules) if r.time >= 84 * 24])
        for first in (early, other)
    ]
    assert ends[0] == ends[1]


def test_the_same_seed_gives_the_same_places() -> None:
    early, late = TRAIN[TRAIN[:, 3] < 40 * 24], TRAIN[(TRAIN[:, 3] >= 40 * 24) & (TRAIN[:, 3] < 42 * 24)]
    first, second = (rank_files(early, late, entities=ACTORS)[1] for _ in range(2))
    assert first == second and len(first) == 2 * len(late)


def test_a_new_actor_shares_the_last_places() -> None:
    fitted = fit_model(describe_graph(TRAIN, entities=ACTORS + 10), TRAIN, model="additive")
    stranger = np.array([[ACTORS + 3, 0, ACTORS + 5, int(TEST[0, 3])]])
    ranks = [r.rank for r in rank_answers(fitted, TRAIN, stranger)]
    assert min(ranks) > ACTORS / 2


@pytest.mark.parametrize(("ties", "rank"), [("mean", 3.0), ("best", 2.0), ("worst", 4.0)])
def test_equals_share_their_places(ties: str, rank: float) -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.5, 0.1])
    assert ranks_in(scores, np.array([2]), None, ties).tolist() == [rank]  # type: ignore[arg-type]


def test_other_true_answers_do_not_stand_in_the_way() -> None:
    scores = np.array([0.9, 0.5, 0.4, 0.1])
    out = np.array([True, False, True, False])
    assert ranks_in(scores, np.array([0, 2]), out, "mean").tolist() == [1.0, 2.0]
    assert ranks_in(scores, np.array([0, 2]), None, "mean").tolist() == [1.0, 3.0]
