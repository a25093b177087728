"""A report to begin with: what moved in a record, as a text with pointers that an analyst can write on."""

from __future__ import annotations

from collections.abc import Iterable

from visavis.show.pages import fetch_front
from visavis.show.report.markdown import escaped
from visavis.show.views.overview import DyadLine
from visavis.show.views.parts import EventLine
from visavis.store import Record

# Dyads with a table and a chart, and sentences of each kind.
_DYADS, _EVENTS = 3, 3


def draft(record: Record) -> str:
    """The text: the record in one paragraph, its most active dyads, its last agreements and breaks."""
    front = fetch_front(record)
    view = front.overview
    happened = sum(line.events for line in view.quads)
    span = f", published {view.first_day} to {view.last_day}" if view.first_day and view.last_day else ""
    told = (
        f"{_number(happened, 'event')} that happened, in {_number(view.stories, 'story')} that "
        f"{_number(view.articles, 'article')} carry{span}. A story counts once, however often it was copied."
    )
    parts = [f"# What moved in {escaped(record.path.resolve().name)}", told]
    parts += _dyads([dyad for dyad in view.dyads if dyad.a and dyad.b][:_DYADS])
    parts += _sentences("Last agreements", front.agreements)
    parts += _sentences("Last sanctions, coercion and attacks", front.breaks)
    return "\n\n".join(parts) + "\n"


def _dyads(lines: Iterable[DyadLine]) -> list[str]:
    return [
        part
        for line in lines
        for part in (
            f"## {line.a_name} and {line.b_name}",
            f"[[chart {line.a} {line.b} marks]]",
            f"[[dyad {line.a} {line.b}]]",
        )
    ]


def _sentences(title: str, lines: Iterable[EventLine]) -> list[str]:
    """A heading and a quotation for each sentence; nothing where there is none. Two events of one sentence quote it once."""
    quoted = {line.quote: line.event_id for line in lines}
    chosen = [f"[[event {key}]]" for key in list(quoted.values())[:_EVENTS]]
    return [f"## {title}", *chosen] if chosen else []


def _number(count: int, word: str) -> str:
    many = word if count == 1 else word[:-1] + "ies" if word.endswith("y") else word + "s"
    return f"{count:,} {many}"
