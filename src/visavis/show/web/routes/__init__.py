"""The routes, one module a page; the list below is the order in which addresses are tried."""

from __future__ import annotations

from visavis.show.web.routes import assets, dyad, event, front, story

ROUTERS = (assets.router, front.router, event.router, story.router, dyad.router)
