"""Bytes to text: byte-order marks, declared and guessed encodings, mixed encodings, control characters.

The text that comes back never holds a NUL, another control character or a lone surrogate; each is replaced by one blank or by
U+FFFD, so that offsets stay those of the decoded text.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from msgspec import Struct

from visavis.errors import PageError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3",
    b"RIFF", b"7z\xbc\xaf", b"Rar!", b"MZ\x90", b"SQLite format 3", b"\x00\x00\x00\x18ftyp", b"\x00\x00\x00\x20ftyp", b"PAR1",
)  # fmt: skip
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# A page with more than one control byte in twenty is not text; Latin-1 prose has none, damaged crawls have a few.
_CONTROL_SHARE = 0.05
# Of the bytes beyond ASCII, the share that must be sound UTF-8 for a page to count as UTF-8 with foreign bytes in it.
_MOSTLY_UTF8 = 0.5
_SAMPLE = 65536
# What pages that declare these mean in practice (WHATWG encoding standard).
_WEB_NAMES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252"}


class Decoded(Struct, frozen=True):
    """The text, the encoding it was read in, and what had to be replaced ("" when nothing)."""

    text: str
    charset: str
    note: str = ""


def decode(body: bytes, declared: str = "") -> Decoded:
    """`body` as text. `declared` is the encoding that HTTP or a container named; a byte-order mark and sound UTF-8 outrank it.

    Raises PageError("binary") when the bytes are no text.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return _finish(body[len(mark) :].decode(name, "replace"), name)
    if _is_binary(body):
        raise PageError("binary", "The bytes are not text.", "Give a web page, a text, a feed, a WARC or a JSONL file.")
    try:
        return _finish(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if _utf8_share(body) >= _MOSTLY_UTF8:
        return _mixed(body)
    for name in (declared, _declared_in(body)):
        found = _try(body, name)
        if found is not None:
            return found
    best = from_bytes(body[:_SAMPLE]).best()
    found = _try(body, best.encoding) if best is not None else None
    return (
        found if found is not None else _finish(body.decode("cp1252", "replace"), "cp1252", "undefined bytes replaced")
    )


def clean(text: str) -> str:
    """`text` of the same length without control characters (blanks instead) and lone surrogates (U+FFFD instead)."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub(" ", text))


def _finish(text: str, charset: str, note: str = "") -> Decoded:
    if not note and "\ufffd" in text and charset.startswith("utf-"):
        note = f"{text.count(chr(0xFFFD))} characters could not be read"
    return Decoded(clean(text), charset, note)


def _is_binary(body: bytes) -> bool:
    head = body[:_SAMPLE]
    if head.startswith(_MAGIC):
        return True
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > _CONTROL_SHARE * max(len(head), 1)


def _utf8_share(body: bytes) -> float:
    """Of the bytes beyond ASCII, the share that stands in sound UTF-8 sequences."""
    high = sum(1 for byte in body if byte >= 0x80)
    sound = sum(len(c.encode()) for c in body.decode("utf-8", "ignore") if ord(c) >= 0x80)
    return sound / high if high else 1.0


def _mixed(body: bytes) -> Decoded:
    bad = 0

    def as_windows(error: UnicodeError) -> tuple[str, int]:
        nonlocal bad
        if not isinstance(error, UnicodeDecodeError):
            raise error
        bad += 1
        return error.object[error.start : error.end].decode("cp1252", "replace"), error.end

    codecs.register_error("visavis-windows", as_windows)
    text = body.decode("utf-8", "visavis-windows")
    return _finish(text, "utf-8", f"{bad} byte sequences that are not UTF-8 were read as Windows-1252")


def _declared_in(body: bytes) -> str:
    found = _META.search(body[:4096])
    return found.group(1).decode("ascii") if found else ""


def _try(body: bytes, name: str) -> Decoded | None:
    if not name:
        return None
    name = _WEB_NAMES.get(name.strip().lower(), name.strip())
    try:
        if not codecs.lookup(name)._is_text_encoding:
            return None
        return _finish(body.decode(name), codecs.lookup(name).name)
    except (LookupError, ValueError):
        return None
