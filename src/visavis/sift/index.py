"""The search for candidates: one sorted array of postings, joined with itself or with a new article.

A posting packs 40 bits of a hash (the first tells shingles from names) with the rank of its article (24 bits), so that one sort puts equal hashes side by side and,
within them, articles in the order in which they lead stories. A hash that stands in many articles is joined only with the
first of them: a story of 400 copies needs the edges to its lead, not all 80,000 pairs; so the work stays linear.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from visavis.errors import InputError

from .fingerprints import Fingerprint
from .words import Keys, distinct

# What two articles must share to be worth a closer look: a shingle weighs three, a pair of names one. Two shingles alone are a run of
# six words, which most unrelated pairs that come so far have, and only they: on the development families all 1,048 true pairs but the
# two that 6 loses as well have more (unweighted, 5 loses 10 and keeps 909 false ones).
LEAST_SHARED, _SHINGLE_WEIGHT = 7, 3
# The first bit of a posting says that it is a shingle.
_SHINGLE = np.uint64(1 << 63)
# An article is joined, by one hash, with so many articles that rank before it.
_PARTNERS = 32
_RANK_BITS = 24
_RANK_MASK = np.uint64((1 << _RANK_BITS) - 1)
# Postings joined at a time: at most 32 pairs of 8 bytes each, a few times over.
_JOIN_AT_ONCE = 1 << 19
# Articles for which partners are looked for at a time, and pairs counted together at the end.
_SECONDS_AT_ONCE = 1 << 14
_COUNT_AT_ONCE = 1 << 22
# Codes of each chunk that tell how the codes are spread.
_SAMPLE = 256

Ints = npt.NDArray[np.int64]


class Index(NamedTuple):
    """The postings of a set of articles. `ids` and `ranks` are in lead order; `postings` is sorted. About 7 kB for an article
    of 1,000 words. Built from the same fingerprints in any order, or extended a day at a time, it is the same."""

    ids: tuple[str, ...]
    ranks: tuple[tuple[str, int, str], ...]
    postings: Keys

    @classmethod
    def of(cls, fingerprints: Iterable[Fingerprint]) -> Index:
        """The index of `fingerprints`, which are taken one after the other and not kept; of two with one id, the first counts."""
        return cls((), (), np.empty(0, dtype=np.uint64)).extended(fingerprints)

    def extended(self, fingerprints: Iterable[Fingerprint]) -> Index:
        """This index with more articles; articles that are already in are left as they are."""
        known = set(self.ids)
        ranks, parts = list(self.ranks), [self.postings]
        for f in fingerprints:
            if f.article_id in known:
                continue
            if len(ranks) >= int(_RANK_MASK):
                raise InputError(f"An index holds at most {int(_RANK_MASK):,} articles.", "Split the record.")
            known.add(f.article_id)
            parts.append(_postings(f, len(ranks)))
            ranks.append(f.rank)
        postings = np.concatenate(parts)
        del parts
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        place = np.empty(len(order), dtype=np.uint64)
        place[order] = np.arange(len(order), dtype=np.uint64)
        for start in range(0, len(postings), _JOIN_AT_ONCE):
            part = postings[start : start + _JOIN_AT_ONCE]
            part[:] = (part & ~_RANK_MASK) | place[(part & _RANK_MASK).astype(np.int64)]
        postings.sort()
        return Index(tuple(ranks[i][2] for i in order), tuple(ranks[i] for i in order), postings)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """All pairs of articles that share enough to be looked at, the one that leads first; in no order, but always in the same."""
        for start in range(0, len(self.ids), _SECONDS_AT_ONCE):
            yield from self._pairs(start, start + _SECONDS_AT_ONCE)

    def _pairs(self, start: int, end: int) -> Iterator[tuple[str, str]]:
        """Those of which the second has a rank of start..end (exclusive): memory holds the pairs of so many articles."""
        found = [_counted(codes, weight) for codes, weight in self._joined(start, end)]
        for low, high in _ranges([codes for codes, _ in found]):
            parts = [slice(*np.searchsorted(codes, (low, high)).tolist()) for codes, _ in found]
            codes = np.concatenate([codes[part] for (codes, _), part in zip(found, parts, strict=True)])
            counts = np.concatenate([counts[part] for (_, counts), part in zip(found, parts, strict=True)])
            whole, inverse = np.unique(codes, return_inverse=True)
            enough = whole[np.bincount(inverse, weights=counts) >= LEAST_SHARED]
            first, second = enough >> np.uint64(32), enough & np.uint64(0xFFFFFFFF)
            for i, j in zip(first.tolist(), second.tolist(), strict=True):
                yield self.ids[i], self.ids[j]

    def _joined(self, low: int, high: int) -> Iterator[tuple[Keys, int]]:
        """The codes of these pairs, one for each hash that both hold, a chunk of hashes of one weight at a time."""
        names = int(np.searchsorted(self.postings, _SHINGLE))
        start = 0
        while start < len(self.postings):
            end = min(start + _JOIN_AT_ONCE, names if start < names else len(self.postings))
            end = int(np.searchsorted(self.postings, self.postings[end - 1] | _RANK_MASK, side="right"))
            chunk = self.postings[start:end]
            weight = 1 if start < names else _SHINGLE_WEIGHT
            yield _pair_codes(chunk >> np.uint64(_RANK_BITS), chunk & _RANK_MASK, low, high), weight
            start = end


def _counted(codes: Keys, weight: int) -> tuple[Keys, npt.NDArray[np.uint16]]:
    """The distinct codes, sorted, and what they weigh (no chunk holds a pair 30,000 times: texts are shorter)."""
    distinct_codes, counts = np.unique(codes, return_counts=True)
    return distinct_codes, np.minimum(counts * weight, 65_535).astype(np.uint16)


def _ranges(found: list[Keys]) -> Iterator[tuple[np.uint64, np.uint64]]:
    """Ranges of codes, low to high, that hold about `_COUNT_AT_ONCE` of the codes in `found` each and all of them together."""
    total = sum(len(codes) for codes in found)
    if not total:
        return
    sample = np.sort(np.concatenate([codes[:: max(1, len(codes) // _SAMPLE)] for codes in found]))
    step = max(1, len(sample) * _COUNT_AT_ONCE // total)
    bounds = np.unique(
        np.concatenate([sample[step::step], [np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)]]).astype(np.uint64)
    )
    yield from pairwise(bounds)


def candidates(index: Index, fingerprint: Fingerprint) -> tuple[str, ...]:
    """The ids of the articles in `index` that share enough with `fingerprint` to be looked at, in lead order.

    Taken over all articles of an index these are `index.pairs()`."""
    own = bisect_left(index.ranks, fingerprint.rank)
    itself = own if own < len(index.ids) and index.ids[own] == fingerprint.article_id else -1
    wanted = _postings(fingerprint, 0)
    low = np.searchsorted(index.postings, wanted)
    high = np.searchsorted(index.postings, wanted | _RANK_MASK, side="right")
    held = [index.postings[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True) if b > a]
    found = [_partners((group & _RANK_MASK).astype(np.int64), own, itself) for group in held]
    if not found:
        return ()
    weighed = [np.full(len(ranks), _weight(group[0])) for ranks, group in zip(found, held, strict=True)]
    ranks, inverse = np.unique(np.concatenate(found), return_inverse=True)
    enough = np.bincount(inverse, weights=np.concatenate(weighed), minlength=len(ranks)) >= LEAST_SHARED
    return tuple(index.ids[rank] for rank in ranks[enough].tolist())


def _weight(posting: np.uint64) -> int:
    return _SHINGLE_WEIGHT if posting & _SHINGLE else 1


def _partners(group: Ints, own: int, itself: int) -> Ints:
    """Of the articles that hold a hash, those that an article of rank `own` is joined with."""
    others: Ints = group[group != itself]
    before = int(np.searchsorted(others, own))
    return others if before < _PARTNERS else others[:_PARTNERS]


def _postings(fingerprint: Fingerprint, rank: int) -> Keys:
    hashes = np.concatenate([fingerprint.shingles | _SHINGLE, fingerprint.names & ~_SHINGLE])
    return distinct((hashes & ~_RANK_MASK) | np.uint64(rank))


def _pair_codes(hashes: Keys, ranks: Keys, low: int, high: int) -> Keys:
    """One code (first << 32 | second) for each pair of articles in each group of equal hashes, the second's rank in low..high."""
    fresh = np.concatenate([[True], hashes[1:] != hashes[:-1]])
    first = np.flatnonzero(fresh)
    held = np.flatnonzero((ranks >= np.uint64(low)) & (ranks < np.uint64(high)))
    group_start = first[np.cumsum(fresh)[held] - 1]
    count = np.minimum(held - group_start, _PARTNERS)
    second = np.repeat(held, count)
    within = np.arange(len(second)) - np.repeat(np.cumsum(count) - count, count)
    codes: Keys = (ranks[np.repeat(group_start, count) + within] << np.uint64(32)) | ranks[second]
    return codes
