"""`/watches`: what is new to the saved questions; `/watch.atom`: the same as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import msgspec
from fastapi import APIRouter, Request, Response

from visavis.show.web.library import Ask, Shown
from visavis.show.web.reply import Reply, page
from visavis.store import Record
from visavis.store.keep.watch import News, news
from visavis.store.plain import without_controls

router = APIRouter()

# A feed tells of the last runs; readers keep what they have seen.
_RUNS = 10
_ATOM = "http://www.w3.org/2005/Atom"


@page(router, "/watches")
def watches(request: Request, ask: Ask) -> Reply:
    """What is new to the saved questions since the last run that brought rows."""
    found = ask.once("news", lambda: news(ask.record))
    view = {"watches": ask.record.rows("watches"), "news": found}
    return Reply("watches.html", "Watched", view, [msgspec.to_builtins(row) for row in found])


@router.get(
    "/watch.atom", summary="What is new to the saved questions, as a feed.", response_class=Response, tags=["feed"]
)
def feed(request: Request, ask: Ask) -> Response:
    """An Atom feed of what the last runs brought to the saved questions."""
    found = ask.once("feed", lambda: _recent(ask))
    base = str(request.base_url).rstrip("/")
    return Response(_atom(base, ask, found), media_type="application/atom+xml")


def _recent(ask: Shown) -> list[News]:
    """The news of the last runs, newest run first, to the questions that are saved now."""
    path, rows = ask.record.path, []
    runs = [None, *ask.record.runs]
    for before, after in list(pairwise(runs))[-_RUNS:]:
        if after is None or (before is not None and before.versions == after.versions):
            continue
        rows += _asked_now(Record.open(path, after.run_id), None if before is None else before.run_id, ask.record)
    return rows[::-1]


def _asked_now(record: Record, since: str | None, now: Record) -> list[News]:
    return list(news(record, since, now.rows("watches")))


def _atom(base: str, ask: Shown, rows: Iterable[News]) -> str:
    name = ask.record.path.resolve().name
    updated = ask.run.finished_at if ask.run else "1970-01-01T00:00:00+00:00"
    entries = [_entry(base, row) for row in rows]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="{_ATOM}">\n<id>{_text(base)}/watch.atom</id>\n'
    head += f"<title>{_text(f'Watched in {name}')}</title>\n<updated>{_text(updated)}</updated>\n"
    head += f'<link rel="self" href={quoteattr(base + "/watch.atom")}/>\n<author><name>Visavis</name></author>\n'
    return head + "".join(entries) + "</feed>\n"


def _entry(base: str, row: News) -> str:
    place = "event" if row.table == "events" else "watches"
    link = f"{base}/{place}/{row.row_id}" if place == "event" else f"{base}/watches"
    title = f"{row.watch}: {row.what}{', ' + row.date if row.date else ''} ({row.cause})"
    return (
        f"<entry><id>urn:visavis:{row.table}:{row.row_id}:run-{row.run}:{_text(row.watch.replace(' ', '-'))}</id><title>{_text(title)}</title>"
        f"<updated>{_text(row.at)}</updated><link href={quoteattr(link)}/><summary>{_text(row.quote or row.what)}</summary></entry>\n"
    )


def _text(words: str) -> str:
    return escape(without_controls(words))
