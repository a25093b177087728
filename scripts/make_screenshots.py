"""Draws the pictures of docs/tutorial.md: pages of the demo record in Debian's chromium, into docs/img/.

Run from the checkout: `python scripts/make_screenshots.py` (some thirty seconds; `apt-get install chromium` first). The record is made in a
temporary folder, the pages are served on this machine alone. What is shown is found by its words, not by ids, so that a changed coder
changes the pictures and not this script.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from visavis.cli.demo import PARTS, pile
from visavis.run import Settings, read_pile
from visavis.show.web.serving import serving
from visavis.store import Record

OUT = Path(__file__).resolve().parents[1] / "docs" / "img"
CHROMIUM = "/usr/bin/chromium"
WIDTH = 1000
# Bytes that a picture of the documents may have.
LARGEST = 150_000

_EVENT = "select event_id, story_id from events where quote like 'The United States expelled ten Russian diplomats%'"
_SPUN = """select s.story_id, c.of_article_id, c.article_id from stories s, copies c
where c.kind = 'spun' and list_contains(s.article_ids, c.article_id) order by c.score limit 1"""
_STITCHED = """select e.event_id from events e join articles a using (article_id) join pages p using (page_id)
where p.uri like '%dnipro-scroll%' order by a.article_id, e.start limit 1"""


def shots(record: Record) -> dict[str, tuple[str, str, int]]:
    """Name of the picture -> address, the element at its upper edge ("" for the page's), height in pixels."""
    event = _first(record, _EVENT)
    spun = _first(record, _SPUN)
    stitched = _first(record, _STITCHED)
    story, original, copy = spun["story_id"], spun["of_article_id"], spun["article_id"]
    return {
        "front": ("/", "", 820),
        "stitched": (f"/event/{stitched['event_id']}", "section.article", 420),
        "repost": (f"/story/{event['story_id']}", "main", 500),
        "versions": (f"/story/{story}/versions?original={original}&copy={copy}", "main", 520),
        "dyad": ("/dyad/RUS/USA", "main", 800),
        "event": (f"/event/{event['event_id']}", "main", 650),
        "network": ("/network?at=2022-12&states=16", "#picture", 610),
        "timeline": ("/timeline?by=quarter&facet=dyad&a=RUS", "main", 740),
    }


def _first(record: Record, query: str) -> dict[str, Any]:
    found: list[dict[str, Any]] = record.sql(query).to_pylist()
    if not found:
        sys.exit(f"The demo record has no row for: {query}")
    return found[0]


def draw(record: Record, out: Path) -> None:
    """Write all pictures into `out`; ends with a message for one that is too large."""
    from playwright.sync_api import sync_playwright

    out.mkdir(parents=True, exist_ok=True)
    with serving(record.path) as base, sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        view = {"width": WIDTH, "height": 900}
        tab = browser.new_page(viewport=view, device_scale_factor=1, color_scheme="light", reduced_motion="reduce")
        for name, (address, top, height) in shots(record).items():
            tab.goto(base + address)
            if charts := tab.locator("[data-chart]").count():
                tab.locator("[data-drawn]").nth(charts - 1).wait_for(state="attached")
            box = tab.locator(top).first.bounding_box() if top else None
            clip = {"x": 0, "y": box["y"] if box else 0, "width": WIDTH, "height": height}
            png = tab.screenshot(full_page=True, clip=clip, animations="disabled")
            if len(png) > LARGEST:
                sys.exit(f"{name}.png has {len(png)} bytes; at most {LARGEST}. Cut its height.")
            (out / f"{name}.png").write_bytes(png)
        browser.close()


def main() -> None:
    """Make the record, draw the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "demo-record"
        read_pile([pile() / part for part in PARTS], record, Settings())
        draw(Record.open(record), OUT)


if __name__ == "__main__":
    main()
