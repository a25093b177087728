"""From an assumption back to what it rests on: the source's quote, or the rule, its events, their sentences, their pages."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visavis.errors import ScenarioError
from visavis.reason.form import Assumption

if TYPE_CHECKING:
    from visavis.reason.evidence import Cited
    from visavis.store import Record


@dataclass(frozen=True)
class Footnote:
    """One event behind a number, its sentence, and the page where it stands."""

    event_id: str
    type: str
    date: str
    sentence: str
    title: str
    outlet: str
    page: str


@dataclass(frozen=True)
class Trace:
    """What one assumption rests on. `rules` are the printed rules of its references, `footnotes` the events they counted."""

    name: str
    low: float
    best: float
    high: float
    basis: str
    source: str
    line: int
    rules: tuple[str, ...]
    footnotes: tuple[Footnote, ...]


def trace(assumptions: Mapping[str, Assumption], name: str, record: Record | None) -> Trace:
    """The trace of the assumption `name`; raises ScenarioError for an unknown one."""
    one = known(assumptions, name)
    rules = [f"{e.reference} = {'nothing: ' + e.why if e.figure is None else f'{e.figure:g}'} ({e.rule})" for e in one.evidence]  # fmt: skip
    cited = {event.event_id: event for evidence in one.evidence for event in evidence.events}
    notes = _footnotes(list(cited.values()), record)
    return Trace(name, one.low, one.best, one.high, one.basis, one.source, one.line, tuple(rules), notes)


def known(assumptions: Mapping[str, Assumption], name: str) -> Assumption:
    """The assumption of that name; raises ScenarioError, with those near it, when there is none."""
    if name not in assumptions:
        near = difflib.get_close_matches(name, list(assumptions), n=5, cutoff=0.3) or list(assumptions)[:8]
        raise ScenarioError(f"There is no assumption {name!r}.", f"Near it: {', '.join(near)}.")
    return assumptions[name]


def _footnotes(cited: list[Cited], record: Record | None) -> tuple[Footnote, ...]:
    if record is None or not cited:
        return ()
    query = (
        "select a.article_id, a.title, a.outlet, coalesce(nullif(a.url, ''), p.uri, a.page_id) as page "
        "from articles a left join pages p on p.page_id = a.page_id where list_contains($ids, a.article_id)"
    )
    rows = record.sql(query, {"ids": sorted({event.article_id for event in cited})}).to_pylist()
    pages = {row["article_id"]: row for row in rows}
    empty = {"title": "", "outlet": "", "page": ""}
    return tuple(
        Footnote(e.event_id, e.type, e.date, e.quote, *(pages.get(e.article_id, empty)[k] for k in empty))
        for e in cited
    )
