"""The closed list of names that a row in `drops` of stage "read" may carry, each with one line that says what it means.

Two sorts: what stops a page (or an item of a container) from being used, and furniture: a stretch of a page that is not an
article's own text. Furniture is left out of the body but never lost: its drop holds its offsets and first words.
"""

from __future__ import annotations

from visavis.records import Drop

UNUSED: dict[str, str] = {
    "missing-path": "no file, folder or pattern of this name",
    "unreadable": "the file or folder could not be opened (permissions, device, name)",
    "duplicate-path": "the same file was named twice; it is read once",
    "duplicate-page": "the same bytes under the same address were met before",
    "empty": "the page has no bytes, or nothing but blanks",
    "binary": "the bytes are not text: an image, a document of another kind, a program",
    "too-large": "the page is larger than the limit (--max-page-bytes)",
    "bomb": "the compressed data unfolds beyond the limit",
    "truncated": "a compressed or archived file ends early; what came before the break was read",
    "damaged": "an archive, feed or compressed file that breaks its own format",
    "malformed-line": "a JSONL line that is not an object with a text",
    "mixed-encoding": "some bytes fit no encoding of the page; they were read as Windows-1252 or replaced",
    "no-article": "the page was read, but no article was found in it",
    "bad-html": "the HTML could not be parsed, or is nested beyond reason",
    "bad-address": "the address is not an http(s) URL",
    "robots": "robots.txt of the site forbids the address",
    "private-address": "the address leads to a private, loopback, link-local or reserved network",
    "fetch-failed": "the address could not be fetched: no answer, an error status, too slow, too many redirects",
    "not-a-page": "a container's record that is not a page: a request, metadata, an image",
}

# What a user may do about it; the other reasons need nothing done.
REMEDIES: dict[str, str] = {
    "missing-path": "check the spelling",
    "unreadable": "give yourself the right to read it",
    "empty": "fetch it again",
    "binary": "save it as text or HTML",
    "too-large": "split it, or raise --max-page-bytes",
    "bomb": "unpack it yourself, if you trust it",
    "truncated": "fetch it again for the rest",
    "damaged": "fetch it again",
    "malformed-line": "mend the line: one JSON object with a text",
    "mixed-encoding": "save it as UTF-8, if letters look wrong",
    "no-article": "look at the page: it may be a list, a form or a fence",
    "bad-html": "save it anew from a browser",
    "bad-address": "give an address that begins with http",
    "robots": "ask the site, or save the page yourself",
    "private-address": "allow it with --allow-private",
    "fetch-failed": "try again later",
}

FURNITURE: dict[str, str] = {
    "nav": "site navigation: menus, links to sections, 'Connect with us'",
    "section-label": "the name of the section that stands over a title",
    "tag-line": "tags, topics, categories",
    "page-title": "the page's <title> with the name of the site",
    "repeated-title": "the title once more",
    "byline": "who wrote it (kept as the article's authors)",
    "date-line": "when it was published or updated (kept as evidence of the date)",
    "photo-credit": "who made a picture",
    "caption": "the words under a picture",
    "repeated-caption": "the same caption once more",
    "image-alt": "the alternative text of a picture",
    "author-bio": "who the author is",
    "author-box": "the box about the author: name, picture, links",
    "syndication-credit": "from which partner or agency the text comes (kept as the article's credits)",
    "sign-off": "name or agency at the foot of an article (kept as authors or credits)",
    "copier-credit": "a copier's line that points to the original",
    "continue-reading": "a link that unfolds the rest of an article",
    "comment-form": "a form for, or the heading of, readers' comments",
    "comment": "a reader's comment",
    "newsletter": "an invitation to subscribe, follow, download or donate",
    "paywall": "a line that sells access",
    "advertisement": "an advertisement or its label",
    "share-bar": "buttons to share, print, save or listen",
    "related-links": "links to other articles",
    "sidebar-heading": "the heading of a list beside the article",
    "sidebar": "text beside or below the article that is not part of it",
    "teaser-label": "the section and age of a teaser (kept as the teaser's section)",
    "cookie-banner": "a notice about cookies or privacy",
    "copyright": "a notice of rights",
    "footer": "the foot of the site: imprint, contact, terms",
    "html-remnant": "stray markup or code",
    "dead-link": "the words of a link that leads nowhere in a text ('read it here')",
}

REASONS: dict[str, str] = {**UNUSED, **FURNITURE}

_DETAIL_CHARACTERS = 120


def drop(reason: str, *, uri: str = "", page_id: str = "", start: int = 0, end: int = 0, detail: str = "") -> Drop:
    """A `Drop` of stage "read"; `detail` is cut to 120 characters. Raises KeyError for a reason that is not on the list."""
    if reason not in REASONS:
        raise KeyError(f"'{reason}' is not on the list of reasons in read/reasons.py.")
    words = " ".join(detail.split())
    if len(words) > _DETAIL_CHARACTERS:
        words = words[: _DETAIL_CHARACTERS - 1] + "…"
    return Drop(stage="read", reason=reason, page_id=page_id, uri=uri, start=start, end=end, detail=words)
