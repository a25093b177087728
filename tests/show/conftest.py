"""A record on disk with the rows of `samples`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.show import samples
from tests.show.web import hostile
from visavis.store import Record
from visavis.store.tables.text import StoredCopy, StoredPage


@pytest.fixture(scope="session")
def small_record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder: Path = tmp_path_factory.mktemp("record") / "small"
    rows = {
        "pages": [StoredPage.of(samples.page(name)) for name in ("first", "second", "third")],
        "articles": [samples.FIRST, samples.SECOND, samples.THIRD],
        "copies": [StoredCopy.of(copy) for copy in (samples.IDENTICAL, samples.SPUN, samples.WEAK)],
        "stories": [samples.STORY],
        "happenings": [samples.HAPPENING],
        "events": [
            samples.EXPELLED,
            samples.event("talks", "CONSULT", 1, ("RUS", "USA"), (), "2021-06-16"),
            samples.event("answer", sources=("USA",), targets=("RUS",), date="2021-04-15"),
            samples.event("threat", "THREATEN", 3, ("USA",), ("RUS",), None, status="hypothetical"),
            samples.event("visit", "CONSULT", 1, ("CHN",), ("RUS",), "2022-02-04"),
        ],
    }
    return Record.create(folder).commit("test", rows)


@pytest.fixture(scope="session")
def hostile_record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record in which everything that others wrote is planted."""
    return hostile.make(tmp_path_factory.mktemp("hostile"))
