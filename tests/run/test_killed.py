"""`visavis read`, killed by the system at any moment and run again, gives the record of a run that was left in peace."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from visavis.run import Settings, read_pile
from visavis.store import Record
from visavis.store.check import check
from visavis.store.export import export

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
MOMENTS = 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds beside the checkout"),
]


def files_of(record: Path, out: Path) -> dict[str, bytes]:
    export(Record.open(record), out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def test_the_command_killed_at_random_moments_ends_with_the_same_files(tmp_path: Path) -> None:
    seeds = sorted(SEEDS.glob("*.txt"))
    begun = time.monotonic()
    read_pile(seeds[::-1], tmp_path / "whole", Settings())
    seconds = time.monotonic() - begun
    wanted = files_of(tmp_path / "whole", tmp_path / "whole-files")
    chance = random.Random(7)
    command = [sys.executable, "-c", "from visavis.cli import main; main()", "read", *map(str, seeds), "--record"]
    for number in range(MOMENTS):
        record = tmp_path / f"killed-{number}"
        process = subprocess.Popen([*command, str(record)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 1.2) * seconds)
        process.kill()
        process.wait()
        read_pile(chance.sample(seeds, len(seeds)), record, Settings())
        assert check(Record.open(record)) == []
        assert files_of(record, tmp_path / f"files-{number}") == wanted, f"killed run {number}"
