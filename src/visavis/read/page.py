"""One page becomes its articles, teasers and drops. Pure: the same page gives the same reading."""

from __future__ import annotations

import re
from itertools import takewhile
from urllib.parse import urlsplit

from msgspec import Struct

from visavis.errors import PageError
from visavis.lexicon.outlets import find_outlet
from visavis.read.blocks import Block, is_one_line, split_blocks
from visavis.read.decode import clean, decode
from visavis.read.html import Rendered, render
from visavis.read.label import BODY, TEASER_LEAD, TEASER_TITLE, TITLE, Mark, label
from visavis.read.language import language_of
from visavis.read.oneline import cut_one_line
from visavis.read.publish import Clues, published, text_floor
from visavis.read.reasons import drop
from visavis.read.split import Draft, split_articles
from visavis.read.teasers import Teaser
from visavis.records import Article, Drop, Page, Published, Span, content_id

HTML, ITEM = "text/html", "application/x-article"
_PLACE = re.compile(r"(?:[A-ZÀ-Þ][\w'’.-]*[ ,]*){1,4}")
_NOT_FURNITURE = (BODY, TITLE, TEASER_TITLE, TEASER_LEAD)


class Reading(Struct, frozen=True):
    """What a page holds: `text`, which spans and offsets refer to; its articles and teasers in page order; what was left out."""

    text: str
    articles: tuple[Article, ...]
    drops: tuple[Drop, ...]


class _Source(Struct, frozen=True):
    """The page's text with what is known of the page as a whole."""

    page: Page
    text: str
    blocks: list[Block]
    rendered: Rendered
    note: str = ""


def page_text(page: Page) -> str:
    """The text that spans refer to: a dump's decoded text as it is, an HTML page's visible text. "" when the page cannot be read."""
    try:
        return _open(page).text
    except PageError:
        return ""


def read_page(page: Page) -> Reading:
    """The articles of one page. Never raises on a bad page: what is wrong is a drop."""
    try:
        source = _open(page)
    except PageError as error:
        return Reading("", (), (drop(error.reason, uri=page.uri, page_id=page.page_id, detail=error.message),))
    drops = []
    if source.note:
        drops.append(drop("mixed-encoding", uri=page.uri, page_id=page.page_id, detail=source.note))
    if not source.text.strip():
        drops.append(drop("empty", uri=page.uri, page_id=page.page_id, detail=page.uri))
        return Reading(source.text, (), tuple(drops))
    marks = label(source.blocks, source.text)
    drafts, teasers = split_articles(marks, source.rendered.title or page.hint.get("title", ""))
    if page.media_type == ITEM:
        drafts = _whole_item(page, marks, drafts)
        teasers = teasers if drafts and drafts[0].title != page.hint.get("title", "") else []
    articles = [_article(source, marks, draft, n) for n, draft in enumerate(drafts)]
    listed = [_teaser(source, marks, teaser) for teaser in teasers if marks[teaser.lead].reason == TEASER_LEAD]
    dated = _date(source, marks, drafts, articles, listed, teasers)
    drops.extend(_furniture(source, marks))
    if not articles:
        drops.append(drop("no-article", uri=page.uri, page_id=page.page_id, detail=source.text))
    ordered = sorted(dated, key=lambda a: a.spans[0].start)
    return Reading(source.text, tuple(ordered), tuple(drops))


def _open(page: Page) -> _Source:
    decoded = decode(page.body, page.charset)
    if page.media_type == HTML:
        rendered = render(decoded.text)
        return _Source(page, rendered.text, rendered.blocks, rendered, decoded.note)
    text = clean(decoded.text)
    blocks = split_blocks(text)
    if page.media_type != ITEM and is_one_line(blocks):
        blocks = cut_one_line(text, blocks)
    return _Source(page, text, blocks, Rendered(text, blocks), decoded.note)


def _whole_item(page: Page, marks: list[Mark], drafts: list[Draft]) -> list[Draft]:
    """An item of a container is one article, whatever its text looks like, unless it holds several heads of its own."""
    known = page.hint.get("title", "")
    if len(drafts) > 1 and not known:
        return drafts
    head = drafts[0] if drafts else Draft(body=[], head=[], tail=[])
    for mark in marks:
        if mark.reason in (
            *_NOT_FURNITURE,
            "sidebar",
            "related-links",
            "nav",
            "section-label",
            "image-alt",
            "author-bio",
            "comment",
        ) and not (mark.reason == TITLE and not known):
            same = known and re.sub(r"\W+", " ", mark.text).casefold() == re.sub(r"\W+", " ", known).casefold()
            mark.set("repeated-title" if same else mark.reason if mark.reason == "author-bio" else BODY)
    head.body = [i for i, m in enumerate(marks) if m.reason == BODY]
    head.title = known or head.title
    if not head.body and marks:
        for mark in marks:
            mark.set(BODY)
        head.body = list(range(len(marks)))
    return [head] if head.body else []


def _article(source: _Source, marks: list[Mark], draft: Draft, n: int) -> Article:
    page, hint = source.page, source.page.hint
    spans = tuple(Span(marks[i].block.start, marks[i].block.end) for i in draft.body)
    text = "\n\n".join(source.text[s.start : s.end] for s in spans)
    own = n == 0
    url = (
        (hint.get("url", "") or source.rendered.url or (page.uri if page.uri.startswith("http") else "")) if own else ""
    )
    name, country, owner = _outlet(source, draft)
    said = draft.authors or (_authors(source) if own else ())
    authors = tuple(author for author in said if author.casefold() != name.casefold())  # "Jane Doe, Harbour Post"
    language = language_of(text, source.rendered.language)
    kind = "feed-item" if hint.get("kind") == "feed-item" else "article"
    return Article(
        article_id=content_id(page.page_id, *(x for s in spans for x in s)), page_id=page.page_id, spans=spans, text=text,
        title=draft.title or (hint.get("title", "") or source.rendered.title if own else ""), authors=authors, outlet=name,
        outlet_country=country, outlet_state_owner=owner, language=language, url=url, section=draft.section, kind=kind,
        credits=draft.credits,
    )  # fmt: skip


