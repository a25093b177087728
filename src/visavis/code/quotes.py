"""Quotations of an article, found on the text alone: curly and straight marks, nested, unbalanced, running over paragraphs; and whose they are.

An unclosed quotation runs on when the next paragraph opens with a quotation mark (the newspaper habit), else it ends with its sentence.
"""

from __future__ import annotations

import re

from msgspec import Struct

from visavis.lexicon.voices import Cues, cues

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[“”„«»\"]")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)")
_MIN_WORDS = 4  # shorter ones are names and scare quotes


class Quotation(Struct, frozen=True):
    """A quotation: code points of its inside, end exclusive; `speaker` as the text names him beside it ("" unknown), and where."""

    start: int
    end: int
    speaker: str = ""
    speaker_start: int = 0
    speaker_end: int = 0


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """The outermost quotations of at least four words, in order, with their speakers where the text beside them tells.

    >>> [q.speaker for q in find_quotations('"We will not bow to threats," said Mr Petrov.')]
    ['Mr Petrov']
    """
    c = cues()
    spans = [s for s in _spans(text) if len(text[s[0] : s[1]].split()) >= _MIN_WORDS]
    found: list[Quotation] = []
    for place, (start, end) in enumerate(spans):
        bounds = (spans[place - 1][1] if place else 0, spans[place + 1][0] if place + 1 < len(spans) else len(text))
        speaker = _speaker(text, start, end, bounds, c)
        if speaker is None and found and _continues(text, found[-1].end, start):
            last = found[-1]
            speaker = (last.speaker_start, last.speaker_end) if last.speaker else None
        found.append(
            Quotation(start, end, text[speaker[0] : speaker[1]], *speaker) if speaker else Quotation(start, end)
        )
    return tuple(found)


def _spans(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    open_at: int | None = None
    paragraphs = list(_PARAGRAPH.finditer(text))
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1].group().lstrip()[:1] if number + 1 < len(paragraphs) else ""
        open_at = _paragraph_spans(text, paragraph.start(), paragraph.end(), open_at, following, spans)
    return spans


def _paragraph_spans(
    text: str, begin: int, end: int, open_at: int | None, following: str, spans: list[tuple[int, int]]
) -> int | None:
    """Add the quotations of one paragraph; returns where the one that runs on into the next began, else None."""
    depth, last_close = (1, begin) if open_at is not None else (0, begin)
    for m in _MARK.finditer(text, begin, end):
        opens = m[0] in "“„«" or (m[0] == '"' and depth == 0)
        if opens and open_at is not None and not text[begin : m.start()].strip():
            continue  # the mark repeated at the head of a paragraph
        if opens:
            depth += 1
            open_at = m.end() if depth == 1 else open_at
        elif depth:
            depth, last_close = depth - 1, m.end()
            if depth == 0 and open_at is not None:
                spans.append((open_at, m.start()))
                open_at = None
    if open_at is None:
        return None
    if following and following in '“"«':
        return open_at
    stop = _SENTENCE_END.search(text, max(last_close, open_at), end)
    spans.append((open_at, stop.end() if stop else end))
    return None


_NAME = r"(?:[A-Za-z0-9À-ž’'.\-]+\s+){0,9}?[A-Za-z0-9À-ž’'.\-]*[A-Za-zÀ-ž]"
_TITLED = r"(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep)\.?\s+"


def _speaker(text: str, start: int, end: int, bounds: tuple[int, int], c: Cues) -> tuple[int, int] | None:
    """Where the speaker is named: right after the quotation, right before it, in the next or the previous paragraph."""
    after = text[end : bounds[1]]
    before = text[bounds[0] : start]
    head = _after(after, c)
    if head is not None:
        return end + head[0], end + head[1]
    tail = _before(before, c)
    if tail is not None:
        return bounds[0] + tail[0], bounds[0] + tail[1]
    return None


def _after(text: str, c: Cues) -> tuple[int, int] | None:
    """..., he said / said Mr Lavrov / the ministry said in a statement; within the sentence that follows or the head of the next paragraph."""
    for pattern in _patterns_after(c):
        m = pattern.match(text)
        if m and not m["name"].lower().startswith(("and ", "but ", "when ", "if ")):
            return m.span("name")
    return None


def _before(text: str, c: Cues) -> tuple[int, int] | None:
    """Lavrov said: ... / the ministry added that ... / as the envoy told reporters, ..."""
    lead = text[-200:]
    sentence = re.split(r"(?<=[a-z\d”\"][.!?])[”\"]?\s+|\n", lead.rstrip('“"«„ \n'))[-1]
    m = _pattern_before(c).search(sentence)
    if m is None:
        return None
    base = len(text) - len(lead) + lead.rfind(sentence)
    return base + m.start("name"), base + m.end("name")


def _patterns_after(c: Cues) -> tuple[re.Pattern[str], ...]:
    gap = r"[”\"»,.!?\s]*(?:[–—-]\s*)?"
    return (
        re.compile(
            rf"{gap}(?:{c.forms})\s+(?:that\s+)?(?P<name>(?:{_TITLED})?{_NAME})(?=\s*(?:[,.;:(\n]|$|\s(?:in|on|at|as|during|after|who|to|told|of the)\b))"
        ),
        re.compile(
            rf"{gap}(?P<name>(?:{_TITLED})?{_NAME})\s+(?:(?:also|has|had|later|then|further)\s+)?(?:{c.forms})\b"
        ),
    )


def _pattern_before(c: Cues) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[”\"»]\s*|[,;]\s+|\b(?:as|while|but|and)\s+)(?P<name>(?:{_TITLED})?{_NAME})\s+(?:(?:also|has|had|later|then|further)\s+)?(?:{c.forms})\b[^.!?“”\"]*[.!?]?$",
        re.I,
    )


def _continues(text: str, end: int, start: int) -> bool:
    """Whether nothing but marks, or a sentence's breath, stands between two quotations."""
    between = text[end:start]
    return not re.search(r"[A-Za-z]", between)
