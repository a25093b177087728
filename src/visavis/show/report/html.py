"""A report as one HTML file: no scripts, charts as SVG pictures in it, footnotes that lead there and back."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path

from visavis.show.report.blocks import Block, Chart, Report, Run, Table
from visavis.show.report.pictures import svg
from visavis.store.plain import without_controls

_TAGS = {"paragraph": "p", "quote": "blockquote", "item": "p class=item", "caption": "p class=caption"}
_STYLE = """body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:17px/1.5 Georgia,serif;color:#1a1a1a;background:#fff}
h1,h2,h3{line-height:1.2}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #999}table{border-collapse:collapse}
th,td{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #ccc}th:first-child,td:first-child{text-align:left}
.item::before{content:'• '}.caption,.notes{font-size:.85em;color:#444}.notes{overflow-wrap:anywhere}.notes li+li{margin-top:.4em}
img{max-width:100%}figure{margin:1rem 0}sup{line-height:0}a{color:inherit}
@page{size:A4;margin:22mm 20mm 24mm;@bottom-center{content:counter(page) " / " counter(pages);font:9pt Georgia,serif}}
@media print{body{max-width:none;margin:0;padding:0;font-size:11pt}h1,h2,h3{break-after:avoid}figure,tr,blockquote,.notes li{break-inside:avoid}
figure,table{break-after:avoid}thead{display:table-header-group}p{orphans:3;widows:3}sup a,.notes a{text-decoration:none}.notes a{display:none}}"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write(report: Report, path: Path) -> None:
    """Write the report. Raises OSError when that cannot be done."""
    path.write_text(
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><title>{_plain(report.title)}</title>\n'
        f"<style>{_STYLE}</style></head><body>\n{body(report)}\n</body></html>\n",
        "utf-8",
    )  # fmt: skip


def body(report: Report) -> str:
    """The blocks and the notes as HTML, everything in them escaped, without script or style."""
    notes = "".join(
        f'<li id="n{n}">{_plain(note)} <a href="#r{n}" aria-label="back to the text">↩</a></li>'
        for n, note in enumerate(report.notes, start=1)
    )
    seen: set[int] = set()
    blocks = "\n".join(_block(block, seen) for block in report.blocks)
    return f'{blocks}\n<h2>Notes</h2>\n<ol class="notes">{notes}</ol>' if notes else blocks


def _block(block: Block, seen: set[int]) -> str:
    if isinstance(block, Chart):
        data = base64.b64encode(svg(block).encode()).decode()
        return f'<figure><img alt="{_plain(block.words)}" src="data:image/svg+xml;base64,{data}"></figure>'
    if isinstance(block, Table):
        head = "".join(f'<th scope="col">{_plain(cell)}</th>' for cell in block.head)
        rows = "".join("<tr>" + "".join(f"<td>{_plain(cell)}</td>" for cell in row) + "</tr>" for row in block.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    told = "".join(_run(run, seen) for run in block.runs)
    tag = f"h{block.level}" if block.kind == "heading" else _TAGS[block.kind]
    return f"<{tag}>{told}</{tag.split()[0]}>"


def _run(run: Run, seen: set[int]) -> str:
    if run.note:
        anchor = "" if run.note in seen else f' id="r{run.note}"'
        seen.add(run.note)
        return f'<sup{anchor}><a href="#n{run.note}">{run.note}</a></sup>'
    told = _plain(run.text)
    return f"<{run.style}>{told}</{run.style}>" if run.style else told


def _plain(text: str) -> str:
    return escape(without_controls(text))
