"""Sentences that stand whole in two articles: the proof that is left when one report takes a single sentence of another.

Two unrelated reports share the long name of an office or half a stock phrase, hardly ever a sentence from its first word to its
last.
"""

from __future__ import annotations

from difflib import SequenceMatcher

import numpy as np

from .passages import Passage
from .side import Side
from .words import ASIDE, CALL, COMMON, FLAG_BITS, NAME

# A sentence proves copying when it has so many words, of which such a share stands in the other sentence too and so many of these
# are neither common words nor names. A spinner that changes a word in twenty leaves nine sentences in ten at .8 or more.
_WORDS, _EQUAL, _PLAIN = 8, 0.78, 3
# A sentence that is a line of its own in both articles may be furniture: it must be longer.
_WORDS_OF_A_LINE = 12
# A longer passage is proved by its words, or not at all.
_MOST_WORDS = 60


def shared_sentence(a: Side, b: Side, passage: Passage) -> Passage | None:
    """The sentence around `passage` that stands whole in both articles, as a passage; None when there is none."""
    if passage.equal < _WORDS - 2 or passage.end - passage.start > _MOST_WORDS:
        return None
    for start, end in a.sentences(passage.start, passage.end):
        for of_start, of_end in b.sentences(passage.of_start, passage.of_end):
            found = _same(a, b, Passage(start, end, of_start, of_end, 0, 0, 0, 0))
            if found is not None:
                return found
    return None


def _same(a: Side, b: Side, place: Passage) -> Passage | None:
    mine, theirs = a.keys[place.start : place.end], b.keys[place.of_start : place.of_end]
    lines = bool((mine & theirs[0] & np.uint64(ASIDE)).any())
    alone = a.stands_alone(place.start, place.end) and b.stands_alone(place.of_start, place.of_end)
    lines = lines or (alone and bool((mine & np.uint64(CALL)).any()))
    least = _WORDS_OF_A_LINE if alone else _WORDS
    if lines or min(len(mine), len(theirs)) < least or max(len(mine), len(theirs)) > _MOST_WORDS:
        return None
    same = SequenceMatcher(None, (mine >> FLAG_BITS).tolist(), (theirs >> FLAG_BITS).tolist(), autojunk=False)
    blocks = [block for block in same.get_matching_blocks() if block.size]
    equal = sum(block.size for block in blocks)
    inside = np.concatenate([mine[block.a : block.a + block.size] for block in blocks] or [mine[:0]])
    plain = int(((inside & np.uint64(COMMON | NAME)) == 0).sum())
    if 2 * equal < _EQUAL * (len(mine) + len(theirs)) or plain < _PLAIN:
        return None
    named = int(((inside & np.uint64(NAME)) != 0).sum())
    return place._replace(
        equal=equal, telling=plain, names=named, longest=max(block.size for block in blocks), runs=len(blocks)
    )
