"""How a report spreads and changes: the difference of two versions for display, and the tree of a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from visavis.records import Article, Copy, Story

from .words import FLAG_BITS, word_keys, word_places

Change = Literal["same", "changed", "added", "cut"]


class Piece(Struct, frozen=True):
    """A stretch of the two versions: `words` of the copy (start..end, code points), `of_words` of the other.

    `change`: "same"; "changed" (other words in one place: an edit or a spinner's synonym); "added" (only in the copy); "cut"
    (only in the other)."""

    change: Change
    words: str
    of_words: str
    start: int
    end: int
    of_start: int
    of_end: int


class Versions(Struct, frozen=True, kw_only=True):
    """The difference of a copy from the other version, in the copy's order; the counts are of words."""

    pieces: tuple[Piece, ...]
    same: int
    changed: int
    added: int
    cut: int
    swaps: tuple[tuple[str, str], ...]


class Branch(Struct, frozen=True, kw_only=True):
    """An article in the tree of its story, with the edge that hangs it there (None for the lead) and its own copies."""

    article_id: str
    copy: Copy | None
    branches: tuple[Branch, ...] = ()


def compare_versions(copy: Article, other: Article) -> Versions:
    """What `copy` kept, changed, added and cut of `other`: a word diff (Ratcliff and Obershelp's longest blocks, difflib).

    `swaps` lists short changes (at most four words on each side) as (other's words, copy's words)."""
    left, right = [(word_keys(text) >> FLAG_BITS).tolist() for text in (other.text, copy.text)]
    of_places, places = word_places(other.text).tolist(), word_places(copy.text).tolist()
    pieces, count = [], {"same": 0, "changed": 0, "added": 0, "cut": 0}
    swaps: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        change = _CHANGES[tag]
        of_start, of_end = _bounds(of_places, i, j)
        start, end = _bounds(places, k, m)
        piece = Piece(change, copy.text[start:end], other.text[of_start:of_end], start, end, of_start, of_end)
        pieces.append(piece)
        count[change] += max(j - i, m - k)
        if change == "changed" and max(j - i, m - k) <= 4:
            swaps.append((piece.of_words, piece.words))
    return Versions(pieces=tuple(pieces), swaps=tuple(dict.fromkeys(swaps)), **count)


_CHANGES: dict[str, Change] = {"equal": "same", "replace": "changed", "insert": "added", "delete": "cut"}


def _bounds(places: Sequence[Sequence[int]], first: int, last: int) -> tuple[int, int]:
    if first == last:
        at = places[first][0] if first < len(places) else (places[-1][1] if places else 0)
        return at, at
    return places[first][0], places[last - 1][1]


def tree(story: Story, copies: Iterable[Copy]) -> Branch:
    """The story as a tree: the lead on top, each article under the one in the story that it most likely copied.

    That is, of the edges in which it is the copy, the one with most in common; articles without such an edge hang from the lead,
    by the edge in which the lead is the copy or, failing that, by none.
    """
    members = set(story.article_ids)
    inside = [c for c in copies if c.article_id in members and c.of_article_id in members]
    above: dict[str, Copy] = {}
    for copy in sorted(inside, key=lambda c: (-c.score, c.of_article_id != story.lead_id, c.of_article_id)):
        fits = copy.article_id != story.lead_id and not _reaches(above, copy.of_article_id, copy.article_id)
        if fits:
            above.setdefault(copy.article_id, copy)
    loose = {c.of_article_id: c for c in inside if c.article_id == story.lead_id}
    return _branch(story.lead_id, None, story, above, loose)


def _reaches(above: dict[str, Copy], start: str, goal: str) -> bool:
    """Whether `goal` lies on the way up from `start`: then an edge from it would close a ring."""
    while start != goal and start in above:
        start = above[start].of_article_id
    return start == goal


def _branch(article_id: str, copy: Copy | None, story: Story, above: dict[str, Copy], loose: dict[str, Copy]) -> Branch:
    hung: list[tuple[str, Copy | None]] = [
        (i, above[i]) for i in story.article_ids if i in above and above[i].of_article_id == article_id
    ]
    if article_id == story.lead_id:
        rest = [i for i in story.article_ids if i != story.lead_id and i not in above]
        hung += [(i, loose.get(i)) for i in rest]
    return Branch(
        article_id=article_id,
        copy=copy,
        branches=tuple(_branch(i, edge, story, above, loose) for i, edge in sorted(hung, key=lambda pair: pair[0])),
    )
