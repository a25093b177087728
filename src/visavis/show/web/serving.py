"""The pages of a record for as long as somebody looks at them: for notebooks, pictures and tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visavis.show.web.app import make_app
from visavis.show.web.assets import charts_script


@contextmanager
def serving(record: Path, token: str | None = None) -> Iterator[str]:
    """The address, on this machine alone, at which a thread serves the record in the folder `record`; the server ends with the block.
    With a `token` whoever has it may review."""
    import uvicorn

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
