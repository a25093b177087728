"""The application: one record, its routes, its guards."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from visavis.show.maker import Say
from visavis.show.web import faults, guard
from visavis.show.web.library import Library
from visavis.show.web.routes import ROUTERS

_ABOUT = """Read-only pages of one Visavis record. Every page has a JSON and a CSV twin: add `.json` or `.csv` to its address.
`run` pins the version of the record. Lists are paged with `after`, the cursor that the page before gave as `next`.
Every error is `{"error": {"status", "what", "hint", "near"}}`."""


def make_app(
    record: str | Path,
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]", "testserver"),
    token: str | None = None,
    say: Say | None = None,
) -> FastAPI:
    """The web face of the record in `record`; requests for other `hosts` are refused. Whoever has the `token` may write reviews; without
    one the pages only read. `say` is told how far the index of a large record is. Raises RecordError when there is no record."""
    from visavis import __version__

    app = FastAPI(title="Visavis", version=__version__, description=_ABOUT, docs_url=None, redoc_url=None)
    app.state.library = Library(record, say)
    app.state.token = token
    guard.install(app, hosts)
    faults.install(app)
    static = str(resources.files("visavis.show.web") / "static")
    app.mount("/static", StaticFiles(directory=static), name="static")
    for router in ROUTERS:
        app.include_router(router)
    return app
