"""A record to ask, and a way to run the command line as a user does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.samples import small_record

Visavis = Callable[..., tuple[int, str, str]]


@pytest.fixture
def visavis(capsys: pytest.CaptureFixture[str]) -> Visavis:
    """Runs `visavis WORDS...`: its exit code, standard output and standard error."""
    from visavis.cli import main

    def run(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        shown = capsys.readouterr()
        return int(end.value.code or 0), shown.out, shown.err

    return run


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a consistent record with one event. Read it only."""
    return small_record(tmp_path_factory.mktemp("cli") / "r").path
