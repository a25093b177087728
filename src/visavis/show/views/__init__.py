"""View models: what a page or a terminal shows of an event, a story, a dyad, an actor or a whole record.

Each is a pure function from rows of the record to one frozen Struct that `msgspec.to_builtins` turns into JSON. The terminal
and the web pages render the same models, so they cannot disagree.
"""

from __future__ import annotations

from visavis.show.views.actor import ActorView, actor_view
from visavis.show.views.dyad import DyadView, dyad_view
from visavis.show.views.event import EventView, event_view
from visavis.show.views.overview import Overview, overview
from visavis.show.views.story import StoryView, story_view

__all__ = [
    "ActorView",
    "DyadView",
    "EventView",
    "Overview",
    "StoryView",
    "actor_view",
    "dyad_view",
    "event_view",
    "overview",
    "story_view",
]
