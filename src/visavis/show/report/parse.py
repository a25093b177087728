"""From a text in Markdown with pointers into a record to the blocks of a report.

Markdown: headings (#, ##, ###), paragraphs, items (-), *emphasis*, **strong**. Pointers: `[[event ID]]` within text sets a footnote to the
sentence, its article and its page, alone on a line it quotes the sentence; `[[dyad A B]]` is a table, `[[chart A B counts year]]` a chart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from visavis.errors import InputError
from visavis.show.charts import dyad_charts
from visavis.show.fetch import PERIODS, fetch_dyad, fetch_event
from visavis.show.names import code_of
from visavis.show.report.blocks import Block, Chart, Report, Run, Table, Words
from visavis.show.views.event import EventView
from visavis.show.views.reading import citation
from visavis.store import Record

_POINTER = re.compile(r"\[\[(\w+)((?:\s+[^\]\s]+)*)\s*\]\]")
_PIECES = re.compile(r"\[\[event\s+(?P<event>\w+)\s*\]\]|\*\*(?P<strong>[^*]+)\*\*|\*(?P<em>[^*]+)\*")
_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_MARKS = 2000
CHARTS = ("marks", "counts")


def parse(text: str, record: Record) -> Report:
    """The report. Raises InputError with the line for a pointer that cannot be read, QueryError for an id or actor that is not there."""
    notes = _Notes(record)
    blocks = [block for line, lines in _paragraphs(text) for block in _blocks(line, lines, record, notes)]
    heading = next((one for one in blocks if isinstance(one, Words) and one.level == 1), None)
    title = "".join(run.text for run in heading.runs) if heading else f"Report on {record.path.resolve().name}"
    return Report(title, tuple(blocks), tuple(notes.texts))


class _Notes:
    """The footnotes so far; an event that is named twice keeps its number."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.texts: list[str] = []
        self._number: dict[str, int] = {}

    def of(self, given: str) -> tuple[int, EventView]:
        """The number of the event's footnote, and the event."""
        view = fetch_event(self.record, given)
        if view.event_id not in self._number:
            run = "none" if self.record.run is None else f"{self.record.run.number} ({self.record.run.run_id})"
            where = f"Article {view.article.article_id or 'none'}; page {view.page.uri or 'none'}."
            self.texts.append(f"{citation(view, self.record.path.resolve().name, run)} {where}")
            self._number[view.event_id] = len(self.texts)
        return self._number[view.event_id], view


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of the first line, lines) of each paragraph; headings, items and lone pointers are paragraphs of their own."""
    start, lines = 1, list[str]()
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        alone = _HEADING.match(line) or line.startswith("- ") or _POINTER.fullmatch(line.strip())
        if lines and (alone or not line.strip()):
            yield start, lines
            lines = []
        if alone:
            yield number, [line.strip()]
        elif line.strip():
            start = start if lines else number
            lines.append(line.strip())


def _blocks(line: int, lines: list[str], record: Record, notes: _Notes) -> Iterable[Block]:
    text = " ".join(lines)
    if heading := _HEADING.fullmatch(text):
        return [Words("heading", tuple(_runs(heading[2], notes)), len(heading[1]))]
    if text.startswith("- "):
        return [Words("item", tuple(_runs(text[2:], notes)))]
    pointer = _POINTER.fullmatch(text)
    if pointer is None:
        return [Words("paragraph", tuple(_runs(text, notes)))]
    kind, given = pointer[1], pointer[2].split()
    if kind == "event" and len(given) == 1:
        number, view = notes.of(given[0])
        return [Words("quote", (Run(view.quote), Run(note=number)))]
    if kind == "dyad" and len(given) in (2, 3):
        return _dyad(record, *given)
    if kind == "chart" and len(given) in (3, 4) and given[2] in CHARTS:
        return _chart(record, *given)
    raise InputError(
        f"Line {line} of the report: {text} cannot be read.",
        "Write [[event ID]], [[dyad CHN RUS]], [[chart CHN RUS counts]]; a period (year, quarter, month) may follow.",
    )


def _runs(text: str, notes: _Notes) -> Iterator[Run]:
    at = 0
    for piece in _PIECES.finditer(text):
        # A footnote stands at the word before it.
        before = text[at : piece.start()]
        before = before.rstrip() if piece["event"] else before
        if before:
            yield Run(before)
        if piece["event"]:
            yield Run(note=notes.of(piece["event"])[0])
        else:
            yield Run(piece["strong"] or piece["em"], "strong" if piece["strong"] else "em")
        at = piece.end()
    if text[at:]:
        yield Run(text[at:])


def _dyad(record: Record, a: str, b: str, by: str = "year") -> list[Block]:
    view = fetch_dyad(record, code_of(a), code_of(b), by, last=0, measured=False)
    rows = tuple(
        (p.period, str(p.counts.events), str(p.counts.cooperative), str(p.counts.conflictual), f"{p.intensity:+.1f}", str(p.articles))
        for p in view.periods
    )  # fmt: skip
    head = (view.by, "events", "cooperative", "conflictual", "mean intensity", "articles in the record")
    told = f"{view.a_name} and {view.b_name}: {view.total.events} events that happened, {view.undated} of them without a date."
    return [Table(head, rows), Words("caption", (Run(told),))]


def _chart(record: Record, a: str, b: str, name: str, by: str = "year") -> list[Block]:
    if by not in PERIODS:
        raise InputError(f"{by!r} is not a period.", f"Periods: {', '.join(PERIODS)}.")
    view = fetch_dyad(record, code_of(a), code_of(b), by, last=_MARKS, measured=False)
    spec = dyad_charts(view, lambda key: f"visavis:event/{key}")[name]
    shown = (
        "events by day and intensity" if name == "marks" else f"number of events by {by}, conflictual ones below zero"
    )
    words = f"{view.a_name} and {view.b_name}: {shown}."
    return [Chart(spec, words), Words("caption", (Run(words),))]
