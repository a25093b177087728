"""The two tasks that are spread: pages into articles, articles into events. Pure but for the parser, loaded once a process."""

from __future__ import annotations

import gc
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct

from visavis.records import Article, Document, Drop, Event, Page
from visavis.run.reasons import FAILED, NOT_ENGLISH
from visavis.run.settings import Settings
from visavis.sift.fingerprints import Fingerprint

if TYPE_CHECKING:
    from visavis.code import Coder

S = TypeVar("S", bound=Struct)

# "" is a text too short to tell.
CODED_LANGUAGES = ("", "en")


class PageResult(Struct, frozen=True, kw_only=True):
    """What one page holds."""

    articles: tuple[Article, ...] = ()
    signatures: tuple[Fingerprint, ...] = ()
    drops: tuple[Drop, ...] = ()


class CodeResult(Struct, frozen=True, kw_only=True):
    """What one article reports; `failed` when it could not be coded."""

    events: tuple[Event, ...] = ()
    drops: tuple[Drop, ...] = ()


class ReadTask(Struct, frozen=True):
    """Page -> articles with their fingerprints, and drops."""

    settings: Settings

    def __call__(self, items: list[Page]) -> list[PageResult]:
        """One result for each page."""
        return [_read(page) for page in items]

    def failed(self, item: Page, why: str) -> PageResult:
        """One drop that says why."""
        return PageResult(drops=(Drop(stage="read", reason=FAILED, page_id=item.page_id, uri=item.uri, detail=why),))


class CodeTask(Struct, frozen=True):
    """Document -> events."""

    settings: Settings

    def __call__(self, items: list[Document]) -> list[CodeResult]:
        """One result for each document."""
        found = coder(self.settings).code([_looked_at(item) for item in items])
        return [_storable(CodeResult(events=tuple(events))) for events in found]

    def failed(self, item: Document, why: str) -> CodeResult:
        """One drop that says why."""
        return CodeResult(drops=(Drop(stage="code", reason=FAILED, article_id=item.article_id, detail=why),))


def _looked_at(document: Document) -> Document:
    """The document, known to be spun when its own text shows that a machine reworded it."""
    from visavis.sift import is_spun

    return msgspec.structs.replace(document, spun=document.spun or is_spun(document.text))


@lru_cache(maxsize=2)
def coder(settings: Settings) -> Coder:
    """The coder of these settings, loaded once a process."""
    from visavis.code import Coder
    from visavis.code.parse import load_parser

    made = Coder(lexicon=None if settings.lexicon is None else Path(settings.lexicon), parser=settings.parser)
    if parent_process() is not None:
        load_parser(settings.parser)
        gc.freeze()  # in a worker, lexicon and parser stay: the collector need not visit their objects again and again
    return made


def _read(page: Page) -> PageResult:
    from visavis.read import read_page
    from visavis.sift import fingerprint

    reading = read_page(page)
    whole = [article for article in reading.articles if article.kind == "article"]
    foreign = tuple(
        Drop(
            stage="code",
            reason=NOT_ENGLISH,
            page_id=page.page_id,
            article_id=article.article_id,
            uri=page.uri,
            detail=f"{article.language}: read, not coded",
        )
        for article in whole
        if article.language not in CODED_LANGUAGES
    )
    signatures = tuple(fingerprint(article) for article in reading.articles)
    drops = (*reading.drops, *foreign)
    return _storable(PageResult(articles=tuple(reading.articles), signatures=signatures, drops=drops))


def _storable(result: S) -> S:
    """The result, if UTF-8 can hold its texts; else UnicodeEncodeError, here where it costs one page and not the batch."""
    msgspec.msgpack.encode(result)
    return result
