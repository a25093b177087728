"""The pass `link`: articles in, copies and stories out. The result depends on the set of articles alone, not on their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from visavis.records import Alignment, Article, Copy, Story

from .direction import direction
from .fingerprints import Fingerprint, fingerprint
from .index import Index
from .stories import Alias, aliases, gather
from .verify import Match, kind_of, match
from .words import Tokens, tokens

_KEPT_TOKENS = 512


class Linked(Struct, frozen=True, kw_only=True):
    """Who copied whom among the articles, the stories that they carry, and the ids that stories may have had before."""

    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    aliases: tuple[Alias, ...] = ()


def link(
    articles: Sequence[Article],
    fingerprints: Mapping[str, Fingerprint] | None = None,
) -> Linked:
    """The copies and stories of `articles`. `fingerprints` saves taking those again that the record holds."""
    by_id = {article.article_id: article for article in articles}
    known = fingerprints or {}
    index = Index.of(known.get(i) or fingerprint(article) for i, article in sorted(by_id.items()))
    copies = verify(by_id, index.pairs())
    ordered = [by_id[i] for i in sorted(by_id)]
    stories = gather(ordered, copies)
    return Linked(copies=copies, stories=stories, aliases=aliases(stories))


def verify(articles: Mapping[str, Article], pairs: Iterable[tuple[str, str]]) -> tuple[Copy, ...]:
    """The copies among the candidate `pairs` of ids, sorted. Only the articles named in `pairs` are looked up."""

    @lru_cache(maxsize=_KEPT_TOKENS)
    def words_of(article_id: str) -> Tokens:
        return tokens(articles[article_id].text)

    found = []
    for first, second in sorted({(min(pair), max(pair)) for pair in pairs}):
        a, b = articles[first], articles[second]
        copy = _compare(a, b, words_of(first), words_of(second))
        if copy is not None:
            found.append(copy)
    return tuple(sorted(found, key=lambda copy: (copy.article_id, copy.of_article_id)))


def compare(a: Article, b: Article) -> Copy | None:
    """The copy edge between two articles, None when there is none; the same whichever is named first."""
    if b.article_id < a.article_id:
        a, b = b, a
    return _compare(a, b, tokens(a.text), tokens(b.text))


def _compare(a: Article, b: Article, ta: Tokens, tb: Tokens) -> Copy | None:
    found = match(ta, tb)
    if found is None:
        return None
    way = direction(a, b, ta, tb, found)
    spans = _alignments(found, ta, tb)
    if not way.forward:
        a, b, ta, tb = b, a, tb, ta
        found = found._replace(share_a=found.share_b, share_b=found.share_a)
        spans = [Alignment(s.of_start, s.of_end, s.start, s.end) for s in spans]
    kind = "excerpt" if a.kind == "teaser" else kind_of(found, ta, tb)
    return Copy(
        article_id=a.article_id,
        of_article_id=b.article_id,
        kind=kind,
        score=round(max(found.share_a, found.share_b) * found.kept, 4),
        direction=way.how,
        why=(*way.why, _what(found)),
        spans=tuple(sorted(spans, key=lambda span: (span.start, span.of_start))),
    )


def _alignments(found: Match, ta: Tokens, tb: Tokens) -> list[Alignment]:
    return [
        Alignment(
            int(ta.starts[p.start]), int(ta.ends[p.end - 1]), int(tb.starts[p.of_start]), int(tb.ends[p.of_end - 1])
        )
        for p in found.found
    ]


def _what(found: Match) -> str:
    count = len(found.found)
    passages = "one passage" if count == 1 else f"{count} passages"
    return (
        f"{found.equal_words} equal words in {passages}: {found.share_a:.0%} of the copy, {found.share_b:.0%} of the other, "
        f"{found.kept:.0%} of their words unchanged"
    )
