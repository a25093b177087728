"""The parts that a report is made of. Text in them is plain: who writes them out escapes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """Words of one look, or the mark of a footnote (then `text` is empty). `style`: "", em, strong."""

    text: str = ""
    style: str = ""
    note: int = 0


@dataclass(frozen=True)
class Words:
    """A stretch of text. `kind`: heading, paragraph, item, quote, caption; `level` 1-3 for headings."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of cells under a header; numbers are written as they should be read."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """A chart as a Vega-Lite specification with its data in it, and what it shows in words."""

    spec: dict[str, Any]
    words: str


Block = Words | Table | Chart


@dataclass(frozen=True)
class Report:
    """The whole: blocks in order, and the footnotes; note n is `notes[n - 1]`, in plain text."""

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
