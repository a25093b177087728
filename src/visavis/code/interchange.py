"""The interchange form of events (DESIGN section 5): lines of sentences in, lines of events out, order kept.

Lines that carry the same `doc` and follow each other are sentences of one article, so pronouns, short names and dates resolve across them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from visavis.code.coder import Coder
from visavis.errors import InputError
from visavis.records import Document, Event, Party, Precision, Published, Voice

_ENDS = (".", "!", "?", "”", '"', "’")
_BATCH = 200


def published_on(date: str | None) -> Published:
    """The publication interval that an ISO prefix (`2021`, `2021-04`, `2021-04-10`) or an interval `a/b` names; unknown when None.

    Raises InputError when `date` is none of these.
    """
    if not date:
        return Published()
    first, _, last = str(date).partition("/")
    lengths: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    if len(first) not in lengths or not first.replace("-", "").isdigit():
        raise InputError(f"{date!r} is not a date.", "Write 2021, 2021-04, 2021-04-10 or 2021-04-10/2021-04-12.")
    precision: Precision = "interval" if last else lengths[len(first)]
    return Published(
        earliest=_edge(first, "start"),
        latest=_edge(last or first, "end"),
        precision=precision,
        basis="metadata",
        evidence=str(date),
    )


def _edge(prefix: str, side: str) -> str:
    if len(prefix) == 10:
        return prefix
    if side == "start":
        return f"{prefix}-01-01" if len(prefix) == 4 else f"{prefix}-01"
    if len(prefix) == 4:
        return f"{prefix}-12-31"
    year, month = int(prefix[:4]), int(prefix[5:7])
    days = (
        31,
        29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
        31,
    )
    return f"{prefix}-{days[month - 1]:02d}"


def party_row(party: Party) -> dict[str, Any]:
    """A party as the interchange form writes it."""
    return {"text": party.words or party.name, "code": party.code or None, "sector": party.sector or None}


def voice_row(voice: Voice) -> dict[str, Any]:
    """A voice as the interchange form writes it."""
    return {"text": voice.words or voice.name, "code": voice.code or None, "kind": voice.kind or None}


def date_text(event: Event) -> str | None:
    """The event's date as an ISO prefix or `first/last`; None when only the publication date stands for it."""
    if event.date_from is None or event.date_to is None or event.date_basis in ("published", "none"):
        return None
    length = {"day": 10, "month": 7, "year": 4}.get(event.date_precision)
    return event.date_from[:length] if length else f"{event.date_from}/{event.date_to}"


def event_row(event: Event, base: int) -> dict[str, Any]:
    """An event as the interchange form writes it; `base` is the offset of its line in the article's text."""
    return {
        "event": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        "source": [party_row(p) for p in event.sources],
        "target": [party_row(p) for p in event.targets],
        "status": event.status,
        "date": date_text(event),
        "voice": [voice_row(v) for v in event.voices],
        "words": event.words,
        "start": event.words_start - base,
        "end": event.words_end - base,
        "confidence": round(event.confidence, 3),
        "because": list(event.because),
    }


def _checked(line: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    for key in ("id", "text"):
        if key not in line:
            raise InputError(f"Line {number} has no {key!r}.", 'Each line is {"id", "text", "date"?, "doc"?}.')
    if not isinstance(line["text"], str):
        raise InputError(f"Line {number}: text is {type(line['text']).__name__}, not a string.", "Quote it.")
    return line


def _document(lines: list[Mapping[str, Any]]) -> tuple[Document, list[int]]:
    starts, pieces, position = [], [], 0
    for line in lines:
        starts.append(position)
        text = line["text"]
        # A line that ends a sentence goes on in the same paragraph; a headline stands alone.
        pieces.append(text + (" " if text.rstrip().endswith(_ENDS) else "\n\n"))
        position += len(pieces[-1])
    name = str(lines[0].get("doc") or lines[0]["id"])
    return Document(
        article_id=name, story_id=name, text="".join(pieces), published=published_on(lines[0].get("date"))
    ), starts


def code_lines(lines: Iterable[Mapping[str, Any]], coder: Coder, all_status: bool = False) -> Iterator[dict[str, Any]]:
    """One `{"id", "events"}` per input line, in order. Hypothetical events are left out unless `all_status`.

    Raises InputError, naming the line, when one lacks `id` or `text` or carries a malformed date.
    """
    checked = (_checked(line, number) for number, line in enumerate(lines, 1))
    keyed = ((line.get("doc") or (number, line["id"]), line) for number, line in enumerate(checked))
    groups = ([line for _, line in group] for _, group in groupby(keyed, key=lambda pair: pair[0]))
    for batch in _batches(groups):
        documents = [_document(group) for group in batch]
        for group, (_, starts), events in zip(batch, documents, coder.code(d for d, _ in documents), strict=True):
            yield from _rows(group, starts, events, all_status)


def _batches(groups: Iterable[list[Mapping[str, Any]]]) -> Iterator[list[list[Mapping[str, Any]]]]:
    batch: list[list[Mapping[str, Any]]] = []
    for group in groups:
        batch.append(group)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rows(
    group: list[Mapping[str, Any]], starts: list[int], events: tuple[Event, ...], all_status: bool
) -> Iterator[dict[str, Any]]:
    for line, start in zip(group, starts, strict=True):
        end = start + len(line["text"])
        mine = [
            e
            for e in events
            if start <= e.words_start < max(end, start + 1) and (all_status or e.status != "hypothetical")
        ]
        yield {"id": line["id"], "events": [event_row(e, start) for e in mine]}
