"""The routes, one module a page; the list below is the order in which addresses are tried."""

from __future__ import annotations

from visavis.show.web.routes import (
    actor,
    assets,
    dyad,
    event,
    events,
    front,
    network,
    record,
    report,
    review,
    scenario,
    story,
    tiles,
    timeline,
    watch,
)

ROUTERS = tuple(
    room.router
    for room in (
        assets,
        front,
        events,
        event,
        story,
        dyad,
        actor,
        network,
        tiles,
        timeline,
        scenario,
        record,
        report,
        review,
        watch,
    )
)
