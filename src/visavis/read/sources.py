"""What a user names becomes pages: files, folders, patterns, addresses, feeds, archives, JSONL, standard input.

Order is fixed whatever the order of the names: local files by path, then addresses, then standard input. What cannot be read is one
Drop; nothing raises. In folders, hidden files and records of ours are passed over.
"""

from __future__ import annotations

import glob
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from visavis.errors import PageError
from visavis.read.addresses import canonical, is_url
from visavis.read.containers import feed_items, json_items, jsonl_items, looks_like_html, make_page, warc_items
from visavis.read.fetch import Fetcher
from visavis.read.options import ReadOptions
from visavis.read.page import HTML
from visavis.read.reasons import drop
from visavis.read.unpack import GZIP_MAGIC, unfold_gzip
from visavis.records import Drop, Page

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

_HEAD = 8192
# What the root of a record holds (store.record writes it): a record may lie in the folder that it is made from.
_MARK = "record.json"
# The root element tells a feed; the HTML inside its items must not be taken for a page.
_FEED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)\s*+)*+<(?:rss|feed|rdf:RDF)[\s>]",
    re.S,
)
_JSON_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"[^\"\n]{1,60}\"\s*:")


def pages(
    sources: Iterable[str], options: ReadOptions = ReadOptions(), stdin: BinaryIO | None = None
) -> Iterator[Page | Drop]:
    """Every page that `sources` name, each once, and a Drop for each that cannot be had. `-` reads `stdin` (bytes)."""
    seen: set[str] = set()
    for item in _all(sources, options, stdin):
        if isinstance(item, Page):
            if item.page_id in seen:
                yield drop("duplicate-page", uri=item.uri, page_id=item.page_id, detail=_named(item.found_at))
                continue
            seen.add(item.page_id)
        yield item


def _named(found_at: str) -> str:
    """A file by its name alone, so that the drops of a pile do not depend on where it lies; an address as it is."""
    return found_at if is_url(found_at) else os.path.basename(found_at)


def _all(sources: Iterable[str], options: ReadOptions, stdin: BinaryIO | None) -> Iterator[Page | Drop]:
    named = list(sources)
    local = [s for s in named if s != "-" and not is_url(s)]
    paths, faults = _expand(local)
    yield from faults
    for path in paths:
        yield from _of_file(path, options)
    addresses = sorted({canonical(s) or s for s in named if is_url(s)})
    if addresses:
        with Fetcher(options) as fetcher:
            for address in addresses:
                yield from _of_url(fetcher, address, options)
    if "-" in named and stdin is not None:
        yield from _of_bytes(stdin, "stdin", "-", options)


def _expand(sources: list[str]) -> tuple[list[Path], list[Drop]]:
    """The files behind the names, sorted, each once; a drop for each name that leads nowhere or twice to one file."""
    found: dict[str, Path] = {}
    faults: list[Drop] = []
    for source in sorted(sources):
        files = _files(Path(source), source, faults)
        if files is None:
            faults.append(drop("missing-path", uri=f"file:{os.path.basename(source.rstrip('/'))}", detail=source))
            continue
        for file in files:
            key = os.path.realpath(file)
            if key in found:
                faults.append(drop("duplicate-path", uri=f"file:{file.name}", detail=str(file)))
            found.setdefault(key, file)
    return sorted(found.values(), key=lambda p: (p.as_posix(), p.name)), faults


def _files(path: Path, source: str, faults: list[Drop]) -> list[Path] | None:
    try:
        if path.is_dir():

            def report(error: OSError) -> None:
                name = os.path.basename(str(error.filename or source))
                faults.append(drop("unreadable", uri=f"file:{name}", detail=f"{error.filename}: {error.strerror}"))

            return sorted(_inner(path, report))
        if path.exists():
            return [path]
        matches = sorted(Path(m) for m in glob.glob(source, recursive=True)) if glob.has_magic(source) else []
        return [p for m in matches for p in (_files(m, str(m), faults) or [])] or None
    except (OSError, ValueError):
        return None


def _inner(path: Path, report: Callable[[OSError], None]) -> Iterator[Path]:
    """The files in a folder and below, but for hidden ones and those of a record: its tables are no pages."""
    for top, folders, names in os.walk(path, onerror=report):
        if _MARK in names and _is_record(Path(top, _MARK)):
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(top, name) for name in names if not name.startswith("."))


