"""The described addresses hold to their description: no input makes the server fail."""

from __future__ import annotations

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from visavis.show.web import make_app
from visavis.store import Record


@pytest.mark.parametrize("examples", [3, pytest.param(100, marks=pytest.mark.slow)])
def test_no_input_makes_the_server_fail(small_record: Record, examples: int) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", make_app(small_record.path))
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=(not_a_server_error,))

        holds()


def test_every_address_is_described_with_an_example(web: TestClient) -> None:
    described = web.get("/openapi.json").json()["paths"]
    for path in (
        "/event/{event_id}.json",
        "/story/{story_id}.csv",
        "/dyad/{a}/{b}",
        "/events.json",
        "/record",
        "/sql.csv",
    ):
        assert described[path]["get"]["summary"]
    good = described["/events.json"]["get"]["responses"]["200"]["content"]["application/json"]
    assert good["example"]["events"][0]["type"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/event/ffff.json", 404), ("/story/zz.json", 404), ("/dyad/CHN/Nowhereland.json", 404), ("/nothing.json", 404),
        ("/events.json?type=DANCE", 400), ("/events.json?since=yesterday", 400), ("/events.json?after=-1", 422),
        ("/sql.json?q=drop+table+events", 400), ("/events.json?run=ffff", 400), ("/dyad/CHN/USA.json?by=fortnight", 422),
    ],
)  # fmt: skip
def test_every_error_has_one_shape(web: TestClient, address: str, status: int) -> None:
    answer = web.get(address)
    assert answer.status_code == status
    (fault,) = answer.json().values()
    assert set(fault) == {"status", "what", "hint", "near"}
    assert fault["status"] == status and fault["what"]


def test_a_cursor_walks_all_events_once(web: TestClient, small_record: Record) -> None:
    after, seen = 0, []
    while after is not None:
        page = web.get(f"/events.json?limit=2&after={after}").json()
        seen += [event["event_id"] for event in page["events"]]
        after = page["next"]
    assert sorted(seen) == sorted(event.event_id for event in small_record.events()) and len(set(seen)) == len(seen)
