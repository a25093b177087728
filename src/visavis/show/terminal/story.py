"""One story in the terminal: the tree of its copies, then its events."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from visavis.show.terminal.event import article
from visavis.show.terminal.parts import clean, event_rows, heading
from visavis.show.views.story import Branch, Changes, StoryView

_COPIED = {"this": "a copy of the above", "parent": "the above copies it", "unknown": "direction unknown"}


def render_story(view: StoryView) -> RenderableType:
    """The story for a terminal of any width, with colour or without."""
    title = Text(clean(view.title), "bold").append(f"  {view.story_id}", "dim")
    outlets = ", ".join(clean(outlet) for outlet in view.outlets) or "no outlet known"
    about = Text(f"first seen {view.first_seen or 'on an unknown day'}; {view.articles} articles; {outlets}")
    tree = Tree(Text(clean(article(view.tree.article))), guide_style="dim")
    _grow(tree, view.tree)
    shown: list[RenderableType] = [title, about, heading("Who carries it"), tree]
    if view.events:
        shown += [heading("Events, coded from the lead article"), event_rows(view.events)]
    else:
        shown.append(Text("\nNo event was coded from this story.", "dim"))
    return Group(*shown)


def _grow(tree: Tree, branch: Branch) -> None:
    for child in branch.branches:
        told = Text(clean(article(child.article)))
        kind = (
            f"{child.kind} {child.score:.2f}, {_COPIED[child.copied]}"
            if child.kind
            else "grouped without a direct edge"
        )
        for line in (kind, *child.why, *_changes(child.changes)):
            told.append(f"\n{clean(line)}", "dim")
        _grow(tree.add(told), child)


def _changes(changes: Changes | None) -> Iterator[str]:
    """What the copy kept and changed, a line each."""
    if changes is None:
        return
    yield f"words: {changes.same} kept, {changes.changed} changed, {changes.added} added, {changes.cut} cut"
    if changes.swaps:
        yield "changed: " + "; ".join(f"{other} > {words}" for other, words in changes.swaps)
    for what, passages in (("added", changes.added_words), ("cut", changes.cut_words)):
        yield from (f"{what}: “{words}”" for words in passages if words)
