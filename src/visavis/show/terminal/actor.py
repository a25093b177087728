"""One actor in the terminal: partners, types, voices, last sentences."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from visavis.show.terminal.parts import bar, counted, event_rows, heading, plain_table, signed
from visavis.show.views.actor import ActorView

# How many partners a screen shows.
_PARTNERS = 12


def render_actor(view: ActorView) -> RenderableType:
    """The actor for a terminal of any width, with colour or without."""
    title = Text(view.name, "bold").append(f"  {view.code}", "dim")
    if not view.total.events and not view.last:
        return Group(title, Text(f"{view.name} is no party to any event in this record.", "dim"))
    shown: list[RenderableType] = [title, _about(view), heading("With whom"), _partners(view)]
    if view.last:
        shown += [heading("Last sentences"), event_rows(view.last)]
    return Group(*shown)


def _about(view: ActorView) -> Text:
    lines = [
        f"{view.total.events} events that happened, as source {view.as_source.events}, as target {view.as_target.events};"
        f" balance {signed(view.total)} (as source {signed(view.as_source)}, as target {signed(view.as_target)}).",
        f"Types: {counted(view.types) or 'none'}.",
        f"Per year: {counted({period: counts.events for period, counts in view.periods.items()})}.",
        f"Told on its own word {view.own_voice:.0%}, on the word of others only {view.others_voice:.0%}, by outlets the rest.",
    ]
    if view.speakers:
        lines.append(f"Who speaks for it: {counted(view.speakers, 8)}.")
    if view.not_counted:
        lines.append(f"Not counted: {counted(view.not_counted)}.")
    return Text("\n".join(lines))


def _partners(view: ActorView) -> RenderableType:
    table = plain_table("", "", "events", "cooperative", "conflictual", "balance", "", right=(2, 3, 4, 5))
    for partner in view.partners[:_PARTNERS]:
        counts = partner.counts
        numbers = (str(counts.events), str(counts.cooperative), str(counts.conflictual), signed(counts))
        table.add_row(partner.code, partner.name, *numbers, bar(counts))
    rest = len(view.partners) - _PARTNERS
    return Group(table, Text(f"and {rest} more", "dim")) if rest > 0 else table
