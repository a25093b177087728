"""Articles whose text was taken down, through the passes: nothing is left to compare or to code, so what was found stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from visavis.records import Article, Copy, Event, Happening
from visavis.sift import Ruling
from visavis.store.tables.text import Coding
from visavis.store.writer import Writer


def taken_articles(writer: Writer) -> frozenset[str]:
    """The ids of the articles whose text was taken down."""
    return frozenset(key for row in writer.rows("takedowns") for key in row.article_ids)


def as_long(articles: Iterable[Article], lengths: Mapping[str, int]) -> Iterator[Article]:
    """The articles; those without a text, of which `lengths` are given, have blanks for it, as many as it had letters: length decides
    who leads a story."""
    for article in articles:
        length = lengths.get(article.article_id)
        yield article if length is None else replace(article, text=" " * length)


def held_copies(writer: Writer, taken: frozenset[str]) -> list[Copy]:
    """The copies found while the text was there."""
    if not taken:
        return []
    return [row.copy() for row in writer.rows("copies") if {row.article_id, row.of_article_id} & taken]


def held_codings(writer: Writer) -> dict[str, Coding]:
    """The codings of articles that lead a story and cannot be coded again."""
    taken = taken_articles(writer)
    leads = {story.lead_id for story in writer.rows("stories")} if taken else set()
    rows: tuple[Coding, ...] = writer.rows("codings") if taken else ()
    return {row.article_id: replace(row, events=0) for row in rows if row.article_id in taken & leads}


class HeldHappenings:
    """The happenings of events without a sentence: nothing is left to join those by, so they stay where they stand."""

    def __init__(self, writer: Writer, events: Iterable[Event]) -> None:
        taken = taken_articles(writer)
        now = {event.event_id: event.article_id for event in events}
        self._mute = {key for key, article in now.items() if article in taken}
        rows: tuple[Happening, ...] = writer.rows("happenings") if self._mute else ()
        self._before = {row.happening_id: row for row in rows if set(row.event_ids) & self._mute}
        self._groups = [tuple(key for key in row.event_ids if key in now) for row in self._before.values()]

    def rulings(self) -> list[Ruling]:
        """What makes them so, before any other ruling."""
        together = [Ruling("keep", keys) for keys in self._groups if len(keys) > 1]
        return [*(Ruling("part", (key,)) for key in sorted(self._mute)), *together]

    def as_before(self, found: Iterable[Happening]) -> Iterator[Happening]:
        """The happenings; one that differs in nothing but its reasons is the row that is there."""
        for row in found:
            old = self._before.get(row.happening_id)
            same = old is not None and replace(row, why=old.why, differences=old.differences) == old
            yield old if old is not None and same else row
