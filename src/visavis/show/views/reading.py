"""The article of an event, cut where its sentence and the marks in it begin and end, so that a page can show them in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

from msgspec import Struct

from visavis.records import Article, Event
from visavis.show.views.event import EventView
from visavis.show.views.marks import Mark, marks_of
from visavis.show.views.parts import ArticleLine

_BREAK = re.compile(r"\n+")
# Words at either end of a text fragment: enough to be unique on a page, few enough to survive small edits of it.
_FRAGMENT_WORDS = 5


class Piece(Struct, frozen=True, kw_only=True):
    """A stretch of the article. `roles` are the parts it plays in the event; `sentence` tells that it lies in the event's sentence;
    `event_id` names another event of the sentence it lies in, "" when there is none."""

    words: str
    roles: tuple[str, ...] = ()
    sentence: bool = False
    event_id: str = ""


class Evidence(Struct, frozen=True, kw_only=True):
    """An event with the article it stands in. `paragraphs` hold the whole text in order; `citation` is ready for a footnote;
    `link` leads to the sentence on the original page, "" when the page has no address on the web."""

    event: EventView
    paragraphs: tuple[tuple[Piece, ...], ...]
    citation: str
    link: str


def reading(event: Event, article: Article, events: Sequence[Event] = ()) -> tuple[tuple[Piece, ...], ...]:
    """The article's paragraphs in pieces; `events` are all that were coded from it."""
    marks = [Mark(start=m.start + event.start, end=m.end + event.start, roles=m.roles) for m in marks_of(event)]
    others = {(one.start, one.end): one.event_id for one in reversed(events) if one.start != event.start}
    return tuple(
        tuple(_pieces(article.text, start, end, event, marks, others)) for start, end in paragraphs_of(article.text)
    )


def paragraphs_of(text: str) -> Iterator[tuple[int, int]]:
    """The offsets of the text's paragraphs: what stands between line ends."""
    at = 0
    for found in [*_BREAK.finditer(text), None]:
        end = len(text) if found is None else found.start()
        if text[at:end].strip():
            yield at, end
        at = end if found is None else found.end()


def _pieces(
    text: str, start: int, end: int, event: Event, marks: Sequence[Mark], others: dict[tuple[int, int], str]
) -> Iterator[Piece]:
    edges = {event.start, event.end} | {edge for mark in marks for edge in (mark.start, mark.end)}
    edges |= {edge for span in others for edge in span}
    inside = sorted({start, end, *(edge for edge in edges if start < edge < end)})
    for first, last in pairwise(inside):
        roles = next((mark.roles for mark in marks if mark.start <= first and last <= mark.end), ())
        other = next((key for (a, b), key in others.items() if a <= first and last <= b), "")
        sentence = event.start <= first and last <= event.end
        yield Piece(words=text[first:last], roles=roles, sentence=sentence, event_id="" if sentence else other)


def citation(view: EventView, record: str, run: str) -> str:
    """The event as a footnote: who says so, where, when, and in which version of which record it was coded."""
    article = view.article
    by = f"{', '.join(article.authors)}, " if article.authors else ""
    where = ", ".join(part for part in (article.outlet, article.published or "no date", _address(article)) if part)
    return (
        f"{by}“{article.title}”, {where}: “{view.quote}” (Visavis event {view.event_id}, record {record}, run {run})."
    )


def _address(article: ArticleLine) -> str:
    return article.url if article.url.startswith(("http://", "https://")) else ""


def fragment_link(url: str, sentence: str) -> str:
    """The address with a text fragment (WICG draft "Text Fragments") that scrolls to the sentence; "" when `url` is none of the web."""
    if not url.startswith(("http://", "https://")):
        return ""
    words = sentence.split()
    ends = [sentence.strip()]
    if len(words) > 2 * _FRAGMENT_WORDS:
        ends = [" ".join(words[:_FRAGMENT_WORDS]), " ".join(words[-_FRAGMENT_WORDS:])]
    # A comma and a dash are part of the fragment's grammar.
    coded = ",".join(quote(end, safe="").replace("-", "%2D") for end in ends)
    return f"{url.partition('#')[0]}#:~:text={coded}"