def _is_record(mark: Path) -> bool:
    try:
        with mark.open("rb") as stream:
            return b'"visavis": "record"' in stream.read(_HEAD)
    except OSError:
        return False


def _of_file(path: Path, options: ReadOptions) -> Iterator[Page | Drop]:
    if path.exists() and not path.is_file():
        yield drop("unreadable", uri=f"file:{path.name}", detail=f"{path} is no regular file")
        return
    try:
        with path.open("rb") as stream:
            yield from _of_bytes(stream, path.name, str(path), options)
    except OSError as error:
        yield drop("unreadable", uri=f"file:{path.name}", detail=f"{path}: {error.strerror or error}")


def _of_bytes(
    stream: BinaryIO, name: str, found_at: str, options: ReadOptions, fetched_at: str = ""
) -> Iterator[Page | Drop]:
    """The pages of a stream, told by its first bytes, not by its name."""
    raw = stream if isinstance(stream, io.BytesIO) else _Raw(stream)
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(raw)
    head = buffered.peek(_HEAD)[:_HEAD]
    if head.startswith(b"WARC/") or (head.startswith(GZIP_MAGIC) and re.search(r"\.warc(?:\.gz)?$", name, re.I)):
        with _seekable(buffered) as archive:
            yield from warc_items(archive, name, found_at, options)
        return
    if head.startswith(GZIP_MAGIC):
        unfolded = unfold_gzip(buffered, options.max_page_bytes, options.max_ratio)
        if unfolded.fault:
            yield drop(unfolded.fault, uri=f"file:{name}", detail=_named(found_at))
        if unfolded.fault not in ("bomb", "too-large") and unfolded.body:
            yield from _of_bytes(
                io.BytesIO(unfolded.body), re.sub(r"\.gz$", "", name, flags=re.I), found_at, options, fetched_at
            )
        return
    if re.search(r"\.(?:jsonl|ndjson)$", name, re.I) or (_JSON_LINE.match(head) and _is_jsonl(head)):
        yield from jsonl_items(buffered, name, found_at, options)
        return
    body = buffered.read(options.max_page_bytes + 1)
    if len(body) > options.max_page_bytes:
        yield drop(
            "too-large", uri=f"file:{name}", detail=f"{_named(found_at)}: more than {options.max_page_bytes:,} bytes"
        )
    elif not body.strip():
        yield drop("empty", uri=f"file:{name}", detail=_named(found_at))
    elif _FEED.match(head):
        yield from feed_items(body, name, found_at, fetched_at)
    elif re.search(r"\.json$", name, re.I):
        yield from json_items(body, name, found_at)
    else:
        yield make_page(body, f"file:{name}", _media(body, name), found_at=found_at)


@contextmanager
def _seekable(stream: io.BufferedReader) -> Iterator[BinaryIO]:
    """The stream, or, of a pipe, a file on disk with the same bytes: the reader of archives seeks, and memory stays as it is."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


def _is_jsonl(head: bytes) -> bool:
    return any(f'"{key}"'.encode() in head for key in ("text", "body", "content", "html"))


def _media(body: bytes, name: str) -> str:
    return HTML if looks_like_html(body) or re.search(r"\.x?html?$", name, re.I) else "text/plain"


def _of_url(fetcher: Fetcher, address: str, options: ReadOptions) -> Iterator[Page | Drop]:
    try:
        answer = fetcher.get(address)
    except PageError as error:
        yield drop(error.reason, uri=address, detail=error.message)
        return
    uri = canonical(answer.url) or address
    head = answer.body[:_HEAD]
    if not answer.body.strip():
        yield drop("empty", uri=uri, detail=address)
    elif _FEED.match(head):
        yield from feed_items(answer.body, uri, address, answer.fetched_at)
    else:
        media = HTML if "html" in answer.media_type or looks_like_html(head) else "text/plain"
        yield make_page(answer.body, uri, media, charset=answer.charset, found_at=address, fetched_at=answer.fetched_at)


class _Raw(io.RawIOBase):
    """Any stream of bytes as a raw one, so that its head can be looked at before it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)
