"""The tables that the passes over text fill: pages, articles, copies, stories, events, happenings and what was left out.

Where the stages' own record lacks a column that the table needs (an id, packed bytes), a stored twin stands here with the two
ways between them; all others are stored as they are.
"""

from __future__ import annotations

import zlib

from msgspec import Struct

from visavis.records import Alignment, Article, Copy, Drop, Event, Happening, Page, Story, content_id
from visavis.sift.fingerprints import Fingerprint
from visavis.store.tables.table import Table

# Level 6 is zlib's own trade-off: level 9 saved 1 % on news pages for twice the time.
_LEVEL = 6


class StoredPage(Struct, frozen=True, kw_only=True):
    """A page with its bytes packed by zlib."""

    page_id: str
    uri: str
    media_type: str
    charset: str
    sha256: str
    size: int
    body: bytes
    found_at: str = ""
    fetched_at: str = ""
    hint: dict[str, str] = {}

    @classmethod
    def of(cls, page: Page) -> StoredPage:
        """The page, packed."""
        return cls(
            page_id=page.page_id,
            uri=page.uri,
            media_type=page.media_type,
            charset=page.charset,
            sha256=page.sha256,
            size=len(page.body),
            body=zlib.compress(page.body, _LEVEL),
            found_at=page.found_at,
            fetched_at=page.fetched_at,
            hint=page.hint,
        )

    def page(self) -> Page:
        """The page as it was received."""
        return Page(
            page_id=self.page_id,
            uri=self.uri,
            media_type=self.media_type,
            charset=self.charset,
            sha256=self.sha256,
            body=zlib.decompress(self.body) if self.body else b"",  # empty once it was taken down
            found_at=self.found_at,
            fetched_at=self.fetched_at,
            hint=self.hint,
        )


class StoredCopy(Struct, frozen=True, kw_only=True):
    """A copy edge with an id made of its two articles and its kind."""

    copy_id: str
    article_id: str
    of_article_id: str
    kind: str
    score: float
    direction: str = "unknown"
    why: tuple[str, ...] = ()
    spans: tuple[Alignment, ...] = ()
    reviewed: str = ""

    @classmethod
    def of(cls, copy: Copy) -> StoredCopy:
        """The edge with its id."""
        return cls(
            copy_id=content_id(copy.article_id, copy.of_article_id, copy.kind),
            article_id=copy.article_id,
            of_article_id=copy.of_article_id,
            kind=copy.kind,
            score=copy.score,
            direction=copy.direction,
            why=copy.why,
            spans=copy.spans,
            reviewed=copy.reviewed,
        )

    def copy(self) -> Copy:
        """The edge as the stages know it."""
        return Copy(
            article_id=self.article_id,
            of_article_id=self.of_article_id,
            kind=self.kind,
            score=self.score,
            direction=self.direction,
            why=self.why,
            spans=self.spans,
            reviewed=self.reviewed,
        )


class StoredDrop(Struct, frozen=True, kw_only=True):
    """A drop with its id."""

    drop_id: str
    stage: str
    reason: str
    page_id: str = ""
    article_id: str = ""
    uri: str = ""
    start: int = 0
    end: int = 0
    detail: str = ""

    @classmethod
    def of(cls, drop: Drop) -> StoredDrop:
        """The drop with its id."""
        return cls(
            drop_id=drop.drop_id,
            stage=drop.stage,
            reason=drop.reason,
            page_id=drop.page_id,
            article_id=drop.article_id,
            uri=drop.uri,
            start=drop.start,
            end=drop.end,
            detail=drop.detail,
        )


class Alias(Struct, frozen=True, kw_only=True):
    """An id that may once have named a story, and the story that it means now.

    Stories are named by their lead articles, so every other article of a story has a row: whichever of them led it in an earlier
    state of the record, a link to it still arrives. That makes the table a function of the stories, not of their history.
    """

    old_id: str
    new_id: str


class Coding(Struct, frozen=True, kw_only=True):
    """One article that was coded, with or without events: what a rate is a rate of."""

    article_id: str
    document: str
    coder: str
    lexicon: str
    events: int = 0


TABLES = (
    Table("pages", StoredPage, "page_id", leave_out=("body", "found_at", "fetched_at")),
    Table("articles", Article, "article_id"),
    Table("signatures", Fingerprint, "article_id", exported=False),
    Table("copies", StoredCopy, "copy_id"),
    Table("stories", Story, "story_id"),
    Table("aliases", Alias, "old_id"),
    Table("events", Event, "event_id"),
    Table("codings", Coding, "article_id"),
    Table("happenings", Happening, "happening_id"),
    Table("drops", StoredDrop, "drop_id"),
)
