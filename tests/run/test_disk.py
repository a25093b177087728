"""A disk that is really full, a folder that is really read-only, a second process, a dead worker. Needs the right to mount, or time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.run.samples import write_pile
from tests.run.test_endure import SMALL, rows_of
from visavis.errors import RecordError
from visavis.run import Settings, read_pile
from visavis.store import Record
from visavis.store.check import check

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write_pile(tmp_path / "pile", range(6))
    return tmp_path / "pile"


def fill(disk: Path, left: int) -> Path:
    """Fill the disk but for `left` bytes."""
    room = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"x" * max(0, room.f_bavail * room.f_frsize - left))
    return filler


@pytest.mark.parametrize("left", [0, 8_000, 200_000])
def test_a_full_disk_is_one_sentence_and_with_room_again_the_run_ends_with_the_same_rows(
    tmp_path: Path, pile: Path, disk: Path, left: int
) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "whole", Settings()).record)
    Record.create(disk / "r")
    filler = fill(disk, left)
    with pytest.raises(RecordError, match="No space left on device"):
        read_pile([pile], disk / "r", SMALL)
    assert check(Record.open(disk / "r")) == [] and Record.open(disk / "r").rows("articles") == ()
    filler.unlink()
    record = read_pile([pile], disk / "r", SMALL).record
    assert check(record) == [] and rows_of(record) == whole


def test_a_read_only_disk_is_read_asked_and_checked_and_refuses_to_be_written(pile: Path, disk: Path) -> None:
    record = read_pile([pile], disk / "r", SMALL).record
    rows = rows_of(record)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for work in (lambda: read_pile([pile], disk / "r", SMALL), lambda: read_pile([pile], disk / "new", SMALL)):
        with pytest.raises(RecordError, match="Read-only file system"):
            work()
    record = Record.open(disk / "r")
    assert check(record) == [] and rows_of(record) == rows
    assert record.sql("select count(*) n from events").to_pylist() == [{"n": 6}]


def workers(of: int) -> list[int]:
    """The working processes below a process."""
    listed = [task.read_text().split() for task in Path(f"/proc/{of}/task").glob("*/children")]
    below = [int(child) for found in listed for child in found]
    deep = [worker for child in below for worker in workers(child)]
    ends = [child for child in below if not workers(child) and _names_forkserver(child)]
    return [*deep, *ends]


def _names_forkserver(process: int) -> bool:
    return b"forkserver" in Path(f"/proc/{process}/cmdline").read_bytes()


_READING = """
import sys
from visavis.cli import main
if __name__ == "__main__":
    main()
"""


def reading(tmp_path: Path, pile: Path, *more: str) -> subprocess.Popen[str]:
    """`visavis read` of the pile into `r`, begun."""
    script = tmp_path / "reading.py"
    script.write_text(_READING, "utf-8")
    command = [sys.executable, str(script), "read", str(pile), "--record", str(tmp_path / "r"), *more]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for workers in /proc")
def test_workers_that_are_killed_from_outside_cost_no_row(tmp_path: Path, real_coder: None) -> None:
    """Three die on the way, among them the one that forks them; the run ends by itself with the rows of one left in peace."""
    write_pile(tmp_path / "pile", range(60))
    whole = rows_of(read_pile([tmp_path / "pile"], tmp_path / "whole", Settings()).record)
    killed = 0
    with reading(tmp_path, tmp_path / "pile", "--workers", "2") as process:
        while process.poll() is None:
            time.sleep(0.5)
            if killed < 3 and (tmp_path / "r" / "articles").exists() and (found := workers(process.pid)):
                os.kill(found[0], signal.SIGKILL)
                killed += 1
        assert process.stderr is not None and process.returncode == 0, process.stderr.read()
    record = Record.open(tmp_path / "r")
    assert killed and check(record) == [] and rows_of(record) == whole


@pytest.mark.slow
def test_of_two_commands_at_once_one_is_told_to_wait_and_the_rows_are_those_of_one(
    tmp_path: Path, pile: Path, real_coder: None
) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "whole", Settings()).record)
    with reading(tmp_path, pile) as first, reading(tmp_path, pile) as second:
        said = [process.communicate()[1] for process in (first, second)]
        assert sorted((first.returncode, second.returncode)) in (
            [0, 1],
            [0, 0],
        )  # [0, 0]: one was done before the other began
    loser = [text for text, process in zip(said, (first, second), strict=True) if process.returncode]
    assert all("is being written by process" in text and "Traceback" not in text for text in loser)
    record = Record.open(tmp_path / "r")
    assert check(record) == [] and rows_of(record) == whole
