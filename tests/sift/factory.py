"""Small builders, so that a test's input reads in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from visavis.records import Article, Event, Party, Published, content_id

HERE = Path(__file__).resolve().parent


def article(text: str, name: str = "", day: str = "", **more: Any) -> Article:
    """An article whose id is `name`, or the hash of its text; `day` is the day of its publication."""
    published = Published(earliest=day, latest=day, precision="day", basis="metadata") if day else Published()
    key = name or content_id(text, day)
    return Article(article_id=key, page_id=f"page-{key}", spans=(), title="", text=text, published=published, **more)


def party(words: str) -> Party:
    """`CHN:Xi Jinping` is a party with a code and its words; `CHN:Li=Li Keqiang` a person with the full name."""
    code, _, said = words.partition(":")
    said, is_person, name = said.partition("=")
    return Party(code=code, words=said, name=name or said, how="person" if is_person else "")


def event(name: str, row: dict[str, Any], story: str = "") -> Event:
    """An event as a line of happening_pairs.jsonl gives it; `story` defaults to a story of its own."""
    first, _, last = row["date"].partition("/")
    first, last = _day(first, "01"), _day(last or first, "28")
    return Event(
        event_id=name,
        story_id=story or f"story-{name}",
        article_id=row.get("article", f"article-{name}"),
        sentence_no=0,
        start=row.get("start", 0),
        end=row.get("start", 0) + len(row["quote"]),
        quote=row["quote"],
        type=row["type"],
        mode=row["mode"],
        cameo=row["cameo"],
        words=row.get("words", ""),
        sources=tuple(map(party, row["sources"])),
        targets=tuple(map(party, row["targets"])),
        date_from=first or None,
        date_to=last or None,
        date_precision=row["precision"],
        date_basis=row["basis"],
        date_words=row["date_words"],
        place=row["place"],
        status=row["status"],
    )


def _day(prefix: str, day: str) -> str:
    return f"{prefix}-{day}" if len(prefix) == 7 else prefix


def rows(name: str) -> list[dict[str, Any]]:
    """The lines of a data file that lies beside the tests."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
