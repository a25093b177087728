"""A whole record in the terminal: what came in, what was not used and why, what happened between whom."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from visavis.show.terminal.parts import LEGEND, bar, clean, counted, heading, marked, parties, plain_table, signed
from visavis.show.views.overview import Overview
from visavis.show.views.parts import EventLine


def render_overview(view: Overview) -> RenderableType:
    """The record for a terminal of any width, with colour or without."""
    shown: list[RenderableType] = [_came_in(view), heading("Not used, and why"), _unused(view)]
    if not view.statuses:
        return Group(*shown, Text("\nNo event was coded.", "dim"))
    shown += [
        heading("Events that happened, by type"),
        _quads(view),
        Text(f"All, by status: {counted(view.statuses)}."),
    ]
    shown += [heading("Busiest dyads (-1 all conflict .. +1 all cooperation)"), _dyads(view)]
    shown += [heading("Some events"), Text(LEGEND, "dim")]
    return Group(*shown, *(_example(line) for line in view.examples))


def _came_in(view: Overview) -> Text:
    events = sum(view.statuses.values())
    span = f", published {view.first_day} to {view.last_day}" if view.first_day and view.last_day else ""
    copies = f"; copies found: {counted(view.copies)}" if view.copies else ""
    teasers = f" and {view.teasers} teasers" if view.teasers else ""
    return Text(
        f"{view.pages} pages -> {view.articles} articles{teasers} ({counted(view.languages)}){span}\n"
        f"-> {view.stories} stories, each counted once{copies}\n"
        f"-> {events} events, {view.happenings} happenings"
    )


def _unused(view: Overview) -> RenderableType:
    table = plain_table("rows", "reason", right=(0,))
    for line in view.unused:
        table.add_row(str(line.rows), clean(f"{line.reason}: {line.meaning}" if line.meaning else line.reason))
    pieces = sum(view.furniture.values())
    return Group(
        table, Text(f"{pieces} pieces of furniture were cut from around the texts: {counted(view.furniture, 6)}.")
    )


def _quads(view: Overview) -> Table:
    table = plain_table("", "events", "types", right=(1,))
    for line in view.quads:
        table.add_row(line.name, str(line.events), counted(line.types))
    return table


def _dyads(view: Overview) -> Table:
    table = plain_table("", "", "events", "cooperative", "conflictual", "balance", "", right=(2, 3, 4, 5))
    for line in view.dyads:
        counts = line.counts
        numbers = (str(counts.events), str(counts.cooperative), str(counts.conflictual), signed(counts))
        table.add_row(f"{line.a} {line.b}", f"{line.a_name}, {line.b_name}", *numbers, bar(counts))
    return table


def _example(line: EventLine) -> RenderableType:
    head = Text(f"{line.event_id[:8]}  {line.date or 'undated'}  {line.type}  {parties(line)}", "bold")
    told = " <- ".join(clean(one) for one in line.told_by)
    says = Text(f"says {told}" if told else "says the outlet itself", "dim")
    return Padding(Group(head, marked(line.quote, line.marks), says), (0, 0, 1, 0))
