"""What is measured of a dyad, in the terminal: every figure with its standard error."""

from __future__ import annotations

import msgspec
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from visavis.show.terminal.parts import clean, heading, plain_table
from visavis.show.views.alignment import AlignmentView, RungLine

_SESSIONS = 8


def alignment_parts(view: AlignmentView) -> list[RenderableType]:
    """The tables of lift, issue areas, votes and rungs; those without rows are left out."""
    shown: list[RenderableType] = []
    if view.series or view.whole:
        shown += [
            heading("Alignment (log lift over what the activity of both lets one expect, ± standard error)"),
            _series(view),
        ]
    if view.areas:
        shown += [heading("By issue area (an event may lie in several)"), _areas(view), _compartment(view)]
    if view.votes:
        shown += [heading("Votes in the General Assembly"), _votes(view)]
    if view.rungs:
        shown += [heading("Rungs of the partnership ladder"), _rungs(view)]
    return shown


def _series(view: AlignmentView) -> Table:
    table = plain_table(view.by, "events", "closeness", "hostility", "net", right=(1, 2, 3, 4))
    whole = (msgspec.structs.replace(view.whole, period="whole record"),) if view.whole is not None else ()
    for point in (*view.series, *whole):
        table.add_row(
            point.period,
            str(point.events),
            _give(point.closeness, point.closeness_se),
            _give(point.hostility, point.hostility_se),
            _give(point.net, point.net_se),
        )
    return table


def _areas(view: AlignmentView) -> Table:
    table = plain_table("area", "cooperative", "conflictual", "net", right=(1, 2, 3))
    for line in view.areas:
        table.add_row(line.area, str(line.cooperative), str(line.conflictual), _give(line.net, line.net_se))
    return table


def _compartment(view: AlignmentView) -> Text:
    parts = []
    if view.compartment is not None and view.compartment_low is not None and view.compartment_high is not None:
        parts.append(
            f"Compartment index {view.compartment:.2f} (0.05-0.95: {view.compartment_low:.2f}-{view.compartment_high:.2f};"
            " 0 all areas point one way, 1 they cancel out)."
        )
    if view.goldstein is not None:
        parts.append(f"Goldstein mean {view.goldstein:+.2f} (-10..10; weights: {', '.join(view.coders)}).")
    return Text(clean(" ".join(parts)), "dim")


def _votes(view: AlignmentView) -> Table:
    table = plain_table("session", "common", "agree", "agree, abstention half", "kappa", right=(0, 1, 2, 3, 4))
    for line in view.votes[-_SESSIONS:]:
        kappa = "-" if line.kappa is None else f"{line.kappa:+.3f}"
        table.add_row(str(line.session), str(line.common), f"{line.same:.3f}", f"{line.half:.3f}", kappa)
    return table


def _rungs(view: AlignmentView) -> Table:
    table = plain_table("date", "rung", "named", "sentence", right=(2,))
    for line in view.rungs:
        date = "undated" if line.date is None else f"named {line.date}" if line.basis == "published" else line.date
        table.add_row(
            date,
            Text(f"{line.level} {line.rung}\n").append(clean(_whence(line)), "dim"),
            str(line.named),
            Text(clean(line.quote)),
        )
    return table


def _whence(line: RungLine) -> str:
    """Where the sentence is found: `visavis show event ...`, `visavis show story ...`, or the imported file."""
    if line.event_id:
        return f"event {line.event_id[:8]}"
    return f"story {line.article_id[:8]}" if line.article_id else line.source


def _give(value: float, se: float) -> str:
    return f"{value:+.2f} ± {se:.2f}"
