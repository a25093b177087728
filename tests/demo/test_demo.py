"""What `visavis demo` reads and prints, held against the truth of the pile."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.demo.test_pile import TRUTH
from visavis.cli import app
from visavis.records import Article
from visavis.show.fetch import fetch_event, fetch_overview
from visavis.store import Record


@pytest.fixture(scope="module")
def record(demo_record: Path) -> Record:
    return Record.open(demo_record)


@pytest.fixture(scope="module")
def found(record: Record) -> dict[str, Article]:
    """{id in the truth: the article that was read}, by file and title."""
    file_of = {page.page_id: page.found_at for page in record.rows("pages")}
    read = {
        (Path(file_of[a.page_id].split("#")[0]).name, a.title): a for a in record.rows("articles") if a.kind != "teaser"
    }
    pairs: dict[str, Article] = {}
    for entry in TRUTH["files"].values():
        for article in entry["articles"]:
            one = read.get((Path(entry["filename"]).name, article["title"]["value"]))
            if one is not None:
                pairs[article["id"]] = one
    return pairs


def truths() -> dict[str, dict[str, Any]]:
    return {article["id"]: article for entry in TRUTH["files"].values() for article in entry["articles"]}


def test_every_article_is_found_under_its_title_and_nothing_else_is(record: Record, found: dict[str, Article]) -> None:
    assert set(truths()) == set(found)
    assert len([a for a in record.rows("articles") if a.kind == "article"]) == len(truths())


def test_authors_are_exact(found: dict[str, Article]) -> None:
    wrong = {k for k, a in found.items() if list(a.authors) != truths()[k]["authors"]["value"]}
    assert wrong <= {"volzhsky-aerostat.A1"}  # a name in Cyrillic


def test_the_known_dates_contain_the_true_day(found: dict[str, Article]) -> None:
    wrong = {}
    for key, article in found.items():
        published = article.published
        day = truths()[key]["published"]["value"]
        if not (published.earliest or "0") <= day <= (published.latest or "9"):
            wrong[key] = (published.iso, day)
    assert wrong == {}


def test_bodies_begin_and_end_where_they_should(found: dict[str, Article]) -> None:
    wrong = {
        key
        for key, article in found.items()
        if not (article.text.startswith(truths()[key]["begins"]) and article.text.endswith(truths()[key]["ends"]))
    }
    assert wrong == set()


def test_copies_are_one_story_and_others_are_not(record: Record, found: dict[str, Article]) -> None:
    story_of = {one: story.story_id for story in record.rows("stories") for one in story.article_ids}
    for relation in TRUTH["relations"]:
        assert story_of[found[relation["a"]].article_id] == story_of[found[relation["b"]].article_id], relation
    for a, b in TRUTH["distinct_pairs_not_copies"]:
        assert story_of[found[a].article_id] != story_of[found[b].article_id], (a, b)


def test_the_kinds_of_the_copies_are_told(record: Record, found: dict[str, Article]) -> None:
    kinds = {frozenset((row.article_id, row.of_article_id)): row.kind for row in record.rows("copies")}
    for relation in TRUTH["relations"]:
        kind = kinds.get(frozenset((found[relation["a"]].article_id, found[relation["b"]].article_id)))
        assert kind is not None, relation
        assert kind == relation["type"], (relation, kind)


def test_who_copied_whom_is_told(record: Record, found: dict[str, Article]) -> None:
    told = {(row.article_id, row.of_article_id): row.direction for row in record.rows("copies")}
    for relation in TRUTH["relations"]:
        way = found[relation["a"]].article_id, found[relation["b"]].article_id
        assert told.get(way) in ("dated", "textual"), relation
    leads = {story.lead_id for story in record.rows("stories")}
    assert {found[relation["b"]].article_id for relation in TRUTH["relations"]} <= leads
    assert not [event for event in record.rows("events") if event.spun]


def test_what_cannot_be_used_is_said(record: Record) -> None:
    reasons = Counter(drop.reason for drop in record.rows("drops"))
    for reason in ("empty", "malformed-line", "no-article", "duplicate-page", "not-a-page"):
        assert reasons[reason] == 1, (reason, reasons)
    assert reasons["binary"] + reasons["damaged"] == 1


def test_other_languages_are_read_but_not_coded(record: Record, found: dict[str, Article]) -> None:
    foreign = {found[key].article_id: found[key].language for key in TRUTH["summary"]["not_english"]}
    assert sorted(foreign.values()) == ["de", "ru"]
    assert not [event for event in record.rows("events") if event.article_id in foreign]
    assert {drop.article_id for drop in record.rows("drops") if drop.stage == "code"} >= set(foreign)


def test_every_event_can_be_walked_back_to_its_page(record: Record) -> None:
    articles = {article.article_id: article for article in record.rows("articles")}
    pages = {page.page_id for page in record.rows("pages")}
    events = record.rows("events")
    assert len(events) > 150
    for event in events:
        article = articles[event.article_id]
        assert article.text[event.start : event.end] == event.quote
        assert article.page_id in pages
        assert event.because
    view = fetch_event(record, events[0].event_id)
    assert view.page.uri and view.marks


def test_the_busiest_dyads_are_those_of_the_news(record: Record) -> None:
    view = fetch_overview(record)
    busiest = {frozenset((line.a, line.b)) for line in view.dyads}
    assert {frozenset(("RUS", "USA")), frozenset(("CHN", "USA")), frozenset(("RUS", "UKR"))} <= busiest


def test_the_demo_run_again_changes_nothing(demo_record: Path, record: Record) -> None:
    result = CliRunner().invoke(app, ["demo", "--record", str(demo_record), "--json"])
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told["stories"] == len(record.rows("stories"))
    assert {row.event_id for row in Record.open(demo_record).rows("events")} == {
        row.event_id for row in record.rows("events")
    }


def test_the_demo_prints_what_an_analyst_wants_to_see_first(demo_record: Path) -> None:
    result = CliRunner().invoke(app, ["demo", "--record", str(demo_record)], env={"COLUMNS": "140", "NO_COLOR": "1"})
    assert result.exit_code == 0, result.output
    for needle in (
        "stories, each counted once",
        "Not used, and why",
        "Events that happened, by type",
        "Busiest dyads",
        "Some events",
        "visavis show dyad",
        str(demo_record),
    ):
        assert needle in result.output.replace("\n", " ") or needle in result.output
    assert result.output.count("[S ") >= 3


def test_the_reading_of_the_pile_can_be_scored_as_the_tutorial_says() -> None:
    from visavis.cli.demo import pile

    result = CliRunner().invoke(app, ["eval", "pages", str(pile()), str(pile() / "TRUTH.json"), "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["missing_pages"] == ["pages/broken.html", "pages/empty.html"]
    assert report["recall"]["share"] >= 0.95
    assert report["bodies"]["share"] >= 0.9
