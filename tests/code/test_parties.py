"""Who counts as the other side: own bodies, challengers at home, unnamed people."""

from __future__ import annotations

from tests.code.telling import told
from visavis.code.sides import same_side


def test_a_government_and_its_own_state_are_one_party() -> None:
    assert same_side("GOV", "")
    assert same_side("", "GOV")


def test_an_opposition_and_the_government_are_two_parties() -> None:
    assert not same_side("OPP", "GOV")
    assert not same_side("CVL", "")


def test_students_who_demand_something_of_their_own_president_have_him_as_target() -> None:
    assert told("Students in Chile demanded that President Bachelet change the law.") == ["REQUEST CHL > CHL"]


def test_a_protest_is_aimed_at_whom_its_purpose_names() -> None:
    assert told("Demonstrators in Tunis marched to show their anger at the government of France.") == [
        "PROTEST TUN > FRA"
    ]


def test_unnamed_people_belong_to_the_only_state_named() -> None:
    assert told("Egyptian police arrested forty students.") == ["COERCE EGY > EGY"]


def test_unnamed_people_belong_to_nobody_where_two_states_are_named() -> None:
    assert told("American soldiers in Iraq arrested forty students.")[0].startswith("COERCE USA > ")
    assert "USA > USA" not in told("American soldiers in Iraq arrested forty students.")[0]


def test_a_minority_is_not_the_state_it_is_named_after() -> None:
    assert told("Serbian police arrested three ethnic Hungarians.") == ["COERCE SRB > SRB"]


def test_will_unless_is_a_threat() -> None:
    assert told("Chad said that it will withdraw its troops from Mali unless France pays.")[0].startswith(
        "THREATEN TCD"
    )


def test_an_attempted_attack_is_an_attack_and_an_attempted_mediation_is_not_a_meeting() -> None:
    assert told("Iran tried to hack into the computers of the Saudi ministry.")[0].startswith("COERCE IRN > SAU")
    assert told("Norway tried to meet the Israeli delegation.") == []


def test_a_weekday_does_not_hide_the_name_before_it() -> None:
    assert told("Palestinian leader Yasser Arafat Wednesday rejected an American offer.") == ["REJECT PSE > USA"]
