"""The pass `link`: articles in, copies and stories out. The result depends on the set of articles alone, not on their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from visavis.records import Alignment, Article, Copy, Story

from .direction import direction
from .fingerprints import fingerprint
from .index import Index
from .side import Side
from .stories import Alias, aliases, gather
from .verify import Match, kind_of, match

# Articles whose words are kept between comparisons: about 50 kB for a thousand words.
_KEPT_SIDES = 2048


class Linked(Struct, frozen=True, kw_only=True):
    """Who copied whom among the articles, the stories that they carry, the ids that stories may have had before, and the copies
    that were found but are not to count."""

    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    aliases: tuple[Alias, ...] = ()
    cut: tuple[Copy, ...] = ()


def link(
    articles: Sequence[Article],
    index: Index | None = None,
    cut: Collection[tuple[str, str]] = (),
    held: Sequence[Copy] = (),
) -> Linked:
    """The copies and stories of `articles`. `index` is theirs, if it is there already; `cut` are pairs of articles, each in the order
    of their ids, that a person says are no copies; `held` are copies found before, between articles that cannot be compared any more."""
    by_id = {article.article_id: article for article in articles}
    if index is None:
        index = Index.of(map(fingerprint, articles))
    known_pairs = {_pair(copy) for copy in held}
    found = verify(by_id, (pair for pair in index.pairs() if (min(pair), max(pair)) not in known_pairs))
    found = tuple(sorted((*found, *(copy for copy in held if set(_ids(copy)) <= by_id.keys())), key=_ids))
    copies = tuple(copy for copy in found if _pair(copy) not in cut)
    ordered = [by_id[i] for i in sorted(by_id)]
    stories = gather(ordered, copies)
    return Linked(
        copies=copies,
        stories=stories,
        aliases=aliases(stories),
        cut=tuple(copy for copy in found if _pair(copy) in cut),
    )


def _pair(copy: Copy) -> tuple[str, str]:
    return min(_ids(copy)), max(_ids(copy))


def verify(articles: Mapping[str, Article], pairs: Iterable[tuple[str, str]]) -> tuple[Copy, ...]:
    """The copies among the candidate `pairs` of ids, sorted. Only the articles named in `pairs` are looked up."""

    side_of = lru_cache(maxsize=_KEPT_SIDES)(lambda article_id: Side(articles[article_id]))
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    found = (_compare(side_of(first), side_of(second)) for first, second in ordered)
    return tuple(sorted((copy for copy in found if copy is not None), key=_ids))


def compare(a: Article, b: Article) -> Copy | None:
    """The copy edge between two articles, None when there is none; the same whichever is named first."""
    first, second = sorted((a, b), key=lambda article: article.article_id)
    return _compare(Side(first), Side(second))


def _ids(copy: Copy) -> tuple[str, str]:
    return copy.article_id, copy.of_article_id


def _compare(a: Side, b: Side) -> Copy | None:
    found = match(a, b)
    if found is None:
        return None
    way = direction(a, b, found)
    spans = [Alignment(*a.span(p.start, p.end), *b.span(p.of_start, p.of_end)) for p in found.found]
    if not way.forward:
        a, b = b, a
        found = found._replace(share_a=found.share_b, share_b=found.share_a)
        spans = [Alignment(s.of_start, s.of_end, s.start, s.end) for s in spans]
    return Copy(
        article_id=a.article.article_id,
        of_article_id=b.article.article_id,
        kind="excerpt" if a.article.kind == "teaser" else kind_of(found),
        score=round(max(found.share_a, found.share_b) * found.kept, 4),
        direction=way.how,
        why=(*way.why, _what(found)),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.of_start))),
    )


def _what(found: Match) -> str:
    count = len(found.found)
    passages = "one passage" if count == 1 else f"{count} passages"
    return (
        f"{found.equal_words} equal words in {passages}: {found.share_a:.0%} of the copy, {found.share_b:.0%} of the other, "
        f"{found.kept:.0%} of their words unchanged"
    )
