"""Writes demo/archive/pacific.warc.gz from the pages in scripts/demo_warc, with fixed dates: the same bytes each time.

Run from the checkout: `python scripts/make_demo_warc.py`. One page is captured twice and one address was not found, as in
every real crawl.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "scripts" / "demo_warc"
OUT = ROOT / "demo" / "archive" / "pacific.warc.gz"
SITE = "https://pacificbulletin.example/world/"

# (page, last part of its address, moment of the capture); the balloon page was captured twice
CAPTURES = (
    ("vostok22", "china-and-india-join-russian-military-exercise-in-far-east", "2023-11-20T03:00:01Z"),
    ("pelosi", "china-halts-military-talks-with-us-after-pelosi-visits-taiwan", "2023-11-20T03:00:02Z"),
    ("balloon", "us-shoots-down-chinese-balloon-off-carolina-coast", "2023-11-20T03:00:03Z"),
    ("blinken-bj", "xi-receives-blinken-in-beijing", "2023-11-20T03:00:04Z"),
    ("balloon", "us-shoots-down-chinese-balloon-off-carolina-coast", "2023-11-21T03:00:03Z"),
    ("woodside", "biden-and-xi-agree-to-restore-military-contacts", "2023-11-21T03:00:05Z"),
)
NOT_FOUND = ("a-page-that-was-removed", "2023-11-21T03:00:06Z")


def record(kind: str, date: str, body: bytes, *, uri: str = "", media_type: str) -> bytes:
    """One gzip member that holds one WARC/1.1 record."""
    digest = base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode()
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {date} {uri}")
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{identity}>",
        "WARC-Date": date,
        **({"WARC-Target-URI": uri} if uri else {}),
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": media_type,
        "Content-Length": str(len(body)),
    }
    head = "WARC/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return gzip.compress(head.encode() + body + b"\r\n\r\n", mtime=0)


def response(status: str, body: bytes) -> bytes:
    """An HTTP response with `body` as its page."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def build() -> bytes:
    """The whole archive."""
    info = b"software: scripts/make_demo_warc.py\r\nformat: WARC File Format 1.1\r\n"
    parts = [record("warcinfo", CAPTURES[0][2], info, media_type="application/warc-fields")]
    http = "application/http; msgtype=response"
    for name, slug, date in CAPTURES:
        page = response("200 OK", (PAGES / f"{name}.html").read_bytes())
        parts.append(record("response", date, page, uri=SITE + slug, media_type=http))
    slug, date = NOT_FOUND
    gone = response("404 Not Found", b"<html><body><h1>Not found</h1></body></html>")
    parts.append(record("response", date, gone, uri=SITE + slug, media_type=http))
    return b"".join(parts)


if __name__ == "__main__":
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_bytes(build())
