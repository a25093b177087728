"""`/actor/CODE`: one actor; `/actors`: all of them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request

from visavis.show.digest import digest_of
from visavis.show.digest.read import actors_of
from visavis.show.fetch import fetch_actor
from visavis.show.names import code_of, names
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page

router = APIRouter()

Code = Annotated[str, Path(max_length=60, description="An actor: its code or name.", examples=["TUR"])]
Last = Annotated[int, Query(ge=0, le=500, description="How many sentences are shown.")]


@page(router, "/actor/{code}", examples.ACTOR)
def actor(request: Request, ask: Ask, code: Code, last: Last = 10) -> Reply:
    """One actor: with whom it deals and how, on whose word, the last sentences."""
    view = fetch_actor(ask.record, code_of(code), "year", last)
    rows = [{"code": p.code, "name": p.name} | msgspec.to_builtins(p.counts) for p in view.partners]
    return Reply("actor.html", view.name, view, rows)


@page(router, "/actors", examples.ACTORS)
def actors(request: Request, ask: Ask) -> Reply:
    """All actors that take part in events that happened, busiest first."""
    known = names()
    found = ask.once("actors", lambda: actors_of(digest_of(ask.record)))
    rows = [{"code": c, "name": known.get(c, c), "events": n} for c, n in found]
    return Reply("actors.html", "Actors", {"actors": rows}, rows)
