"""Two runs of a record are told apart row by row, each row with the one cause that made it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.samples import PlainCoder, write_pile
from tests.run.test_reviews import SMALL, Changed, Silent, recoded, said
from visavis.errors import QueryError
from visavis.run import read_pile
from visavis.run.recode import recode
from visavis.store import Record
from visavis.store.keep.diff import Diff, diff


@pytest.fixture
def record(tmp_path: Path) -> Record:
    write_pile(tmp_path / "pile", range(6))
    return read_pile([tmp_path / "pile"], tmp_path / "r", SMALL).record


def causes(found: Diff, table: str = "events") -> set[tuple[str, str]]:
    return {(change.change, change.cause) for change in found.changes if change.table == table}


def test_an_unchanged_pile_differs_in_nothing(record: Record) -> None:
    found = diff(read_pile([record.path.parent / "pile"], record.path, SMALL).record, 1)
    assert (found.changes, found.dyads, found.counts) == ((), (), {})


def test_new_pages_are_the_cause_of_what_they_bring(record: Record) -> None:
    after = read_pile(write_pile(record.path.parent / "more", range(10, 13)), record.path, SMALL).record
    found = diff(after, 1, 2)
    assert {change.cause for change in found.changes} == {"new page"}
    assert {change.change for change in found.changes} == {"added"}
    assert sum(change.table == "events" for change in found.changes) == 3
    assert sum(p.after - p.before for s in found.dyads for p in s.points) == 3
    back = diff(after, 2, 1)
    assert {(c.change, c.cause) for c in back.changes} == {("gone", "page gone")}


def test_an_original_that_arrives_revises_what_its_copy_led(tmp_path: Path) -> None:
    early, late = sorted(write_pile(tmp_path / "pile", [0]))
    read_pile([late], tmp_path / "r", SMALL)
    found = diff(read_pile([early], tmp_path / "r", SMALL).record, 1, 2)
    assert causes(found) == {("gone", "original arrived"), ("added", "new page")}
    assert causes(found, "stories") == {("gone", "original arrived"), ("added", "new page")}


def test_another_lexicon_and_another_coder_are_told_apart(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    class Lexicon(Changed):
        version = PlainCoder.version

    after = recoded(record, Lexicon, monkeypatch)
    assert causes(diff(after, 1)) == {("gone", "new lexicon"), ("added", "new lexicon")}
    again = recoded(after, Changed, monkeypatch)
    assert diff(again, 2).changes == ()  # the same events from another version of the coder
    gone = recoded(again, Silent, monkeypatch)
    assert causes(diff(gone, 3)) == {("gone", "new coder")}
    assert causes(diff(gone, 3), "happenings") == {("gone", "new coder")}


def test_every_kind_of_review_is_a_cause_of_its_own(record: Record) -> None:
    a, b, c, *_ = record.rows("events")
    after = said(record, a.event_id, "accept")
    after = said(after, b.event_id, "correct", corrected={"type": "AID"})
    after = said(after, c.event_id, "reject")
    found = diff(after, 1)
    assert causes(found) == {("changed", "review")} and {change.cause for change in found.changes} == {"review"}
    changed = {change.row_id: change.columns for change in found.changes if change.table == "events"}
    assert changed[a.event_id] == ("reviewed",) and changed[c.event_id] == ("status", "reviewed")
    one, two, *_ = after.rows("happenings")
    merged = said(after, one.happening_id, "merge", others=[two.happening_id])
    assert {(c.table, c.cause) for c in diff(merged, 4).changes} == {("happenings", "review")}
    edge = after.rows("copies")[0]
    cut = diff(said(merged, edge.copy_id, "cut"), 5)
    assert {change.table for change in cut.changes} == {"copies", "stories", "events", "happenings"}
    assert {change.cause for change in cut.changes} == {"review"}


def test_a_review_over_another_coding_is_told_apart_from_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    first = record.rows("events")[0]
    after = recoded(said(record, first.event_id, "reject"), Changed, monkeypatch)
    (now,) = (row for row in after.rows("events") if row.article_id == first.article_id)
    assert {c.cause for c in diff(after, 2).changes} == {"new coder"}
    back = diff(said(after, now.event_id, "accept", at="2999-01-01"), 3)
    assert {(c.row_id, c.cause) for c in back.changes if c.table == "events"} == {(now.event_id, "review")}


def test_recoding_ends_with_what_it_changed(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pile", "tasks"):
        monkeypatch.setattr(f"visavis.run.{module}.coder", lambda settings: Changed())
    done = recode(record.path, SMALL)
    assert done.summary.run.verb == "recode" and done.diff is not None
    assert causes(done.diff) == {("gone", "new coder"), ("added", "new coder")}
    assert recode(record.path, SMALL).diff.changes == ()  # type: ignore[union-attr]


def test_an_unknown_run_is_refused(record: Record) -> None:
    with pytest.raises(QueryError, match="no run '9'"):
        diff(record, "9")
