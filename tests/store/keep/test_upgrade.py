"""A record of an older form opens, says so, and is brought up with a copy kept; a newer one is refused and left alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from deltalake import DeltaTable, write_deltalake

from tests.store.samples import small_record
from visavis.errors import RecordError
from visavis.store import Record
from visavis.store.check import check
from visavis.store.mark import FORMAT

LATER = ("reviewed", "anchors", "state", "row_now", "note")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A record as the first form had it: no marks of reviews, none of the tables that came with the second."""
    root = tmp_path / "old"
    small_record(root)
    for name in ("events", "happenings", "copies"):
        if (root / name).exists():
            rows = DeltaTable(root / name).to_pyarrow_table()
            kept = rows.drop_columns([column for column in LATER if column in rows.column_names])
            shutil.rmtree(root / name)
            write_deltalake(root / name, kept)
            for _ in range(Record.open(root).versions[name]):  # the versions that the run names
                write_deltalake(root / name, kept, mode="overwrite")
    (root / "record.json").write_text(json.dumps({"visavis": "record", "format": 1}))
    return root


def test_an_older_form_can_be_read_and_says_so(old: Path) -> None:
    record = Record.open(old)
    assert record.form == 1 and check(record) == []
    assert [event.reviewed for event in record.rows("events")] == [""]
    with pytest.raises(RecordError, match=r"has the form 1 of an older Visavis.*visavis upgrade"), record.writer():
        raise AssertionError("it was written to")


def test_it_is_brought_up_and_the_folder_as_it_was_is_kept(old: Path) -> None:
    before = Record.open(old)
    rows = {name: before.rows(name) for name in ("pages", "articles", "events", "stories")}
    done = before.upgrade()
    after = Record.open(old)
    assert (done.before, done.after, after.form) == (1, FORMAT, FORMAT)
    assert {name: after.rows(name) for name in rows} == rows and check(after) == []
    assert after.sql("select reviewed from events").to_pylist() == [{"reviewed": ""}]
    assert (
        after.runs[-1].verb == "upgrade" and Record.open(old, before.runs[-1].number).rows("events") == rows["events"]
    )
    assert done.copy is not None and Record.open(done.copy).form == 1
    assert Record.open(done.copy).rows("events") == rows["events"]
    assert after.upgrade().copy is None
    assert after.commit("test", {"watches": []}).form == FORMAT


def test_an_upgrade_that_was_cut_off_is_done_again(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from visavis.store.keep import upgrade as module

    monkeypatch.setattr(module, "write_mark", lambda root: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        Record.open(old).upgrade()
    monkeypatch.undo()
    assert Record.open(old).form == 1
    assert Record.open(Record.open(old).upgrade().copy or old).form == 1  # the first copy, not one of the half upgraded
    assert Record.open(old).form == FORMAT and check(Record.open(old)) == []


@pytest.mark.parametrize("form", [99, 0, -1])
def test_an_unknown_form_is_refused_in_one_sentence_and_left_alone(tmp_path: Path, form: int) -> None:
    small_record(tmp_path / "r")
    (tmp_path / "r" / "record.json").write_text(json.dumps({"visavis": "record", "format": form}))
    before = {path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()}
    for touch in (Record.open, Record.create):
        with pytest.raises(RecordError, match=f"has the form {form}; this Visavis knows 1 to {FORMAT}"):
            touch(tmp_path / "r")
    assert {path: path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()} == before
