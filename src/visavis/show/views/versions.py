"""Two versions of one report side by side: aligned passages in rows, what was changed, added and cut in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from visavis.records import Article
from visavis.show.views.parts import ArticleLine, article_line
from visavis.sift.lineage import Piece, compare_versions

# A common passage of fewer letters is a chance meeting of words, not a place where both texts run together again.
_ANCHOR = 12
_END = re.compile(r"[.!?:;][\"'”’)\]]*\s+|\n+")


class Run(Struct, frozen=True):
    """A stretch of one version. `change`: same, changed, added (only here, in the copy), cut (only here, in the original)."""

    change: str
    words: str


class Row(Struct, frozen=True):
    """Passages that stand for each other: in the original and in the copy. One side may be empty."""

    original: tuple[Run, ...]
    copy: tuple[Run, ...]


class VersionsView(Struct, frozen=True, kw_only=True):
    """A copy beside the version it was made from. Counts are of words; `swaps` pairs the original's words with the copy's."""

    original: ArticleLine
    copy: ArticleLine
    same: int
    changed: int
    added: int
    cut: int
    swaps: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def versions_view(original: Article, copy: Article) -> VersionsView:
    """The two versions in rows."""
    found = compare_versions(copy, original)
    cuts = [(0, 0), *_cuts(found.pieces, original.text, copy.text), (len(original.text), len(copy.text))]
    left = [(p.of_start, p.of_end, p.change) for p in found.pieces]
    right = [(p.start, p.end, p.change) for p in found.pieces]
    rows = [
        Row(tuple(_runs(original.text, a, c, left)), tuple(_runs(copy.text, b, d, right)))
        for (a, b), (c, d) in pairwise(cuts)
        if (a, b) != (c, d)
    ]
    return VersionsView(
        original=article_line(original),
        copy=article_line(copy),
        same=found.same,
        changed=found.changed,
        added=found.added,
        cut=found.cut,
        swaps=found.swaps,
        rows=tuple(row for row in rows if row.original or row.copy),
    )


def _cuts(pieces: Sequence[Piece], original: str, copy: str) -> Iterator[tuple[int, int]]:
    """Where a new row begins: at sentences that begin in both versions inside a common passage, and where one begins."""
    for piece in pieces:
        if piece.change != "same":
            continue
        if len(piece.words) >= _ANCHOR and _begins(original, piece.of_start) and _begins(copy, piece.start):
            yield piece.of_start, piece.start
        ends, of_ends = (list(_END.finditer(words)) for words in (piece.words, piece.of_words))
        if len(ends) == len(of_ends):  # only then do they stand for each other
            for end, of_end in zip(ends, of_ends, strict=True):
                yield piece.of_start + of_end.end(), piece.start + end.end()


def _begins(text: str, at: int) -> bool:
    """Whether a sentence or paragraph begins at `at`."""
    before = text[:at].rstrip("\"'“‘([ ")
    return not before or before[-1] in '.!?:;\n”’"'


def _runs(text: str, start: int, end: int, changes: Iterable[tuple[int, int, str]]) -> Iterator[Run]:
    """The passage in runs of one kind of change; what stands between two words belongs to the first."""
    at = start
    for first, last, change in changes:
        first, last = max(first, at), min(last, end)
        if first >= last or last <= at:
            continue
        if text[at:first]:
            yield Run("same", text[at:first])
        yield Run(change, text[first:last])
        at = last
    if text[at:end].strip():
        yield Run("same", text[at:end])
