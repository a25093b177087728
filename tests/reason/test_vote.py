"""Votes and voting power, exactly."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reason.conftest import Write
from visavis.reason import scenario
from visavis.reason.kinds.power import Game, banzhaf, owen, shapley_shubik
from visavis.reason.kinds.vote import Group, Params, Rule, solve

COUNCIL = Game((1,) * 15, (True,) * 5 + (False,) * 10, 9)
games = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=6).flatmap(
    lambda voters: st.builds(
        lambda quota: Game(tuple(w for w, _ in voters), tuple(v for _, v in voters), quota),
        st.integers(1, max(1, sum(w for w, _ in voters))),
    )
)


def wins(game: Game, members: set[int]) -> bool:
    everybody = all(i in members for i, veto in enumerate(game.vetoes) if veto)
    return everybody and sum(game.weights[i] for i in members) >= game.quota


def by_orders(game: Game) -> list[Fraction]:
    n = len(game.weights)
    counts, orders = [0] * n, 0
    for order in permutations(range(n)):
        orders += 1
        for at, voter in enumerate(order):
            if wins(game, set(order[: at + 1])):
                counts[voter] += not wins(game, set(order[:at]))
                break
    return [Fraction(count, orders) for count in counts]


def test_the_security_council() -> None:
    assert {str(one) for one in shapley_shubik(COUNCIL)} == {"421/2145", "4/2145"}
    assert {str(one) for one in banzhaf(COUNCIL)[0]} == {"106/635", "21/1270"}


def test_the_six_of_1958() -> None:
    council = Game((4, 4, 4, 2, 2, 1), (False,) * 6, 12)
    assert [str(one) for one in shapley_shubik(council)] == ["7/30"] * 3 + ["3/20"] * 2 + ["0"]


@settings(max_examples=40, deadline=None)
@given(games)
def test_counting_agrees_with_all_orders(game: Game) -> None:
    assert list(shapley_shubik(game)) == by_orders(game)
    alone = [[i] for i in range(len(game.weights))]
    assert owen(game, alone) == shapley_shubik(game) == owen(game, [list(range(len(game.weights)))])


def test_owen_values_of_a_union() -> None:
    majority = Game((1, 1, 1), (False,) * 3, 2)
    assert owen(majority, [[0, 1], [2]]) == (Fraction(1, 2), Fraction(1, 2), Fraction(0))


def iom(threshold: str) -> Params:
    groups = (Group("for", 116, 1, "yes"), Group("against", 2, 1, "no"), Group("abstaining", 2, 1, "abstain"))
    return Params(groups, Rule(threshold))


@pytest.mark.parametrize(("threshold", "turn"), [("majority", 57), ("2/3", 38)])
def test_how_many_votes_must_turn(threshold: str, turn: int) -> None:
    result = solve(iom(threshold))
    assert result.passes and result.turn == turn and result.pivots == ()


def test_a_veto_stops_what_a_majority_wants() -> None:
    groups = (Group("many", 14, 1, "yes"), Group("RUS", 1, 1, "no", veto=True))
    result = solve(Params(groups, Rule("9")))
    assert not result.passes and result.turn == 1
    abstaining = (groups[0], Group("RUS", 1, 1, "abstain", veto=True))
    assert solve(Params(abstaining, Rule("9"))).passes
    assert not solve(Params(abstaining, Rule("9", abstention_vetoes=True))).passes


def test_power_that_would_take_too_long_is_left_out_and_said(write: Write) -> None:
    voters = '[rule]\nthreshold = "majority"\n[[voters]]\nname = "many"\ncount = 1000000\n[[voters]]\nname = "few"\ncount = 3\nvote = "no"\n'
    outcome = write('kind = "vote"\n' + voters).outcome
    assert outcome.figures["turn"] == 499999 and "shapley.many" not in outcome.every
    assert any("Power is not counted" in note for note in outcome.notes)


def test_the_shipped_votes_say_so() -> None:
    figures = scenario("vote-iom.toml").outcome.figures
    assert (figures["turn"], figures["turn.2/3"]) == (57.0, 38.0)
    detail = scenario("vote-security-council.toml").outcome.detail
    assert detail["power"]["shapley"]["CHN"] == "421/2145" and detail["power"]["banzhaf"]["elected"] == "21/1270"
