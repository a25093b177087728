"""Dumps that lost all their line breaks: cut where furniture, a byline or a new paragraph must have stood."""

from __future__ import annotations

import itertools
import re

from visavis.read.blocks import Block

# Words that no running text holds in this form; each stood on a line of its own.
_MARKERS = re.compile(
    r"(?:(?:Continue Reading|Leave a (?:Comment|Reply)|Post a Comment|Share this(?: (?:article|post|story))?:?|Like this:|Advertisement|ADVERTISEMENT|"
    r"Related (?:Articles?|Posts?|Stories|Topics|News)|Read (?:More|Also|Next)|Most Read|Trending Now|Subscribe to our newsletter[^.!?]{0,60}[.!]?|Sign up for our newsletter[^.!?]{0,60}[.!]?|"
    r"All [Rr]ights [Rr]eserved\.?|Cookie [Pp]olicy|Privacy Policy|Terms of (?:Use|Service)|Skip to (?:main )?content|Facebook Twitter(?: \w+){0,4}|"
    r"(?:Photo|Image|Picture)(?: [Cc]redit)?: [A-Z][\w/. -]{2,30}?(?=[.\s]+[A-Z])|About the [Aa]uthor)(?![a-z]))"
)
_BYLINE = re.compile(
    r"\b(?:By|Written by|Authors?:)\s+(?:[A-Z][\w.'’-]+\s+){1,3}?[A-Z][\w.'’-]+(?=\s+(?:\||[A-Z]|\d|[-–—]))"
)
_DATE = re.compile(
    r"(?:(?:Published|Updated|Posted)(?: on)?:?\s+)?(?:[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d{2}|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d{2})"
)
_HEAD = 400
_SENTENCE = re.compile(r"[.!?][”\"’)]*\s+(?=[“\"A-Z])")


def cut_one_line(text: str, blocks: list[Block]) -> list[Block]:
    """The blocks, the long ones cut at their markers and at the byline or date that closes the head."""
    return [piece for block in blocks for piece in (_cut(text, block) if block.end - block.start > _HEAD else [block])]


def _cut(text: str, block: Block) -> list[Block]:
    cuts = {block.start, block.end}
    for form in (_BYLINE, _DATE):
        found = form.search(text, block.start, min(block.start + _HEAD, block.end))
        if found is not None and (
            found.start() == block.start or not _SENTENCE.search(text, block.start, found.start())
        ):
            cuts |= {found.start(), found.end()}
    for found in _MARKERS.finditer(text, block.start, block.end):
        cuts |= {found.start(), found.end()}
    ordered = sorted(cuts)
    pieces = []
    for start, end in itertools.pairwise(ordered):
        raw = text[start:end]
        start, end = start + len(raw) - len(raw.lstrip(" \t|")), end - (len(raw) - len(raw.rstrip()))
        if end > start:
            pieces.append(Block(start, end, text[start:end]))
    return pieces
