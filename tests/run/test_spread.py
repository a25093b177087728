"""Work that is spread comes back in order, and one poisoned item costs itself only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from visavis.errors import LexiconError
from visavis.run.spread import Spread


class Square(Struct, frozen=True):
    """Squares numbers; some raise, some kill their process, some show that nothing can be done."""

    raises: int = -1
    kills: int = -1
    hopeless: int = -1

    def __call__(self, items: list[int]) -> list[str]:
        for item in items:
            if item == self.raises:
                raise ValueError("no square")
            if item == self.kills:
                os.kill(os.getpid(), signal.SIGKILL)
            if item == self.hopeless:
                raise LexiconError("no lexicon")
        return [str(item * item) for item in items]

    def failed(self, item: int, why: str) -> str:
        return f"{item}: {why}"


def batches(count: int, size: int = 3) -> Iterator[list[int]]:
    for at in range(0, count, size):
        yield list(range(at, min(at + size, count)))


def work(task: Square, workers: int, count: int = 20) -> list[str]:
    with Spread(workers) as spread:
        pairs = list(spread.map(task, batches(count)))
    assert [item for batch, _ in pairs for item in batch] == list(range(count))
    return [result for _, results in pairs for result in results]


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_batches(workers: int) -> None:
    assert work(Square(), workers) == [str(n * n) for n in range(20)]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_item_that_raises_is_given_up_alone(workers: int) -> None:
    wanted = [str(n * n) for n in range(20)]
    wanted[7] = "7: ValueError: no square"
    assert work(Square(raises=7), workers) == wanted


def test_an_item_that_kills_its_worker_is_given_up_alone() -> None:
    wanted = [str(n * n) for n in range(20)]
    wanted[7] = "7: the worker died on it"
    assert work(Square(kills=7), 2) == wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_that_is_no_item_s_ends_the_run(workers: int) -> None:
    with pytest.raises(LexiconError):
        work(Square(hopeless=4), workers)


def test_a_script_without_a_guard_is_told_so_and_no_item_is_blamed(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from visavis.run.spread import Spread\nwith Spread(2) as spread:\n    print(list(spread.map(print, [[1]])))\n"
    )
    found = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert found.returncode == 1 and found.stdout == ""
    assert "Worker processes cannot start." in found.stderr.splitlines()[-1]


def test_no_more_batches_are_taken_than_can_wait() -> None:
    taken: list[int] = []

    def watched() -> Iterator[list[int]]:
        for batch in batches(60):
            taken.append(batch[0])
            yield batch

    with Spread(2) as spread:
        next(spread.map(Square(), watched()))
        assert len(taken) <= 2 * 2 + 1


def test_workers_end_with_the_process_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import os, signal\n"
        "from visavis.run.pools import Processes\n"
        "if __name__ == '__main__':\n"
        "    pool = Processes(1)\n"
        "    print(pool.result(pool.submit(os.getpid)), flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL
    worker = int(done.stdout)
    for _ in range(200):
        if not is_running(worker):
            break
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(process: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
