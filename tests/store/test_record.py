"""A record opens at one run, whole, and says in a sentence why it does not."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tests.store.samples import article, page, small_record, story
from visavis.errors import QueryError, RecordError
from visavis.store import Record
from visavis.store.lock import writing
from visavis.store.tables.text import StoredPage


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    (stored,) = record.rows("pages")
    assert stored.page() == page()
    assert [row.title for row in record.rows("articles")] == ["A visit"]
    assert record.table("articles", ["title"]).to_pylist() == [{"title": "A visit"}]


@pytest.mark.parametrize("name", ["My records", "Archiv für Außenpolitik", "档案", "50% #1 'a' \"b\" <c> {d}?*"])
def test_a_record_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    record = Record.open(small_record(tmp_path / name).path)
    assert record.sql("select count(*) n from events").to_pylist() == [{"n": len(record.rows("events"))}] == [{"n": 1}]


@pytest.mark.parametrize("name", ["a[1]", "a%20b", "a\\b", "a^b"])
def test_a_name_that_the_engine_cannot_have_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(RecordError, match="No record can be kept"):
        small_record(tmp_path / name)


def test_tables_that_hold_nothing_have_their_columns(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r")
    assert record.rows("events") == ()
    assert record.table("votes").schema.names[:4] == ["fact_id", "source", "licence", "retrieved_at"]
    assert record.sql("select count(*) n from events").to_pylist() == [{"n": 0}]


def test_rows_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"articles": [article(f"{n:x}") for n in range(20)]})
    ids = [row.article_id for row in record.rows("articles")]
    assert ids == sorted(ids) and len(ids) == 20


def test_a_reader_keeps_the_run_it_opened(tmp_path: Path) -> None:
    first = small_record(tmp_path / "r")
    first.commit("test", {"articles": [article("another")]})
    assert len(first.rows("articles")) == 1
    assert first.sql("select count(*) n from articles").to_pylist() == [{"n": 1}]
    assert len(Record.open(tmp_path / "r").rows("articles")) == 2
    assert len(Record.open(tmp_path / "r", run=1).rows("articles")) == 1
    assert first.run is not None
    assert len(Record.open(tmp_path / "r", run=first.run.run_id).rows("articles")) == 1


def test_what_an_unfinished_run_wrote_is_not_seen(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    with Record.open(tmp_path / "r").writer() as writer:
        writer.insert("articles", [article("half")])
    after = Record.open(tmp_path / "r")
    assert len(after.rows("articles")) == 1
    with after.writer() as writer:
        assert writer.resumed
        assert len(writer.ids("articles")) == 2
        writer.finish("test", settings={})
    assert [run.resumed for run in Record.open(tmp_path / "r").runs] == [False, True]


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="There is no record"):
        Record.open(tmp_path)


def test_a_folder_that_holds_something_else_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("do not touch")
    with pytest.raises(RecordError, match="is not a record"):
        Record.create(tmp_path)
    with pytest.raises(RecordError, match="is not a record"):
        Record.create(tmp_path / "thesis.txt")


def test_a_record_of_a_newer_form_is_refused_with_one_sentence(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    (tmp_path / "r" / "record.json").write_text(json.dumps({"visavis": "record", "format": 99}))
    with pytest.raises(RecordError, match="has the form 99"):
        Record.open(tmp_path / "r")


def test_a_damaged_mark_is_named(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    (tmp_path / "r" / "record.json").write_text("{")
    with pytest.raises(RecordError, match=r"record\.json cannot be read"):
        Record.open(tmp_path / "r")


def test_a_table_that_was_damaged_is_named(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    for file in (tmp_path / "r" / "articles").glob("*.parquet"):
        file.unlink()
    with pytest.raises(RecordError, match="articles"):
        record.rows("articles")
    with pytest.raises(RecordError, match="articles"):
        record.sql("select 1")


def test_an_unknown_table_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="pages, articles"):
        small_record(tmp_path / "r").table("article")


def test_an_unknown_run_is_answered_with_the_latest(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    with pytest.raises(QueryError, match="The latest: 1"):
        Record.open(tmp_path / "r", run=7)


def test_two_writers_at_once_are_refused_and_readers_are_not(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    with writing(tmp_path / "r"):
        with pytest.raises(RecordError, match="is being written by process"), record.writer():
            raise AssertionError("two writers")
        assert len(record.rows("articles")) == 1
    with record.writer():
        pass  # the lock was given back


def test_questions_from_several_threads_do_not_disturb_each_other(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    found: list[int] = []

    def ask(number: int) -> None:
        found.append(record.sql("select $n as n", {"n": number}).column(0)[0].as_py())

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(8))


def test_commit_replaces_a_row_whose_id_is_there(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    (old,) = record.rows("articles")
    new = article(old.page_id, title="Another title")
    assert [row.title for row in record.commit("test", {"articles": [new]}).rows("articles")] == ["Another title"]


def test_a_record_that_is_copied_elsewhere_opens_there(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    (tmp_path / "r").rename(tmp_path / "moved")
    record = Record.open(tmp_path / "moved")
    assert record.sql("select quote from events").num_rows == 1
    assert len(record.rows("stories")) == 1


def test_denominators_are_there(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    (row,) = record.table("coverage").to_pylist()
    assert (row["outlet"], row["day"], row["articles"], row["leads"]) == ("Lake Post", "2021-03-01", 1, 1)


def test_a_page_is_packed_and_unpacked(tmp_path: Path) -> None:
    long = page(b"again and again " * 1000)
    assert len(StoredPage.of(long).body) < 500
    assert StoredPage.of(long).page() == long


def test_settle_writes_only_what_changed(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    (lead,) = record.rows("articles")
    with record.writer() as writer:
        before = writer.finish("test", settings={}).versions["stories"]
        writer.settle("stories", [story(lead)])
        assert writer.finish("test", settings={}).versions["stories"] == before
        other = article("other page")
        writer.settle("stories", [story(lead, other)])
        assert writer.rows("stories") == (story(lead, other),)
        writer.settle("stories", [])
        assert writer.rows("stories") == ()
