"""Golden pages: dumps written for these tests, each line with its label, from which the dump and the reviewed record are made.

`T|` a title (a new article), `B|` its text, `.|` furniture, `t|` and `l|` a teaser's title and lead. `@authors A; B` and `@published DAY
PRECISION` speak of the article that follows; `@wrap N`, `@crlf`, `@oneline` change how the dump is laid out.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from pathlib import Path

from visavis.read.containers import make_page
from visavis.records import Page

HERE = Path(__file__).parent


@dataclass
class Expected:
    """One article of a golden page; `body` holds its paragraphs with single blanks."""

    title: str
    authors: tuple[str, ...] = ()
    published: str | None = None
    body: list[str] = field(default_factory=list)


@dataclass
class Golden:
    """A dump and what a reader of it finds."""

    name: str
    page: Page
    articles: list[Expected]
    teasers: list[tuple[str, str]]


def load(folder: str) -> list[Golden]:
    """The golden pages of a folder, by name."""
    return [_read(path) for path in sorted((HERE / folder).glob("*.page"))]


def _read(path: Path) -> Golden:
    articles: list[Expected] = []
    teasers: list[tuple[str, str]] = []
    settings: dict[str, str] = {}
    lines: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        label, _, words = line.partition("|")
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            settings[key] = value.strip()
            continue
        if label == "T" and line[1:2] == "|":
            names = settings.pop("names", settings.pop("authors", ""))
            when = settings.pop("published", "").split()
            settings.pop("authors", None)
            articles.append(
                Expected(words, tuple(n.strip() for n in names.split(";") if n.strip()), when[0] if when else None)
            )
        elif label == "B":
            articles[-1].body.append(words)
        elif label == "t":
            teasers.append((words, ""))
        elif label == "l":
            teasers[-1] = (teasers[-1][0], words)
        lines.append(words)
    if "wrap" in settings:
        lines = [textwrap.fill(words, int(settings["wrap"])) for words in lines]
    joint = " " if "oneline" in settings else "\r\n" if "crlf" in settings else "\n"
    text = joint.join(words for words in lines if words or joint != " ")
    return Golden(path.stem, make_page(text.encode(), f"file:{path.stem}.txt", "text/plain"), articles, teasers)
