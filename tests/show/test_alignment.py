"""A dyad's view measures: lift with its uncertainty, issue areas, votes, rungs, all led back to their events."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from visavis.records import Event, Party, content_id
from visavis.show.fetch import fetch_dyad, fetch_event
from visavis.show.terminal import render_dyad
from visavis.store import Record
from visavis.store.imports.events import imported_event
from visavis.store.tables.facts import Rung, Vote

RAISED = "Ruritanians saw China and Russia raise ties to a comprehensive strategic partnership."


def happened(at: int, day: str, a: str, b: str, type: str, quote: str = "They met.", story: str = "") -> Event:
    sides = [(Party(code=code, sector="GOV"),) for code in (a, b)]
    return imported_event("sample", str(at), day, *sides, type=type, quote=quote, story=story)


def vote(state: str, call: int, choice: str) -> Vote:
    key = content_id("vote", state, call)
    return Vote(
        fact_id=key, source="sample", assembly="UNGA", session=70, rollcall=str(call), state=state, choice=choice
    )


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    events = [happened(n, f"2021-0{1 + n % 6}-10", "CHN", "RUS", "CONSULT") for n in range(12)]
    events += [happened(50 + n, "2021-03-01", "USA", "RUS", "ACCUSE") for n in range(10)]
    events += [happened(80 + n, "2021-05-01", "USA", "CHN", "ACCUSE", "over trade and tariffs") for n in range(4)]
    events += [happened(90, "2021-06-02", "CHN", "RUS", "AGREE", RAISED)]
    events += [happened(91 + n, "2021-06-03", "CHN", "RUS", "ACCUSE", "over trade", story="one page") for n in range(3)]
    votes = [
        vote(state, n, choice)
        for state, choices in (("CHN", "yyn"), ("RUS", "yan"))
        for n, choice in enumerate(choices)
    ]
    words = {"y": "yes", "a": "abstain", "n": "no"}
    votes = [Vote(**{**{f: getattr(v, f) for f in v.__struct_fields__}, "choice": words[v.choice]}) for v in votes]
    made = Record.create(tmp_path_factory.mktemp("aligned") / "r")
    return made.commit("test", {"events": events, "votes": votes})


def test_friends_are_close_and_adversaries_hostile(record: Record) -> None:
    friends, adversaries = (fetch_dyad(record, *pair).alignment for pair in (("CHN", "RUS"), ("USA", "RUS")))
    assert friends is not None
    assert adversaries is not None
    assert friends.series[-1].net > 0 > adversaries.series[-1].net
    assert friends.series[-1].net_se > 0


def test_what_one_page_tells_thrice_counts_once(record: Record) -> None:
    view = fetch_dyad(record, "CHN", "RUS", by="month").alignment
    assert view is not None
    assert next(point.events for point in view.series if point.period == "2021-06") == 4


def test_areas_and_the_compartment_index_show_where_they_compete(record: Record) -> None:
    view = fetch_dyad(record, "CHN", "RUS").alignment
    assert view is not None
    assert {line.area: (line.cooperative, line.conflictual) for line in view.areas} == {
        "diplomatic": (13, 0),
        "economic": (0, 1),
    }
    assert view.compartment is not None
    assert 0 <= view.compartment <= 1


def test_votes_are_shown_by_session(record: Record) -> None:
    view = fetch_dyad(record, "CHN", "RUS").alignment
    assert view is not None
    assert [(line.session, line.common, line.same, line.half) for line in view.votes] == [(70, 3, 0.6667, 0.8333)]


def test_a_rung_leads_to_its_sentence(record: Record) -> None:
    view = fetch_dyad(record, "RUS", "CHN").alignment
    assert view is not None
    assert [(line.date, line.level, line.quote) for line in view.rungs] == [("2021-06-02", 4, RAISED)]
    assert fetch_event(record, view.rungs[0].event_id).quote == RAISED


def test_the_terminal_shows_figures_with_their_errors(record: Record) -> None:
    console = Console(width=120, no_color=True)
    with console.capture() as shown:
        console.print(render_dyad(fetch_dyad(record, "CHN", "RUS")))
    assert "±" in shown.get()
    assert "comprehensive strategic partnership" in shown.get()


def test_organisations_have_no_alignment(record: Record) -> None:
    assert fetch_dyad(record, "UNO", "RUS").alignment is None


def test_imported_events_stay_when_a_pile_is_read(record: Record, tmp_path: Path) -> None:
    from visavis.run import Settings, read_pile

    page = tmp_path / "a.txt"
    page.write_text("A visit\n\nMOSCOW, March 3, 2021 - The foreign minister of China visited Russia on Tuesday.\n")
    made = Record.create(tmp_path / "r").commit(
        "test", {"events": [happened(1, "2021-01-10", "CHN", "RUS", "CONSULT")]}
    )
    read_pile([page], made.path, Settings())
    coders = {event.coder for event in Record.open(made.path).events()}
    assert "import:sample" in coders


def test_what_is_dated_to_the_year_or_not_at_all_still_counts(tmp_path: Path) -> None:
    dated = happened(1, "2020-05-01", "CHN", "RUS", "CONSULT", "They met over trade.")
    other = happened(2, "2020-05-01", "CHN", "JPN", "CONSULT")
    year = msgspec.structs.replace(
        dated, event_id="a" * 16, date_from="2020-01-01", date_to="2020-12-31", date_precision="year"
    )
    undated = msgspec.structs.replace(dated, event_id="b" * 16, date_from=None, date_to=None, date_precision="unknown")
    made = Record.create(tmp_path / "r").commit("test", {"events": [dated, other, year, undated]})
    view = fetch_dyad(made, "CHN", "RUS").alignment
    assert view is not None and view.whole is not None
    assert [(point.period, point.events) for point in view.series] == [("2020", 2)]
    assert view.whole.events == 3
    assert {line.area: line.cooperative for line in view.areas} == {"economic": 3}


def test_a_rung_of_a_sentence_without_event_leads_to_its_story(tmp_path: Path) -> None:
    row = Rung(
        fact_id="c" * 16, source="sentences", state="CHN", partner="RUS", rung="strategic partnership", level=3,
        article_id="d" * 16, quote="Their strategic partnership is old.",
    )  # fmt: skip
    made = Record.create(tmp_path / "r").commit(
        "test", {"rungs": [row, msgspec.structs.replace(row, fact_id="e" * 16)]}
    )
    view = fetch_dyad(made, "RUS", "CHN")
    assert view.alignment is not None
    assert [(line.date, line.level, line.named) for line in view.alignment.rungs] == [(None, 3, 2)]
    console = Console(width=120, no_color=True)
    with console.capture() as shown:
        console.print(render_dyad(view))
    assert "story dddddddd" in shown.get() and "undated" in shown.get()
