"""Labels for a page's blocks: what one line is by its own form, then by what stands next to it."""

from __future__ import annotations

import itertools
import re

from rapidfuzz import fuzz

from visavis.read import furniture as f
from visavis.read import names
from visavis.read.blocks import Block

# Labels that are not furniture: what a block is to its article.
TITLE, BODY, TEASER_TITLE, TEASER_LEAD = "title", "body", "teaser-title", "teaser-lead"

# Where HTML itself says what a stretch is.
_ROLES = {
    "nav": ("nav", ""),
    "footer": ("footer", "hard"),
    "form": ("comment-form", ""),
    "figcaption": ("caption", ""),
    "aside": ("sidebar", ""),
    "comments": ("comment", "hard"),
    "links": ("related-links", ""),
    "byline": ("byline", ""),
    "time": ("date-line", ""),
    "cookie": ("cookie-banner", ""),
    "share": ("share-bar", ""),
    "ad": ("advertisement", ""),
    "newsletter": ("newsletter", ""),
    "tags": ("tag-line", ""),
}
_LONGEST_LINE = 700
_CAPTION_WORDS = 60
_SAME_CAPTION = 88


class Mark:
    """A block with its label: `reason` "" while nobody knows; `after` says what the block announces (see furniture)."""

    def __init__(self, block: Block, reason: str = "", after: str = "") -> None:
        self.block = block
        self.reason = reason
        self.after = after

    @property
    def text(self) -> str:
        return self.block.text

    @property
    def is_text(self) -> bool:
        """Whether it is unlabelled running text."""
        return not self.reason and self.block.is_prose

    def set(self, reason: str, after: str = "") -> None:
        self.reason, self.after = reason, after

    def __repr__(self) -> str:
        return f"Mark({self.reason or '?'}, {self.text[:50]!r})"


def label(blocks: list[Block], text: str) -> list[Mark]:
    """The blocks, some cut where markup or a dead link is glued to prose, each with the label that its form and neighbours give."""
    marks = [_by_form(piece) for block in blocks for piece in _unglue(block, text)]
    for step in (_bylines, _widgets, _captions, _repeats):
        step(marks)
    return marks


def line_rule(words: str, count: int) -> f.LineRule | None:
    """The first furniture rule whose form the whole line has."""
    if len(words) > _LONGEST_LINE:
        return None
    for rule in f.LINE_RULES:
        if count <= rule.most_words and rule.form.fullmatch(words):
            return rule
    for rule in f.LIST_RULES:
        if (
            count <= rule.most_words
            and rule.form.search(words)
            and not re.search(r"[^\W\d_]", rule.form.sub("", words))
        ):
            return rule
    return None


def _unglue(block: Block, text: str) -> list[Block]:
    """The block cut into stray markup, prose and dead link, where these are glued together."""
    start, end = block.start, block.end
    raw = text[start:end]
    cuts = [start]
    remnant = f.REMNANT.match(raw)
    if remnant is not None and remnant.end() < len(raw):
        cuts.append(start + remnant.end())
    tail = f.DEAD_LINK.search(raw, max(len(raw) - 80, 0))
    if tail is not None and tail.start() > 40:
        cuts.append(start + tail.start())
    if len(cuts) == 1:
        return [block]
    return [_piece(block, text, a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True) if text[a:b].strip()]


def _piece(block: Block, text: str, start: int, end: int) -> Block:
    raw = text[start:end]
    start, end = start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))
    gap = block.gap if start == block.start else 0
    piece = Block(start, end, text[start:end], gap, role=block.role, heading=block.heading, group=block.group)
    piece.vote = block.vote
    return piece


def _by_form(block: Block) -> Mark:
    text, count = block.text, len(block.words)
    if block.role in _ROLES:
        return Mark(block, *_ROLES[block.role])
    if f.DEAD_LINK.fullmatch(text):
        return Mark(block, "dead-link")
    if (f.REMNANT.match(text) and not block.is_prose) or (count < 60 and f.CODE.search(text)):
        return Mark(block, "html-remnant")
    if names.byline_names(text) is not None or re.fullmatch(r"(?:written |posted )?by:?", text, re.I):
        return Mark(block, "byline")
    rule = line_rule(text, count)
    if rule is not None:
        return Mark(block, rule.reason, rule.after)
    if names.is_meta_line(text):
        return Mark(block, "byline" if re.search(r"\bby\b", text, re.I) or names.split_names(text) else "date-line")
    teaser = f.TEASER_LABEL.fullmatch(text) if len(text) < 80 else None
    if teaser is not None and teaser["section"].strip():
        return Mark(block, "teaser-label")
    if count == 0 and len(text) < 80:
        return Mark(block, "html-remnant" if re.search(r"[<>{}]", text) else "nav")
    return Mark(block)


