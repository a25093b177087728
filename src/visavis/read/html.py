"""HTML to visible text with structure. (First form: see below.)"""

from __future__ import annotations

from msgspec import Struct

from visavis.read.blocks import Block


class Rendered(Struct, frozen=True):
    """A page's visible text and blocks, with what its metadata say."""

    text: str
    blocks: list[Block]
    title: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()


def render(source: str) -> Rendered:
    return Rendered(source, [])
