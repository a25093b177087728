"""HTML to visible text: blocks parted by blank lines, each with what the markup says of it (heading, role, which <article>).

The rendering is ours and deterministic, so that offsets are stable; trafilatura's extraction is laid over it and votes on which blocks
belong to the article. A page that stitches several articles together is not put to the vote: the splitter reads its heads.
"""

from __future__ import annotations

import logging
import re

from lxml import etree, html
from msgspec import Struct
from trafilatura import extract

from visavis.errors import PageError
from visavis.read.blocks import Block
from visavis.read.decode import clean
from visavis.read.metadata import Metadata, read_metadata

# A page that trafilatura cannot read is a page without a vote, not a line on the user's terminal.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "head",
        "video",
        "audio",
        "map",
        "datalist",
        "dialog",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "var",
        "wbr",
        "time",
        "img",
        "picture",
        "source",
        "label",
    ]
)
_TAG_ROLES = {"nav": "nav", "footer": "footer", "aside": "aside", "figcaption": "figcaption", "form": "form"}
_CLASS_ROLES = tuple(
    (role, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.I))
    for role, words in (
        ("comments", r"comments?|comment-?list|comment-?area|respond|disqus(?:_thread)?|discussion|reader-comments"),
        ("cookie", r"cookies?|consent|gdpr|cc-banner|cookie-?notice|cookiebar"),
        ("newsletter", r"newsletters?|subscribe|subscription|sign-?up|mailing|mc4wp|mailchimp|paywall|donate|donation"),
        ("share", r"share|sharing|social|social-?links|addtoany|sharedaddy|sd-sharing|jp-relatedposts-social|share-?bar"),
        ("links", r"related|related-?posts?|jp-relatedposts|recommended|recirc|read-?(?:more|also|next)|most-?(?:read|popular)|trending|popular|more-?(?:news|stories|from)|latest|yarpp|outbrain|taboola|up-next|also-?read"),
        ("ad", r"ads?|advert|advertisement|adsbygoogle|sponsored|sponsor|promo|ad-?(?:slot|unit|container|wrapper|box)|google-?ad\w*|td-ad\w*"),
        ("figcaption", r"captions?|wp-caption-text|photo-?credit|image-?credit|image-?caption|media-caption|photo-caption"),
        ("byline", r"bylines?|by-?line|author-?name|entry-author|article-?author|posted-by|post-author|writer"),
        ("tags", r"tags?|tag-?list|post-tags|entry-tags|tagcloud|topics|keywords|cat-links|tags-links"),
        ("nav", r"menu|nav|navbar|navigation|breadcrumbs?|skip-?link|pagination|site-?header|topbar|masthead|post-navigation"),
        ("aside", r"sidebar|side-?bar|widgets?|widget-area|right-?rail|author-?(?:box|bio|card)|about-?author|secondary"),
        ("footer", r"footer|site-?footer|colophon|copyright|bottom-?bar"),
    )
)  # fmt: skip
_NEVER_BY_CLASS = frozenset(("html", "body", "main", "article", "h1"))
_DEEPEST = 500
_LINK_SHARE = 0.85
_LONGEST_BYLINE = 160
# Cards that only announce an article hold fewer words than this.
_STITCHED_WORDS = 45
_PLAIN = re.compile(r"[\W_]+")


class Rendered(Struct, frozen=True):
    """A page's visible text and blocks, with what its metadata say. `group_dates`: (number of the <article>, time stamp)."""

    text: str
    blocks: list[Block]
    title: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    group_dates: tuple[tuple[int, str], ...] = ()


def render(source: str) -> Rendered:
    """The visible text of an HTML page with its blocks and metadata. Raises PageError("bad-html" or "empty")."""
    tree = _parse(source)
    walk = _Walk()
    walk.run(tree)
    blocks, text = _lay_out(walk.pieces)
    metadata: Metadata = read_metadata(tree)
    if not _is_stitched(blocks):
        _vote(blocks, source)
    stamps = tuple(dict.fromkeys(walk.stamps))
    return Rendered(
        text,
        blocks,
        metadata.title,
        metadata.site,
        metadata.url,
        metadata.language,
        metadata.authors,
        metadata.dates,
        stamps,
    )


class _Piece(Struct):
    """A block in the making: its words, how many of them stand in links, and its structure."""

    role: str
    heading: int
    group: int
    words: list[str] = []
    linked: int = 0


def _parse(source: str) -> html.HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PageError("empty", f"The HTML holds no document: {error}", "Save the page again.") from error
    return tree


