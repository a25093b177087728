"""Sides: one actor, anybody, several, an organisation with its states; an act counts once however many it names."""

from __future__ import annotations

import numpy as np
import pytest

from tests.forecast.acts import START, bursty, row
from visavis.errors import ForecastError
from visavis.forecast import ask, ask_next
from visavis.forecast.chances.acts import Acts, gather_acts
from visavis.forecast.sides import read_side, take_sides
from visavis.lexicon import load

ACTS = bursty()
DAY = START.toordinal() + 1000
MEMBERS = {"BLOC": (("A01", "", ""), ("A02", "2019-01-01", ""), ("A03", "", "2019-01-01"))}


def _pairs(acts: Acts) -> list[tuple[str, str]]:
    return [(acts.actors[a], acts.actors[b]) for a, b in zip(acts.source, acts.target, strict=True)]


def test_an_organisation_stands_for_its_states_of_the_day() -> None:
    assert read_side("bloc", DAY, MEMBERS).codes == {"BLOC", "A01", "A02"}
    assert read_side("BLOC", START.toordinal(), MEMBERS).codes == {"BLOC", "A01", "A03"}


def test_the_packages_own_organisations_are_known() -> None:
    assert {"USA", "FRA", "NATO"} <= read_side("NATO", DAY, load().actors.members).codes


def test_an_act_that_names_several_members_counts_once() -> None:
    joint = [("2020-01-01", one, "CCC", ("threaten", "verbal conflict"), "e1") for one in ("AAA", "BBB")]
    acts = gather_acts([*joint, row(9, "AAA", "BBB"), row(9, "CCC", "BBB")])
    sides = read_side("AAA,BBB", DAY, {}), read_side("CCC", DAY, {})
    seen, told = take_sides(acts, *sides)
    assert sorted(_pairs(seen)) == [("AAA,BBB", "CCC"), ("CCC", "AAA,BBB")]
    assert "AAA, BBB" in told[0]
    opened, _ = take_sides(acts, read_side("CCC", DAY, {}), read_side("*", DAY, {}))
    assert _pairs(opened).count(("*", "CCC")) == 1 and _pairs(opened).count(("CCC", "*")) == 1
    assert np.all(np.diff(opened.day) >= 0)


def test_anybody_is_at_least_as_likely_as_one() -> None:
    one, any_one = (ask(ACTS, "A01", target, "consult", 30, DAY) for target in ("A02", "*"))
    assert any_one.probability > one.probability and any_one.own_acts > one.own_acts
    assert (any_one.source, any_one.target) == ("A01", "*")


def test_a_group_has_reasons_that_sum_to_one_and_are_its_members_acts() -> None:
    answer = ask(ACTS, "BLOC", "A05", "threaten", 30, DAY, MEMBERS)
    assert sum(reason.share for reason in answer.reasons) == pytest.approx(1)
    own = ask(ACTS, "A01", "A05", "threaten", 30, DAY).own_acts + ask(ACTS, "A02", "A05", "threaten", 30, DAY).own_acts
    assert answer.own_acts == own
    assert any("stands for A01, A02, BLOC" in note for note in answer.notes)


def test_a_member_may_be_asked_about_against_the_rest() -> None:
    answer = ask(ACTS, "A01", "BLOC", "consult", 30, DAY, MEMBERS)
    assert answer.own_acts == ask(ACTS, "A01", "A02", "consult", 30, DAY).own_acts


def test_nothing_on_or_after_the_day_touches_a_group() -> None:
    early = ACTS.before(DAY)
    for pair in (("BLOC", "*"), ("A01,A04", "A05")):
        assert ask(early, *pair, "consult", 30, DAY, MEMBERS) == ask(ACTS, *pair, "consult", 30, DAY, MEMBERS)


def test_next_takes_sides_too() -> None:
    assert {answer.source for answer in ask_next(ACTS, "BLOC", "A05", 30, DAY, members=MEMBERS)} == {"BLOC", "A05"}


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [("*", "*", "Anybody"), ("A01,A02", "A02,A03", "both sides"), ("", "A01", "no actor"), ("A B", "A01", "no actor")],
)
def test_faults_are_one_sentence(source: str, target: str, words: str) -> None:
    with pytest.raises(ForecastError, match=words):
        ask(ACTS, source, target, "any", 30, DAY)
