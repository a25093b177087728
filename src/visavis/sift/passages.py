"""Which passages of one text stand in another: runs of equal words, chained where a few words between them differ.

Seeds are shared three-word shingles; seeds on one diagonal make a run; runs that follow one another in both texts at about the
same distance make a passage (seed-and-chain, as in genome alignment: Li, "Minimap and miniasm", Bioinformatics 32(14), 2016).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .words import ASIDE, COMMON, FLAG_BITS, NAME, Keys, shingles

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
Flags = npt.NDArray[np.bool_]


class Passage(NamedTuple):
    """Words start..end of one text stand at of_start..of_end of the other (word numbers, end exclusive).

    `equal` counts the words in equal runs, `telling` those of them that are neither common words nor names or numbers nor asides
    in both texts, `names` the names and numbers, `longest` the longest equal run.
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
    """The three-word shingles of a text, sorted, and where each stands; made once for all comparisons of the text. `words` are
    its words without their flags, in order."""

    ordered: Keys
    places: Ints
    words: Keys

    @classmethod
    def of(cls, keys: Keys) -> Seeds:
        """The seeds of a text, given the keys of its words."""
        hashes = shingles(keys, SEED)
        places = np.argsort(hashes, kind="stable")
        return cls(hashes[places], places, keys >> FLAG_BITS)


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
    return sorted(_grown(runs, a.words, b.words))


def _grown(runs: list[Run], a: Keys, b: Keys) -> list[Run]:
    """Runs, given by diagonal, with the equal words beside them that no seed reached because it stands too often."""
    grown: list[Run] = []
    for start, of_start, length in runs:
        last = grown[-1] if grown and grown[-1].of_start - grown[-1].start == of_start - start else None
        floor = last.start + last.length if last else max(0, start - of_start)
        while start > floor and a[start - 1] == b[of_start - 1]:
            start, of_start, length = start - 1, of_start - 1, length + 1
        while start + length < len(a) and of_start + length < len(b) and a[start + length] == b[of_start + length]:
            length += 1
        if last and start <= floor:
            grown[-1] = last._replace(length=max(last.length, start + length - last.start))
        else:
            grown.append(Run(start, of_start, length))
    return grown


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


def passages(a: Keys, b: Keys, runs: list[Run]) -> list[Passage]:
    """The passages that `runs` of equal words of `a` and `b` make, best first. They may overlap where a text repeats itself."""
    plain = np.concatenate([[0], np.cumsum((a & np.uint64(COMMON | NAME)) == 0)])
    named = np.concatenate([[0], np.cumsum((a & np.uint64(NAME)) != 0)])
    prose_a, prose_b = ((keys & np.uint64(ASIDE)) == 0 for keys in (a, b))
    chains = [c for c in _chain(runs) if len(c) > 1 or c[0].length >= _LEAST_LONE]
    found = [_passage([*_pieces(chain, prose_a, prose_b)], chain, plain, named) for chain in chains]
    return sorted(found, key=lambda p: (-p.telling, -p.equal, p.start, p.of_start))


def _pieces(chain: list[Run], prose_a: Flags, prose_b: Flags) -> Iterator[Run]:
    """The parts of each run that are prose in one of the texts: a heading in both is not part of a passage."""
    for run in chain:
        told = prose_a[run.start : run.start + run.length] | prose_b[run.of_start : run.of_start + run.length]
        if told.all():
            yield run
            continue
        bounds = np.flatnonzero(np.diff(told, prepend=False, append=False)).tolist()
        for first, last in zip(bounds[::2], bounds[1::2], strict=True):
            yield Run(run.start + first, run.of_start + first, last - first)


def _passage(prose: list[Run], chain: list[Run], plain: Ints, named: Ints) -> Passage:
    """The passage from the first to the last run of `prose`, or of the whole `chain` when there is no prose in it."""
    runs = prose or chain
    first, last = runs[0].start, max(run.start + run.length for run in runs)
    inside = [run for run in chain if run.start < last and run.start + run.length > first]
    return Passage(
        first,
        last,
        min(run.of_start for run in runs),
        max(run.of_start + run.length for run in runs),
        sum(min(run.start + run.length, last) - max(run.start, first) for run in inside),
        int(sum(plain[run.start + run.length] - plain[run.start] for run in prose)),
        int(sum(named[run.start + run.length] - named[run.start] for run in prose)),
        max(run.length for run in inside),
        len(inside),
    )
