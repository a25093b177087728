"""A text that was taken down stands in no file of the record, in no version, while ids, counts and old runs stay."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from tests.run.samples import PlainCoder, body, write_pile
from tests.run.test_reviews import SMALL, Changed, recoded, said
from visavis.errors import InputError, QueryError
from visavis.run import read_pile
from visavis.store import TABLES, Record
from visavis.store.check import check
from visavis.store.keep import takedown as module


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six reports, two of them copied; reviewed, coded anew, and with checkpoints in its logs: the text stands in many versions."""
    folder = tmp_path_factory.mktemp("takedown")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("pile", "tasks", "reviews"):
            patch.setattr(f"visavis.run.{name}.coder", lambda settings: PlainCoder())
        write_pile(folder / "pile", range(6))
        record = read_pile([folder / "pile"], folder / "r", SMALL).record
        for event in record.rows("events")[:2]:
            record = said(record, event.event_id, "correct", corrected={"sources": "RUR MIL"}, at="2026-01-01")
        for event in record.rows("events"):
            if event.article_id == next(a.article_id for a in record.rows("articles") if a.url.endswith("/1")):
                record = said(record, event.event_id, "correct", corrected={"sources": "SYL GOV"}, at="2026-01-02")
        record = recoded(record, Changed, patch)
    for name in ("articles", "events", "pages"):
        DeltaTable(record.path / name).create_checkpoint()
    return folder


@pytest.fixture
def record(whole: Path, tmp_path: Path) -> Record:
    """A copy of it, to be written to."""
    shutil.copytree(whole, tmp_path / "copy")
    return Record.open(tmp_path / "copy" / "r")


