"""Answers are honest: nothing from the future, shares that add up, near the base rate and wide where little is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast.acts import START, bursty, bursty_rows, row
from visavis.errors import ForecastError
from visavis.forecast import ask, ask_next, find_class, fit_class
from visavis.forecast.chances.acts import gather_acts

ACTS = bursty()
DAY = START.toordinal() + 1000


def test_bursts_show_skill() -> None:
    assert fit_class(ACTS, "threaten", 30, DAY).skill


def test_nothing_on_or_after_the_day_touches_an_answer() -> None:
    past = gather_acts([one for one in bursty_rows() if one[0] < "2020-09-27"])
    for name in ("threaten", "consult"):
        assert ask(past, "A01", "A02", name, 30, DAY) == ask(ACTS, "A01", "A02", name, 30, DAY)


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert ask(gather_acts(bursty_rows()[::-1]), "A01", "A02", "any", 30, DAY) == ask(
        ACTS, "A01", "A02", "any", 30, DAY
    )


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 11), st.integers(1, 11), st.sampled_from(["threaten", "consult", "verbal conflict", "any"]))
def test_shares_sum_to_one_and_chances_are_in_order(a: int, step: int, name: str) -> None:
    answer = ask(ACTS, f"A{a:02d}", f"A{(a + step) % 12:02d}", name, 30, DAY)
    assert sum(reason.share for reason in answer.reasons) == pytest.approx(1)
    assert 0 <= answer.low <= answer.probability <= answer.high <= 1
    assert all(reason.without <= answer.probability + 1e-12 for reason in answer.reasons)
    assert answer.one_more >= answer.probability
    known = {one[4] for one in bursty_rows()}
    assert all(reason.event_id in known for reason in answer.reasons if reason.event_id)


def test_little_history_stays_near_the_base_rate_is_wide_and_says_so() -> None:
    few = gather_acts(
        [row(0, "AAA", "BBB"), row(40, "BBB", "AAA"), row(70, "AAA", "CCC", "threaten", "verbal conflict")]
    )
    answer = ask(few, "AAA", "BBB", "threaten", 30, START.toordinal() + 90)
    assert not answer.skill
    assert answer.base_rate / 3 < answer.probability < answer.base_rate * 3
    assert answer.high > 3 * answer.low
    said = " ".join(answer.notes)
    assert "No skill shown" in said and "Little history" in said and "90 days only" in said


def test_one_act_on_one_day_makes_nothing_certain() -> None:
    single = gather_acts([row(0, "AAA", "BBB")])
    for pair in (("AAA", "BBB"), ("CCC", "AAA")):
        answer = ask(single, *pair, "threaten", 30, START.toordinal() + 1)
        assert answer.low < 0.01 and answer.probability < 0.2 < answer.one_more + 0.15
        assert answer.high > 2 * answer.probability
        assert any("hardly more than a guess" in note for note in answer.notes)
    assert ask(single, "AAA", "BBB", "consult", 30, START.toordinal() + 1).probability < 0.3


def test_what_has_no_day_is_told() -> None:
    left = (("A01", "A02", ("threaten", "verbal conflict")), ("A01", "A03", ("consult", "verbal cooperation")))
    answer = ask(replace(ACTS, undated=left), "A01", "*", "threaten", 30, DAY)
    assert "2 acts, 2 of them by this source to this target (1 of this class)" in answer.notes[-1]


def test_an_actor_unheard_of_gets_the_base_rate_and_is_told() -> None:
    answer = ask(ACTS, "A01", "ZZZ", "consult", 30, DAY)
    assert any("ZZZ is in no act" in note for note in answer.notes)
    assert 0 < answer.probability < 1


def test_next_lists_both_ways_likeliest_first() -> None:
    found = ask_next(ACTS, "A01", "A02", 30, DAY)
    chances = [answer.probability for answer in found]
    assert chances == sorted(chances, reverse=True)
    assert {(answer.source, answer.target) for answer in found} == {("A01", "A02"), ("A02", "A01")}


def test_faults_are_one_sentence() -> None:
    with pytest.raises(ForecastError, match="itself"):
        ask(ACTS, "A01", "a01", "any", 30, DAY)
    with pytest.raises(ForecastError, match="No class"):
        find_class(ACTS, "juggle")
    with pytest.raises(ForecastError, match="no actor's code"):
        ask(ACTS, "Zürich!", "A01", "any", 30, DAY)
