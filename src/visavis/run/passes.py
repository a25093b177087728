"""The passes over a record, each picking up where the tables stand: read, link, revise, code, join, climb.

Every pass compares what should be there with what is there and writes the difference. So a run that was killed, at whatever
moment, is finished by the next one, and a pass over a finished record writes nothing.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TypeVar

import msgspec

from visavis.read.addresses import is_url
from visavis.records import Article, Copy, Document, Drop, Page, Story, content_id
from visavis.run.progress import Progress
from visavis.run.reasons import FAILED
from visavis.run.settings import Settings
from visavis.run.spread import Spread
from visavis.run.tasks import CODED_LANGUAGES, CodeTask, ReadTask
from visavis.store import Writer
from visavis.store.keep.rulings import rulings
from visavis.store.keep.settle import confirmed, edge_states, settle_states
from visavis.store.keep.stubs import HeldHappenings, as_long, held_copies, taken_articles
from visavis.store.keep.verdicts import pairs
from visavis.store.tables.facts import Rung
from visavis.store.tables.text import Alias, Coding, StoredCopy, StoredDrop, StoredPage

T = TypeVar("T")
R = TypeVar("R")

# Of the largest batches; so much of the pages themselves waits in memory to be written.
_BATCHES_A_COMMIT = 2


def tidy(writer: Writer) -> None:
    """Remove what a killed run left of pages that it did not finish: a page's own row is written last."""
    orphans = {key for key, page in writer.pick("articles", "article_id", "page_id") if not writer.has("pages", page)}
    writer.remove("articles", "article_id", orphans)
    writer.remove("signatures", "article_id", orphans)
    stray = {key for key, page in writer.pick("drops", "drop_id", "page_id") if page and not writer.has("pages", page)}
    writer.remove("drops", "drop_id", stray)


def read_pages(
    writer: Writer,
    sources: Sequence[str],
    stdin: BinaryIO | None,
    settings: Settings,
    spread: Spread,
    progress: Progress,
) -> int:
    """Read the pages that the record has not; how many were given. A page's own row is written after all it holds."""
    from visavis.read import pages

    progress.start("reading", None)
    given = Given(settings.shard)
    found = given.unread(writer, pages(given.ours(sources), settings.reading, stdin), progress)
    done = spread.map(ReadTask(settings), _page_batches(found, settings))
    for batch, results in _gathered(done, settings, progress):
        writer.insert("articles", [article for result in results for article in result.articles])
        writer.insert("signatures", [signature for result in results for signature in result.signatures])
        writer.insert("drops", [StoredDrop.of(drop) for result in results for drop in result.drops])
        writer.insert("pages", [StoredPage.of(page) for page in batch])
    writer.insert("drops", [StoredDrop.of(drop) for drop in given.drops])
    return given.pages


class Given:
    """Sorts what `read.pages` gives: pages to read, pages that the record has or another shard reads, drops."""

    def __init__(self, shard: tuple[int, int] = (1, 1)) -> None:
        self._shard = shard
        self.pages = 0
        self.drops: list[Drop] = []

    def ours(self, sources: Sequence[str]) -> list[str]:
        """The sources without the addresses that another shard fetches: files are shared out page by page, addresses as a whole."""
        return [s for s in sources if not is_url(s) or in_shard(content_id(s), self._shard)]

    def unread(self, writer: Writer, found: Iterable[Page | Drop], progress: Progress) -> Iterator[Page]:
        """The pages that the record has not, of those found, each of which is given once."""
        for item in found:
            if isinstance(item, Drop):
                self.drops.append(item)
                continue
            if not is_url(item.found_at) and not in_shard(item.page_id, self._shard):
                continue
            self.pages += 1
            if writer.has("pages", item.page_id):
                progress.advance(1)
                continue
            yield item


def in_shard(key: str, shard: tuple[int, int]) -> bool:
    """Whether the id falls to the i-th of n shards, `shard` being (i, n) with i from 1."""
    number, of = shard
    return int(key, 16) % of == number - 1


