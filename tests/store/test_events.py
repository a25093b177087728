"""Events are asked by dyad, time and type."""

from __future__ import annotations

import pytest

from tests.store.samples import SENTENCE, article, event
from visavis.errors import QueryError
from visavis.store import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    of = article("p", text=SENTENCE)
    rows = [
        event(of, "CONSULT", ("RUR", "BOR"), (), date_from="2021-03-01", date_to="2021-03-01"),
        event(of, "ACCUSE", ("RUR",), ("BOR",), date_from="2021-05-01", date_to="2021-05-31"),
        event(of, "THREATEN", ("BOR",), ("RUR",), date_from="2022-01-01", date_to="2022-12-31"),
        event(of, "AID", ("SYL",), ("BOR",), date_from="2021-06-01", date_to="2021-06-01"),
        event(of, "REJECT", ("SYL", "RUR"), ("BOR",)),
    ]
    return Record.create(tmp_path_factory.mktemp("events") / "r").commit("test", {"events": rows})


def types(record: Record, *dyad: str, **more: str | bool) -> list[str]:
    return [row.type for row in record.events(*dyad, **more)]  # type: ignore[arg-type]


def test_all_events_come_by_day_with_undated_ones_last(record: Record) -> None:
    assert types(record) == ["CONSULT", "ACCUSE", "AID", "THREATEN", "REJECT"]


def test_a_dyad_is_asked_either_way_round(record: Record) -> None:
    wanted = ["CONSULT", "ACCUSE", "THREATEN", "REJECT"]
    assert types(record, "RUR", "BOR") == wanted
    assert types(record, "bor", "rur") == wanted


def test_states_that_stand_on_one_side_of_a_directed_event_do_not_meet(record: Record) -> None:
    assert types(record, "SYL", "RUR") == []


def test_a_directed_question_keeps_the_direction(record: Record) -> None:
    assert types(record, "BOR", "RUR", directed=True) == ["THREATEN"]


def test_one_actor_is_found_on_either_side(record: Record) -> None:
    assert types(record, "SYL") == ["AID", "REJECT"]
    assert len(record.events(b="RUR")) == 4


def test_prefixes_of_dates_are_intervals(record: Record) -> None:
    assert types(record, since="2021-05", until="2021") == ["ACCUSE", "AID"]
    assert types(record, since="2021-05-31", until="2021-05-31") == ["ACCUSE"]
    assert types(record, since="2022-06") == ["THREATEN"]


def test_a_type_is_asked_in_any_case(record: Record) -> None:
    assert types(record, type="aid") == ["AID"]


@pytest.mark.parametrize("text", ["last week", "2021-13", "2021-4", "0000", ""])
def test_a_date_that_is_none_is_refused(record: Record, text: str) -> None:
    with pytest.raises(QueryError, match="is not a date"):
        record.events(since=text)


def test_the_answer_is_an_arrow_table_with_a_column_for_each_attribute(record: Record) -> None:
    assert record.events("RUR", "BOR").arrow().schema.names == record.table("events").schema.names
