"""What the frame round every page shows: the record, its run, and the addresses of the page's twins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from fastapi import Request

from visavis.errors import VisavisError
from visavis.show.web.desk import known_token, may_write
from visavis.show.web.html import href
from visavis.show.web.library import Library
from visavis.store.tables.runs import Run


@dataclass(frozen=True)
class Frame:
    """The state round a page; `link` makes addresses that stay at the run which the reader has chosen. `may_write` tells whether the
    page offers forms, `token` is what they carry when the browser has given it before."""

    record: str
    run: Run | None
    pinned: str | None
    json: str
    csv: str
    here: str
    section: str
    link: Callable[..., str]
    may_write: bool
    token: str


def frame_of(request: Request) -> Frame:
    """The frame of the page that the request asks for; a record that cannot be opened has a frame too."""
    library: Library = request.app.state.library
    pinned = request.query_params.get("run") or None
    try:
        run = library.at(pinned).run
    except VisavisError:
        run, pinned = None, None
    path, query = request.url.path, request.url.query
    tail = f"?{query}" if query else ""
    return Frame(
        record=library.path.resolve().name,
        run=run,
        pinned=pinned,
        json=f"{path}.json{tail}",
        csv=f"{path}.csv{tail}",
        here=path + tail,
        section=path.split("/")[1],
        link=partial(href, run=pinned) if pinned else href,
        may_write=may_write(request) and pinned is None,
        token=known_token(request),
    )
