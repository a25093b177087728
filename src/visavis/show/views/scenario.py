"""The view of a scenario: the memo of `reason`, a slider for each number that has a range, and the tornado as lines to draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from visavis.reason.form import Assumption
from visavis.reason.memo import number
from visavis.reason.picture import tornado
from visavis.reason.report import Report

_TOP = 8  # sliders shown at once: those that move the claim most
_PARTS = 200  # steps of a slider
_PAIRS = 12


class Slider(Struct, frozen=True, kw_only=True):
    """One number that has a range. `stated` is what the scenario says, `at` where it stands now; `moved` whether they differ."""

    name: str
    low: float
    stated: float
    high: float
    at: float
    step: float
    basis: str
    words: str
    moved: bool


class Bar(Struct, frozen=True, kw_only=True):
    """A bar of the tornado in thousandths of the width; `turns` says where the assumption alone turns the claim, "" if nowhere."""

    name: str
    left: int
    width: int
    turns: str
    words: str


class Table(Struct, frozen=True, kw_only=True):
    """A table for people; `numbers` says of each column whether its cells are numbers."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[bool, ...]


class Rests(Struct, frozen=True, kw_only=True):
    """What a number rests on: `basis` as in `Assumption`, the words, and the ids of the events behind it."""

    name: str
    value: str
    range: str
    basis: str
    words: str
    rules: tuple[str, ...]
    events: tuple[tuple[str, str], ...]


class ScenarioView(Struct, frozen=True, kw_only=True):
    """A scenario as a page shows it; `zero` is where the tornado's line stands, in thousandths, `ends` the margins at its edges."""

    name: str
    title: str
    kind: str
    claim: str
    means: tuple[str, ...]
    says_so: str
    holds: str
    verdict: str
    notes: tuple[str, ...]
    sliders: tuple[Slider, ...]
    further: tuple[Slider, ...]
    bars: tuple[Bar, ...]
    zero: int
    ends: tuple[str, str]
    share: tuple[float, float, float] | None
    draws: str
    worth: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    rests: tuple[Rests, ...]
    unresolved: tuple[str, ...]
    sources: tuple[str, ...]


class ScenarioLine(Struct, frozen=True, kw_only=True):
    """One scenario of a list: its name in addresses, its title, kind and claim; `fault` when it cannot be read."""

    name: str
    title: str = ""
    kind: str = ""
    claim: str = ""
    own: bool = False
    fault: str = ""


def scenario_view(
    name: str, report: Report, stated: Mapping[str, Assumption], order: Sequence[str], moving: int
) -> ScenarioView:
    """The view of a report. `stated` are the assumptions as the file has them, `order` the ranged ones, those that move the claim most first;
    `moving` is how many move it at all."""
    now = {one.name: one for one in report.assumptions}
    sliders = tuple(_slider(stated[key], now[key].best) for key in order)
    top = min(_TOP, moving) or _TOP
    drawn, share = tornado(report.swings), report.share
    turns = {one.name: one.told for one in report.swings}
    return ScenarioView(
        name=name,
        title=report.title,
        kind=report.kind,
        claim=report.claim,
        means=report.expect,
        says_so=report.claim_source,
        holds=report.holds,
        verdict=report.verdict,
        notes=report.outcome.notes,
        sliders=sliders[:top],
        further=sliders[top:],
        bars=() if drawn is None else tuple(
            Bar(name=b.name, left=round(1000 * b.left), width=max(4, round(1000 * (b.right - b.left))), turns=turns[b.name], words=b.words)
            for b in drawn.bars
        ),
        zero=0 if drawn is None else round(1000 * drawn.zero),
        ends=("", "") if drawn is None else (number(drawn.low), number(drawn.high)),
        share=None if share is None else (share.share, share.low, share.high),
        draws="" if share is None else f"{share.share:.0%} of {share.draws} draws (95% interval {share.low:.0%} to {share.high:.0%}; seed {share.seed})",
        worth=tuple((one.name, f"{one.gain:.1%}") for one in report.worth if one.gain > 0.0005)[:5],
        tables=tuple(_table(grid.title, grid.columns, grid.rows) for grid in report.outcome.grids),
        rests=tuple(_rests(one) for one in report.assumptions),
        unresolved=report.unresolved,
        sources=tuple(f"{one.cited} (SHA-256 of the quote {one.sha256[:16]}…)" for one in report.sources),
    )  # fmt: skip


def _slider(one: Assumption, at: float) -> Slider:
    step = 1.0 if one.whole else (one.high - one.low) / _PARTS
    return Slider(
        name=one.name, low=one.low, stated=one.best, high=one.high, at=at, step=step, basis=one.basis,
        words=one.rule or one.source, moved=abs(at - one.best) > step / 2,
    )  # fmt: skip


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str | float]]) -> Table:
    numbers = tuple(all(not isinstance(row[at], str) for row in rows) for at in range(len(columns)))
    cells = tuple(tuple(cell if isinstance(cell, str) else number(cell) for cell in row) for row in rows)
    return Table(title=title, columns=tuple(columns), rows=cells, numbers=numbers)


def _rests(one: Assumption) -> Rests:
    cited = {event.event_id: event for evidence in one.evidence for event in evidence.events}
    rules = tuple(
        f"{e.reference} = {'not resolved: ' + e.why if e.figure is None else number(e.figure)}" for e in one.evidence
    )
    return Rests(
        name=one.name,
        value=number(one.best),
        range=f"{number(one.low)} to {number(one.high)}" if one.ranged else "",
        basis=one.basis,
        words=one.rule or one.source,
        rules=rules,
        events=tuple((event.event_id, f"{event.date or 'undated'} {event.type}") for event in list(cited.values())[:_PAIRS]),
    )  # fmt: skip
