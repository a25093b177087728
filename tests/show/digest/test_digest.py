"""The digest says what the events themselves say: for every dyad and actor of a whole record, and for odd ones made by hand."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import pytest

from tests.show import samples
from visavis.align.events import event_counts
from visavis.align.lift import two_axes
from visavis.records import Event, Voice
from visavis.show.digest import digest_of
from visavis.show.digest.read import kept, pair_counts_of
from visavis.show.fetch import PERIODS, fetch_actor, fetch_dyad
from visavis.show.made import forget
from visavis.show.names import names
from visavis.show.pages import fetch_front
from visavis.show.search import index_of, last_lines, story_lines
from visavis.show.views import actor_view, dyad_view
from visavis.show.views.overview import pairs_of
from visavis.show.views.parts import newest_first
from visavis.store import Record

T = TypeVar("T")


@pytest.fixture(scope="module")
def demo(demo_record: Path) -> Record:
    return Record.open(demo_record)


@pytest.fixture(scope="module")
def events(demo: Record) -> list[Event]:
    return list(demo.events())


def grouped(events: list[Event], keys: Callable[[Event], Iterable[T]]) -> dict[T, list[Event]]:
    found: dict[T, list[Event]] = {}
    for event in events:
        for key in keys(event):
            found.setdefault(key, []).append(event)
    return found


def codes(event: Event) -> set[str]:
    return {party.code for party in (*event.sources, *event.targets) if party.code}


def test_every_dyad_is_as_its_events_say(demo: Record, events: list[Event]) -> None:
    digest = digest_of(demo)
    articles = {by: kept(digest, f"articles {by}", dict[str, int]) for by in PERIODS}
    for number, ((a, b), told) in enumerate(sorted(grouped(events, pairs_of).items())):
        a, b = (b, a) if number % 2 else (a, b)
        by = PERIODS[number % 3]
        assert fetch_dyad(demo, a, b, by, measured=False) == dyad_view(a, b, told, articles[by], names(), by)


def test_every_actor_is_as_its_events_say(demo: Record, events: list[Event]) -> None:
    for code, told in grouped(events, codes).items():
        assert fetch_actor(demo, code) == actor_view(code, told, names())


def test_odd_events_are_counted_as_they_stand(tmp_path: Path) -> None:
    spoken = (Voice(name="Tass", code="RUS"), Voice(name="", words="Moscow", code="RUS"))
    odd = [
        samples.event("self", sources=("RUS", "USA"), targets=("USA", "RUS")),
        samples.event("alone", sources=("RUS",), targets=("RUS",)),
        samples.event("unknown", sources=("RUS", "USA"), targets=("",)),
        samples.event("three", "CONSULT", 1, ("USA", "RUS", "CHN"), (), None),
        samples.event("spoken", sources=("USA",), targets=("RUS",), voices=spoken),
        samples.event("twice", sources=("RUS", "RUS"), targets=("USA", "USA"), date="2020-12-31"),
    ]
    record = Record.create(tmp_path / "r").commit("test", {"articles": [samples.FIRST], "events": odd})
    assert fetch_dyad(record, "USA", "RUS", measured=False) == dyad_view(
        "USA", "RUS", list(record.events("USA", "RUS")), {"2021": 1}, names()
    )
    for code in ("RUS", "USA", "CHN"):
        assert fetch_actor(record, code) == actor_view(code, list(record.events(code)), names())
    assert fetch_actor(record, "RUS").speakers == {"Moscow": 1, "Tass": 1}


def test_the_lifts_are_those_of_all_pairs_together(demo: Record) -> None:
    counts, digest = event_counts(demo), digest_of(demo)
    axes = two_axes(counts.cooperative, counts.conflictual)
    told = (counts.cooperative + counts.conflictual).sum(0)
    for i, j in zip(*np.nonzero(np.triu(told, 1)), strict=True):
        found = pair_counts_of(digest, counts.states[i], counts.states[j], "month")
        assert found is not None and found.periods == counts.periods
        for lift, (value, se) in ((axes.closeness, found.closeness()), (axes.hostility, found.hostility())):
            assert np.allclose(value, lift.value[:, i, j]) and np.allclose(se, lift.se[:, i, j])


def test_the_front_counts_what_the_record_holds(demo: Record, events: list[Event]) -> None:
    view = fetch_front(demo)
    happened = [event for event in events if event.status == "happened"]
    pairs = Counter(pair for event in happened for pair in pairs_of(event))
    top = sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:10]
    assert [(line.a, line.b, line.counts.events) for line in view.overview.dyads] == [
        (*pair, pairs[pair]) for pair in top
    ]
    assert view.overview.statuses == dict(Counter(event.status for event in events))
    days = sorted(event.date_from for event in happened if event.date_from)
    assert view.middle == days[(len(days) - 1) // 2]
    agreed = [e.event_id for e in newest_first(happened) if e.type == "AGREE" and pairs_of(e)]
    assert [line.event_id for line in view.agreements] == agreed[:5]
    assert all(line.articles > 1 for line in view.copied) and view.changed and view.overview.examples


def test_the_last_lines_are_the_newest(demo: Record, events: list[Event]) -> None:
    told = [event.event_id for event in newest_first(demo.events("CHN", "USA"))]
    assert [line.event_id for line in last_lines(demo, "USA", "CHN", 5)] == told[:5]


def test_a_line_shows_what_a_person_made_of_the_event(tmp_path: Path) -> None:
    accepted = msgspec.structs.replace(samples.EXPELLED, reviewed="accepted")
    rejected = msgspec.structs.replace(samples.event("no"), status="rejected", reviewed="rejected")
    record = Record.create(tmp_path / "r").commit("test", {"events": [accepted, rejected]})
    assert [(line.event_id, line.reviewed) for line in last_lines(record, "RUS", "USA")] == [
        (accepted.event_id, "accepted")
    ]


def test_stories_are_walked_page_by_page(demo: Record) -> None:
    index, after, seen = index_of(demo), 0, []
    while after is not None:
        lines, after = story_lines(index, after, 7)
        seen += [line.story_id for line in lines]
    assert sorted(seen) == sorted(story.story_id for story in demo.rows("stories"))


def test_an_empty_record_has_an_empty_digest(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r")
    assert fetch_front(record).overview.dyads == () and fetch_front(record).middle is None
    assert fetch_dyad(record, "CHN", "USA").total.events == 0
    assert fetch_actor(record, "CHN").partners == ()


def test_an_index_is_made_once_and_can_be_forgotten(small_record: Record) -> None:
    path = index_of(small_record)
    made = path.stat().st_ino
    assert index_of(Record.open(small_record.path)) == path and path.stat().st_ino == made
    forget()
    assert not path.exists() and index_of(small_record).exists()


def test_two_records_of_one_moment_have_an_index_each(tmp_path: Path) -> None:
    first, second = (
        Record.create(tmp_path / name).commit("test", {"events": [samples.event(name)]}) for name in ("a", "b")
    )
    with sqlite3.connect(index_of(first)) as one, sqlite3.connect(index_of(second)) as two:
        assert [c.execute("select count(*) from lines").fetchone() for c in (one, two)] == [(1,), (1,)]
    assert index_of(first) != index_of(second)
