"""`/network`: who stands with whom at a date."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request

from visavis.show.counted import MEMORIES, Past, past_of
from visavis.show.digest.scopes import ALL
from visavis.show.names import names
from visavis.show.network import HEIGHT, WIDTH, fetch_network
from visavis.show.web import examples
from visavis.show.web.library import Ask, Shown
from visavis.show.web.reply import Reply, page

router = APIRouter()

At = Annotated[
    str, Query(max_length=10, description='The last month counted (2022-04); "all", the undated events too.')
]
Memory = Annotated[Literal["whole", "recent"], Query(description="Forget nothing, or a tenth of the past a month.")]
SURE = {0.0: "any", 0.5: "half a standard error", 1.0: "one standard error", 2.0: "two standard errors"}


def past(ask: Shown) -> Past:
    """The record's counts, made once a run: the map and the network share them."""
    found: Past = ask.once("past", lambda: past_of(ask.record))
    return found


@page(router, "/network", examples.NETWORK)
def network(
    request: Request,
    ask: Ask,
    at: At = ALL,
    memory: Memory = "whole",
    sure: Annotated[float, Query(ge=0, le=10, description="How many standard errors from 0 make a tie.")] = 1.0,
    states: Annotated[int, Query(ge=2, le=80, description="How many states, the busiest first.")] = 40,
    least: Annotated[int, Query(ge=1, le=1000, description="How many events make a tie.")] = 3,
) -> Reply:
    """Who stands with whom at a date: ties, camps, and how balanced the whole is beside what chance would make of it."""
    view = fetch_network(past(ask), names(), at, memory, sure, states, least)
    rows = [msgspec.to_builtins(line) for line in view.ties]
    places = {node.code: node for node in view.nodes}
    more = {"width": WIDTH, "height": HEIGHT, "places": places, "memories": MEMORIES, "sures": SURE, "states": states}
    return Reply("network.html", "Who stands with whom", view, rows, more)
