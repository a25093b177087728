"""The web face over the small record, over a hostile one, and over the demo record in a server of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from visavis.show.web import make_app
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


@contextmanager
def serving(record: Path, token: str | None = None) -> Iterator[str]:
    """The pages of a record in a server of their own."""
    import uvicorn

    from visavis.show.web.assets import charts_script

    charts_script()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(make_app(record, token=token), log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
