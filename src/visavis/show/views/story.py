"""The view of one story: its articles as a tree of copies, and the events that were coded from its lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import shorten

from msgspec import Struct

from visavis.records import Article, Copy, Event, Story
from visavis.show.views.parts import ArticleLine, EventLine, article_line, event_line
from visavis.sift import lineage

# What is shown of the changes: pairs compared, swapped words, longest passages and the letters of each.
_COMPARED, _SWAPS, _PASSAGES, _LETTERS = 60, 8, 2, 160


class Changes(Struct, frozen=True, kw_only=True):
    """What a copy did to the other version: words kept, changed, added and cut; some of the swaps (the other's words, the copy's)
    and the longest passages that were added and cut."""

    same: int
    changed: int
    added: int
    cut: int
    swaps: tuple[tuple[str, str], ...]
    added_words: tuple[str, ...]
    cut_words: tuple[str, ...]


class Branch(Struct, frozen=True, kw_only=True):
    """One article in the tree and its copies. `kind` and `score` say how it relates to its parent ("" for the lead);
    `copied` tells that this one is the copy ("this"), its parent is ("parent"), or that nobody knows ("unknown"); `changes` what the
    copy did to the other (this one to its parent, when nobody knows), None for the lead and in very large stories."""

    article: ArticleLine
    kind: str
    score: float
    copied: str
    why: tuple[str, ...]
    branches: tuple[Branch, ...]
    changes: Changes | None = None


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
    ordered = sorted(events, key=lambda event: (event.sentence_no, event.words_start, event.event_id))
    return StoryView(
        story_id=story.story_id,
        title=articles[story.lead_id].title,
        first_seen=story.first_seen,
        outlets=story.outlets,
        articles=len(story.article_ids),
        tree=_branch(lineage.tree(story, copies), None, articles, iter(range(_COMPARED))),
        events=tuple(event_line(event) for event in ordered),
    )


def _branch(branch: lineage.Branch, parent: str | None, articles: Mapping[str, Article], left: Iterator[int]) -> Branch:
    """The branch for display; `left` runs out when enough pairs were compared."""
    edge, article = branch.copy, articles[branch.article_id]
    copied, changes = "", None
    if edge is not None:
        known = edge.direction != "unknown"
        copied = "unknown" if not known else ("this" if edge.article_id == branch.article_id else "parent")
    if parent is not None and next(left, None) is not None:
        changes = _changes(articles[parent], article) if copied == "parent" else _changes(article, articles[parent])
    return Branch(
        article=article_line(article),
        kind=edge.kind if edge else "",
        score=edge.score if edge else 1.0,
        copied=copied,
        why=edge.why if edge else (),
        branches=tuple(_branch(child, branch.article_id, articles, left) for child in branch.branches),
        changes=changes,
    )


def _changes(copy: Article, other: Article) -> Changes:
    found = lineage.compare_versions(copy, other)
    return Changes(
        same=found.same,
        changed=found.changed,
        added=found.added,
        cut=found.cut,
        swaps=found.swaps[:_SWAPS],
        added_words=_longest(piece.words for piece in found.pieces if piece.change == "added"),
        cut_words=_longest(piece.of_words for piece in found.pieces if piece.change == "cut"),
    )


def _longest(passages: Iterable[str]) -> tuple[str, ...]:
    """The longest passages, each cut to some words at most."""
    ordered = sorted((" ".join(passage.split()) for passage in passages), key=lambda words: (-len(words), words))
    return tuple(shorten(words, _LETTERS, placeholder=" ...") for words in ordered[:_PASSAGES])
