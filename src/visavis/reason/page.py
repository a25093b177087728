"""The report as one self-contained page: tables, a tornado chart and the share as inline SVG; no script, everything escaped."""

from __future__ import annotations

from html import escape

from visavis.reason.memo import number
from visavis.reason.outcome import Grid
from visavis.reason.picture import tornado
from visavis.reason.questions import Share, Swing
from visavis.reason.report import Report

# Blue and vermilion stay apart for the colour-blind (Okabe and Ito 2008).
_STYLE = """:root{--ink:#1d1d1f;--dim:#555;--paper:#fff;--line:#ddd;--good:#0072b2;--bad:#d55e00}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e3;--dim:#aaa;--paper:#161616;--line:#3a3a3a;--good:#56b4e9;--bad:#ff9a4d}}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-size:.9rem}th,td{padding:.2rem .7rem .2rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
th{color:var(--dim);font-weight:normal}th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}.verdict{font-size:1.2rem;border-left:4px solid var(--good);padding-left:1rem}
.depends{border-color:var(--bad)}code,li{overflow-wrap:anywhere}td{overflow-wrap:break-word}.n{white-space:nowrap}h2{font-size:1.25rem}.whole{width:100%;max-width:32rem}svg line{stroke:var(--ink);stroke-width:2;vector-effect:non-scaling-stroke}svg .thick{stroke-width:3}
.good{fill:var(--good)}.bad{fill:var(--bad)}.rest{fill:var(--line)}.scroll{overflow-x:auto}.dim{color:var(--dim)}.tornado{list-style:none;padding:0}.tornado li{display:grid;grid-template-columns:minmax(0,24rem) minmax(0,1fr);gap:0 1rem;align-items:center}
.tornado svg{width:100%;height:1.4rem;display:block}@media(max-width:46rem){.tornado li{grid-template-columns:minmax(0,1fr);padding:.2rem 0}h1{font-size:1.5rem}}
@media print{body{margin:0;max-width:none;font-size:10.5pt}svg rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}tr,li{break-inside:avoid}}"""
_BARS, _WIDE = 20, 520


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
        f'<h1>{escape(report.title)}</h1>{claim}<p class="verdict {report.holds}">{escape(report.verdict)}</p><ul>{notes}</ul>',
        _tornado(report.swings),
        _flips(report),
        _share(report.share),
        *(_grid(grid) for grid in report.outcome.grids),
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
    right = [all(not isinstance(row[at], str) for row in grid.rows) for at in range(len(grid.columns))]
    head = "".join(
        f"<th{' class=n' if n else ''}>{escape(one)}</th>" for one, n in zip(grid.columns, right, strict=True)
    )
    rows = "".join("<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in grid.rows)
    return f"<h2>{escape(grid.title)}</h2><div class=scroll><table><tr>{head}</tr>{rows}</table></div>"


def _cell(cell: str | float) -> str:
    return f"<td>{escape(cell)}</td>" if isinstance(cell, str) else f"<td class=n>{number(cell)}</td>"


def _tornado(swings: tuple[Swing, ...]) -> str:
    """Bars from the margin at the low end of each range to that at its high end; the claim holds right of zero."""
    drawn = tornado(swings)
    if drawn is None:
        return ""
    line = f'<line x1="{1000 * drawn.zero:.0f}" x2="{1000 * drawn.zero:.0f}" y1="0" y2="20"/>'
    bars = [
        f'<li><code>{escape(one.name)}</code><svg viewBox="0 0 1000 20" preserveAspectRatio="none" role="img" aria-label="{escape(one.words)}">'
        f'<rect class="{"bad" if one.turns else "good"}" x="{1000 * one.left:.0f}" y="3" width="{max(3, 1000 * (one.right - one.left)):.0f}" '
        f'height="14"><title>{escape(one.words)}</title></rect>{line}</svg></li>'
        for one in drawn.bars
    ]
    return (
        f"<h2>What carries it</h2><p>The margin of the claim as each assumption moves through its range, from {number(drawn.low)} (left edge) "
        f"to {number(drawn.high)}; it holds right of the line. Orange turns the claim alone.</p><ol class=tornado>{''.join(bars)}</ol>"
    )


def _flips(report: Report) -> str:
    rows = [(one.name, number(one.best), one.told, f"{number(one.low)} to {number(one.high)}")
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
        f'<h2>How often it holds</h2><p>{told}</p><svg class="whole" role="img" aria-label="Share of draws" viewBox="0 0 {_WIDE} 34" preserveAspectRatio="none" height="34">'
        f'<rect class="rest" width="{_WIDE}" height="24"/><rect class="good" width="{share.share * _WIDE:.1f}" height="24"/>'
        f'<line class="thick" x1="{share.low * _WIDE:.1f}" x2="{share.high * _WIDE:.1f}" y1="29" y2="29"/></svg>'
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
