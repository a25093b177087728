"""The report as one self-contained page: tables, a tornado chart and the share as inline SVG; no script, everything escaped."""

from __future__ import annotations

from html import escape

from visavis.reason.memo import number
from visavis.reason.outcome import Grid
from visavis.reason.questions import Share, Swing
from visavis.reason.report import Report

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-size:.9rem}th,td{padding:.2rem .7rem;border-bottom:1px solid #ddd;text-align:left}
td.n{text-align:right;font-variant-numeric:tabular-nums}.verdict{font-size:1.2rem;border-left:4px solid #0072b2;padding-left:1rem}
blockquote{color:#444;margin:.3rem 0 .3rem 1rem}svg text{font:12px system-ui,sans-serif}.scroll{overflow-x:auto}"""
_GOOD, _BAD = "#0072b2", "#d55e00"  # apart for the colour-blind (Okabe and Ito 2008)
_BARS, _ROW, _LEFT, _WIDE = 20, 22, 300, 520


def page(report: Report) -> str:
    """The page as one HTML text."""
    claim = (
        f"<p><b>Claim.</b> {escape(report.claim)}<br><b>Means.</b> <code>{escape('; '.join(report.expect))}</code><br>"
        f"<b>Says so.</b> {escape(report.claim_source or 'the analyst')}</p>"
        if report.claim
        else ""
    )
    notes = "".join(f"<li>{escape(note)}</li>" for note in report.outcome.notes)
    body = [
        f"<h1>{escape(report.title)}</h1>{claim}<p class=verdict>{escape(report.verdict)}</p><ul>{notes}</ul>",
        *(_grid(grid) for grid in report.outcome.grids),
        _tornado(report.swings),
        _flips(report),
        _share(report.share),
        _assumptions(report),
        _listed("Not resolved", report.unresolved),
        _listed("Sources", tuple(f"[{one.id}] {one.cited} SHA-256 {one.sha256}" for one in report.sources)),
    ]
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{escape(report.title)}</title>'
        f"<style>{_STYLE}</style>{''.join(body)}</html>\n"
    )


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{escape(one)}</th>" for one in grid.columns)
    rows = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in grid.rows)
    return f"<h2>{escape(grid.title)}</h2><div class=scroll><table><tr>{head}</tr>{rows}</table></div>"


def _cell(cell: str | float) -> str:
    return f"<td>{escape(cell)}</td>" if isinstance(cell, str) else f"<td class=n>{number(cell)}</td>"


def _tornado(swings: tuple[Swing, ...]) -> str:
    """Bars from the margin at the low end of each range to that at its high end; the claim holds right of zero."""
    shown = [one for one in swings if one.margin_low != one.margin_high][:_BARS]
    if not shown:
        return ""
    ends = [0.0, *(end for one in shown for end in (one.margin_low, one.margin_high))]
    low, high = min(ends), max(ends)

    def x(margin: float) -> float:
        return _LEFT + (margin - low) / (high - low) * _WIDE

    bars = []
    for at, one in enumerate(shown):
        y, (left, right) = at * _ROW + 4, sorted((one.margin_low, one.margin_high))
        colour = _BAD if one.turns_at else _GOOD
        told = f"{one.name}: {number(one.low)} to {number(one.high)}, margin {number(one.margin_low)} to {number(one.margin_high)}"
        bars.append(
            f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(one.name)}</text><rect x="{x(left):.1f}" y="{y}" '
            f'width="{max(1.0, x(right) - x(left)):.1f}" height="{_ROW - 6}" fill="{colour}"><title>{escape(told)}</title></rect>'
        )
    height = len(shown) * _ROW + 8
    zero = f'<line x1="{x(0):.1f}" x2="{x(0):.1f}" y1="0" y2="{height}" stroke="#222"/>'
    return (
        f"<h2>What carries it</h2><p>The margin of the claim as each assumption moves through its range; it holds right of the line. "
        f'Orange turns the claim alone.</p><div class=scroll><svg role="img" aria-label="Tornado chart" '
        f'width="{_LEFT + _WIDE + 20}" height="{height}">{"".join(bars)}{zero}</svg></div>'
    )


def _flips(report: Report) -> str:
    rows = [(one.name, number(one.best), " or ".join(map(number, one.turns_at)), f"{number(one.low)} to {number(one.high)}")
            for one in report.flips]  # fmt: skip
    found = _grid(Grid("What would flip it", ("assumption", "best", "turns at", "range"), tuple(rows))) if rows else ""
    if report.pairs:
        both = [(" and ".join(p.names), " and ".join(map(number, p.values)), p.way) for p in report.pairs[:_BARS]]
        found += _grid(Grid("Pairs that flip it together", ("assumptions", "at", "way to the corner"), tuple(both)))
    return found


def _share(share: Share | None) -> str:
    """A bar of the draws in which the claim holds, with its 95% interval as a whisker."""
    if share is None:
        return ""
    told = f"{share.share:.1%} of {share.draws} draws ({share.low:.1%} to {share.high:.1%}, seed {share.seed})"
    return (
        f'<h2>How often it holds</h2><p>{told}</p><svg role="img" aria-label="Share of draws" width="{_WIDE + 10}" height="34">'
        f'<rect width="{_WIDE}" height="24" fill="#ddd"/><rect width="{share.share * _WIDE:.1f}" height="24" fill="{_GOOD}"/>'
        f'<line x1="{share.low * _WIDE:.1f}" x2="{share.high * _WIDE:.1f}" y1="29" y2="29" stroke="#222" stroke-width="3"/></svg>'
    )


def _assumptions(report: Report) -> str:
    rows = tuple(
        (one.name, one.low, one.best, one.high, one.basis, one.rule or one.source, float(one.line))
        for one in report.assumptions
    )
    return (
        _grid(Grid("Assumptions", ("name", "low", "best", "high", "basis", "rests on", "line"), rows)) if rows else ""
    )


def _listed(title: str, found: tuple[str, ...]) -> str:
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{escape(one)}</li>' for one in found)}</ul>" if found else ""
