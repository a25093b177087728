"""Copies to stories: stars round a lead, never chains.

The lead of a story is its earliest article (unknown dates last), then one that no text shows to be a copy (a repost credits its
source), then the longest, then the least id; a machine-reworded copy leads only where its original is not there. An article belongs to the first lead that it has a verified edge to, so A ~ B ~ C
puts C with A only when C itself was compared with A.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from visavis.records import Article, Copy, Story

from .fingerprints import published_by

# An article that quotes a few sentences of another, or gives them in an excerpt of its own, tells its own story.
_ONE_REPORT = frozenset({"identical", "near", "excerpt", "spun", "translated"})


class Alias(NamedTuple):
    """A story id that means another story now, or would have meant it while its lead was not yet there."""

    old_id: str
    new_id: str


def lead_rank(article: Article) -> tuple[str, int, str]:
    """The order in which articles lead: earliest date, then longest, then id."""
    return (published_by(article) or "9999", -len(article.text), article.article_id)


def gather(articles: Sequence[Article], copies: Iterable[Copy]) -> tuple[Story, ...]:
    """The stories of `articles` (of kind "article"), each a star of verified copies round its lead, in lead order."""
    near: defaultdict[str, set[str]] = defaultdict(set)
    spun: set[str] = set()
    copied: set[str] = set()
    for copy in copies:
        if copy.kind in _ONE_REPORT:
            if copy.kind == "spun" and copy.direction != "unknown":
                spun.add(copy.article_id)
            if copy.direction == "textual":
                copied.add(copy.article_id)
            near[copy.article_id].add(copy.of_article_id)
            near[copy.of_article_id].add(copy.article_id)

    def rank(article: Article) -> tuple[bool, str, bool, int, str]:
        day, length, article_id = lead_rank(article)
        return (article_id in spun, day, article_id in copied, length, article_id)

    whole = {article.article_id: article for article in articles if article.kind == "article"}
    taken: set[str] = set()
    stories = []
    for lead in sorted(whole.values(), key=rank):
        if lead.article_id in taken:
            continue
        members = [whole[i] for i in sorted(near.get(lead.article_id, ())) if i in whole and i not in taken]
        taken.update([lead.article_id, *(member.article_id for member in members)])
        stories.append(_story(lead, members))
    return tuple(stories)


def aliases(stories: Iterable[Story]) -> tuple[Alias, ...]:
    """Every id that such a story can have had before: those of its members. So that a record which grew has the same aliases
    as one that was read at once, they do not depend on which of them it had."""
    moved = [Alias(i, story.story_id) for story in stories for i in story.article_ids if i != story.lead_id]
    return tuple(sorted(moved))


def _story(lead: Article, members: list[Article]) -> Story:
    dates = [a.published.earliest for a in (lead, *members) if published_by(a) and a.published.earliest]
    return Story(
        story_id=lead.article_id,
        lead_id=lead.article_id,
        article_ids=(lead.article_id, *sorted(member.article_id for member in members)),
        first_seen=min(dates, default=None),
        outlets=tuple(sorted({a.outlet for a in (lead, *members) if a.outlet})),
    )
