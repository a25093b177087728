"""Exports: a file per table, the same files for the same record, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.store.samples import article, day, small_record
from visavis.errors import QueryError, RecordError
from visavis.store import Record
from visavis.store.export import export


def test_each_table_is_a_file_of_objects(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    written = export(record, tmp_path / "x")
    assert written["articles.jsonl"] == 1 and "votes.jsonl" not in written and "runs.jsonl" not in written
    (line,) = (tmp_path / "x" / "articles.jsonl").read_text("utf-8").splitlines()
    row = json.loads(line)
    assert row["title"] == "A visit" and row["spans"] == [{"start": 0, "end": len(row["text"])}]
    assert row["published"]["earliest"] == "2021-03-01"
    (page,) = (json.loads(line) for line in (tmp_path / "x" / "pages.jsonl").read_text("utf-8").splitlines())
    assert page["hint"] == {"a": "1", "b": "2"}
    assert not {"body", "found_at", "fetched_at"} & set(page)


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_equal_records_give_equal_files_however_they_were_written(tmp_path: Path, form: str) -> None:
    rows = [article(f"page {n}", published=day(f"2021-01-{n:02d}")) for n in range(1, 20)]
    at_once = Record.create(tmp_path / "a").commit("test", {"articles": rows})
    by_hand = Record.create(tmp_path / "b")
    for row in reversed(rows):
        by_hand = by_hand.commit("test", {"articles": [row]})
    for record, name in ((at_once, "xa"), (by_hand, "xb")):
        export(record, tmp_path / name, form)
    files = sorted(path.name for path in (tmp_path / "xa").iterdir())
    assert files == sorted(path.name for path in (tmp_path / "xb").iterdir())
    for name in files:
        assert (tmp_path / "xa" / name).read_bytes() == (tmp_path / "xb" / name).read_bytes(), name


@pytest.mark.parametrize("title", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1"])
def test_a_cell_that_a_spreadsheet_would_run_is_led_by_an_apostrophe(tmp_path: Path, title: str) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"articles": [article("p", title=title)]})
    export(record, tmp_path / "x", "csv", ["articles"])
    with (tmp_path / "x" / "articles.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["title"] == "'" + title.replace("\r", "·")


def test_numbers_in_csv_stay_numbers(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    export(record, tmp_path / "x", "csv", ["events"])
    with (tmp_path / "x" / "events.csv").open(encoding="utf-8", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert float(row["intensity"]) == 0.0 and json.loads(row["sources"])[0]["code"] == "RUR"


def test_parquet_holds_the_same_rows(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    export(record, tmp_path / "x", "parquet", ["events"])
    assert pq.read_table(tmp_path / "x" / "events.parquet").equals(record.table("events"))


def test_an_unknown_format_or_table_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    with pytest.raises(QueryError, match="jsonl, csv, parquet"):
        export(record, tmp_path / "x", "xlsx")
    with pytest.raises(QueryError, match="Tables: pages"):
        export(record, tmp_path / "x", names=["sentences"])


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("a file")
    with pytest.raises(RecordError, match="cannot be written"):
        export(small_record(tmp_path / "r"), tmp_path / "x")
