"""The questions: what flips, how often, what knowing is worth; the same for every kind."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reason.conftest import Write
from tests.reason.test_scenario import CLAIM, two
from visavis.reason import questions
from visavis.reason.form import Assumption
from visavis.reason.memo import memo
from visavis.reason.page import page


def test_a_flip_names_the_value_at_which_the_claim_turns(write: Write) -> None:
    found = write(two(CLAIM.format("expected.stay > expected.go")))
    (flip,) = found.flips()
    assert flip.name == "level.comfort.go"
    assert flip.turns_at == pytest.approx((3.0,), abs=1e-4)  # (3 - 1) / 2 = 1, the value of staying
    assert found.holds == "depends" and found.at_best is True


def test_a_turn_at_the_end_of_a_range_says_so_and_a_number_of_people_is_whole(write: Write) -> None:
    assert questions.Swing("x", 0.0, 1.0, 2.0, 1.0, 0.0, (2.0,)).told == "2 (the very end of its range)"
    vote = 'kind = "vote"\n[claim]\ntext = "t"\nexpect = "pass"\n[rule]\nthreshold = "majority"\n'
    voters = '[[voters]]\nname = "a"\ncount = [1, 9, 9]\n[[voters]]\nname = "b"\ncount = 4\nvote = "no"\n'
    (flip,) = write(vote + voters).flips()
    assert flip.turns_at == (4.0,)


def test_a_claim_that_no_range_turns_is_true_or_false(write: Write) -> None:
    assert write(two(CLAIM.format("maximin.stay > maximin.go"))).holds == "true"
    assert write(two(CLAIM.format("maximin.stay < maximin.go"))).holds == "false"


def test_shares_are_seeded_and_lie_in_their_interval(write: Write) -> None:
    found = write(two(CLAIM.format("expected.stay > expected.go")))
    share = found.share(400, seed=3)
    assert share == found.share(400, seed=3) != found.share(400, seed=4)
    assert share.low < share.share < share.high
    assert share.share == pytest.approx(0.875, abs=0.06)  # the triangular share below 3 in [0, 2, 4]


def test_the_only_unknown_is_worth_all_that_can_be_learned(write: Write) -> None:
    found = write(two(CLAIM.format("expected.stay > expected.go")))
    (worth,) = found.worth(2000)
    assert worth.gain == pytest.approx(1 - found.share(2000).share, abs=0.04)


def test_pairs_are_found_that_turn_only_together() -> None:
    ranged = [Assumption(name, 0.0, 0.0, 1.0, 1) for name in "xyz"]
    best = {"x": 0.0, "y": 0.0, "z": 0.0}
    found = questions.pairs(lambda v: (v["x"] + v["y"] < 1.5, 0.0), best, ranged)
    assert [one.names for one in found] == [("x", "y")]
    assert sum(found[0].values) == pytest.approx(1.5, abs=0.01)


@given(st.integers(0, 50), st.integers(1, 50))
def test_wilsons_interval_holds_the_share(holds: int, more: int) -> None:
    low, high = questions.wilson(holds, holds + more)
    assert 0 <= low <= holds / (holds + more) <= high <= 1


def test_the_answer_is_json_a_memo_and_a_page_without_script(write: Write) -> None:
    text = two(CLAIM.format("expected.stay > expected.go")).replace('text = "t"', 'text = "<script>x</script>"')
    report = write(text).run(draws=50, pairs=True)
    plain = json.loads(json.dumps(report.json(), default=list))
    assert plain["holds"] == "depends" and plain["at_best"] is True
    assert plain["result"]["figures"]["maximin.stay"] == 1.0
    told = memo(report, flips=True)
    for part in (
        "Claim",
        "Verdict",
        "What carries it",
        "What would flip it",
        "How often it holds",
        "Only the analyst's word",
    ):
        assert part in told
    html = page(report)
    assert "<script" not in html and "&lt;script&gt;" in html and "<svg" in html
