"""Numbers from coded events: one happening counts once, and the silence of a thin record is no figure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reason.conftest import Write
from tests.show import samples
from visavis.reason import Scenario, scenario
from visavis.reason.kinds.past import pair_replies
from visavis.reason.kinds.replies import fit_answered
from visavis.records import Event, Happening
from visavis.store import Record

EXCHANGE = """kind = "exchange"
[missions]
USA = {{ RUS = 40 }}
RUS = {{ USA = 90 }}
[open]
by = "USA"
on = "RUS"
count = {count}
[replies]
{replies}
"""


def expelled(name: str, day: str, by: str = "USA", on: str = "RUS", type: str = "SANCTION") -> Event:
    return samples.event(name, type, 3, (by,), (on,), day)


def keep(folder: Path, events: list[Event], *happenings: Happening) -> Record:
    return Record.create(folder / "r").commit("test", {"events": events, "happenings": happenings})


def count_of(write: Write, record: Record, reference: str) -> Scenario:
    count = f'{{ value = 10, from = "events: {reference}" }}'
    return write(EXCHANGE.format(count=count, replies="pairs = [[4, 4]]"), record=record)


def test_what_two_pages_report_of_one_happening_counts_once(write: Write, tmp_path: Path) -> None:
    events = [expelled("one", "2021-04-15"), expelled("two", "2021-04-15"), expelled("three", "2021-06-01")]
    same = Happening(
        happening_id="h", event_ids=(events[0].event_id, events[1].event_id), type="SANCTION", parties=("RUS", "USA")
    )
    found = count_of(write, keep(tmp_path, events, same), "USA>RUS SANCTION")
    assert found.best["count"] == 2.0
    assert len(found.trace("count").rules) == 1 and len(found.assumptions["count"].evidence[0].events) == 3


@pytest.mark.parametrize(("others", "resolved"), [(4, False), (5, True)])
def test_silence_counts_only_where_the_record_covers_the_pair(
    write: Write, tmp_path: Path, others: int, resolved: bool
) -> None:
    events = [expelled(f"n{at}", f"2021-04-1{at}", type="ACCUSE") for at in range(others)]
    found = count_of(write, keep(tmp_path, events), "USA>RUS SANCTION, 2021")
    assert found.best["count"] == (0.0 if resolved else 10.0)
    assert [("silence is no evidence" in one) for one in found.unresolved] == ([] if resolved else [True])


def test_events_without_a_day_are_named_when_a_time_is_asked_for(write: Write, tmp_path: Path) -> None:
    events = [expelled("one", "2021-04-15"), samples.event("two", "SANCTION", 3, ("USA",), ("RUS",), None)]
    rule = count_of(write, keep(tmp_path, events), "USA>RUS SANCTION 2021").assumptions["count"].rule
    assert "from 2021-01-01 to 2021-12-31; 1 undated left out" in rule


def test_a_reply_is_the_like_act_of_the_other_side_within_the_time() -> None:
    acts = [("2021-04-01", "A", "B"), ("2021-04-03", "B", "A"), ("2021-05-01", "A", "B"), ("2021-08-01", "B", "A")]
    assert pair_replies(acts, 30) == [2.0, None, None]
    kernel = fit_answered([2.0, None, None], "made up")
    assert kernel.counts["match"] == 1 and kernel.days == 2.0
    assert sum(mean for _, mean, _ in kernel.ranges.values()) == pytest.approx(1)


def test_a_kernel_is_fitted_on_coded_events(write: Write, tmp_path: Path) -> None:
    record = keep(
        tmp_path,
        [expelled("one", "2021-04-15"), expelled("two", "2021-04-18", "RUS", "USA"), expelled("three", "2022-01-01")],
    )
    found = write(EXCHANGE.format(count=10, replies='events = "USA~RUS SANCTION"'), record=record)
    figures = found.outcome.figures
    assert figures["kernel.answered"] == pytest.approx(0.5) and figures["kernel.days"] == 3.0
    assert found.assumptions["prior.match"].low < 0.1 and found.assumptions["prior.match"].high > 0.9


def test_really_coded_events_lead_to_their_sentences_and_pages(demo_record: Path) -> None:
    record = Record.open(demo_record)
    found = scenario("third-party.toml", record)
    assert found.unresolved == (), "the sample pile covers all three pairs"
    trace = found.trace("propensity.RUS.CHN")
    texts = {row["article_id"]: row["text"] for row in record.sql("select article_id, text from articles").to_pylist()}
    (evidence,) = found.assumptions["propensity.RUS.CHN"].evidence
    assert len(trace.footnotes) == len(evidence.events) > 5
    assert all(event.quote in texts[event.article_id] for event in evidence.events)
    assert all(note.page and note.sentence for note in trace.footnotes)
