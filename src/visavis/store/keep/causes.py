"""Why a row is another than it was: one cause for each, found by what the two states of the record hold.

Order of precedence, where several would do: what a person did, what pages came and went, what coded them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from visavis.records import Event, Story
from visavis.store.keep.overlay import as_the_machine_said
from visavis.store.keep.verdicts import pair_of, standing
from visavis.store.record import Record
from visavis.store.tables.keep import Review
from visavis.store.tables.text import Coding

CAUSES = {
    "review": "a person reviewed it",
    "takedown": "its page was taken down",
    "page gone": "its page is not in the record any more",
    "original arrived": "an earlier version of the report arrived, or the lead of its story changed with the pages",
    "new page": "its page is new",
    "import": "it was imported",
    "new coder": "another version of the coder",
    "new lexicon": "another lexicon or model",
    "new version": "another version of Visavis sifts otherwise",
}
_ORDER = {cause: at for at, cause in enumerate(CAUSES)}


def first_of(causes: Iterable[str]) -> str:
    """The cause that goes before the others; "new version" when there is none."""
    return min(causes, key=lambda cause: _ORDER[cause], default="new version")


class State:
    """What the causes are looked up in, of the record at one run."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.page_of: dict[str, str] = dict(_two(record, "articles", "article_id", "page_id"))
        self.codings: dict[str, Coding] = {row.article_id: row for row in record.rows("codings")}
        self.reviews: tuple[Review, ...] = record.rows("reviews")
        self.taken: set[str] = set(record.table("takedowns", ["page_id"]).column(0).to_pylist())

    @cached_property
    def events(self) -> dict[str, Event]:
        """The events by id."""
        return {event.event_id: event for event in self.record.rows("events")}

    @cached_property
    def machine(self) -> dict[str, Event]:
        """The events by id, as the machine says them."""
        kept = {event.event_id: event for event in self.record.rows("overruled")}
        return {event.event_id: event for event in as_the_machine_said(self.events.values(), kept)}

    @cached_property
    def story_of(self) -> dict[str, Story]:
        """The story of every article."""
        return {key: story for story in self.record.rows("stories") for key in story.article_ids}

    def is_taken(self, article_id: str) -> bool:
        """Whether the article's text was taken down."""
        return self.page_of.get(article_id, "") in self.taken

    def said(self, table: str) -> dict[str, Review]:
        """The standing reviews of a table's rows."""
        return {review.review_id: review for review in standing(self.reviews, table)}


class Causes:
    """The causes of what differs between two states."""

    def __init__(self, before: State, after: State) -> None:
        self.before, self.after = before, after
        edges = self._changed_reviews("copies")
        self._parted = {article for review in edges for article in pair_of(review)}
        self._told = {
            anchor.event_id for review in self._changed_reviews("happenings") for anchor in review.anchors
        } | {review.row_now or review.row_id for review in self._changed_reviews("happenings")}

    def of_article(self, article_id: str) -> str | None:
        """Why an article is new, gone or emptied; None when it is as it was."""
        if article_id not in self.before.page_of:
            return "new page"
        if article_id not in self.after.page_of:
            return "page gone"
        return "takedown" if self.before.is_taken(article_id) != self.after.is_taken(article_id) else None

    def of_lead(self, article_id: str) -> str | None:
        """Why an article leads, or stands in, another story than before; None when its story is as it was."""
        old, new = self.before.story_of.get(article_id), self.after.story_of.get(article_id)
        if old == new:
            return None
        members = {key for story in (old, new) if story is not None for key in story.article_ids}
        if members & self._parted:
            return "review"
        moved = {self.of_article(key) for key in members} - {None, "takedown"}
        if moved:
            # The others of a story stay; they have another lead, or another member.
            own = self.of_article(article_id)
            return (
                own
                if own in moved
                else ("original arrived" if _lead(old) != _lead(new) else first_of(filter(None, moved)))
            )
        return "new version"

    def of_event(self, key: str) -> str:
        """Why an event is new, gone or changed."""
        old, new = self.before.events.get(key), self.after.events.get(key)
        article = (new or old).article_id  # type: ignore[union-attr]
        if not article:
            return "review" if old is not None and new is not None else "import"
        if old is not None and new is not None and self._only_reviewed(key, old, new):
            return "review"
        moved = self.of_article(article)
        return moved if moved is not None else self._of_coding(article)

    def of_copy(self, ends: tuple[str, str]) -> str:
        """Why an edge between two articles is new, gone or changed."""
        if set(ends) <= self._parted:
            return "review"
        return first_of(cause for cause in map(self.of_article, ends) if cause is not None)

    def of_told(self, keys: Iterable[str]) -> str | None:
        """ "review" when a person merged or split what these ids name."""
        return "review" if self._told & set(keys) else None

    def _only_reviewed(self, key: str, old: Event, new: Event) -> bool:
        same = self.before.machine[key] == self.after.machine[key]
        return same or (old.reviewed != new.reviewed and replace(old, coder="") != replace(new, coder=""))

    def _of_coding(self, article_id: str) -> str:
        old, new = self.before.codings.get(article_id), self.after.codings.get(article_id)
        if old is None or new is None:
            return self.of_lead(article_id) or "new coder"
        if old.coder != new.coder:
            return "new coder"
        if old.lexicon != new.lexicon:
            return "new lexicon"
        return self.of_lead(article_id) or "original arrived"

    def _changed_reviews(self, table: str) -> list[Review]:
        """The reviews that stand in one of the states only, or that fit in one of them only."""
        old, new = self.before.said(table), self.after.said(table)
        return [
            review
            for key, review in {**old, **new}.items()
            if key not in old or key not in new or old[key].state != new[key].state
        ]


def _lead(story: Story | None) -> str:
    return "" if story is None else story.lead_id


def _two(record: Record, table: str, key: str, value: str) -> Iterable[tuple[Any, Any]]:
    found = record.table(table, [key, value])
    return zip(found.column(0).to_pylist(), found.column(1).to_pylist(), strict=True)
