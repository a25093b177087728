"""Lines in, lines out: the same ids in the same order, dates as given, faults named by their line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.code.telling import coder
from visavis.code.interchange import code_lines, date_text, published_on
from visavis.errors import InputError
from visavis.records import Event

TEXTS = ["Togo condemned Mali.", "It rained.", "Chad may expel the Malian envoy.", "", "Togo thanked Chad"]


def coded(*lines: dict[str, Any], all_status: bool = False) -> list[dict[str, Any]]:
    return list(code_lines(lines, coder(), all_status=all_status))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(["a", "b", None])), max_size=8))
def test_every_line_is_answered_in_its_place(chosen: list[tuple[str, str | None]]) -> None:
    lines = [{"id": n, "text": text, "doc": doc} for n, (text, doc) in enumerate(chosen)]
    found = coded(*lines, all_status=True)
    assert [row["id"] for row in found] == list(range(len(lines)))
    for row, (text, _) in zip(found, chosen, strict=True):
        assert all(text[e["start"] : e["end"]] == e["words"] for e in row["events"])


def test_lines_of_one_document_share_their_references_and_others_do_not() -> None:
    first, second = {"id": 1, "text": "Lavrov visited Hanoi."}, {"id": 2, "text": "He thanked Vietnam."}
    together = coded({**first, "doc": "d"}, {**second, "doc": "d"})
    assert together[1]["events"][0]["source"] == [{"text": "He", "code": "RUS", "sector": "GOV"}]
    apart = coded(first, second)
    assert all(p["code"] != "RUS" for e in apart[1]["events"] for p in e["source"])


def test_the_same_id_twice_is_answered_twice() -> None:
    assert [len(row["events"]) for row in coded(*[{"id": "x", "text": "Togo condemned Mali."}] * 2)] == [1, 1]


def test_hypothetical_events_come_when_asked_for() -> None:
    line = {"id": 1, "text": "Chad may expel the Malian envoy."}
    assert coded(line)[0]["events"] == []
    assert [e["status"] for e in coded(line, all_status=True)[0]["events"]] == ["hypothetical"]


def test_an_event_has_the_fields_of_the_interchange_form() -> None:
    (row,) = coded({"id": 1, "text": "Tass said Togo condemned Mali on Monday.", "date": "2021-06-10"})
    (event,) = row["events"]
    assert set(event) >= {
        "event",
        "mode",
        "cameo",
        "quad",
        "source",
        "target",
        "status",
        "date",
        "voice",
        "words",
        "start",
        "end",
    }
    assert (event["date"], event["quad"], event["cameo"]) == ("2021-06-07", 3, "111")
    assert event["voice"] == [{"text": "Tass", "code": "RUS", "kind": "media"}]


@pytest.mark.parametrize(
    ("date", "earliest", "latest"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2021-04-10", "2021-04-10", "2021-04-10"),
        ("2021-04-10/2021-04-12", "2021-04-10", "2021-04-12"),
        (None, None, None),
    ],
)
def test_a_date_is_an_interval_of_days(date: str | None, earliest: str | None, latest: str | None) -> None:
    found = published_on(date)
    assert (found.earliest, found.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": 1}, "Line 1 has no 'text'"),
        ({"text": "x"}, "Line 1 has no 'id'"),
        ({"id": 1, "text": 5}, "Line 1: text is int"),
        ({"id": 1, "text": "x", "date": "soon"}, "'soon' is not a date"),
    ],
)
def test_a_faulty_line_is_named(line: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        coded(line)


def test_a_date_that_only_publication_gives_is_no_reading() -> None:
    event = Event(event_id="e", story_id="s", article_id="a", sentence_no=0, start=0, end=1, quote="x", type="AID",
                  date_from="2021-04-01", date_to="2021-04-30", date_precision="month", date_basis="published")  # fmt: skip
    assert date_text(event) is None
