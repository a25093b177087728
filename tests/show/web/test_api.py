"""The described addresses hold to their description: no input makes the server fail."""

from __future__ import annotations

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from visavis.show.web import make_app
from visavis.store import Record


def test_no_input_makes_the_server_fail(small_record: Record) -> None:
    schema = schemathesis.openapi.from_asgi("/openapi.json", make_app(small_record.path))
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:

        @settings(
            max_examples=3, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
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
