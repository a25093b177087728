"""A published record checked against somebody's own copies of the pages: every span is cut out again and its hash compared."""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from visavis.errors import InputError
from visavis.read import pages, read_page
from visavis.read.options import ReadOptions
from visavis.records import Article, Drop, Page
from visavis.store.check import Finding
from visavis.store.keep.publish import sha256

Row = dict[str, str]


class Against(Struct, frozen=True, kw_only=True):
    """What was checked: pages, articles and spans whose hashes were compared; `missing` are published pages that the pile has not,
    `taken` those whose text was taken down, so that nothing can be compared."""

    findings: tuple[Finding, ...]
    pages: int
    articles: int
    spans: int
    missing: tuple[str, ...]
    taken: int


def check_against(folder: str | Path, pile: Sequence[str | Path], options: ReadOptions | None = None) -> Against:
    """Read the pages of `pile` again and compare every published hash and span with them. A page is known by its bytes.

    Raises InputError when the folder holds no published record, or nothing of the pile is in it.
    """
    root = Path(folder)
    if not (root / "datapackage.json").is_file():
        raise InputError(f"{root} is no published record.", "Make one: visavis publish DIR --out FOLDER.")
    found = _Published(root)
    findings: list[Finding] = []
    seen: set[str] = set()
    counts = [0, 0]
    for page in pages([str(source) for source in pile], options or ReadOptions()):
        if isinstance(page, Drop):
            continue
        known = [key for key in found.pages_of.get(page.sha256, ()) if key not in seen]
        # The same bytes may stand under several addresses; the one of this name is meant first.
        for key in [key for key in known if key == page.page_id] or known[:1]:
            seen.add(key)
            findings += found.compare(page, key, counts)
    if not seen:
        raise InputError(
            "None of the published pages is in this pile.", "Name the files that the record was read from."
        )
    missing = tuple(sorted(key for key in found.pages if key not in seen | found.taken))
    return Against(
        findings=tuple(findings),
        pages=len(seen),
        articles=counts[0],
        spans=counts[1],
        missing=missing,
        taken=len(found.taken),
    )


class _Published:
    """The tables of a published record, as far as they are checked."""

    def __init__(self, root: Path) -> None:
        self.pages = {row["page_id"]: row for row in _table(root, "pages")}
        self.taken = {row["page_id"] for row in _table(root, "takedowns")}
        self.pages_of: defaultdict[str, list[str]] = defaultdict(list)
        for key in sorted(set(self.pages) - self.taken):
            self.pages_of[self.pages[key]["sha256"]].append(key)
        self.articles: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _table(root, "articles"):
            self.articles[row["page_id"]].append(row)
        self.events: defaultdict[str, list[Row]] = defaultdict(list)
        for row in _table(root, "events"):
            self.events[row["article_id"]].append(row)

    def compare(self, page: Page, key: str, counts: list[int]) -> Iterator[Finding]:
        """What does not hold of the published page `key`, read again from `page`."""
        again = {_spans(article): article for article in read_page(page).articles}
        for row in self.articles.get(key, ()):
            article = again.get(tuple((span["start"], span["end"]) for span in json.loads(row["spans"])))
            counts[0] += 1
            counts[1] += 1
            if article is None:
                yield Finding(table="articles", row_id=row["article_id"], problem="no article stands at its spans")
            elif sha256(article.text) != row["text_sha256"]:
                yield Finding(
                    table="articles", row_id=row["article_id"], problem="the text at its spans has another hash"
                )
            else:
                yield from self._events(row["article_id"], article.text, counts)

    def _events(self, article_id: str, text: str, counts: list[int]) -> Iterator[Finding]:
        for row in self.events.get(article_id, ()):
            for first, last, name in (("start", "end", "quote"), ("words_start", "words_end", "words")):
                counts[1] += 1
                if sha256(text[int(row[first]) : int(row[last])]) != row[f"{name}_sha256"]:
                    problem = f"what stands at its {name}'s offsets has another hash"
                    yield Finding(table="events", row_id=row["event_id"], problem=problem)
            for party in (p for side in ("sources", "targets", "voices") for p in json.loads(row[side])):
                counts[1] += 1
                if party["words"] and not text[party["start"] : party["end"]].startswith(party["words"]):
                    problem = f"{party['words']!r} does not stand at its offsets"
                    yield Finding(table="events", row_id=row["event_id"], problem=problem)


def _table(root: Path, name: str) -> list[dict[str, Any]]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with (root / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{root / 'data' / name}.csv cannot be read ({error}).", "Fetch the package again.") from error


def _spans(article: Article) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in article.spans)
