"""The views as rich renderables: readable without colour, safe against what pages may smuggle into a terminal."""

from __future__ import annotations

from visavis.show.terminal.actor import render_actor
from visavis.show.terminal.dyad import render_dyad
from visavis.show.terminal.event import render_event
from visavis.show.terminal.overview import render_overview
from visavis.show.terminal.story import render_story

__all__ = ["render_actor", "render_dyad", "render_event", "render_overview", "render_story"]
