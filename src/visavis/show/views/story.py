"""The view of one story: its articles as a tree of copies, and the events that were coded from its lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from visavis.records import Article, Copy, Event, Story
from visavis.show.views.parts import ArticleLine, EventLine, article_line, event_line


class Branch(Struct, frozen=True, kw_only=True):
    """One article in the tree and its copies. `kind` and `score` say how it relates to its parent ("" for the lead);
    `copied` tells that this one is the copy, its parent is, or that nobody knows."""

    article: ArticleLine
    kind: str
    score: float
    copied: str
    why: tuple[str, ...]
    branches: tuple[Branch, ...]


class StoryView(Struct, frozen=True, kw_only=True):
    """One report, whoever carries it."""

    story_id: str
    title: str
    first_seen: str | None
    outlets: tuple[str, ...]
    articles: int
    tree: Branch
    events: tuple[EventLine, ...]


def story_view(
    story: Story, articles: Mapping[str, Article], copies: Sequence[Copy], events: Sequence[Event]
) -> StoryView:
    """The view of `story`. Raises KeyError when an article of the story is missing from `articles`."""
    links = _strongest_tree(story, copies)
    ordered = sorted(events, key=lambda event: (event.sentence_no, event.words_start, event.event_id))
    return StoryView(
        story_id=story.story_id,
        title=articles[story.lead_id].title,
        first_seen=story.first_seen,
        outlets=story.outlets,
        articles=len(story.article_ids),
        tree=_branch(story.lead_id, None, links, articles),
        events=tuple(event_line(event) for event in ordered),
    )


def _strongest_tree(story: Story, copies: Sequence[Copy]) -> dict[str, list[tuple[str, Copy | None]]]:
    """{article: its copies}: from the lead outwards, each article hangs on the strongest edge that reaches it (Prim 1957)."""
    inside = [copy for copy in copies if {copy.article_id, copy.of_article_id} <= set(story.article_ids)]
    inside.sort(key=lambda copy: (-copy.score, copy.article_id, copy.of_article_id, copy.kind))
    reached = {story.lead_id}
    links: dict[str, list[tuple[str, Copy | None]]] = {}
    while step := next((c for c in inside if (c.article_id in reached) != (c.of_article_id in reached)), None):
        ends = (step.of_article_id, step.article_id)
        parent, child = ends if step.of_article_id in reached else ends[::-1]
        links.setdefault(parent, []).append((child, step))
        reached.add(child)
    rest: list[tuple[str, Copy | None]] = [(one, None) for one in sorted(set(story.article_ids) - reached)]
    if rest:
        links.setdefault(story.lead_id, []).extend(rest)
    return links


def _branch(
    article_id: str,
    edge: Copy | None,
    links: Mapping[str, Sequence[tuple[str, Copy | None]]],
    articles: Mapping[str, Article],
) -> Branch:
    copied = ""
    if edge is not None:
        known = edge.direction != "unknown"
        copied = "unknown" if not known else ("this" if edge.article_id == article_id else "parent")
    return Branch(
        article=article_line(articles[article_id]),
        kind=edge.kind if edge else "",
        score=edge.score if edge else 1.0,
        copied=copied,
        why=edge.why if edge else (),
        branches=tuple(_branch(child, link, links, articles) for child, link in links.get(article_id, ())),
    )
