"""A trace in plain text: assumption, source, rules, events, sentences, pages."""

from __future__ import annotations

from visavis.reason.memo import clean, number
from visavis.reason.trace import Trace


def walk(trace: Trace) -> str:
    """The trace, a line or two for each step back."""
    lines = [
        f"{trace.name} = {number(trace.best)}, from {number(trace.low)} to {number(trace.high)} (line {trace.line})"
    ]
    lines.append(f"  rests on: {trace.basis}" + (f", {trace.source}" if trace.source else ""))
    lines += [f"  {rule}" for rule in trace.rules]
    for note in trace.footnotes:
        lines += [
            f"  {note.date or 'undated'} {note.type} {note.event_id}",
            f"    “{note.sentence}”",
            f"    {note.title} — {note.outlet or 'outlet unknown'}, {note.page}",
        ]
    return clean("\n".join(lines))