class _Walk:
    """Goes through the tree without recursion (pages nest beyond any stack) and collects the pieces of visible text."""

    def __init__(self) -> None:
        self.pieces: list[_Piece] = []
        self.stamps: list[tuple[int, str]] = []
        self._groups = 0
        self._open = _Piece("", 0, 0)

    def run(self, root: html.HtmlElement) -> None:
        stack: list[tuple[html.HtmlElement, str, int, int, bool, int, bool]] = [(root, "", 0, 0, False, 0, False)]
        while stack:
            element, role, heading, group, linked, depth, leaving = stack.pop()
            tag = element.tag if isinstance(element.tag, str) else ""
            if leaving:
                if tag not in _INLINE:
                    self._break(role, heading, group)
                self._say(element.tail, linked, role, heading, group)
                continue
            outer = (element, role, heading, group, linked, depth, True)
            stack.append(outer)
            if tag in _SKIP or not tag or _is_hidden(element) or depth > _DEEPEST:
                continue
            if tag == "br":
                self._say("\n", False, role, heading, group)
                continue
            role = role or _role(element, tag)
            if tag == "article":
                self._groups += 1
                group = self._groups
            if tag == "time" and element.get("datetime"):
                self.stamps.append((group, str(element.get("datetime"))))
            if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
                heading = int(tag[1])
            inside = linked or tag == "a"
            if tag not in _INLINE:
                self._break(role, heading, group)
            self._say(element.text, inside, role, heading, group)
            for child in reversed(element):
                stack.append((child, role, heading, group, inside, depth + 1, False))
        self._break("", 0, 0)

    def _break(self, role: str, heading: int, group: int) -> None:
        if any(w.strip() for w in self._open.words):
            self.pieces.append(self._open)
        self._open = _Piece(role, heading, group)

    def _say(self, words: str | None, linked: bool, role: str, heading: int, group: int) -> None:
        if not words:
            return
        if words == "\n" and self._open.words and self._open.words[-1] == "\n":
            self._break(role, heading, group)
            return
        if words.isspace() and self._open.words[-1:] == ["\n"]:
            return
        if not self._open.words:
            self._open.role = self._open.role or role
        self._open.words.append(words)
        self._open.linked += len(words.strip()) if linked else 0


def _is_hidden(element: html.HtmlElement) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "visibility:hidden" in style


def _role(element: html.HtmlElement, tag: str) -> str:
    """What the element is by its tag, its ARIA role, or its class and id; wrappers of the whole article have none."""
    if tag in _TAG_ROLES:
        inside = tag == "footer" and next(element.iterancestors("article"), None) is not None
        return "" if inside or (tag == "form" and element.find(".//h1") is not None) else _TAG_ROLES[tag]
    if element.get("role") in ("navigation", "complementary", "contentinfo"):
        return {"navigation": "nav", "complementary": "aside"}.get(str(element.get("role")), "footer")
    names = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
    if not names or tag in _NEVER_BY_CLASS or len(names) > 400:
        return ""
    for role, form in _CLASS_ROLES:
        if form.search(names):
            wraps = (
                element.find(".//h1") is not None
                or element.find(".//article") is not None
                or len(element.findall(".//p")) > 12
            )
            return "" if wraps and role != "comments" else role
    return ""


def _lay_out(pieces: list[_Piece]) -> tuple[list[Block], str]:
    blocks: list[Block] = []
    parts: list[str] = []
    at = 0
    for piece in pieces:
        words = clean(" ".join("".join(piece.words).split()))
        if not words:
            continue
        role = piece.role
        share = piece.linked / max(len(words), 1)
        if not role and share >= _LINK_SHARE and piece.heading not in (1, 2, 3) and len(words.split()) >= 2:
            role = "links"
        if role == "byline" and len(words) > _LONGEST_BYLINE:
            role = ""
        blocks.append(Block(at, at + len(words), words, role=role, heading=piece.heading, group=piece.group))
        parts.append(words)
        at += len(words) + 2
    return blocks, "\n\n".join(parts)


def _is_stitched(blocks: list[Block]) -> bool:
    """Whether the page holds several articles with bodies: several <article> or several h1, each over running text."""
    groups: dict[int, int] = {}
    for block in blocks:
        if block.group and not block.role and block.is_prose:
            groups[block.group] = groups.get(block.group, 0) + len(block.words)
    heads = sum(1 for b in blocks if b.heading == 1 and not b.role)
    return sum(1 for words in groups.values() if words >= _STITCHED_WORDS) > 1 or (
        heads > 1 and sum(1 for b in blocks if b.is_prose) > 4
    )


def _vote(blocks: list[Block], source: str) -> None:
    """Mark the running text between the first and last block that trafilatura extracts; with no extraction nothing is marked."""
    try:
        extracted = extract(source, include_comments=False, include_tables=True, with_metadata=False)
    except (RecursionError, ValueError, TypeError, AttributeError, etree.LxmlError):
        return
    body = _PLAIN.sub("", (extracted or "").casefold())
    chosen = (
        [i for i, b in enumerate(blocks) if len(b.words) >= 6 and _PLAIN.sub("", b.text.casefold()) in body]
        if body
        else []
    )
    prose = sum(len(b.words) for b in blocks if b.is_prose and not b.role)
    if not chosen or sum(len(blocks[i].words) for i in chosen) < 0.3 * prose:
        return
    for i, block in enumerate(blocks):
        block.vote = chosen[0] <= i <= chosen[-1]