def is_caption(block: Block) -> bool:
    """Whether the block has the form of a caption: short, ending in who made the picture, or telling who stands left and right."""
    if len(block.words) > _CAPTION_WORDS or len(block.words) < 2:
        return False
    if f.CAPTION_END.search(block.text) or f.CAPTION_START.match(block.text):
        return True
    one_sentence = len(re.findall(r"[.!?][”\"]?\s+[A-Z]", block.text)) == 0
    return one_sentence and bool(f.CAPTION_SIDE.search(block.text)) and len(block.words) <= 45


def _bylines(marks: list[Mark]) -> None:
    """A lone "By" takes the name after it, linked or not; a lone name next to a date line is a byline."""
    for mark, following in itertools.pairwise(marks):
        if (
            mark.reason == "byline"
            and re.fullmatch(r"(?:\w+ )?by:?", mark.text, re.I)
            and following.reason in ("", "related-links")
        ):
            if names.split_names(following.text) and len(following.block.words) <= 16:
                following.set("byline")
        elif not mark.reason and following.reason == "date-line" and names.is_name(mark.text):
            mark.set("byline")


def _widgets(marks: list[Mark]) -> None:
    """A heading "About the author" takes the notes after it."""
    for i, mark in enumerate(marks):
        if mark.after != "author":
            continue
        for following in marks[i + 1 : i + 4]:
            if following.reason in ("", "author-bio") and (
                names.is_bio(following.text) or names.is_name(following.text)
            ):
                following.set("author-bio" if following.block.is_prose else "author-box")
            elif following.reason != "author-box":
                break


def _captions(marks: list[Mark]) -> None:
    """Captions by form; a short line glued to a picture's credit is its caption or its alternative text, unless it is the only title."""
    last_prose = max((i for i, m in enumerate(marks) if m.is_text), default=-1)
    for i, mark in enumerate(marks):
        if not mark.reason and is_caption(mark.block) and not (i == last_prose and len(mark.block.words) > 25):
            mark.set("caption")
    titled = False
    for mark, following in itertools.pairwise(marks):
        if mark.is_text:
            titled = False
        elif (
            following.reason == "photo-credit"
            and following.block.gap == 0
            and not mark.reason
            and (titled or not mark.block.is_title_like)
        ):
            mark.set("image-alt" if len(mark.block.words) <= 6 else "caption")
        titled = titled or (not mark.reason and mark.block.is_title_like and len(mark.block.words) >= 4)


def _repeats(marks: list[Mark]) -> None:
    """A caption that stands twice, and a short stretch that is said twice in a row, are no text of the article."""
    captions = [m for m in marks if m.reason in ("caption", "image-alt")]
    seen: list[str] = []
    for mark in captions:
        if any(fuzz.ratio(mark.text, other) >= _SAME_CAPTION for other in seen[-6:]):
            mark.set("repeated-caption")
        seen.append(mark.text)
    for mark, following in itertools.pairwise(marks):
        if mark.reason in ("caption", "image-alt", "repeated-caption") and not following.reason:
            if len(following.block.words) <= _CAPTION_WORDS and _alike(mark.text, following.text):
                following.set("repeated-caption")
        elif not mark.reason and following.reason == "caption" and _alike(mark.text, following.text):
            mark.set("repeated-caption")
        elif mark.is_text and following.is_text and mark.text == following.text and _stands_twice(marks, mark):
            mark.set("caption")
            following.set("repeated-caption")


def _stands_twice(marks: list[Mark], mark: Mark) -> bool:
    """Whether a short stretch stands on the page just twice: a caption and its copy, not a refrain."""
    return len(mark.block.words) <= 45 and sum(m.text == mark.text for m in marks) == 2


def _alike(a: str, b: str) -> bool:
    """Whether one is the other, or the other with its credit."""
    short, long = sorted((a, b), key=len)
    return len(short.split()) >= 4 and (fuzz.ratio(a, b) >= _SAME_CAPTION or long.startswith(short.rstrip(".")))