def _authors(source: _Source) -> tuple[str, ...]:
    if source.rendered.authors:
        return source.rendered.authors
    said = source.page.hint.get("author", "")
    return tuple(part.strip() for part in re.split(r"\s*(?:;|,|&|\band\b)\s*", said) if part.strip()) if said else ()


def _teaser(source: _Source, marks: list[Mark], teaser: Teaser) -> Article:
    lead, title = marks[teaser.lead].block, marks[teaser.title].text
    span = Span(lead.start, lead.end)
    name, country, owner = _outlet(source, None)
    return Article(
        article_id=content_id(source.page.page_id, *span), page_id=source.page.page_id, spans=(span,), title=title,
        text=source.text[lead.start : lead.end], kind="teaser", section=teaser.section, outlet=name, outlet_country=country,
        outlet_state_owner=owner, language=language_of(lead.text, source.rendered.language or "en" * lead.text.isascii()),
    )  # fmt: skip


def _outlet(source: _Source, draft: Draft | None) -> tuple[str, str, str]:
    """The outlet's name, country and state owner: by the address, by what the page or container says, by the title's suffix."""
    hint = source.page.hint
    urls = (hint.get("url", ""), source.rendered.url, source.page.uri if source.page.uri.startswith("http") else "")
    hosts = [host for url in urls if (host := _host(url))]
    said = [s for s in (hint.get("outlet", ""), source.rendered.site, draft.site if draft else "") if s]
    for found in (*(find_outlet(host=h) for h in hosts), *(find_outlet(name=s) for s in said)):
        if found is not None:
            return found.name, found.country, found.state_owner
    name = said[0] if said else re.sub(r"^www\.", "", hosts[0]) if hosts else ""
    return name, "", ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _date(
    source: _Source,
    marks: list[Mark],
    drafts: list[Draft],
    articles: list[Article],
    listed: list[Article],
    teasers: list[Teaser],
) -> list[Article]:
    """Every article with its publication date; ages of teasers date the page from below, and the article of the same title."""
    crawled = source.page.fetched_at[:10]
    ages = {marks[t.title].text: t.age for t in teasers if t.age}
    floors = [text_floor(a.text, crawled)[0] for a in (*articles, *listed)]
    floor = max(floors, default="")
    dated = []
    for n, (draft, article) in enumerate(zip(drafts, articles, strict=True)):
        head = tuple(marks[i].text for i in draft.head if marks[i].reason in ("date-line", "byline")) + _foot_dates(
            marks, draft
        )
        clues = Clues(
            metadata=_stamps(source, marks, draft, n == 0), urls=_urls(source, article) if n == 0 else (),
            head=head, text=article.text, crawled=crawled, crawled_floor=floor, age=ages.get(article.title, "") or _own_age(head),
        )  # fmt: skip
        dated.append((article, published(clues)))
    for article in listed:
        clues = Clues(text=article.text, crawled=crawled, crawled_floor=floor, age=ages.get(article.title, ""))
        dated.append((article, published(clues)))
    return [_with_date(article, when) for article, when in dated]


def _foot_dates(marks: list[Mark], draft: Draft) -> tuple[str, ...]:
    """The date lines right under the text, as old sites have them, or under the place that signs a readout."""
    last = draft.body[-1]
    after = marks[last + 1 : last + 5]
    if len(after) > 1 and after[1].reason == "date-line" and _PLACE.fullmatch(after[0].text):
        after = after[1:]
    return tuple(
        m.text for m in takewhile(lambda m: m.reason in ("date-line", "sign-off", "syndication-credit"), after)
    )


def _stamps(source: _Source, marks: list[Mark], draft: Draft, own: bool) -> tuple[tuple[str, str], ...]:
    """The time stamps of an article: the page's and the container's for its own article, the <article>'s for a stitched one."""
    group = marks[draft.body[0]].block.group
    stitched = tuple(("time", stamp) for g, stamp in source.rendered.group_dates if g == group and group > 0)
    return _hinted(source.page) + source.rendered.dates + stitched[:1] if own else stitched[:1]


def _own_age(head: tuple[str, ...]) -> str:
    return next((line for line in head if re.fullmatch(r".{1,20}\bago", line)), "")


def _with_date(article: Article, when: Published) -> Article:
    fields = {name: getattr(article, name) for name in article.__struct_fields__}
    return Article(**{**fields, "published": when})


def _hinted(page: Page) -> tuple[tuple[str, str], ...]:
    return (("published", page.hint["published"]),) if page.hint.get("published") else ()


def _urls(source: _Source, article: Article) -> tuple[str, ...]:
    return tuple(u for u in dict.fromkeys((source.page.uri, article.url, source.rendered.url)) if u.startswith("http"))


def _furniture(source: _Source, marks: list[Mark]) -> list[Drop]:
    page = source.page
    return [
        drop(m.reason, uri=page.uri, page_id=page.page_id, start=m.block.start, end=m.block.end, detail=m.text)
        for m in marks
        if m.reason and m.reason not in _NOT_FURNITURE
    ]
