"""What an HTML page's metadata say: JSON-LD, meta elements, canonical link. Nothing here is guessed from the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lxml import html
from msgspec import Struct

from visavis.read.decode import clean
from visavis.read.head import strip_site
from visavis.read.names import split_names

_ARTICLE_TYPES = re.compile(r"(?:News|Reportage|Opinion|Analysis|Review|Blog)?(?:Article|Posting|Report)$|NewsArticle$")
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "date", "citation_publication_date",
    "cxenseparse:recs:publishtime", "article.published", "originalpublicationdate", "bt:pubdate",
)  # fmt: skip
_AUTHOR_NAMES = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "article:author",
    "byl",
    "citation_author",
    "dcterms.creator",
)
_SITE_NAMES = ("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher", "application-name")
_LONGEST = 300


class Metadata(Struct, frozen=True):
    """Title, site, address, language (ISO 639-1), authors and (name, time stamp) pairs, best first; "" or () where nothing is said."""

    title: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()


def read_metadata(tree: html.HtmlElement) -> Metadata:
    """The metadata of a parsed page."""
    metas = _metas(tree)
    linked = next(_linked_articles(tree), {})
    publisher = linked.get("publisher")
    site = _text(publisher.get("name")) if isinstance(publisher, dict) else ""
    site = (
        metas.get("og:site_name", "") or site or next((metas[n] for n in _SITE_NAMES if _is_name(metas.get(n, ""))), "")
    )
    title = _title(tree, metas, linked, site)
    return Metadata(
        title=title,
        site=site or _site_beside(title, _text(next((t.text_content() for t in tree.iter("title")), ""))),
        url=_address(tree, metas, linked),
        language=(tree.get("lang") or metas.get("og:locale", "") or metas.get("content-language", ""))[:2].lower(),
        authors=_authors(metas, linked),
        dates=tuple(_dates(tree, metas, linked)),
    )


def _is_name(said: str) -> bool:
    """Whether a publisher is named, not linked."""
    return bool(said) and "/" not in said and len(said.split()) <= 8


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (
            (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "")
            .strip()
            .lower()
        )
        content = _text(meta.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _linked_articles(tree: html.HtmlElement) -> Iterator[dict[str, object]]:
    """The JSON-LD objects that describe an article, in page order; broken JSON is passed over."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 500_000:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        queue: list[object] = [data]
        while queue:
            item = queue.pop(0)
            if isinstance(item, list):
                queue.extend(item[:200])
            elif isinstance(item, dict):
                kinds = item.get("@type")
                if any(_ARTICLE_TYPES.search(str(k)) for k in (kinds if isinstance(kinds, list) else [kinds])):
                    yield item
                queue.extend(item[k] for k in ("@graph", "mainEntity") if k in item)


def _title(tree: html.HtmlElement, metas: dict[str, str], linked: dict[str, object], site: str) -> str:
    heads = [_text(h.text_content()) for h in tree.iter("h1")]
    heads = [h for h in heads if h]
    said = _text(linked.get("headline")) or metas.get("og:title", "") or metas.get("twitter:title", "")
    if len(heads) == 1 and (not said or len(heads[0].split()) >= 3):
        return heads[0]
    title = said or _text(next((t.text_content() for t in tree.iter("title")), ""))
    if site and re.search(rf"\s*[|–—:·-]\s*{re.escape(site)}\s*$", title, re.I):
        return re.sub(rf"\s*[|–—:·-]\s*{re.escape(site)}\s*$", "", title, flags=re.I)
    return strip_site(title)[0]


def _site_beside(title: str, full: str) -> str:
    """What `<title>` holds besides the page's own heading: "Heading :: Site", "Site: Heading"; "" when that is no name."""
    if len(title.split()) < 3 or title == full or not (full.startswith(title) or full.endswith(title)):
        return ""
    rest = full.removeprefix(title) if full.startswith(title) else full.removesuffix(title)
    parts = [part for part in re.split(r"\s*(?:[|–—»·•]|::|:(?=\s|$)|\s-{1,2}\s)\s*", f" {rest} ") if part.strip()]
    site = (parts[-1] if full.startswith(title) else parts[0]).strip() if parts else ""
    return site if site[:1].isupper() and len(site.split()) <= 5 else ""


def _address(tree: html.HtmlElement, metas: dict[str, str], linked: dict[str, object]) -> str:
    links = [e.get("href") or "" for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    said = [*links, metas.get("og:url", ""), _text(linked.get("url"))]
    return next((u.strip() for u in said if re.match(r"https?://", u.strip())), "")


def _authors(metas: dict[str, str], linked: dict[str, object]) -> tuple[str, ...]:
    said: list[str] = []
    authors = linked.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        said.append(_text(author.get("name")) if isinstance(author, dict) else _text(author))
    names = [n for s in said for n in split_names(s)]
    if not names:
        names = next((list(found) for k in _AUTHOR_NAMES if (found := split_names(metas.get(k, "")))), [])
    return tuple(dict.fromkeys(names))


def _dates(tree: html.HtmlElement, metas: dict[str, str], linked: dict[str, object]) -> Iterator[tuple[str, str]]:
    for key in ("datePublished", "dateCreated"):
        if _text(linked.get(key)):
            yield key, _text(linked.get(key))
    for name in _DATE_NAMES:
        if name in metas:
            yield name, metas[name]
    for element in tree.iter("time"):
        stamp = element.get("datetime")
        kind = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        stated = "pubdate" in element.attrib or re.search(r"publish|entry-date|posted|created", kind, re.I)
        if stamp and stated and (not re.search(r"updated|modified", kind, re.I) or "publish" in kind.lower()):
            yield "time", _text(stamp)
            return


def _text(value: object) -> str:
    return clean(" ".join(value.split()))[:_LONGEST] if isinstance(value, str) else ""
