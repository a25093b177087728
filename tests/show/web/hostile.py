"""The rows of a record whose pages try to break out of every place that they are shown in."""

from __future__ import annotations

from msgspec.structs import replace

from tests.show import samples
from visavis.records import Drop, Event, Party, Voice
from visavis.store.tables.text import StoredCopy, StoredDrop, StoredPage

PLANTS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "formula": "=cmd|' /C calc'!A0",
    "override": "\u202egnp.exe\u202d \u2066isolated",
}
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
    "/sql?q=select+title,+authors,+outlet,+text,+url+from+articles",
    "/sql?q=select+1+as+%22%3Cscript%3E%22",
    "/sql?q=%3Cscript%3E%E2%80%AE",
    "/event/%3Cscript%3E",
    "/actor/%3Cimg%20src=x%20onerror=alert(1)%3E%E2%80%AE",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
)
