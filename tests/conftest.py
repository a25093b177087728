"""Fixtures that all tests share."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: examples have no deadline.
settings.register_profile("visavis", deadline=None)
settings.load_profile("visavis")


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What can be made again goes into a folder of the test session, not into the user's cache."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    return folder


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of the session share: they have sibling folders."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the record that `visavis demo` makes, built once per test session, whoever asks first. Read it only."""
    from visavis.cli.demo import PARTS, pile
    from visavis.run import Settings, read_pile

    shared = _shared(tmp_path_factory)
    folder, done = shared / "demo-record", shared / "demo-record.done"
    with (shared / "demo-record.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            read_pile([pile() / part for part in PARTS], folder, Settings())
            done.touch()
    return folder