def decoded(value: Any) -> list[str]:
    """Every text inside a value."""
    if isinstance(value, dict):
        return [text for part in (*value.keys(), *value.values()) for text in decoded(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in decoded(part)]
    if isinstance(value, bytes):
        import zlib

        texts = [value.decode("utf-8", "replace")]
        try:
            return [*texts, zlib.decompress(value).decode("utf-8", "replace")]
        except zlib.error:
            return texts
    return [str(value)]


def every_text(folder: Path) -> dict[str, str]:
    """{file: its bytes as they are, and all that a reader could decode from them}."""
    found = {}
    for file in (path for path in folder.rglob("*") if path.is_file()):
        texts = [file.read_bytes().decode("latin-1")]
        if file.suffix == ".parquet":
            with pq.ParquetFile(file) as parquet:
                texts += decoded(parquet.read().to_pylist())
                groups = [parquet.metadata.row_group(n) for n in range(parquet.num_row_groups)]
                columns = [group.column(n) for group in groups for n in range(group.num_columns)]
                texts += [
                    str((c.statistics.min, c.statistics.max))
                    for c in columns
                    if c.statistics and c.statistics.has_min_max
                ]
        found[str(file.relative_to(folder))] = "\n".join(texts)
    return found


def pieces(number: int) -> list[str]:
    """The title and every three words of a report."""
    words = body(number).split()
    return [f"Talks number {number}", *(" ".join(words[n : n + 3]) for n in range(len(words) - 2))]


def holding(folder: Path, wanted: list[str], others: list[int]) -> list[tuple[str, str]]:
    """(file, piece) of all that is found and stands in no report that may stay."""
    allowed = "\n".join(body(number) for number in others)
    texts = every_text(folder)
    return [(file, piece) for piece in wanted if piece not in allowed for file, text in texts.items() if piece in text]


def page_of(record: Record, number: int, outlet: str = "lakepost.example") -> str:
    uri = f"https://{outlet}/{number}"
    return next(row.page_id for row in record.rows("pages") if row.uri == uri)


def shape(record: Record) -> dict[str, Any]:
    ids = {
        name: record.table(name, [table.key]).column(0).to_pylist() for name, table in TABLES.items() if name != "runs"
    }
    ids.pop("takedowns")
    return ids


def test_a_text_is_gone_from_every_file_and_all_else_stays(record: Record) -> None:
    assert len({file for file, _ in holding(record.path, pieces(1), [0, 2, 3, 4, 5])}) > 8, "it must be there before"
    before = {run.number: shape(Record.open(record.path, run.number)) for run in record.runs}
    done = record.takedown([page_of(record, 1)], author="A. Editor", reason="the outlet asked")
    assert holding(record.path, pieces(1), [0, 2, 3, 4, 5]) == []
    after = Record.open(record.path)
    assert {run: shape(Record.open(record.path, run)) for run in before} == before
    assert shape(after) == before[record.runs[-1].number]
    (stub,) = after.rows("takedowns")
    assert (stub.uri, stub.author, stub.reason, stub.events) == (
        "https://lakepost.example/1",
        "A. Editor",
        "the outlet asked",
        1,
    )
    assert done.copies == () and done.files > 5
    assert check(after) == []
    for run in after.runs:
        assert Record.open(record.path, run.number).sql("select count(*) n from events").to_pylist()[0]["n"] >= 6
    other = next(row for row in after.rows("articles") if row.url.endswith("/2"))
    assert other.text == body(2)


def test_later_runs_leave_what_was_found_and_code_the_rest(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    record.takedown([page_of(record, 0), page_of(record, 1)], author="A", reason="")
    taken = Record.open(record.path)
    recoded(taken, Changed, monkeypatch)
    again = read_pile([record.path.parent / "pile"], record.path, SMALL).record
    assert shape(again) == shape(taken) and check(again) == []
    assert again.diff(taken.runs[-1].number).changes == ()
    after = recoded(again, PlainCoder, monkeypatch)
    assert {row.type for row in after.rows("events")} == {"CONSULT", "AGREE"}
    assert [len(after.rows(name)) for name in ("stories", "copies", "events", "happenings")] == [6, 2, 6, 6]
    assert holding(record.path, pieces(1), [0, 2, 3, 4, 5]) == []


def test_copies_that_still_stand_are_named_and_go_when_asked(record: Record) -> None:
    first = record.takedown([page_of(record, 0)], author="A")
    (left,) = first.copies
    assert {file for file, _ in holding(record.path, pieces(0), [1, 2, 3, 4, 5])} != set()
    second = Record.open(record.path).takedown([left], author="A", copies=True)
    assert second.copies == () and len(second.pages) == 2
    assert holding(record.path, pieces(0), [1, 2, 3, 4, 5]) == []
    assert len(Record.open(record.path).rows("takedowns")) == 2


def test_an_outlet_goes_as_a_whole(record: Record) -> None:
    outlet = next(row.outlet for row in record.rows("articles") if "pierherald" in row.url)
    done = record.takedown(outlets=[outlet], author="A")
    assert len(done.pages) == 2
    assert {row.text == "" for row in Record.open(record.path).rows("articles") if row.outlet == outlet} == {True}


def test_a_takedown_that_was_cut_off_is_finished_by_the_next_writer(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = module.rewrite, []

    def cut(*given: Any) -> int:
        done.append(given)
        if len(done) == 3:
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(module, "rewrite", cut)
    with pytest.raises(KeyboardInterrupt):
        record.takedown([page_of(record, 1)], author="A")
    monkeypatch.setattr(module, "rewrite", real)
    assert holding(record.path, pieces(1), [0, 2, 3, 4, 5]) != []
    with record.writer():
        pass
    assert holding(record.path, pieces(1), [0, 2, 3, 4, 5]) == []
    assert len(Record.open(record.path).rows("takedowns")) == 1 and check(Record.open(record.path)) == []


def test_what_names_nothing_is_refused(record: Record) -> None:
    for given, words in (
        ({"pages": ["ffffffff"]}, "names no page"),
        ({"outlets": ["Nobody"]}, "No article"),
        ({}, "needs a page"),
    ):
        with pytest.raises(QueryError, match=words):
            record.takedown(**given, author="A")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="needs its author"):
        record.takedown([page_of(record, 1)], author="")
    assert json.loads((record.path / "record.json").read_text())["visavis"] == "record"
