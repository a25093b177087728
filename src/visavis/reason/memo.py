"""The report as an analyst's memo in plain text: claim, verdict, what carries it, what would flip it, whose word it is, sources."""

from __future__ import annotations

import textwrap
import unicodedata

from visavis.reason.form import Assumption
from visavis.reason.outcome import Grid
from visavis.reason.questions import Swing
from visavis.reason.report import Report

_WIDTH = 110
_MOST = 8  # lines of each list; the JSON has them all
_CELL = 44


def memo(report: Report, flips: bool = False) -> str:
    """The memo; with `flips`, every assumption that turns the claim and the pairs that do so together."""
    most = 10_000 if flips else _MOST
    parts = [
        _head(report),
        _carries(report, most),
        _turns(report, most),
        _often(report),
        *(_grid(grid, most) for grid in report.outcome.grids),
        _words(report, most),
        _unresolved(report),
        _sources(report),
    ]
    return clean("\n\n".join(part for part in parts if part)) + "\n"


def clean(text: str) -> str:
    """The text without control characters other than line breaks: what pages say must not steer a terminal."""
    return "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co") else "·" for c in text)


def number(value: float) -> str:
    """A number as a memo shows it: four significant digits, no exponent where it can be helped."""
    value = value + 0.0  # minus zero is zero
    if value != 0 and not 1e-4 <= abs(value) < 1e7:
        return f"{value:.3g}"
    return f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) < 10 else f"{value:,.5g}".replace("e+0", "e")


def _head(report: Report) -> str:
    lines = [report.title.upper(), f"{report.kind} · {report.file}", ""]
    if report.claim:
        lines += _wrapped(f"Claim     {report.claim}", 10)
        lines += _wrapped(f"Means     {'; '.join(report.expect)}", 10)
        lines += _wrapped(f"Says so   {report.claim_source or 'the analyst'}", 10)
    lines += _wrapped(f"Verdict   {report.verdict}", 10)
    for note in report.outcome.notes:
        lines += _wrapped(f"          {note}", 10)
    return "\n".join(lines)


def _grid(grid: Grid, most: int) -> str:
    most = max(most, 40)
    rows = [[_cell(cell) for cell in row] for row in grid.rows[:most]]
    widths = [max(len(row[at]) for row in [list(map(_cell, grid.columns)), *rows]) for at in range(len(grid.columns))]
    right = [all(not isinstance(row[at], str) for row in grid.rows) for at in range(len(grid.columns))]

    def line(cells: list[str]) -> str:
        return "  ".join(c.rjust(w) if r else c.ljust(w) for c, w, r in zip(cells, widths, right, strict=True)).rstrip()

    rest = len(grid.rows) - len(rows)
    more = [f"... and {rest} more rows (--json has them)"] if rest else []
    return "\n".join(
        [grid.title, *("  " + one for one in (line(list(map(_cell, grid.columns))), *map(line, rows))), *more]
    )


def _cell(cell: str | float) -> str:
    return textwrap.shorten(cell, _CELL, placeholder="…") if isinstance(cell, str) else number(cell)


def _carries(report: Report, most: int) -> str:
    moved = [one for one in report.swings if one.margin_low != one.margin_high]
    if not moved:
        return ""
    rows = [_swing_line(one) for one in moved[:most]]
    return "\n".join(
        ["What carries it (margin of the claim at both ends of the range; it holds while positive)", *rows]
    )


def _swing_line(one: Swing) -> str:
    return f"  {one.name}: {number(one.low)} to {number(one.high)} moves the margin from {number(one.margin_low)} to {number(one.margin_high)}"


def _turns(report: Report, most: int) -> str:
    if not report.claim or not report.swings:
        return ""
    lines = ["What would flip it"]
    for one in report.flips[:most]:
        lines.append(
            f"  {one.name} at {one.told} (best {number(one.best)}, range {number(one.low)} to {number(one.high)})"
        )
    if not report.flips:
        lines.append("  No assumption alone, inside its range.")
    if report.pairs is not None:
        lines.append(f"  Pairs that flip it only together: {len(report.pairs)}")
        for pair in report.pairs[:most][:20]:
            moved = " and ".join(f"{n} at {number(v)}" for n, v in zip(pair.names, pair.values, strict=True))
            lines.append(f"    {moved}")
    return "\n".join(lines)


def _often(report: Report) -> str:
    share = report.share
    if share is None:
        return ""
    lines = [
        "How often it holds",
        f"  {share.share:.1%} of {share.draws} draws from the ranges (95% interval {share.low:.1%} to {share.high:.1%}; seed {share.seed})",
    ]
    useful = [one for one in report.worth if one.gain > 0.0005][:5]
    if useful:
        told = "; ".join(f"{one.name} (+{one.gain:.1%} right calls)" for one in useful)
        lines += _wrapped(f"  Worth learning: {told}", 4)
    return "\n".join(lines)


def _words(report: Report, most: int) -> str:
    """The numbers by what they rest on: computed ones with their rule, then the analyst's own."""
    computed = [one for one in report.assumptions if one.basis in ("events", "run", "data")]
    sourced = [one for one in report.assumptions if one.basis == "source"]
    read = [one for one in report.assumptions if one.basis == "reading"]
    own = [one for one in report.assumptions if one.basis == "analyst's"]
    lines = ["What the numbers rest on"] if report.assumptions else []
    lines += [f"  {one.name} = {number(one.best)}: {one.rule}" for one in computed]
    lines += [f"  {one.name} = {number(one.best)}: {one.source}" for one in sourced[:most]]
    lines += [f"  and {len(sourced) - most} more from sources"] if len(sourced) > most else []
    for evidence in {
        e.reference: e for one in report.assumptions for e in one.evidence if one.basis != e.basis
    }.values():
        if evidence.figure is not None:
            lines.append(f"  beside them, {evidence.reference} = {number(evidence.figure)} ({evidence.rule})")
    lines += _listed("The analyst's numbers for what a source says", read, most)
    lines += _listed("Only the analyst's word", own, most)
    lines += _listed("Not stated, so at their defaults", [o for o in report.assumptions if o.basis == "default"], most)
    return "\n".join(lines)


def _listed(title: str, found: list[Assumption], most: int) -> list[str]:
    if not found:
        return []
    rest = f" and {len(found) - most} more" if len(found) > most else ""
    return _wrapped(f"  {title} ({len(found)}): {', '.join(one.name for one in found[:most])}{rest}", 4)


def _unresolved(report: Report) -> str:
    if not report.unresolved:
        return ""
    return "\n".join(["Not resolved (the stated value stays)", *(f"  {one}" for one in report.unresolved)])


def _sources(report: Report) -> str:
    lines = [f"  [{one.id}] {one.cited} (SHA-256 of the quote {one.sha256[:16]}…)" for one in report.sources]
    return "\n".join(["Sources", *lines]) if lines else ""


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=" " * indent, drop_whitespace=True)
