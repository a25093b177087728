"""A page's text as blocks: what a reader would see as one paragraph, heading, label or line.

Text dumps come in many makes: blank lines between paragraphs or none, hard-wrapped lines, everything on one line. A block is a
stretch of the page's text (code points), never a rewriting of it.
"""

from __future__ import annotations

import itertools
import re
from functools import cached_property

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_SPACES = re.compile(r"\s+")
_CLOSERS = "\"'”’»)]*"
_TERMINAL = ".!?…。！？"
_WORD = re.compile(r"\w[\w’'.&-]*")
# A hard-wrapped text breaks its lines at a column; pages broken by paragraph have lines far beyond it.
_WRAP_MAX = 132
_WRAP_MIN = 45
_ONE_LINE = 600
# A lone question of this length is a headline or a subheading more often than a paragraph; within an article it stays text.
_LONGEST_QUESTION = 20
_INNER_STOP = re.compile(r"[.!?][”\"’]? [A-Z“\"]")


class Block:
    """`start`, `end` in the page's text; `text` with single blanks; `gap`: blank lines before it.

    From HTML also: `role` (a structural label: nav, footer, figcaption ...), `heading` 1-6, `group` (which <article>, 0 none),
    `vote` (True when the extractor took it for the article's own text, None when nobody was asked).
    """

    def __init__(
        self, start: int, end: int, raw: str, gap: int = 1, *, role: str = "", heading: int = 0, group: int = 0
    ) -> None:
        self.start = start
        self.end = end
        self.text = _SPACES.sub(" ", raw).strip()
        self.gap = gap
        self.role = role
        self.heading = heading
        self.group = group
        self.vote: bool | None = None

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the block ends as a sentence does, closing quotes and brackets apart."""
        bare = self.text.rstrip(_CLOSERS + " ")
        return bool(bare) and bare[-1] in _TERMINAL

    @cached_property
    def is_prose(self) -> bool:
        """Whether the block reads as running text: sentences, mostly in lower case."""
        words = self.words
        if len(words) < 8:
            return False
        lower = sum(1 for w in words if w[0].islower()) / len(words)
        uncased = sum(1 for w in words if not w[0].islower() and not w[0].isupper()) / len(words)
        if lower < 0.4 and uncased < 0.5:
            return False
        if (
            len(words) <= _LONGEST_QUESTION
            and self.text.rstrip(_CLOSERS + " ")[-1:] in "?!"
            and not _INNER_STOP.search(self.text)
        ):
            return False
        return self.ends_sentence or len(words) >= 40 or (len(words) >= 15 and bool(_INNER_STOP.search(self.text)))

    @cached_property
    def is_title_like(self) -> bool:
        """Whether the block could be a headline: a short line that is no sentence."""
        words = self.words
        if not 2 <= len(words) <= 32 or len(self.text) > 220 or self.is_prose:
            return False
        first = self.text.lstrip("“\"'‘«[(#")[:1]
        if not (first.isupper() or first.isdigit()):
            return False
        bare = self.text.rstrip("\"'”’») ")
        return bool(bare) and bare[-1] not in ".;,:…" and not self.text.startswith(("*", "-", "•"))

    def __repr__(self) -> str:
        return f"Block({self.start}, {self.end}, {self.text[:40]!r})"


def split_blocks(text: str) -> list[Block]:
    """The blocks of a text dump in order. They hold every character but blanks and breaks."""
    lines = [(m.start() + _lead(m[0]), m.end() - _tail(m[0])) for m in _LINE.finditer(text) if m[0].strip()]
    if not lines:
        return []
    width = _wrap_width(text, lines)
    blocks: list[Block] = []
    start, end = lines[0]
    gap = 1
    for next_start, next_end in lines[1:]:
        breaks = _breaks(text[end:next_start])
        if (
            width
            and breaks == 1
            and _flows(text[_line_start(text, end) : end].strip(), text[next_start:next_end], width)
        ):
            end = next_end
            continue
        blocks.append(Block(start, end, text[start:end], gap))
        start, end, gap = next_start, next_end, max(breaks - 1, 0)
    blocks.append(Block(start, end, text[start:end], gap))
    return blocks


def is_one_line(blocks: list[Block]) -> bool:
    """Whether a dump lost all its breaks: a long page on hardly any lines."""
    return len(blocks) <= 3 and any(b.end - b.start > _ONE_LINE for b in blocks)


def _lead(line: str) -> int:
    return len(line) - len(line.lstrip())


def _tail(line: str) -> int:
    return len(line) - len(line.rstrip())


def _breaks(between: str) -> int:
    return len(re.findall(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]", between))


def _line_start(text: str, end: int) -> int:
    return max(text.rfind(c, 0, end) for c in "\r\n\x0b\x0c\x85\u2028\u2029") + 1


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """The column at which a hard-wrapped text breaks, or 0. Wrapped lines run on: most end in mid-sentence, near the column."""
    lengths = sorted(end - start for start, end in lines)
    width = lengths[-1] if len(lengths) < 20 else lengths[int(len(lengths) * 0.99)]
    if not _WRAP_MIN <= width <= _WRAP_MAX or lengths[-1] > 2 * _WRAP_MAX:
        return 0
    adjacent = [(a, b) for a, b in itertools.pairwise(lines) if _breaks(text[a[1] : b[0]]) == 1]
    running = sum(
        1
        for a, b in adjacent
        if a[1] - a[0] > 0.6 * width and text[a[1] - 1] not in _TERMINAL and not text[b[0]].isupper()
    )
    return width if len(adjacent) >= 3 and running >= 0.3 * len(adjacent) else 0


def _flows(line: str, following: str, width: int) -> bool:
    """Whether `following` goes on in the same paragraph: its first word would not have fitted on `line`."""
    first = following.split(None, 1)[0]
    if following[0].islower() and len(line) > 0.5 * width:
        return True
    return len(line) + 1 + len(first) > width - 3