def link(writer: Writer, progress: Progress) -> None:
    """Find copies among all articles and teasers, and the stories of the articles, and write what changed."""
    from visavis import sift

    taken = taken_articles(writer)
    _renew_signatures(writer, taken)
    lengths = {key: length for key, length in writer.pick("signatures", "article_id", "length") if key in taken}
    articles = list(as_long(writer.each("articles"), lengths))
    progress.start("sifting", len(articles))
    known = {article.article_id for article in articles}
    index = sift.Index.of(row for row in writer.each("signatures") if row.article_id in known)
    reviews = writer.rows("reviews")
    linked = sift.link(articles, index, pairs(reviews, "cut"), held_copies(writer, taken))
    writer.settle("copies", [StoredCopy.of(copy) for copy in confirmed(linked.copies, reviews)])
    settle_states(writer, edge_states(reviews, linked))
    writer.settle("stories", linked.stories)
    writer.settle("aliases", [Alias(old_id=alias.old_id, new_id=alias.new_id) for alias in linked.aliases])
    progress.advance(len(articles))


def _renew_signatures(writer: Writer, taken: Collection[str]) -> None:
    """Make the signatures that are not there, or that another version made: with those of this one they cannot be compared."""
    from visavis.sift.fingerprints import fingerprint, version

    made_by = dict(writer.pick("signatures", "article_id", "version"))
    old = {key for (key,) in writer.pick("articles", "article_id") if made_by.get(key) != version()}
    if old := old.difference(taken):
        writer.upsert("signatures", [fingerprint(row) for row in writer.each("articles") if row.article_id in old])


def documents(writer: Writer) -> dict[str, Document]:
    """What is to be coded: the lead article of every story, if it is in English and was not taken down, by its id. It is known to be
    spun when it copies another; whether its own text shows it, who codes it sees."""
    taken = taken_articles(writer)
    stories: tuple[Story, ...] = writer.rows("stories")
    story_of = {story.lead_id: story.story_id for story in stories}
    spun = {row.article_id for row in writer.rows("copies") if row.kind == "spun" and row.direction != "unknown"}
    leads = story_of.keys() - taken
    return {
        article.article_id: _document(article, story_of[article.article_id], article.article_id in spun)
        for article in writer.each("articles")
        if article.article_id in leads and article.language in CODED_LANGUAGES
    }


def revise(writer: Writer, wanted: dict[str, Coding]) -> list[str]:
    """Take back the events of articles that lead no more, or whose document or coder changed; the articles left to code."""
    codings: tuple[Coding, ...] = writer.rows("codings")
    good = {row.article_id for row in codings if _same_work(row, wanted.get(row.article_id))}
    writer.remove("codings", "article_id", {row.article_id for row in codings} - good)
    writer.remove("overruled", "article_id", set(writer.column("overruled", "article_id")) - good - {""})
    writer.remove("events", "article_id", set(writer.column("events", "article_id")) - good - {""})
    failed = [row.drop_id for row in writer.rows("drops") if (row.stage, row.reason) == ("code", FAILED)]
    writer.remove("drops", "drop_id", failed)
    return sorted(set(wanted) - good)


def code(
    writer: Writer,
    found: dict[str, Document],
    wanted: dict[str, Coding],
    settings: Settings,
    spread: Spread,
    progress: Progress,
) -> None:
    """Code the documents that are not coded yet. An article's row in `codings` is written after its events."""
    open_ids = revise(writer, wanted)
    progress.start("coding", len(open_ids))
    batches = _batches([found[key] for key in open_ids], settings.articles_a_batch)
    for batch, results in _gathered(spread.map(CodeTask(settings), batches), settings, progress):
        done = [(document, result) for document, result in zip(batch, results, strict=True) if not result.drops]
        writer.insert("events", [event for _, result in done for event in result.events])
        writer.insert("drops", [StoredDrop.of(drop) for result in results for drop in result.drops])
        rows = [(wanted[document.article_id], len(result.events)) for document, result in done]
        writer.insert("codings", [msgspec.structs.replace(coding, events=count) for coding, count in rows])


