"""Which passages of one text stand in another: runs of equal words, chained where a few words between them differ.

Seeds are shared three-word shingles; seeds on one diagonal make a run; runs that follow one another in both texts at about the
same distance make a passage (seed-and-chain, as in genome alignment: Li, "Minimap and miniasm", Bioinformatics 32(14), 2016).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .words import ASIDE, COMMON, NAME, Keys, shingles

SEED = 3
# A seed that stands more often than this in the other text ("in the city") says nothing about where it was taken from.
_MOST_PLACES = 4
# Words that may lie between two runs of a passage, and how much more on one side than on the other. A spinner that replaces
# four words in ten leaves a shared run every dozen words or so.
_GAP = 40
_DRIFT = 12

# A lone run of fewer words is chance.
_LEAST_LONE = 6

Ints = npt.NDArray[np.int64]


class Passage(NamedTuple):
    """Words start..end of one text stand at of_start..of_end of the other (word numbers, end exclusive).

    `equal` counts the words in equal runs, `telling` those of them that are neither common words nor names or numbers nor asides,
    `names` the names and numbers, `longest` the longest equal run.
    """

    start: int
    end: int
    of_start: int
    of_end: int
    equal: int
    telling: int
    names: int
    longest: int
    runs: int = 1


class Run(NamedTuple):
    """`length` equal words, from word `start` of one text and word `of_start` of the other."""

    start: int
    of_start: int
    length: int


class Seeds(NamedTuple):
    """The three-word shingles of a text, sorted, and where each stands; made once for all comparisons of the text."""

    ordered: Keys
    places: Ints

    @classmethod
    def of(cls, keys: Keys) -> Seeds:
        """The seeds of a text, given the keys of its words."""
        hashes = shingles(keys, SEED)
        places = np.argsort(hashes, kind="stable")
        return cls(hashes[places], places)


def _shared(a: Seeds, b: Seeds) -> tuple[Ints, Ints]:
    """The places (i, j) at which three words of one text equal three words of the other."""
    low = np.searchsorted(b.ordered, a.ordered, side="left")
    held = low < len(b.ordered)
    held[held] = b.ordered[low[held]] == a.ordered[held]
    places, low = a.places[held], low[held]
    count = np.searchsorted(b.ordered, a.ordered[held], side="right") - low
    count[count > _MOST_PLACES] = 0
    i = np.repeat(places, count)
    within = np.arange(len(i)) - np.repeat(np.cumsum(count) - count, count)
    return i, b.places[np.repeat(low, count) + within]


def equal_runs(a: Seeds, b: Seeds) -> list[Run]:
    """The maximal runs of at least three equal words, in the order of `a`."""
    i, j = _shared(a, b)
    if not len(i):
        return []
    order = np.lexsort((i, j - i))
    i, j = i[order], j[order]
    breaks = np.flatnonzero((np.diff(j - i) != 0) | (np.diff(i) != 1)) + 1
    firsts = np.concatenate([[0], breaks])
    lasts = np.concatenate([breaks, [len(i)]]) - 1
    lengths = i[lasts] - i[firsts] + SEED
    runs = [Run(*row) for row in zip(i[firsts].tolist(), j[firsts].tolist(), lengths.tolist(), strict=True)]
    return sorted(runs)


def _follows(run: Run, last: Run) -> int | None:
    """The distance from the end of `last` to `run` when both stand in one passage, else None. Overlaps of a word or two are
    allowed: they come from words repeated at a cut."""
    gap = run.start - last.start - last.length
    of_gap = run.of_start - last.of_start - last.length
    if min(gap, of_gap) < -SEED or max(gap, of_gap) > _GAP or abs(gap - of_gap) > _DRIFT:
        return None
    return max(gap, of_gap)


def _chain(runs: list[Run]) -> list[list[Run]]:
    chains: list[list[Run]] = []
    live: list[list[Run]] = []
    for run in runs:
        live = [chain for chain in live if run.start - chain[-1].start - chain[-1].length <= _GAP]
        near = [(distance, chain) for chain in live if (distance := _follows(run, chain[-1])) is not None]
        if near:
            min(near, key=lambda pair: (pair[0], -len(pair[1])))[1].append(run)
        else:
            chains.append([run])
            live.append(chains[-1])
    return chains


def passages(a: Keys, runs: list[Run]) -> list[Passage]:
    """The passages that `runs` make, best first; `a` holds the keys of the first text. They may overlap where it repeats itself."""
    plain = np.concatenate([[0], np.cumsum((a & np.uint64(COMMON | NAME | ASIDE)) == 0)])
    named = np.concatenate([[0], np.cumsum((a & np.uint64(NAME | ASIDE)) == NAME)])
    aside = (a & np.uint64(ASIDE)) != 0
    chains = [c for c in _chain(runs) if len(c) > 1 or c[0].length >= _LEAST_LONE]
    found = [_passage(chain, plain, named, aside) for chain in chains]
    return sorted(found, key=lambda p: (-p.telling, -p.equal, p.start, p.of_start))


def _passage(chain: list[Run], plain: Ints, named: Ints, aside: npt.NDArray[np.bool_]) -> Passage:
    runs = _without_headings(chain, aside)
    spans = [(run.start, run.start + run.length) for run in runs]
    return Passage(
        spans[0][0],
        max(end for _, end in spans),
        min(run.of_start for run in runs),
        max(run.of_start + run.length for run in runs),
        sum(run.length for run in runs),
        int(sum(plain[end] - plain[start] for start, end in spans)),
        int(sum(named[end] - named[start] for start, end in spans)),
        max(run.length for run in runs),
        len(runs),
    )


def _without_headings(chain: list[Run], aside: npt.NDArray[np.bool_]) -> list[Run]:
    """The chain from its first to its last word of prose: a shared heading above a passage is not part of it."""
    prose = [run for run in chain if not aside[run.start : run.start + run.length].all()]
    if not prose:
        return chain
    kept = chain[chain.index(prose[0]) : chain.index(prose[-1]) + 1]
    first = kept[0]
    skipped = int(np.argmin(aside[first.start : first.start + first.length]))
    kept[0] = Run(first.start + skipped, first.of_start + skipped, first.length - skipped)
    last = kept[-1]
    cut = int(np.argmin(aside[last.start : last.start + last.length][::-1]))
    kept[-1] = Run(last.start, last.of_start, last.length - cut)
    return kept
