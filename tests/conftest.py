"""Fixtures that all tests share."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the record that `visavis demo` makes, built once per test session, whoever asks first. Read it only."""
    from visavis.cli.demo import PARTS, pile
    from visavis.run import Settings, read_pile

    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # the workers of one session have sibling folders
    folder, done = shared / "demo-record", shared / "demo-record.done"
    with (shared / "demo-record.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            read_pile([pile() / part for part in PARTS], folder, Settings())
            done.touch()
    return folder
