"""Compressed data, unfolded under a limit: a bomb stops at the limit, a file that ends early gives what came before."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import BinaryIO

import brotli  # type: ignore[import-untyped]
from msgspec import Struct

GZIP_MAGIC = b"\x1f\x8b"
_CHUNK = 65536
# Below this size nothing counts as a bomb, however well it was compressed.
_HARMLESS = 1_000_000


class Unfolded(Struct, frozen=True):
    """The bytes, and the name of the drop when they are not whole ("" when all is well)."""

    body: bytes
    fault: str = ""


def unfold_gzip(stream: BinaryIO, limit: int, max_ratio: int) -> Unfolded:
    """All members of a gzip stream: "bomb" beyond `max_ratio` times the input, "too-large" beyond `limit`, "truncated", "damaged"."""
    out = bytearray()
    taken = 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    while data := stream.read(_CHUNK):
        taken += len(data)
        while data:
            try:
                out += decoder.decompress(data, max(limit + 1 - len(out), 1))
            except zlib.error:
                return Unfolded(bytes(out), "damaged")
            if len(out) > limit:
                return Unfolded(bytes(out[:limit]), "bomb" if len(out) > max_ratio * taken else "too-large")
            if len(out) > _HARMLESS and len(out) > max_ratio * taken:
                return Unfolded(bytes(out), "bomb")
            data = decoder.unconsumed_tail or decoder.unused_data
            if decoder.eof:
                if not data.startswith(GZIP_MAGIC):
                    data = b""
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 16) if data else decoder
    return Unfolded(bytes(out), "" if decoder.eof else "truncated")


def unfold_http(body: bytes, encoding: str, limit: int, max_ratio: int) -> Unfolded:
    """A response's body without its Content-Encoding (gzip, deflate, br; identity as it is). Unknown encodings are "damaged"."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return Unfolded(body[:limit], "too-large" if len(body) > limit else "")
    steps: dict[str, Callable[[bytes], Unfolded]] = {
        "gzip": lambda b: _inflate(b, zlib.MAX_WBITS | 32, limit, max_ratio),
        "x-gzip": lambda b: _inflate(b, zlib.MAX_WBITS | 32, limit, max_ratio),
        "deflate": lambda b: _inflate(b, zlib.MAX_WBITS if b[:1] == b"\x78" else -zlib.MAX_WBITS, limit, max_ratio),
        "br": lambda b: _brotli(b, limit, max_ratio),
    }
    step = steps.get(name)
    return step(body) if step is not None else Unfolded(b"", "damaged")


def _inflate(body: bytes, bits: int, limit: int, max_ratio: int) -> Unfolded:
    decoder = zlib.decompressobj(bits)
    try:
        out = decoder.decompress(body, limit + 1)
    except zlib.error:
        return Unfolded(b"", "damaged")
    return _weigh(out, len(body), limit, max_ratio, decoder.eof)


def _brotli(body: bytes, limit: int, max_ratio: int) -> Unfolded:
    decoder = brotli.Decompressor()
    out = bytearray()
    try:
        for at in range(0, len(body), 1024):
            out += decoder.process(body[at : at + 1024])
            if len(out) > limit:
                break
    except brotli.error:
        return Unfolded(bytes(out), "damaged")
    return _weigh(bytes(out), len(body), limit, max_ratio, bool(decoder.is_finished()))


def _weigh(out: bytes, taken: int, limit: int, max_ratio: int, whole: bool) -> Unfolded:
    bomb = len(out) > _HARMLESS and len(out) > max_ratio * taken
    if len(out) > limit or bomb:
        return Unfolded(out[:limit], "bomb" if bomb else "too-large")
    return Unfolded(out, "" if whole else "truncated")
