"""The traps of ranking: nothing from the future, nothing from the neighbours of the day, and the published rules of counting."""

from __future__ import annotations

import numpy as np
import pytest

from tests.forecast.synthetic import ACTORS, draw_history
from visavis.forecast.ranking.protocol import Rules, ranks_in
from visavis.forecast.ranking.quads import describe_graph
from visavis.forecast.ranking.rank import Fitted, Ranked, fit_model, rank_answers, rank_files

FACTS = draw_history()
TRAIN, TEST = FACTS[FACTS[:, 3] < 75 * 24], FACTS[FACTS[:, 3] >= 75 * 24]
GRAPH = describe_graph(TRAIN, TEST, entities=ACTORS)


@pytest.fixture(scope="module", params=["additive", "stack"])
def fitted(request: pytest.FixtureRequest) -> Fitted:
    return fit_model(GRAPH, TRAIN, model=request.param)


def _places(ranked: list[Ranked]) -> dict[tuple[int, int, int, int, str], tuple[float, list[int]]]:
    return {(r.subject, r.relation, r.object, r.time, r.side): (r.rank, r.best) for r in ranked}


def test_habits_are_found() -> None:
    found, ranked = rank_files(TRAIN, TEST, model="additive", entities=ACTORS)
    assert found["mrr"] > 0.5
    assert len(ranked) == 2 * len(TEST)


def test_the_likelihood_never_falls(fitted: Fitted) -> None:
    # The priors move with the data, which may cost a trifle late on.
    assert all(later > earlier - 1e-3 for earlier, later in zip(fitted.fits, fitted.fits[1:], strict=False))


def test_no_fact_at_or_after_the_query_is_looked_at(fitted: Fitted) -> None:
    day = 80 * 24
    asked = TEST[TEST[:, 3] <= day]
    whole = _places([r for r in rank_answers(fitted, TRAIN, TEST) if r.time <= day])
    assert _places(list(rank_answers(fitted, TRAIN, asked))) == whole


def test_the_answers_of_a_day_do_not_depend_on_what_else_is_asked(fitted: Fitted) -> None:
    day = int(TEST[0, 3])
    same = TEST[TEST[:, 3] == day]
    whole = _places(list(rank_answers(fitted, TRAIN, same, Rules(filter="raw"))))
    for part in (same[::-1], same[::2], same[:1]):
        for key, place in _places(list(rank_answers(fitted, TRAIN, part, Rules(filter="raw")))).items():
            assert place == whole[key]


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
    first, second = (rank_files(TRAIN, TEST, entities=ACTORS)[1] for _ in range(2))
    assert first == second


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
