"""One story in the terminal: the tree of its copies, then its events."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from visavis.show.terminal.event import article
from visavis.show.terminal.parts import clean, event_rows, heading
from visavis.show.views.story import Branch, StoryView

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
        kind = (
            f"{child.kind} {child.score:.2f}, {_COPIED[child.copied]}"
            if child.kind
            else "grouped without a direct edge"
        )
        why = f" ({'; '.join(child.why)})" if child.why else ""
        _grow(tree.add(Text(clean(f"{kind}{why}: {article(child.article)}"))), child)
