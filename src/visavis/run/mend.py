"""`visavis check --mend`: what the kept pages can restore is restored, the rest is told.

Articles are read again from their pages, events are coded again from their articles, and copies, stories, happenings and aliases are
worked out again by the usual passes. A page whose own bytes are gone cannot be mended, nor an article without its page.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from visavis.records import Page
from visavis.run.pile import read_pile
from visavis.run.progress import Progress
from visavis.run.settings import Settings
from visavis.run.spread import Spread
from visavis.run.tasks import PageResult, ReadTask
from visavis.store import TABLES, Record, Writer
from visavis.store.check import Finding, check, untold
from visavis.store.tables.text import StoredDrop, StoredPage

# Tables whose rows name an article that must be there.
_NAMING = ("signatures", "events", "codings")


def mend(
    record: str | Path, settings: Settings | None = None, progress: Progress | None = None
) -> tuple[list[Finding], list[Finding]]:
    """What was wrong in the record, and what still is. A sound record is left as it is, but for signatures of another version, which are made anew.

    `settings` must name the parser and lexicon that the record was coded with. Raises RecordError when the record cannot be written.
    """
    settings = settings or Settings()
    found = check(Record.open(record))
    if not found and not untold(Record.open(record)):
        return [], []

    def take(writer: Writer) -> None:
        _unique(writer)
        _articles(writer, found, settings)
        _events(writer, found)

    again = read_pile([], record, settings, progress=progress, verb="mend", take=take)
    return found, check(again.record)


def _unique(writer: Writer) -> None:
    """One row for each id; of several the one whose bytes come first."""
    for name, table in TABLES.items():
        if name != "runs" and len(writer.column(name, table.key)) > len(writer.ids(name)):
            writer.rewrite(
                name, {table.id_of(row): row for row in sorted(writer.rows(name), key=repr, reverse=True)}.values()
            )


def _articles(writer: Writer, found: Iterable[Finding], settings: Settings) -> None:
    """Read again the pages of articles that are damaged, missing or misquoted, and put what they hold in place of what is there."""
    there = {row.article_id: row for row in writer.rows("articles")}
    taken = {row.page_id for row in writer.rows("takedowns")}
    damaged = {f.row_id for f in found if f.table == "articles"}
    damaged |= {row.article_id for row in writer.rows("events") if row.event_id in {f.row_id for f in found}}
    named = {key for name in _NAMING for key in writer.column(name, "article_id") if key}
    named |= {key for story in writer.rows("stories") for key in story.article_ids}
    bare = set(there) - writer.ids("signatures")
    lost = named - set(there)
    wanted = {there[key].page_id for key in (damaged | bare) & set(there)}
    sound = [page for page in _sound(writer) if page.page_id not in taken and (lost or page.page_id in wanted)]
    batches = ([page] for page in sound)
    with Spread(settings.workers, settings.on) as spread:
        for (page,), (result,) in spread.map(ReadTask(settings), batches):
            _replace(writer, page, result)
    lost -= writer.ids("articles")
    for name in _NAMING:
        writer.remove(name, "article_id", lost)


def _replace(writer: Writer, page: Page, result: PageResult) -> None:
    """Put what the page holds in place of what is said to come from it, unless that is the same."""
    old = {row for row in writer.rows("articles") if row.page_id == page.page_id}
    ids = {article.article_id for article in (*old, *result.articles)}
    if old == set(result.articles) and ids <= writer.ids("signatures"):
        return
    for name in ("signatures", "articles"):
        writer.remove(name, "article_id", ids)
    writer.insert("articles", result.articles)
    writer.insert("signatures", result.signatures)
    writer.insert("drops", [StoredDrop.of(drop) for drop in result.drops])


def _events(writer: Writer, found: Iterable[Finding]) -> None:
    """Take back what was coded of articles at whose events or codings something is wrong: the passes code them again."""
    wrong = {f.row_id for f in found if f.table in ("events", "codings", "articles")}
    articles = {row.article_id for row in writer.rows("events") if {row.event_id, row.article_id} & wrong}
    articles |= {row.article_id for row in writer.rows("codings") if row.article_id in wrong}
    writer.remove("codings", "article_id", articles - {""})
    writer.remove("events", "article_id", articles - {""})


def _sound(writer: Writer) -> Iterator[Page]:
    """The pages whose kept bytes are those that were read."""
    for row in writer.rows("pages"):
        if _is_sound(row):
            yield row.page()


def _is_sound(row: StoredPage) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(row.body)).hexdigest() == row.sha256
    except zlib.error:
        return False
