"""Scenarios written in one line, a record with a few events, and the data that only measure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.show import samples
from visavis.reason import Scenario, scenario
from visavis.store import Record
from visavis.store.tables.text import StoredPage

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "reason"
Write = Callable[..., Scenario]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a scenario (without its first line) and reads it."""

    def make(text: str, name: str = "argument.toml", record: Record | None = None) -> Scenario:
        path = tmp_path / name
        path.write_text(f'visavis = "scenario/1"\ntitle = "An argument"\n{text}', "utf-8")
        return scenario(path, record)

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published data; tests that need it skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data/reason, the published data that these figures are measured on")
    return SHARED


@pytest.fixture(scope="session")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """One expulsion by Russia, two answers by the USA, one of them only threatened, and talks."""
    rows = {
        "pages": [StoredPage.of(samples.page("first"))],
        "articles": [samples.FIRST],
        "events": [
            samples.EXPELLED,
            samples.event("answer", sources=("USA",), targets=("RUS",), date="2021-04-15"),
            samples.event("threat", "THREATEN", 3, ("USA",), ("RUS",), None, status="hypothetical"),
            samples.event("talks", "CONSULT", 1, ("RUS", "USA"), (), "2021-06-16"),
        ],
    }
    return Record.create(tmp_path_factory.mktemp("reason") / "r").commit("test", rows)
