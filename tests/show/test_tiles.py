"""The map gives every state one square of the same size, and says what the counts say."""

from __future__ import annotations

import pytest

from visavis.errors import QueryError
from visavis.lexicon.crosswalk import spells
from visavis.show.counted import past_of
from visavis.show.names import names
from visavis.show.tiles import fetch_map
from visavis.show.views.tiles import MEASURES, classes_of, grid, step_of
from visavis.store import Record
from visavis.store.tables.facts import Vote


def test_every_state_of_today_has_a_square_of_its_own() -> None:
    today = {spell.iso3 for spell in spells() if spell.last >= 2020 and spell.iso3}
    assert today - set(grid()) <= {"ESH", "MAC"}
    assert len(set(grid().values())) == len(grid()) > 190
    assert set(grid()) <= set(names())


def test_neighbours_stand_near_each_other() -> None:
    for a, b in (("USA", "CAN"), ("FRA", "BEL"), ("ARG", "CHL"), ("EGY", "LBY"), ("IND", "BGD"), ("ZAF", "LSO")):
        (row, column), (other_row, other_column) = grid()[a], grid()[b]
        assert abs(row - other_row) + abs(column - other_column) <= 2, (a, b)


def test_a_square_tells_the_relation_to_the_chosen_state(small_record: Record) -> None:
    past = past_of(small_record)
    tiles = {tile.code: tile for tile in fetch_map(small_record, past, names(), "balance", "RUS").tiles}
    assert (tiles["CHN"].value, tiles["CHN"].step) == (1.0, 3)
    assert (
        tiles["USA"].value == pytest.approx(-1 / 3, abs=1e-3) or tiles["USA"].value == 0.0
    )  # one story tells a type once
    assert tiles["FRA"].value is None and tiles["FRA"].step is None
    events = {t.code: t.value for t in fetch_map(small_record, past, names(), "events", "RUS").tiles if t.value}
    assert set(events) == {"CHN", "USA"}
    net = {t.code: t for t in fetch_map(small_record, past, names(), "net", "RUS").tiles if t.value is not None}
    assert net["CHN"].se and set(net) == {"CHN", "USA"}


def test_without_a_chosen_state_the_busiest_is_taken(small_record: Record) -> None:
    assert fetch_map(small_record, past_of(small_record), names()).actor == "RUS"


def test_votes_are_those_of_the_last_session_until_the_date(tmp_path) -> None:
    def vote(session: int, rollcall: str, state: str, choice: str) -> Vote:
        key = f"{session}{rollcall}{state}".encode().hex()[:16].ljust(16, "0")
        date = f"{1945 + session}-10-01"
        return Vote(
            fact_id=key,
            source="made",
            assembly="UNGA",
            session=session,
            rollcall=rollcall,
            state=state,
            choice=choice,
            date=date,
        )

    cast = [("1", "USA", "yes"), ("1", "FRA", "yes"), ("1", "RUS", "no"), ("2", "USA", "no"), ("2", "FRA", "abstain")]
    votes = [vote(75, *one) for one in cast] + [vote(74, "9", "USA", "yes"), vote(74, "9", "FRA", "no")]
    record = Record.create(tmp_path / "r").commit("test", {"votes": votes})
    past = past_of(record)
    last = fetch_map(record, past, names(), "votes", "USA")
    assert last.session == 75
    assert {t.code: t.value for t in last.tiles if t.value is not None} == {"FRA": 0.75, "RUS": 0.0}
    before = fetch_map(record, past, names(), "votes", "USA", "2019-12")
    assert (before.session, {t.code: t.value for t in before.tiles if t.value is not None}) == (74, {"FRA": 0.0})


def test_classes_cover_all_steps_and_a_measure_must_be_known(small_record: Record) -> None:
    for measure in MEASURES:
        steps = [step for step, _ in classes_of(measure)]
        reached = {step_of(value / 50, measure) for value in range(-100, 101) if measure in ("net", "balance")}
        assert reached <= set(steps) and steps == sorted(steps)
    with pytest.raises(QueryError):
        fetch_map(small_record, past_of(small_record), names(), "love")
