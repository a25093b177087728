"""Two versions of one report side by side: aligned passages in rows, what was changed, added and cut in each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from visavis.records import Article
from visavis.show.views.parts import ArticleLine, article_line
from visavis.show.views.reading import paragraphs_of
from visavis.sift.lineage import Piece, compare_versions

# Letters that a common passage is cut into when it is laid against paragraphs.
_STEP = 20
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
        Row(_trimmed(_runs(original.text, a, c, left)), _trimmed(_runs(copy.text, b, d, right)))
        for (a, b), (c, d) in pairwise(cuts)
        if a < c or b < d
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


def _cuts(pieces: Sequence[Piece], original: str, copy: str) -> list[tuple[int, int]]:
    """Where a row begins in the two texts: paragraphs that share most words share a row, the others have one of their own."""
    left, right = _units(original, copy)
    shared = _shared(pieces, left, right)
    upward = {i: max(shared[i], key=lambda j: (shared[i][j], -j)) for i in shared}
    turned: dict[int, dict[int, int]] = {}
    for i, found in shared.items():
        for j, words in found.items():
            turned.setdefault(j, {})[i] = words
    downward = {j: max(turned[j], key=lambda i: (turned[j][i], -i)) for j in turned}
    cuts, next_left, next_right = [], 0, 0
    for i, j in sorted(upward.items()):
        if downward[j] != i or i < next_left or j < next_right:
            continue
        cuts += [(_at(left, i), _at(right, next_right)), (_at(left, i), _at(right, j))]
        next_left = _last(i, [k for k in upward if upward[k] == j]) + 1
        next_right = _last(j, [k for k in downward if downward[k] == i]) + 1
        cuts.append((_at(left, next_left), _at(right, next_right)))
    return cuts


def _units(original: str, copy: str) -> tuple[list[int], list[int]]:
    """Where the paragraphs of the two texts begin, and their ends; their sentences, when one of them has a single paragraph."""
    parts = [[start for start, _ in paragraphs_of(text)] for text in (original, copy)]
    if min(len(part) for part in parts) < 2:
        parts = [[0, *(found.end() for found in _END.finditer(text))] for text in (original, copy)]
    left, right = ([0, *part[1:], len(text)] for part, text in zip(parts, (original, copy), strict=True))
    return left, right


def _shared(pieces: Sequence[Piece], left: Sequence[int], right: Sequence[int]) -> dict[int, dict[int, int]]:
    """{paragraph of the original: {paragraph of the copy: letters they share}}."""
    found: dict[int, dict[int, int]] = {}
    for piece in pieces:
        if piece.change == "same":
            # A common passage may run over several paragraphs: it is laid against both texts in short steps.
            steps = max(1, len(piece.words) // _STEP)
            for k in range(steps):
                i = bisect_right(left, piece.of_start + (piece.of_end - piece.of_start) * k // steps) - 1
                j = bisect_right(right, piece.start + (piece.end - piece.start) * k // steps) - 1
                row = found.setdefault(i, {})
                row[j] = row.get(j, 0) + len(piece.words) // steps
    return found


def _at(starts: Sequence[int], number: int) -> int:
    return starts[min(number, len(starts) - 1)]


def _last(first: int, among: Sequence[int]) -> int:
    """The last of the numbers that follow `first` without a gap."""
    while first + 1 in among:
        first += 1
    return first


def _trimmed(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs without blanks at the end of the passage."""
    found = list(runs)
    while found and not found[-1].words.strip():
        found.pop()
    if found:
        found[-1] = Run(found[-1].change, found[-1].words.rstrip())
    return tuple(found)


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
