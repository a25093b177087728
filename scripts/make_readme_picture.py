"""Draws docs/img/event.svg: what `visavis show event` prints for one event of the demo record.

Run from the checkout after `visavis demo`: `python scripts/make_readme_picture.py demo-record [EVENT_ID]`. Without an id, the event that the
overview shows first is drawn. The picture names no font file, so it needs no network.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from visavis.show.fetch import fetch_event, fetch_overview
from visavis.show.terminal import render_event
from visavis.store import Record

OUT = Path(__file__).resolve().parents[1] / "docs" / "img" / "event.svg"
WIDTH = 104
THEME = TerminalTheme((252, 252, 250), (40, 42, 46), [(40, 42, 46)] * 8, [(110, 114, 120)] * 8)

# Rich's own template without its web fonts.
FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img"
 aria-label="visavis show event: a sentence with source, action and target marked, and the way back to its page">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px;
 line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def draw(folder: str, event_id: str | None) -> str:
    """The picture as SVG."""
    record = Record.open(folder)
    chosen = event_id or fetch_overview(record).examples[0].event_id
    console = Console(width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(f"$ visavis show event {chosen[:8]} --record {Path(folder).name}", highlight=False, markup=False)
    console.print(render_event(fetch_event(record, chosen)))
    return console.export_svg(title="visavis", theme=THEME, code_format=FORMAT, unique_id="event")


if __name__ == "__main__":
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(draw(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None), "utf-8")
