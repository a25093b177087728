"""One thing that happened is one happening, whoever tells it; near misses stay apart; differences are shown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sift.factory import event, rows
from visavis.records import Copy, Event, Story, Voice
from visavis.sift import join

PAIRS = rows("happening_pairs.jsonl")


def told(note: str) -> tuple[Event, Event]:
    row = next(row for row in PAIRS if row["note"] == note)
    return event("a", row["a"]), event("b", row["b"])


def joined(row: dict[str, Any]) -> bool:
    return len(join([event("a", row["a"]), event("b", row["b"])], [], [])) == 1


def test_pairs_written_by_hand() -> None:
    assert len(PAIRS) == 76
    hits = sum(joined(row) for row in PAIRS if row["same"])
    alarms = sum(joined(row) for row in PAIRS if not row["same"])
    assert hits / (hits + alarms) >= 0.95
    assert hits / sum(row["same"] for row in PAIRS) >= 0.8


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: row["note"].replace(" ", "-"))
def test_agreement_is_symmetric(row: dict[str, Any]) -> None:
    turned = row | {"a": row["b"], "b": row["a"]}
    assert joined(row) == joined(turned)


def test_a_happening_says_why_and_counts_reports() -> None:
    (found,) = join(told("summit, one by name, one by office"), [], [])
    assert (found.reports, found.independent_reports, found.parties) == (2, 2, ("CHN", "RUS"))
    assert "same names: samarkand" in found.why


def test_dates_apart_are_shown_and_not_averaged() -> None:
    (found,) = join(told("an initiative dated apart"), [], [])
    assert found.differences == ("date: 2022-02-24 (story-a) | 2022-04-21 (story-b)",)


def test_who_began_is_shown() -> None:
    (found,) = join(told("who fired first: swapped"), [], [])
    assert "who acted: ARM (story-a) | AZE (story-b)" in found.differences


def test_a_denial_is_shown() -> None:
    (found,) = join(told("happened or denied"), [], [])
    assert "status: denied (story-b) | happened (story-a)" in found.differences


def test_numbers_apart_are_shown() -> None:
    (found,) = join(told("shelling, other verb"), [], [])
    assert found.differences == ("numbers: 22 (story-a) | 25 (story-b)",)


def test_reports_that_copy_or_cite_one_medium_are_not_independent() -> None:
    import msgspec

    a, b = told("summit, one by name, one by office")
    stories = [Story(story_id=f"story-{n}", lead_id=f"article-{n}", article_ids=(f"article-{n}",)) for n in "ab"]
    quoted = Copy(article_id="article-b", of_article_id="article-a", kind="quotes", score=0.2)
    assert join([a, b], stories, [])[0].independent_reports == 2
    assert join([a, b], stories, [quoted])[0].independent_reports == 1
    tass = (Voice(name="TASS", kind="media"),)
    cited = [msgspec.structs.replace(x, voices=tass) for x in (a, b)]
    assert join(cited, stories, [])[0].independent_reports == 1


def test_copies_of_the_stories_are_counted() -> None:
    a, b = told("recall of an ambassador")
    stories = [Story(story_id="story-a", lead_id="article-a", article_ids=("article-a", "x", "y"))]
    (found,) = join([a, b], stories, [])
    assert (found.reports, found.copies) == (2, 2)


EVENTS = [event(f"{side}{number}", row[side]) for number, row in enumerate(PAIRS) for side in "ab"]
ALL = join(EVENTS, [], [])


@settings(max_examples=10, deadline=None)
@given(st.permutations(EVENTS))
def test_the_order_of_events_does_not_matter(order: list[Event]) -> None:
    assert join(order, [], []) == ALL


def test_every_event_is_in_exactly_one_happening() -> None:
    assert sorted(i for found in ALL for i in found.event_ids) == sorted(e.event_id for e in EVENTS)
    assert join([], [], []) == ()
