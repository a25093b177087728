"""One dyad in the terminal: its balance per period with the denominators, then the last sentences."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from visavis.show.terminal.alignment import alignment_parts
from visavis.show.terminal.parts import bar, counted, event_rows, heading, plain_table, signed
from visavis.show.views.dyad import DyadView
from visavis.show.views.parts import Balance


def render_dyad(view: DyadView) -> RenderableType:
    """The dyad for a terminal of any width, with colour or without."""
    title = Text(f"{view.a_name} and {view.b_name}", "bold").append(f"  {view.a} {view.b}", "dim")
    shown: list[RenderableType] = [title]
    if view.total.events or view.last:
        shown += [_ways(view), _about(view), heading(f"Per {view.by}"), _periods(view)]
    else:
        shown.append(Text(f"No event between {view.a} and {view.b} in this record.", "dim"))
    if view.alignment is not None:
        shown += alignment_parts(view.alignment)
    if view.last:
        shown += [heading("Last sentences"), event_rows(view.last)]
    return Group(*shown)


def _ways(view: DyadView) -> Table:
    table = plain_table("", "events", "cooperative", "conflictual", "balance", "", right=(1, 2, 3, 4))
    ways = {
        f"{view.a} -> {view.b}": view.forth,
        f"{view.b} -> {view.a}": view.back,
        "together": view.together,
        "all": view.total,
    }
    for name, counts in ways.items():
        table.add_row(name, *_numbers(counts), bar(counts))
    return table


def _about(view: DyadView) -> Text:
    text = Text(f"\nTypes: {counted(view.types) or 'none'}.")
    if view.not_counted:
        text.append(f" Not counted: {counted(view.not_counted)}.")
    if view.undated:
        text.append(f" Without a known {view.by}: {view.undated}.")
    return text


def _periods(view: DyadView) -> Table:
    table = plain_table(
        view.by, "events", "cooperative", "conflictual", "balance", "", "of articles", right=(1, 2, 3, 4, 6)
    )
    for period in view.periods:
        table.add_row(period.period, *_numbers(period.counts), bar(period.counts), str(period.articles))
    return table


def _numbers(counts: Balance) -> tuple[str, str, str, str]:
    return str(counts.events), str(counts.cooperative), str(counts.conflictual), signed(counts)
