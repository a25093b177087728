"""The index answers what the record itself answers; without it the same is found, only slower."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import sleep

import pytest
from fastapi.testclient import TestClient

from tests.show import samples
from visavis.records import Event
from visavis.show import maker
from visavis.show.digest import digest_of
from visavis.show.search import Filters, find, ids_with, index_of, index_path, last_lines, outlets_of, rows_of
from visavis.show.views.parts import newest_first
from visavis.show.web import make_app
from visavis.store import Record


@pytest.fixture(scope="module")
def demo(demo_record: Path) -> Record:
    return Record.open(demo_record)


def codes(event: Event) -> set[str]:
    return {party.code for party in (*event.sources, *event.targets) if party.code}


FILTERS: list[tuple[Filters, Callable[[Event], bool]]] = [
    (Filters(), lambda e: True),
    (Filters(a="CHN"), lambda e: "CHN" in codes(e)),
    (Filters(type="CONSULT"), lambda e: e.type == "CONSULT"),
    (Filters(quad="4", a="USA"), lambda e: e.quad == 4 and "USA" in codes(e)),
    (Filters(status="future"), lambda e: e.status == "future"),
    (Filters(voice="none"), lambda e: not e.voices),
    (Filters(voice="government"), lambda e: any(v.kind == "government" for v in e.voices)),
    (Filters(since="2022"), lambda e: (e.date_to or "") >= "2022-01-01"),
    (Filters(until="2021-06"), lambda e: bool(e.date_from) and (e.date_from or "") <= "2021-06-30"),
    (
        Filters(since="2020-03", until="2021", a="RUS"),
        lambda e: bool(e.date_from) and (e.date_to or "") >= "2020-03-01" and (e.date_from or "") <= "2021-12-31" and "RUS" in codes(e),
    ),
    (Filters(since="2999"), lambda e: False),
    (Filters(until="1000"), lambda e: False),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "fits"), FILTERS)
def test_filters_find_the_events_that_fit_newest_first(
    demo: Record, filters: Filters, fits: Callable[[Event], bool]
) -> None:
    told = [event.event_id for event in newest_first(demo.events()) if fits(event)]
    found = find(index_of(demo), filters, limit=10_000)
    assert [line.event_id for line in found.events] == told and found.total == len(told)


def test_an_outlet_finds_the_events_of_its_articles(demo: Record) -> None:
    outlets = {article.article_id: article.outlet for article in demo.rows("articles")}
    for outlet in outlets_of(index_of(demo))[:3]:
        found = find(index_of(demo), Filters(outlet=outlet), limit=10_000)
        assert {line.event_id for line in found.events} == {
            event.event_id for event in demo.events() if outlets.get(event.article_id) == outlet
        }


def test_a_row_is_the_same_by_its_place_and_without_an_index(demo: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    events, copies = demo.rows("events"), demo.rows("copies")
    wanted = {
        "event": [events[0].event_id, events[-1].event_id, "ffffffffffffffff", "no id"],
        "told": [events[0].article_id, events[-1].story_id],
        "article": [event.article_id for event in events[:40]],
        "story": [events[0].story_id],
        "page": [article.page_id for article in demo.rows("articles")[:2]],
        "copy": [copies[0].article_id, copies[0].of_article_id] if copies else [],
        "happening": [happening.happening_id for happening in demo.rows("happenings")[:2]],
        "happened": [event.event_id for event in events],
    }
    index_of(demo)
    by_place = {kind: rows_of(demo, kind, keys) for kind, keys in wanted.items()}
    begun = [ids_with(demo, "event", prefix) for prefix in ("", "a", events[0].event_id[:3], "zz")]
    lines = last_lines(demo, "CHN", "USA", 7)
    for module in ("places", "find"):
        monkeypatch.setattr(
            import_module(f"visavis.show.search.{module}"), "index_path", lambda record: Path("/nowhere")
        )
    assert by_place == {kind: rows_of(demo, kind, keys) for kind, keys in wanted.items()}
    assert begun == [ids_with(demo, "event", prefix) for prefix in ("", "a", events[0].event_id[:3], "zz")]
    assert lines == last_lines(demo, "CHN", "USA", 7) and len(lines) == 7
    assert [event.event_id for event in by_place["event"]] == sorted(wanted["event"][:2])


def test_a_large_record_says_how_far_its_index_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": [samples.EXPELLED]})
    monkeypatch.setattr(maker, "SMALL", 0)
    said: list[str] = []
    client = TestClient(make_app(record.path, say=said.append))
    answer = client.get("/dyad/RUS/USA.json")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30") and "indexed" in answer.json()["error"][
        "what"
    ]
    assert 'http-equiv="refresh"' in client.get("/").text or index_path(record).exists()
    for _ in range(1000):
        if said[-1] == "The record is indexed.":
            break
        sleep(0.05)
    assert client.get("/dyad/RUS/USA.json").json()["total"]["events"] == 1
    assert said == ["The record is being indexed, once a run ...", "The record is indexed."]


def test_a_long_making_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    told = maker.Told(said.append)
    monkeypatch.setattr(maker, "_EVERY", 0.0)
    told.start("lines", 5_000_000)
    told.advance(20_000)
    told.start("digest", None)
    told.advance(1)
    assert said == ["Writing the lines, 20,000 of 5,000,000 ...", "Counting ..."]


def test_a_dyad_needs_no_index(tmp_path: Path) -> None:
    from visavis.show.fetch import fetch_dyad

    record = Record.create(tmp_path / "r").commit("test", {"events": [samples.EXPELLED]})
    assert fetch_dyad(record, "RUS", "USA").last[0].event_id == samples.EXPELLED.event_id
    assert digest_of(record).exists() and not index_path(record).exists()