def join(writer: Writer, progress: Progress) -> None:
    """Join events that report the same happening, and write what changed. Imported events belong to no article, rejected ones count
    nowhere."""
    from visavis import sift

    events = [event for event in writer.rows("events") if event.article_id and event.status != "rejected"]
    copies: list[Copy] = [row.copy() for row in writer.rows("copies")]
    progress.start("joining", len(events))
    stories = writer.rows("stories")
    ruled, states = rulings(events, stories, writer.rows("reviews"))
    held = HeldHappenings(writer, events)
    found = sift.join(events, stories, copies, [*held.rulings(), *ruled])
    writer.settle("happenings", held.as_before(found))
    settle_states(writer, states)
    progress.advance(len(events))


def naming(documents: dict[str, Document]) -> list[Document]:
    """The documents that name a rung of the partnership ladder, in the order of their ids: what `climb` needs of all texts."""
    from visavis.lexicon.rungs import find_rung

    return [documents[key] for key in sorted(documents) if find_rung(documents[key].text)]


def climb(writer: Writer, documents: Sequence[Document], lexicon: str | None) -> None:
    """Name the rungs of the partnership ladder that the coded articles `naming` one tell of, and write what changed; imported ones
    stay, and those whose text was taken down."""
    from visavis.lexicon import load
    from visavis.run.rungs import rungs_of

    taken = taken_articles(writer)
    kept = [rung for rung in writer.rows("rungs") if not rung.article_id or rung.article_id in taken]
    found: list[Rung] = []
    if documents:
        named = {document.article_id for document in documents}
        known = load(None if lexicon is None else Path(lexicon))
        found = list(rungs_of(documents, [e for e in writer.rows("events") if e.article_id in named], known))
    writer.settle("rungs", [*kept, *found])


def coding(document: Document, coder: str, lexicon: str) -> Coding:
    """The row that says by what this document was coded: equal rows mean that nothing has to be done again."""
    seal = content_id(msgspec.msgpack.encode(document))
    return Coding(article_id=document.article_id, document=seal, coder=coder, lexicon=lexicon)


def is_of(row: Coding, document: Document) -> bool:
    """Whether the row says that this very document was coded, by whatever coder."""
    return row.document == coding(document, "", "").document


def _same_work(row: Coding, wanted: Coding | None) -> bool:
    return wanted is not None and msgspec.structs.replace(row, events=0) == wanted


def _document(article: Article, story_id: str, spun: bool) -> Document:
    return Document(
        article_id=article.article_id,
        text=article.text,
        story_id=story_id,
        published=article.published,
        outlet=article.outlet,
        outlet_country=article.outlet_country,
        spun=spun,
    )


def _page_batches(pages: Iterable[Page], settings: Settings) -> Iterator[list[Page]]:
    batch: list[Page] = []
    size = 0
    for page in pages:
        batch.append(page)
        size += len(page.body)
        if len(batch) >= settings.pages_a_batch or size >= settings.bytes_a_batch:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _gathered(
    done: Iterable[tuple[list[T], list[R]]], settings: Settings, progress: Progress
) -> Iterator[tuple[list[T], list[R]]]:
    """The batches with their results, put together to what one commit holds: each takes time, and more the more there were before."""
    items: list[T] = []
    results: list[R] = []
    size, begun = 0, time.monotonic()
    for batch, found in done:
        progress.advance(len(batch))
        items += batch
        results += found
        size += sum(len(item.body) for item in batch if isinstance(item, Page))
        if time.monotonic() - begun >= settings.seconds_a_commit or size >= _BATCHES_A_COMMIT * settings.bytes_a_batch:
            yield items, results
            items, results, size, begun = [], [], 0, time.monotonic()
    if items:
        yield items, results


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    for at in range(0, len(items), size):
        yield list(items[at : at + size])
