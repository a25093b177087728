"""Rungs are named by sentences: the two states, the height and the date are those that the sentence tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.lexicon import load
from visavis.records import Document, Event, Party, Published
from visavis.run import Settings, read_pile
from visavis.run.rungs import article_rungs, event_rungs
from visavis.store import Record
from visavis.store.tables.facts import Rung

PUBLISHED = Published(earliest="2021-06-03", latest="2021-06-03", precision="day")


def named(text: str, published: Published = PUBLISHED, events: tuple[Event, ...] = ()) -> tuple[Rung, ...]:
    document = Document(article_id="ab", story_id="ab", text=text, published=published)
    return article_rungs(document, events, load())


@pytest.mark.parametrize(
    "sentence,pair,level",
    [
        ("The comprehensive strategic partnership between Egypt and Japan is a year old.", ("EGY", "JPN"), 4),
        ("Peru spoke warmly of its strategic partnership with Canada.", ("CAN", "PER"), 3),
        ("The Indian-French strategic partnership made Italy jealous.", ("FRA", "IND"), 3),
        ("Kenya and Ghana raised their ties to a comprehensive strategic partnership.", ("GHA", "KEN"), 4),
        ("Chile lifted ties with Spain, the embassy said, to a strategic partnership.", ("CHL", "ESP"), 3),
        ("Norway greeted Brazil, and the two countries praised their strategic partnership.", ("BRA", "NOR"), 3),
        ("Poland has a mutual defence pact with Turkey, Greece and Italy know.", ("POL", "TUR"), 6),
    ],
)
def test_a_sentence_names_the_two_states_and_the_height(sentence: str, pair: tuple[str, str], level: int) -> None:
    (rung,) = named(sentence)
    assert (rung.state, rung.partner, rung.level) == (*pair, level)
    assert (rung.quote, rung.source, rung.article_id) == (sentence, "sentences", "ab")


@pytest.mark.parametrize(
    "sentence",
    [
        "Egypt and Japan have no strategic partnership.",
        "Egypt and Japan could agree on a strategic partnership.",
        "Egypt seeks a strategic partnership with Japan.",
        "Whether a strategic partnership between Egypt and Japan is wise remains open.",
        "The minister praised the strategic partnership.",
        "An ambassador in Peru, himself from Egypt, wrote of a strategic partnership.",
        "Egypt, Japan, Peru and Ghana talked of a strategic partnership.",
        "Egypt and Japan have an agreement on fish.",
    ],
)
def test_hopes_denials_and_sentences_that_leave_the_states_open_name_none(sentence: str) -> None:
    assert named(sentence) == ()


def test_the_date_is_the_sentences_own_else_publication() -> None:
    own, other = named(
        "The strategic partnership between Egypt and Japan dates from 2019.\n\nPeru has a strategic partnership with Canada."
    )
    assert (own.date_from, own.date_to, own.date_precision, own.date_basis) == (
        "2019-01-01",
        "2019-12-31",
        "year",
        "explicit",
    )
    assert (other.date_from, other.date_basis) == ("2021-06-03", "published")
    (unknown,) = named("Peru has a strategic partnership with Canada.", Published())
    assert (unknown.date_from, unknown.date_basis) == (None, "none")


def happened(quote: str, type: str = "AGREE", status: str = "happened", cameo: str = "") -> Event:
    sides = [(Party(code=code),) for code in ("EGY", "JPN")]
    return Event(
        event_id="0" * 16, story_id="ab", article_id="ab", sentence_no=0, start=0, end=len(quote), quote=quote, type=type,
        sources=sides[0], targets=sides[1], status=status, cameo=cameo, date_from="2021-06-02", date_to="2021-06-02",
        date_precision="day",
    )  # fmt: skip


def test_an_event_that_names_a_rung_stands_for_its_sentence() -> None:
    text = "Egypt signed a strategic partnership with Japan on Wednesday."
    (rung,) = named(text, events=(happened(text),))
    assert (rung.source, rung.event_id, rung.date_from) == ("events", "0" * 16, "2021-06-02")


def test_a_threat_or_a_plan_is_no_step() -> None:
    text = "Egypt signed an agreement with Japan."
    assert len(event_rungs([happened(text)])) == 1
    assert event_rungs([happened(text, type="THREATEN")]) == ()
    assert event_rungs([happened(text, status="future")]) == ()


def test_an_imported_signature_is_an_agreement() -> None:
    (rung,) = event_rungs([happened("Sign formal agreement", cameo="057")])
    assert (rung.rung, rung.level) == ("agreement", 1)


def test_a_run_names_the_rungs_and_a_run_after_it_changes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text(
        "Old friends\n\nCAIRO, March 3, 2021 - Egypt praised its strategic partnership with Japan on Wednesday.\n"
    )
    imported = Rung(fact_id="f" * 16, source="list.csv", state="EGY", partner="PER", rung="agreement", level=1)
    made = Record.create(tmp_path / "r").commit("test", {"rungs": [imported]})
    first = read_pile([page], made.path, Settings()).record
    stored = {(rung.state, rung.partner, rung.level, rung.source) for rung in first.rows("rungs")}
    assert stored == {("EGY", "PER", 1, "list.csv"), ("EGY", "JPN", 3, "sentences")}
    assert read_pile([page], made.path, Settings()).record.versions == first.versions
