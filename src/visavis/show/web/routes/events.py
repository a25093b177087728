"""`/events`: all events, filtered and searched, a page at a time; `/stories`: all stories."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request

from visavis.lexicon.ontology import QUAD_NAMES, TYPES
from visavis.show.names import code_of
from visavis.show.search import STATUSES, VOICES, Filters, find, index_of, outlets_of, story_lines
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.show.web.rows import event_line_row

router = APIRouter()

Word = Annotated[str, Query(max_length=60)]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows of a page.")]
# SQLite's integers end here.
After = Annotated[int, Query(ge=0, le=2**63 - 1, description="The cursor: `next` of the page before.")]


def _filters(
    q: Annotated[
        str, Query(max_length=200, description="Words of the sentence; in quotes a phrase.", examples=["sanctions"])
    ] = "",
    a: Annotated[str, Query(max_length=60, description="An actor: code or name.", examples=["CHN"])] = "",
    b: Annotated[str, Query(max_length=60, description="The actor on the other side.", examples=["USA"])] = "",
    type: Annotated[str, Query(max_length=20, description="PLOVER's type.", examples=["SANCTION"])] = "",
    quad: Annotated[str, Query(max_length=1, description="Quad class, 1 to 4.")] = "",
    status: Annotated[str, Query(max_length=20, description=f"One of {', '.join(STATUSES)}.")] = "",
    voice: Annotated[str, Query(max_length=20, description=f"Kind of speaker: {', '.join(VOICES)}.")] = "",
    outlet: Annotated[str, Query(max_length=200, description="The outlet of the lead article.")] = "",
    since: Annotated[str, Query(max_length=10, description="First day: 2021, 2021-04 or 2021-04-10.")] = "",
    until: Annotated[str, Query(max_length=10, description="Last day.")] = "",
) -> Filters:
    codes = {name: code_of(given) if given.strip() else "" for name, given in (("a", a), ("b", b))}
    return Filters(
        q=q.strip(), type=type, quad=quad, status=status, voice=voice, outlet=outlet, since=since, until=until, **codes
    )


@page(router, "/events", examples.EVENTS)
def events(
    request: Request, ask: Ask, filters: Annotated[Filters, Depends(_filters)], after: After = 0, limit: Limit = 50
) -> Reply:
    """The events that fit the filters, newest first, a page at a time."""
    index = index_of(ask.record)
    found = find(index, filters, after, limit)
    given = {name: value for name, value in msgspec.to_builtins(filters).items() if value}
    more: dict[str, Any] = {
        "given": given,
        "after": after,
        "limit": limit,
        "types": sorted(TYPES),
        "statuses": STATUSES,
    }
    more |= {"voices": VOICES, "quads": QUAD_NAMES, "outlets": ask.once("outlets", lambda: outlets_of(index))}
    return Reply("events.html", "Events", found, [event_line_row(line) for line in found.events], more)


@page(router, "/stories", examples.STORIES)
def stories(request: Request, ask: Ask, after: After = 0, limit: Limit = 50) -> Reply:
    """The stories, those that most articles carry first."""
    lines, following = story_lines(index_of(ask.record), after, limit)
    rows = [{**msgspec.to_builtins(line), "outlets": "; ".join(line.outlets)} for line in lines]
    return Reply(
        "stories.html", "Stories", {"stories": lines, "next": following}, rows, {"after": after, "limit": limit}
    )
