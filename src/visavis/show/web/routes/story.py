"""`/story/ID`: the copies of one report as a tree, two of them side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from visavis.errors import QueryError
from visavis.show.fetch import fetch_story
from visavis.show.pages import fetch_versions
from visavis.show.views.story import Branch, StoryView
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.show.web.rows import branch_rows
from visavis.store.keep.verdicts import pair_of

router = APIRouter()

StoryId = Annotated[
    str, Path(max_length=40, description="The story's id, or the beginning of it.", examples=["6603b144"])
]
Version = Annotated[str, Query(max_length=40, description="An article of the story.")]


@page(router, "/story/{story_id}", examples.STORY)
def story(request: Request, ask: Ask, story_id: StoryId) -> Reply:
    """One report: who carries it, who copied whom, and the events coded from it."""
    view = fetch_story(ask.record, story_id)
    own = {branch.article.article_id for branch in _articles(view.tree)}
    reviews = [row for row in ask.record.rows("reviews") if row.table == "copies" and set(pair_of(row)) & own]
    more = {"pairs": list(_pairs(view.tree)), "reviews": sorted(reviews, key=lambda row: (row.at, row.review_id))}
    return Reply("story.html", view.title or f"Story {view.story_id}", view, branch_rows(view.tree), more)


@page(router, "/story/{story_id}/versions", examples.VERSIONS)
def versions(request: Request, ask: Ask, story_id: StoryId, original: Version = "", copy: Version = "") -> Reply:
    """Two versions of one report side by side: aligned passages, changed words marked."""
    view = fetch_story(ask.record, story_id)
    first, second = _chosen(view, original, copy)
    found = fetch_versions(ask.record, first, second)
    rows = [
        {"original": "".join(r.words for r in row.original), "copy": "".join(r.words for r in row.copy)}
        for row in found.rows
    ]
    return Reply(
        "versions.html",
        f"Two versions: {view.title}",
        found,
        rows,
        {"story": view, "articles": list(_articles(view.tree))},
    )


def _articles(tree: Branch) -> list[Branch]:
    return [tree, *(found for branch in tree.branches for found in _articles(branch))]


def _pairs(tree: Branch) -> list[tuple[Branch, Branch]]:
    """Each copy with what it hangs on: (original, copy), turned round where the upper one is the copy."""
    found = []
    for branch in tree.branches:
        found.append((branch, tree) if branch.copied == "parent" else (tree, branch))
        found += _pairs(branch)
    return found


def _chosen(view: StoryView, original: str, copy: str) -> tuple[str, str]:
    if original and copy:
        return original, copy
    pairs = _pairs(view.tree)
    if not pairs:
        raise QueryError("This story has one version only.", f"See /story/{view.story_id}.")
    return pairs[0][0].article.article_id, pairs[0][1].article.article_id
