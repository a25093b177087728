"""`/map`: the world as squares, coloured by how each state stands to one of them."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request

from visavis.show.digest.scopes import ALL
from visavis.show.names import code_of, names
from visavis.show.tiles import fetch_map
from visavis.show.views.tiles import MEASURES
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.show.web.routes.network import At, past

router = APIRouter()


@page(router, "/map", examples.MAP)
def tile_map(
    request: Request,
    ask: Ask,
    measure: Annotated[
        Literal["net", "balance", "events", "votes"], Query(description="What colours a square.")
    ] = "net",
    actor: Annotated[str, Query(max_length=60, description="The state that the others are measured against.")] = "",
    at: At = ALL,
) -> Reply:
    """The world as squares: how every state stands to one of them at a date."""
    code = code_of(actor) if actor.strip() else ""
    view = fetch_map(ask.record, past(ask), names(), measure, code, at)
    known = [tile for tile in (*view.tiles, *view.off) if tile.value is not None]
    known.sort(key=lambda tile: (-(tile.value or 0.0), tile.name))
    rows = [
        {"code": t.code, "name": t.name, "with": view.actor, "measure": measure, "value": t.value, "se": t.se}
        for t in known
    ]
    title = f"How the world stands to {view.actor_name}" if view.actor else "How the world stands"
    return Reply("map.html", title, view, rows, {"known": known, "measures": MEASURES})
