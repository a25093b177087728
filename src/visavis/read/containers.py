"""Files that hold many pages: WARC, RSS and Atom feeds, JSONL. Each item becomes a Page, each bad item a Drop; WARC and JSONL stream."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

import feedparser
import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from visavis.read.addresses import canonical
from visavis.read.decode import clean
from visavis.read.options import ReadOptions
from visavis.read.page import HTML, ITEM
from visavis.read.reasons import drop
from visavis.read.unpack import unfold_http
from visavis.records import Drop, Page, content_id

_DECODER = msgspec.json.Decoder(dict[str, object])
_TEXT_KEYS = ("text", "body", "content", "html")
_HINTS = {
    "title": ("title", "headline"),
    "published": ("date", "published", "published_at", "publish_date", "pubdate", "datetime"),
    "url": ("url", "link", "uri"),
    "outlet": ("outlet", "source", "publisher", "site"),
    "author": ("author", "authors", "byline"),
}
# A summary of a feed shorter than this is no article, however the feed calls it.
_FULL_WORDS = 120


def make_page(body: bytes, uri: str, media_type: str, **more: object) -> Page:
    """A page with its ids: page_id is the content hash of (SHA-256 of the body, uri)."""
    sha = hashlib.sha256(body).hexdigest()
    base = Page(page_id=content_id(sha, uri), uri=uri, media_type=media_type, charset="", sha256=sha, body=body)
    return msgspec.structs.replace(base, **more) if more else base


def jsonl_items(stream: BinaryIO, name: str, found_at: str, options: ReadOptions) -> Iterator[Page | Drop]:
    """One page a line of articles {"text", "url"?, "title"?, "date"?, "author"?, "outlet"?}; blank lines are passed over."""
    number = 0
    while line := stream.readline(options.max_page_bytes + 1):
        number += 1
        uri = f"file:{name}#{number}"
        if len(line) > options.max_page_bytes:
            _skip_line(stream)
            yield drop("too-large", uri=uri, detail=f"line {number} is longer than {options.max_page_bytes:,} bytes")
            continue
        if not line.strip():
            continue
        page = _of_line(line.removeprefix(b"\xef\xbb\xbf"), uri, found_at)
        yield (
            page
            if page is not None
            else drop("malformed-line", uri=uri, detail=f"line {number}: {line[:100].decode('utf-8', 'replace')}")
        )


def json_items(body: bytes, name: str, found_at: str) -> Iterator[Page | Drop]:
    """One page an article of a JSON document: one object, or a list of them, in the form of a JSONL line."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        yield drop("malformed-line", uri=f"file:{name}", detail=f"no JSON: {error}")
        return
    for number, row in enumerate(data if isinstance(data, list) else [data], 1):
        uri = f"file:{name}#{number}"
        page = _of_row(row, uri, found_at) if isinstance(row, dict) else None
        yield (
            page
            if page is not None
            else drop("malformed-line", uri=uri, detail=f"item {number} is no article with a text")
        )


def _skip_line(stream: BinaryIO) -> None:
    while chunk := stream.readline(1 << 20):
        if chunk.endswith(b"\n"):
            return


def _of_line(line: bytes, uri: str, found_at: str) -> Page | None:
    return _of_row(_object(line), uri, found_at)


def _of_row(row: dict[str, object], uri: str, found_at: str) -> Page | None:
    key = next((k for k in _TEXT_KEYS if isinstance(row.get(k), str) and str(row[k]).strip()), None)
    if key is None:
        return None
    hint = {name: said for name, keys in _HINTS.items() if (said := _said(row, keys))}
    text = clean(str(row[key]))
    is_html = key == "html" or re.match(r"\s*<(?:!doctype|html|body|div|p|article)\b", text, re.I) is not None
    url = canonical(hint.get("url", ""))
    return make_page(
        text.encode(), url or uri, HTML if is_html else ITEM, charset="utf-8", found_at=found_at, hint=hint
    )


