"""What the world does to a run: a full disk, a folder that cannot be written, a second writer, a clock that jumps, readers meanwhile."""

from __future__ import annotations

import errno
import os
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.run.samples import write_pile
from visavis.errors import RecordError
from visavis.run import Settings, read_pile
from visavis.store import TABLES, Record
from visavis.store.check import check
from visavis.store.folder import Folder
from visavis.store.lock import writing

SMALL = Settings(pages_a_batch=4, articles_a_batch=3, seconds_a_commit=0)


def rows_of(record: Record) -> dict[str, tuple[Any, ...]]:
    return {name: record.rows(name) for name in TABLES if name != "runs"}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write_pile(tmp_path / "pile", range(6))
    return tmp_path / "pile"


@pytest.fixture
def whole(tmp_path: Path, pile: Path) -> dict[str, tuple[Any, ...]]:
    return rows_of(read_pile([pile], tmp_path / "whole", Settings()).record)


def test_a_full_disk_is_one_sentence_and_with_room_again_the_run_goes_on(
    tmp_path: Path, pile: Path, whole: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full from the third write on."""
    import visavis.store.folder as folder

    write, count = folder.write_deltalake, 0

    def full(*given: Any, **named: Any) -> None:
        nonlocal count
        count += 1
        if count >= 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(*given, **named)

    monkeypatch.setattr(folder, "write_deltalake", full)
    with pytest.raises(RecordError, match="No space left on device"):
        read_pile([pile], tmp_path / "r", SMALL)
    assert Record.open(tmp_path / "r").rows("articles") == ()
    monkeypatch.setattr(folder, "write_deltalake", write)
    again = read_pile([pile], tmp_path / "r", SMALL)
    assert again.run.resumed and check(again.record) == [] and rows_of(again.record) == whole


def test_a_folder_that_cannot_be_written_is_read_and_nothing_is_lost(
    tmp_path: Path, pile: Path, whole: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object, flags: int, *rest: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return opened(path, flags, *rest)  # type: ignore[arg-type]

    opened = os.open
    monkeypatch.setattr("visavis.store.lock.os.open", refused)
    with pytest.raises(RecordError, match="cannot be written"):
        read_pile([pile], tmp_path / "whole", SMALL)
    assert rows_of(Record.open(tmp_path / "whole")) == whole


def test_of_two_writers_the_second_is_told_and_the_first_is_not_disturbed(tmp_path: Path, pile: Path) -> None:
    Record.create(tmp_path / "r")
    with writing(tmp_path / "r"), pytest.raises(RecordError, match=f"being written by process {os.getpid()}"):
        read_pile([pile], tmp_path / "r", SMALL)
    assert check(read_pile([pile], tmp_path / "r", SMALL).record) == []


def test_a_clock_that_jumps_back_leaves_the_order_of_runs_and_the_rows(
    tmp_path: Path, pile: Path, whole: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = sorted(pile.iterdir())
    hours = iter(f"20{year}-01-01T00:00:00.000+00:00" for year in (24, 23, 99, 98, 10, 11, 70, 71, 72, 73))
    monkeypatch.setattr("visavis.store.writer._now", lambda: next(hours))
    for part in (files[:3], files[3:5], files[5:]):
        read_pile(part, tmp_path / "r", SMALL)
    record = Record.open(tmp_path / "r")
    assert [run.number for run in record.runs] == [1, 2, 3] and record.run == record.runs[-1]
    assert check(record) == [] and rows_of(record) == whole


def test_readers_see_whole_runs_while_tables_are_compacted(
    tmp_path: Path, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visavis.store.writer._FILES_BEFORE_COMPACTION", 2)
    files = sorted(pile.iterdir())
    seen: list[tuple[int, int]] = []
    done = threading.Event()
    read_pile(files[:1], tmp_path / "r", SMALL)

    def read() -> None:
        while not done.is_set():
            record = Record.open(tmp_path / "r")
            (row,) = record.sql("select (select count(*) from pages) p, (select count(*) from articles) a").to_pylist()
            seen.append((row["p"], row["a"]))

    reader = threading.Thread(target=read)
    reader.start()
    for at in range(1, len(files), 2):
        read_pile(files[at : at + 2], tmp_path / "r", Settings(pages_a_batch=1, articles_a_batch=1, seconds_a_commit=0))
        with Record.open(tmp_path / "r").writer() as writer:
            writer.vacuum()
            writer.finish("vacuum", settings={})
    done.set()
    reader.join()
    assert seen and all(pages == articles for pages, articles in seen)
    assert len(Folder(tmp_path / "r", TABLES["pages"]).files()) <= 3


def test_five_kills_in_a_row_cost_nothing(
    tmp_path: Path, pile: Path, whole: dict[str, tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One record, killed five times at random commits, each run going on where the one before was stopped."""

    class Killed(BaseException):
        pass

    dice, state = random.Random(3), {"left": 0}
    for name in ("append", "overwrite", "delete"):
        original = getattr(Folder, name)

        def commit(self: Folder, *given: Any, original: Any = original) -> None:
            state["left"] -= 1
            if state["left"] == 0:
                raise Killed
            original(self, *given)

        monkeypatch.setattr(Folder, name, commit)
    for _ in range(5):
        state["left"] = dice.randint(2, 8)
        with pytest.raises(Killed):
            read_pile([pile], tmp_path / "r", SMALL)
    state["left"] = -1
    record = read_pile([pile], tmp_path / "r", SMALL).record
    assert check(record) == [] and rows_of(record) == whole
