"""A record whose pages, names and people try to break out of every place that they are shown in."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from msgspec.structs import replace

from tests.show import samples
from visavis.records import Drop, Event, Party, Voice
from visavis.store import Record
from visavis.store.tables.keep import Review, Watch
from visavis.store.tables.text import StoredCopy, StoredDrop, StoredPage

PLANTS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "formula": "=cmd|' /C calc'!A0",
    "override": "\u202egnp.exe\u202d \u2066isolated",
    "escape": "\x1b[31;1mred\x07 \x9b2J",
    "markup": "[/nope] [link=x]{{ 7*7 }}{% raw %}",
}
# What must never leave raw: control characters (but line ends and tabs) and whatever turns the direction of text.
HARMFUL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ALL = " ".join(PLANTS.values())
TEXT = f"{PLANTS['formula']} Russia expelled diplomats. {ALL}\n\n{ALL}"


def _event() -> Event:
    party = Party(code="RUS", name=ALL, words="Russia", start=TEXT.find("Russia"), end=TEXT.find("Russia") + 6, how=ALL)
    stranger = Party(code="", name=ALL, words=ALL, start=0, end=0)
    return replace(
        samples.EXPELLED,
        quote=TEXT.partition("\n")[0],
        start=0,
        end=len(TEXT.partition("\n")[0]),
        words=ALL,
        sources=(party,),
        targets=(replace(party, code="USA", start=0, end=0), stranger),
        voices=(Voice(name=ALL, kind="person", code="RUS", words=ALL, start=0, end=0),),
        because=(ALL,),
        place=ALL,
        date_words=PLANTS["script"],
        contexts=(ALL,),
    )


EVENT = _event()
FIRST = replace(
    samples.FIRST, text=TEXT, title=PLANTS["formula"] + ALL, authors=(ALL,), outlet=ALL, url="javascript:alert(1)"
)
SECOND = replace(samples.SECOND, text=f"{ALL}\n\n{ALL} and more", title=ALL, authors=(ALL,), outlet=ALL)
STORY = replace(samples.STORY, article_ids=(FIRST.article_id, SECOND.article_id), outlets=(ALL,))
ROWS = {
    "pages": [
        StoredPage.of(replace(samples.page(name), uri=f"file:{ALL}", found_at=ALL)) for name in ("first", "second")
    ],
    "articles": [FIRST, SECOND],
    "copies": [StoredCopy.of(replace(samples.IDENTICAL, why=(ALL,)))],
    "stories": [STORY],
    "happenings": [replace(samples.HAPPENING, differences=(ALL,))],
    "events": [EVENT],
    "drops": [StoredDrop.of(Drop(stage="read", reason="empty", uri=ALL, detail=ALL))],
}
_AT = "2022-01-01T00:00:00.000+00:00"
KEPT = {
    "reviews": [
        Review(
            review_id="0" * 16, table="events", row_id=EVENT.event_id, row_now=EVENT.event_id, verdict="reject", author=ALL, at=_AT,
            reason=ALL, said={"type": ALL}, note=ALL,
        )
    ],
    "watches": [Watch(name=ALL, kind="dyad", what=("RUS", "USA"), author=ALL, at=_AT)],
}  # fmt: skip


def _toml(text: str) -> str:
    """The text as a basic string of TOML."""
    return '"' + "".join(c if c.isalnum() or c in " <>=/" else f"\\u{ord(c):04x}" for c in text) + '"'


SCENARIO = f"""visavis = "scenario/1"
title = {_toml(ALL)}
kind = "exchange"
[claim]
text = {_toml(ALL)}
expect = "loss_share.A > loss_share.B"
source = {_toml(ALL)}
[missions]
A = {{ B = [10, 20, 60] }}
B = {{ A = 40 }}
[open]
by = "A"
on = "B"
count = 4
"""
NAME = '=1+1 "><img src=x onerror=alert(1)> \u202erecord'


def make(folder: Path) -> Record:
    """The record, in a folder whose name is as bad: two runs (the second brings the events), a review, a watch, a scenario."""
    first = {name: rows for name, rows in ROWS.items() if name != "events"}
    record = Record.create(folder / NAME).commit("read", first | KEPT).commit("read", {"events": ROWS["events"]})
    (record.path / "scenarios").mkdir()
    (record.path / "scenarios" / "planted.toml").write_text(SCENARIO, "utf-8")
    return record


_REPORT = f"[[event {EVENT.event_id}]] {PLANTS['script']}"
ADDRESSES = (
    "/",
    f"/event/{EVENT.event_id}",
    f"/story/{STORY.story_id}",
    f"/story/{STORY.story_id}/versions?original={FIRST.article_id}&copy={SECOND.article_id}",
    "/dyad/RUS/USA",
    "/dyad/RUS/USA/events",
    "/actor/RUS",
    "/actors",
    "/events",
    "/events?q=expelled&outlet=%3Cscript%3E",
    "/events?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%E2%80%AE",
    "/stories",
    "/record",
    "/network",
    "/network?sure=0",
    "/map?actor=RUS&measure=events",
    "/map?actor=%3Cscript%3E",
    "/timeline?facet=dyad",
    "/timeline?facet=story",
    "/scenarios",
    "/scenario/planted",
    "/scenario/%3Cscript%3E",
    f"/report?text={quote(_REPORT)}",
    "/report?text=%5B%5Bevent+%3Cscript%3E%5D%5D",
    "/reviews",
    "/watches",
    "/diff",
    "/sql?q=select+title,+authors,+outlet,+text,+url+from+articles",
    "/sql?q=select+1+as+%22%3Cscript%3E%22",
    "/sql?q=%3Cscript%3E%E2%80%AE",
    "/event/%3Cscript%3E",
    "/actor/%3Cimg%20src=x%20onerror=alert(1)%3E%E2%80%AE",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
)
