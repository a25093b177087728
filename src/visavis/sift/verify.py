"""Whether two articles hold one text, how much of each, and of what kind the copy is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .passages import Passage, equal_runs, passages
from .sentences import shared_sentence
from .side import Side
from .words import ASIDE, CALL, Keys

# Fitted on half of the development families (tests/sift/test_accuracy.py holds the floors): a passage proves copying when it
# shares so many telling words, or one long run with some of them, or so many runs one after the other that are not all formula.
_TELLING = 9
_LONG_RUN, _LEAST_IN_LONG_RUN, _WORDS_FOR_ONE, _TELLING_IN_LONG_RUN = 15, 2, 5, 6
_RUNS, _WORDS_IN_RUNS, _TELLING_IN_RUNS = 5, 18, 2
# Reordered reports: short passages prove copying together when they make up so much of the shorter article's prose. Passages of
# two unrelated reports reach .11 on the development half.
_SHARE, _TELLING_IN_SHARE = 0.25, 4
# A short text of which one passage makes up so much, in so many words, was cut from the other.
_MOST_OF_SHORT, _WORDS_OF_SHORT = 0.45, 12
# Once two articles are linked, a further passage needs less to be counted to the copied part.
_FURTHER_TELLING = 3
# A passage with so many words of calls to the reader, and such a share of them, is furniture that stands amid the prose.
_CALLS, _CALLING = 3, 0.2
# A side is covered when so much of its prose stands in the passages.
_WHOLE, _MOST = 0.97, 0.6
# Of the words inside the passages, so many stand unchanged in a copy that was not reworded. A lightly spun copy keeps .85-.9.
_KEPT = 0.92


class Match(NamedTuple):
    """The passages that two articles `a` and `b` share, with the shares (0..1) of each one's prose in them.

    `kept` is the share of the words inside the passages that are equal; `found` is in the order of `a`."""

    found: tuple[Passage, ...]
    share_a: float
    share_b: float
    kept: float
    equal_words: int


def match(a: Side, b: Side) -> Match | None:
    """The match of two articles, None when what they share does not prove that one text stands in both."""
    found = [p for p in passages(a.keys, b.keys, equal_runs(a.seeds, b.seeds)) if not _calls(a.keys, p)]
    if not any(_proves(passage) for passage in found[:8]) and not _proves_together(found, min(a.prose, b.prose)):
        sentences = [s for passage in found[:8] if (s := shared_sentence(a, b, passage)) is not None]
        if not sentences:
            return None
        found = sentences
    used = _apart([p for p in found if _proves(p) or p.telling >= _FURTHER_TELLING]) or found[:1]
    longer = sum(max(p.end - p.start, p.of_end - p.of_start) for p in used)
    equal = sum(p.equal for p in used)
    return Match(
        tuple(sorted(used)),
        _share(a.keys, [(p.start, p.end) for p in used]),
        _share(b.keys, [(p.of_start, p.of_end) for p in used]),
        min(1.0, equal / longer),
        equal,
    )


def kind_of(found: Match) -> str:
    """The kind of the copy when `a` copies `b`: identical, near, excerpt, contains, quotes or spun."""
    if found.kept < _KEPT and any(p.runs >= _RUNS for p in found.found):
        return "spun"
    if min(found.share_a, found.share_b) >= _WHOLE and found.kept > 0.99:
        return "identical"
    if min(found.share_a, found.share_b) >= _MOST:
        return "near"
    if found.share_a >= _MOST:
        return "excerpt"
    return "contains" if found.share_b >= _MOST else "quotes"


def _calls(keys: Keys, passage: Passage) -> bool:
    """Whether a passage calls to the reader: to subscribe, to follow, to click."""
    count = int(((keys[passage.start : passage.end] & np.uint64(CALL)) != 0).sum())
    return count >= _CALLS and count >= _CALLING * (passage.end - passage.start)


def _proves(passage: Passage) -> bool:
    long_run = passage.longest >= _LONG_RUN and passage.telling >= _LEAST_IN_LONG_RUN
    long_run = long_run and passage.telling + passage.longest // _WORDS_FOR_ONE >= _TELLING_IN_LONG_RUN
    many_runs = passage.runs >= _RUNS and passage.equal >= _WORDS_IN_RUNS and passage.telling >= _TELLING_IN_RUNS
    return passage.telling >= _TELLING or long_run or many_runs


def _proves_together(found: list[Passage], words: int) -> bool:
    if any(p.equal >= max(_WORDS_OF_SHORT, _MOST_OF_SHORT * words) and p.telling for p in found):
        return True
    good = _apart([p for p in found if p.telling >= 2 and p.telling + p.names >= _FURTHER_TELLING])
    enough = max(_WORDS_OF_SHORT, _SHARE * words)
    return sum(p.telling for p in good) >= _TELLING_IN_SHARE and sum(p.equal for p in good) >= enough


def _apart(found: list[Passage]) -> list[Passage]:
    """The passages, best first, without those that mostly lie in a better one."""
    used: list[Passage] = []
    for passage in found:
        half = (passage.end - passage.start) / 2
        if all(min(passage.end, other.end) - max(passage.start, other.start) < half for other in used):
            used.append(passage)
    return used


def _share(keys: Keys, spans: list[tuple[int, int]]) -> float:
    """The share of the text's prose words (all words, when it has no prose) that lie in `spans`."""
    counts = (keys & np.uint64(ASIDE)) == 0
    if not counts.any():
        counts = np.ones(len(keys), dtype=np.bool_)
    inside = np.zeros(len(keys), dtype=np.bool_)
    for start, end in spans:
        inside[start:end] = True
    return float((inside & counts).sum() / counts.sum())
