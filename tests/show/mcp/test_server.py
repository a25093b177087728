"""A program asks the record through MCP: it finds events, follows them to their sentences, and cannot write."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.show.web import hostile
from visavis.errors import InputError, RecordError
from visavis.store import Record

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import Client

from visavis.show.mcp import make_server
from visavis.show.mcp.tools import Tools

Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(demo_record: Path) -> Ask:
    """Calls a tool through the SDK's in-memory client: its structured answer, or the words of its error."""
    server = make_server(demo_record)

    async def call(name: str, given: dict[str, Any]) -> Any:
        async with Client(server) as client:
            result = await client.call_tool(name, given)
            return result.content[0].text if result.is_error else result.structured_content

    return lambda name, **given: anyio.run(call, name, given)


def test_there_are_five_tools_and_all_say_that_they_only_read(demo_record: Path) -> None:
    async def tools() -> Any:
        async with Client(make_server(demo_record)) as client:
            return (await client.list_tools()).tools

    found = anyio.run(tools)
    assert {tool.name for tool in found} == {"search_events", "dyad_series", "evidence", "actors", "cite"}
    assert all(tool.annotations.read_only_hint and tool.description for tool in found)
    search = next(tool for tool in found if tool.name == "search_events")
    assert "SANCTION" in search.input_schema["properties"]["type"]["description"]


def test_from_a_search_to_the_sentence_and_its_citation(ask: Ask) -> None:
    found = ask("search_events", a="Russia", b="USA", status="happened", limit=3)
    assert found["total"] >= len(found["events"]) == 3
    event = found["events"][0]
    behind = ask("evidence", event_id=event["event_id"][:12])
    assert behind["event"]["quote"] == event["quote"]
    assert event["quote"] in behind["text"]
    assert behind["event"]["page"]["page_id"]
    cited = ask("cite", event_id=event["event_id"])
    assert cited["citation"] == behind["citation"] and event["event_id"] in cited["citation"]
    assert cited["bibtex"].startswith("@misc{") and cited["run"] == found["run"] == behind["run"]


def test_the_cursor_leads_on_without_repeating(ask: Ask) -> None:
    first = ask("search_events", limit=5)
    second = ask("search_events", limit=5, after=first["next"])
    assert not {e["event_id"] for e in first["events"]} & {e["event_id"] for e in second["events"]}


def test_a_dyad_has_its_series_and_its_denominators(ask: Ask) -> None:
    found = ask("dyad_series", a="CHN", b="Russia", by="year")
    assert (found["a"], found["b"]) == ("CHN", "RUS")
    assert sum(p["counts"]["events"] for p in found["periods"]) + found["undated"] == found["total"]["events"] > 0
    assert all(period["articles"] > 0 for period in found["periods"] if period["counts"]["events"])


def test_actors_are_found_by_a_part_of_their_name(ask: Ask) -> None:
    everybody = ask("actors", limit=100)
    assert [row["events"] for row in everybody["actors"]] == sorted(
        (r["events"] for r in everybody["actors"]), reverse=True
    )
    assert {"code": "CHN", "name": "China"} in [
        {"code": r["code"], "name": r["name"]} for r in ask("actors", words="chin")["actors"]
    ]


@pytest.mark.parametrize(
    ("tool", "given", "told"),
    [
        ("search_events", {"type": "DANCE"}, "Known: "),
        ("search_events", {"limit": 1000}, "limit"),
        ("evidence", {"event_id": "0" * 16}, "Near: "),
        ("dyad_series", {"a": "CHN", "b": "CHN"}, "two different actors"),
        ("dyad_series", {"a": "Chinna", "b": "RUS"}, "Near: CHN"),
    ],
)
def test_a_wrong_question_is_answered_with_what_would_be_right(
    ask: Ask, tool: str, given: dict[str, Any], told: str
) -> None:
    answer = ask(tool, **given)
    assert isinstance(answer, str) and told in answer


def test_what_pages_planted_reaches_no_client_unseen(hostile_record: Record) -> None:
    tools = Tools(hostile_record.path)
    answers = [
        tools.search_events(words="diplomats"),
        tools.dyad_series("RUS", "USA"),
        tools.evidence(hostile.EVENT.event_id),
        tools.actors(),
        tools.cite(hostile.EVENT.event_id),
        tools.cite(),
    ]
    for answer in answers:
        told = json.dumps(answer, ensure_ascii=False)
        assert not hostile.HARMFUL.search(told) and "\\u001b" not in told
    assert hostile.PLANTS["script"] in answers[2]["event"]["article"]["authors"][0], "words stay as they are"
    marks = answers[2]["event"]["marks"]
    quote = answers[2]["event"]["quote"]
    assert "Russia" in {quote[mark["start"] : mark["end"]] for mark in marks}, "offsets hold"


def test_no_record_and_no_package_are_one_sentence_each(
    demo_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RecordError):
        make_server(tmp_path)
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    with pytest.raises(InputError, match="needs the package mcp") as told:
        make_server(demo_record)
    assert "visavis[mcp]" in told.value.hint
