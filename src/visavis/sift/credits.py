"""Who is credited: agency, partner, original outlet; whether a copy credits its source; agency sentences without a credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from visavis.records import Article, Copy, Span

_NAME = r"((?:the )?[A-Z][\w&’'.-]*(?:[ -](?:of |for |and |the )?[A-Z][\w&’'.-]*){0,4})"
# How pages name the place that a text comes from, by kind of credit. `Theo` is Vietnamese for "according to".
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("partner", re.compile(rf"\b[Ff]rom our partners?:? {_NAME}")),
    ("original", re.compile(rf"\b(?:[Ff]irst|[Oo]riginally) (?:published|appeared|posted) (?:by|in|on|at) {_NAME}")),
    (
        "original",
        re.compile(rf"\b[Rr]e-?(?:published|printed|posted) (?:from|with permission (?:from|of)|courtesy of) {_NAME}"),
    ),
    (
        "original",
        re.compile(
            rf"\b(?:[Rr]ead|[Ss]ee) the (?:full|whole|entire|complete|rest of the) (?:story|article|text|report) (?:at|on|in) {_NAME}"
        ),
    ),
    ("original", re.compile(r"\b[Tt]he post .{1,240} (?:appeared|was published) first on ([^.]{1,80})")),
    ("original", re.compile(rf"\b[Tt]ranslated and reprinted with permission from {_NAME}")),
    ("original", re.compile(rf"\b(?:[Cc]ourtesy of|[Ss]yndicated from) {_NAME}")),
    ("agency", re.compile(rf"(?:\(|\b)Theo {_NAME}")),
    (
        "agency",
        re.compile(
            r"(?:^|\n|\()(TASS|Reuters|AFP|Xinhua|Interfax|RIA Novosti|Anadolu|AP|dpa|Kyodo|Yonhap|IRNA|ANI|PTI)\)?(?: ?[—–-]|\s*$)"
        ),
    ),
    ("unnamed", re.compile(r"\b((?:[Ss]ource link|[Oo]riginal (?:credit )?source|[Oo]riginal article))\b")),
)


class Credit(Struct, frozen=True, kw_only=True):
    """One credit in an article: `kind` is partner, original, agency or unnamed (a link without a name); `name` is who is
    credited, `words` at start..end (code points) say so."""

    kind: str
    name: str
    words: str
    start: int
    end: int


class Uncredited(Struct, frozen=True, kw_only=True):
    """A passage of `article_id` that stands word for word in `of_article_id`, an earlier text, without a credit."""

    article_id: str
    of_article_id: str
    span: Span
    words: str


def credits(article: Article) -> tuple[Credit, ...]:
    """The credits that the words of an article give, in order; of two that overlap, the longer."""
    texts = [(article.text, 0), *((words, -1) for words in article.credits)]
    found = [
        Credit(kind=kind, name=m.group(1).strip(" .,"), words=m.group().strip(), start=m.start(), end=m.end())
        if base == 0
        else Credit(kind=kind, name=m.group(1).strip(" .,"), words=m.group().strip(), start=-1, end=-1)
        for text, base in texts
        for kind, form in _FORMS
        for m in form.finditer(text)
    ]
    best: list[Credit] = []
    for credit in sorted(found, key=lambda c: (-(c.end - c.start), c.start, c.kind, c.name)):
        if credit.start < 0:
            if all(credit.name != other.name for other in best):
                best.append(credit)
        elif all(credit.end <= other.start or other.end <= credit.start for other in best):
            best.append(credit)
    return tuple(sorted(best, key=lambda c: (c.start < 0, c.start, c.name)))


class Honesty(NamedTuple):
    """Whether a copy credits its source (None when the source has neither outlet nor author to be named), and by what words."""

    credited: bool | None
    words: str


def credits_source(copy: Article, source: Article) -> Honesty:
    """Whether `copy` names the outlet, the partner or an author of `source`, in a credit line or in its text."""
    names = [name for name in (source.outlet, *source.authors) if name]
    for credit in credits(copy):
        if any(_same_name(credit.name, name) for name in names) or (credit.kind != "unnamed" and not names):
            return Honesty(True, credit.words)
    if not names:
        return Honesty(None, "")
    shared = {a.casefold() for a in copy.authors} & {a.casefold() for a in source.authors}
    if shared:
        return Honesty(True, f"by {sorted(shared)[0]}")
    named = next((name for name in names if len(name) > 3 and re.search(rf"\b{re.escape(name)}\b", copy.text)), None)
    return Honesty(named is not None, named or "")


def uncredited(copies: Iterable[Copy], articles: Sequence[Article], least_words: int = 12) -> tuple[Uncredited, ...]:
    """The verbatim passages of at least `least_words` words that dated copies took from earlier articles without naming them."""
    by_id = {article.article_id: article for article in articles}
    found = []
    for copy in copies:
        a, b = by_id.get(copy.article_id), by_id.get(copy.of_article_id)
        if a is None or b is None or copy.direction != "dated" or credits_source(a, b).credited is not False:
            continue
        for span in copy.spans:
            words = a.text[span.start : span.end]
            if len(words.split()) >= least_words and _plain(words) == _plain(b.text[span.of_start : span.of_end]):
                where = Span(span.start, span.end)
                found.append(
                    Uncredited(article_id=copy.article_id, of_article_id=copy.of_article_id, span=where, words=words)
                )
    return tuple(sorted(found, key=lambda u: (u.article_id, u.span, u.of_article_id)))


def _same_name(one: str, other: str) -> bool:
    a, b = _plain(one), _plain(other)
    return bool(a) and bool(b) and (a in b or b in a or a == _initials(other) or b == _initials(one))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().removeprefix("the ")))


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[A-Z]\w*", name)).casefold()
