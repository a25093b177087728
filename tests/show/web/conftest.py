"""The web face over the small record, over a hostile one, and over the demo record in a server of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from visavis.show.web import make_app
from visavis.show.web.serving import serving
from visavis.store import Record


@pytest.fixture(scope="session")
def web(small_record: Record) -> TestClient:
    return TestClient(make_app(small_record.path), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def hostile_web(hostile_record: Record) -> TestClient:
    return TestClient(make_app(hostile_record.path), raise_server_exceptions=False)


@pytest.fixture(scope="session")
def served_demo(demo_record: Path) -> Iterator[str]:
    """The address of the demo record's pages."""
    with serving(demo_record) as address:
        yield address


@pytest.fixture(scope="session")
def served_seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages of a record made from the shared dumps of real pages."""
    from visavis.run import Settings, read_pile

    dumps = sorted((Path(__file__).resolve().parents[4] / "shared" / "seeds").glob("*.txt"))
    if not dumps:
        pytest.skip("the shared seeds are not there")
    record = tmp_path_factory.mktemp("seeds") / "seeds-record"
    read_pile(dumps, record, Settings())
    with serving(record) as address:
        yield address