def _object(line: bytes) -> dict[str, object]:
    """The object on a line, {} when there is none. Lone surrogates, which strict decoders refuse, are let through to be cleaned."""
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _said(row: dict[str, object], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = row.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("title")
        if isinstance(value, list):
            value = "; ".join(str(v) for v in value if isinstance(v, str))
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return clean(" ".join(str(value).split()))
    return ""


def feed_items(body: bytes, name: str, found_at: str, fetched_at: str = "") -> Iterator[Page | Drop]:
    """One page an entry of an RSS or Atom feed. A feed that declares entities is refused: they unfold without end."""
    if b"<!ENTITY" in body[:65536].upper():
        yield drop("damaged", uri=f"file:{name}", detail="the feed declares entities of its own; it is not read")
        return
    try:
        parsed = feedparser.parse(io.BytesIO(body), sanitize_html=False)
    except ValueError as error:  # the name of its encoding holds what no name can
        yield drop("damaged", uri=f"file:{name}", detail=f"the feed cannot be read: {error}")
        return
    if not parsed.entries:
        yield drop("damaged", uri=f"file:{name}", detail="the feed has no entries that can be read")
        return
    outlet = str(parsed.feed.get("title", ""))
    for number, entry in enumerate(parsed.entries, 1):
        yield _of_entry(entry, outlet, f"file:{name}#{number}", found_at, fetched_at)


def _of_entry(entry: feedparser.FeedParserDict, outlet: str, uri: str, found_at: str, fetched_at: str) -> Page | Drop:
    contents = [str(c.get("value", "")) for c in entry.get("content", [])]
    body = clean(max([*contents, str(entry.get("summary", ""))], key=len))
    title = clean(str(entry.get("title", "")))
    if not body.strip():
        return drop("empty", uri=uri, detail=f"an entry without text: {title}")
    hint = {
        "title": title,
        "url": str(entry.get("link", "")),
        "published": str(entry.get("published") or entry.get("updated") or ""),
        "author": clean(str(entry.get("author", ""))),
        "outlet": clean(outlet),
        "kind": "article" if len(re.sub(r"<[^>]+>", " ", body).split()) >= _FULL_WORDS else "feed-item",
    }
    hint = {k: v.strip() for k, v in hint.items() if v.strip()}
    address = canonical(hint.get("url", "")) or uri
    markup = re.search(r"<[a-zA-Z/!]", body) is not None
    return make_page(body.encode(), address, HTML if markup else ITEM, charset="utf-8", found_at=found_at, fetched_at=fetched_at, hint=hint)  # fmt: skip


def warc_items(stream: BinaryIO, name: str, found_at: str, options: ReadOptions) -> Iterator[Page | Drop]:
    """One page a response, resource or conversion record, streamed: memory holds one record. A break costs one drop."""
    number = 0
    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="transfer"):
            number += 1
            yield from _of_record(record, f"file:{name}#{number}", found_at, options)
    except (EOFError, OSError, ValueError) as error:
        yield drop(
            "truncated", uri=f"file:{name}#{number + 1}", detail=f"the archive breaks after {number} records: {error}"
        )
        return
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault in compiled code of FastWARC shows; no Exception
            raise
        yield drop(
            "damaged", uri=f"file:{name}#{number + 1}", detail=f"the archive stops the reader after {number} records"
        )
        return
    if number == 0:
        yield drop("damaged", uri=f"file:{name}", detail="the archive has no record that could be read")


def _of_record(record: WarcRecord, uri: str, found_at: str, options: ReadOptions) -> Iterator[Page | Drop]:
    address = canonical(record.headers.get("WARC-Target-URI") or "") or uri
    media, charset, encoding, chunked = record.headers.get("Content-Type") or "", "", "", False
    if record.is_http and record.http_headers is not None:
        media, charset = record.http_content_type or "", record.http_charset or ""
        encoding = record.http_headers.get("Content-Encoding") or ""
        chunked = bool(record.http_headers.get("Transfer-Encoding"))
        status = record.http_headers.status_code
        if status is not None and not 200 <= status < 300:
            yield drop("not-a-page", uri=address, detail=f"the answer was {status}")
            return
    if not re.match(r"(?:text/|application/(?:xhtml|xml|rss|atom|json))|$", media):
        yield drop("not-a-page", uri=address, detail=media)
        return
    raw = record.reader.read(options.max_page_bytes + 1)
    unfolded = unfold_http(raw, encoding, options.max_page_bytes, options.max_ratio)
    if unfolded.fault in ("bomb", "too-large", "damaged"):
        yield drop(unfolded.fault, uri=address, detail=f"record {uri}")
        return
    cut = unfolded.fault == "truncated" or (not chunked and len(raw) < record.content_length)
    cut = cut or (not raw and _promised(record) != "0")
    if cut:
        yield drop("truncated", uri=address, detail=f"record {uri} ends early; what came before is read")
    if unfolded.body.strip():
        when = str(record.headers.get("WARC-Date") or "")
        kind = HTML if "html" in media or looks_like_html(unfolded.body) else "text/plain"
        yield make_page(unfolded.body, address, kind, charset=charset, found_at=found_at, fetched_at=when)
    elif not cut:
        yield drop("empty", uri=address, detail=f"record {uri}")


def _promised(record: WarcRecord) -> str:
    """The length of the body that the HTTP headers promise, "" when they are cut off or silent."""
    return str(record.http_headers.get("Content-Length") or "") if record.http_headers is not None else ""


def looks_like_html(body: bytes) -> bool:
    """Whether the first bytes hold a document of HTML rather than a text with stray tags."""
    head = body[:8192].replace(b"\x00", b"").lower()
    if re.search(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", head):
        return True
    tags = re.findall(rb"</?(?:p|div|article|h1|h2|span|a|section|br|ul|li)[\s>/]", head)
    return head.lstrip()[:1] == b"<" and len(tags) >= 4
