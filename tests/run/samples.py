"""A small pile, and a coder that is quick and plain: the passes are tested here, not the coding."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from visavis.records import Document, Event, Party, event_id

PLACES = ("Ruritania", "Borduria", "Syldavia", "Graustark", "Orsinia", "Freedonia")
# Two thousand made-up words: reports of a few common words each would look like rewordings of each other.
WORDS = [first + last for first in "bar cel dor fen gal hur jon kel lim mar nor pel quin ros sel tar ul ver wil zan".split()
         for middle in "a e i o u".split() for last in (middle + end for end in
         "bb ck dge ff gle lm mp nd pth rk sh st tter vers wn x zz ls nt rn".split())]  # fmt: skip
_VISIT = re.compile(r"The minister of (\w+) visited (\w+)[^.]*\.")


def body(number: int) -> str:
    """The text of one report: a visit, then sentences that no other report shares."""
    a, b = PLACES[number % 6], PLACES[(number // 6 + number + 1) % 6]
    dice = random.Random(number)
    paragraphs = [f"The minister of {a} visited {b} on Monday."]
    for _ in range(4):
        words = [dice.choice(WORDS) for _ in range(30)]
        paragraphs.append(
            f"Officials said that the {' '.join(words[:15])}. They added that the {' '.join(words[15:])}."
        )
    return "\n\n".join(paragraphs)


def write_pile(folder: Path, numbers: Iterable[int]) -> list[Path]:
    """One JSONL file for each number; every fifth report is there twice, the copy a day later in another outlet."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in numbers:
        rows = [_row(number, "lakepost.example", 1)]
        if number % 5 == 0:
            rows.append(_row(number, "pierherald.example", 2))
        for row in rows:
            path = folder / f"{row['url'].split('/')[2]}-{number:03d}.jsonl"
            path.write_text(json.dumps(row) + "\n", "utf-8")
            files.append(path)
    return files


def _row(number: int, host: str, day: int) -> dict[str, str]:
    return {
        "url": f"https://{host}/{number}",
        "title": f"Talks number {number}",
        "date": f"2021-03-{day:02d}",
        "text": body(number),
    }


class PlainCoder:
    """Finds visits."""

    version = "plain-1"
    fingerprint = "plain"

    def code(self, documents: Iterable[Document]) -> Iterator[tuple[Event, ...]]:
        """One tuple per document."""
        for document in documents:
            if "POISON" in document.text:
                raise RuntimeError("it stuck in the throat")
            yield tuple(_event(document, found) for found in _VISIT.finditer(document.text))


def _event(document: Document, found: re.Match[str]) -> Event:
    sources, targets = (
        (Party(code=found[n][:3].upper(), words=found[n], start=found.start(n), end=found.end(n)),) for n in (1, 2)
    )
    at = document.text.index("visited", found.start())
    return Event(
        event_id=event_id(document.article_id, at, at + 7, "CONSULT", sources, targets),
        story_id=document.story_id,
        article_id=document.article_id,
        sentence_no=0,
        start=found.start(),
        end=found.end(),
        quote=found[0],
        type="CONSULT",
        sources=sources,
        targets=targets,
        words="visited",
        words_start=at,
        words_end=at + 7,
        date_from=document.published.earliest,
        date_to=document.published.latest,
    )
