"""A dyad's view measures: lift with its uncertainty, issue areas, votes, rungs, all led back to their events."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from visavis.records import Event, Party, content_id
from visavis.show.fetch import fetch_dyad, fetch_event
from visavis.show.terminal import render_dyad
from visavis.store import Record
from visavis.store.imports.events import imported_event
from visavis.store.tables.facts import Vote

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
