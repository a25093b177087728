"""The view of one event: its sentence with marks, and everything between it and the page it was read on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from visavis.lexicon.ontology import QUAD_NAMES
from visavis.records import Article, Copy, Event, Happening, Party, Voice
from visavis.show.views.marks import Mark, marks_of
from visavis.show.views.parts import ArticleLine, article_line, event_date


class PageLine(Struct, frozen=True, kw_only=True):
    """Where the page is: its canonical address, and how the user gave it."""

    page_id: str
    uri: str
    media_type: str
    found_at: str
    sha256: str


class CopyLine(Struct, frozen=True, kw_only=True):
    """Another article that carries the same report, and how it relates to the one that was coded."""

    article: ArticleLine
    kind: str
    score: float
    direction: str
    why: tuple[str, ...]


class EventDate(Struct, frozen=True, kw_only=True):
    """When, and how that is known: `words` in the sentence, `basis`, and the publication date they were resolved against."""

    iso: str | None
    first: str | None
    last: str | None
    precision: str
    basis: str
    words: str
    published: str | None
    published_basis: str


class EventView(Struct, frozen=True, kw_only=True):
    """One event with its evidence."""

    event_id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    quad: int
    quad_name: str
    intensity: float
    status: str
    confidence: float
    quote: str
    marks: tuple[Mark, ...]
    before: str
    after: str
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    voices: tuple[Voice, ...]
    date: EventDate
    place: str
    because: tuple[str, ...]
    coder: str
    spun: bool
    reviewed: str
    story_id: str
    article: ArticleLine
    page: PageLine
    copies: tuple[CopyLine, ...]
    happening_id: str
    reports: int
    independent_reports: int
    differences: tuple[str, ...]


def event_view(
    event: Event,
    article: Article,
    page: PageLine,
    copies: Sequence[Copy] = (),
    others: Mapping[str, Article] | None = None,
    happening: Happening | None = None,
) -> EventView:
    """The view of `event`; `others` are the articles that `copies` relate to the event's own."""
    return EventView(
        event_id=event.event_id,
        type=event.type,
        mode=event.mode,
        contexts=event.contexts,
        cameo=event.cameo,
        quad=event.quad,
        quad_name=QUAD_NAMES.get(event.quad, ""),
        intensity=event.intensity,
        status=event.status,
        confidence=event.confidence,
        quote=event.quote,
        marks=marks_of(event),
        before=_around(article.text, event.start, back=True),
        after=_around(article.text, event.end, back=False),
        sources=event.sources,
        targets=event.targets,
        voices=event.voices,
        date=_date(event, article),
        place=event.place,
        because=event.because,
        coder=event.coder,
        spun=event.spun,
        reviewed=event.reviewed,
        story_id=event.story_id,
        article=article_line(article),
        page=page,
        copies=tuple(_copies(article.article_id, copies, others or {})),
        happening_id=happening.happening_id if happening else "",
        reports=happening.reports if happening else 1,
        independent_reports=happening.independent_reports if happening else 1,
        differences=happening.differences if happening else (),
    )


def _around(text: str, at: int, back: bool, most: int = 200) -> str:
    """The text of the same paragraph on one side of the sentence, at most `most` characters."""
    piece = text[max(0, at - most) : at].rpartition("\n")[2] if back else text[at : at + most].partition("\n")[0]
    return piece.strip()


def _date(event: Event, article: Article) -> EventDate:
    return EventDate(
        iso=event_date(event),
        first=event.date_from,
        last=event.date_to,
        precision=event.date_precision,
        basis=event.date_basis,
        words=event.date_words,
        published=article.published.iso,
        published_basis=article.published.basis,
    )


def _copies(own: str, copies: Sequence[Copy], others: Mapping[str, Article]) -> Iterable[CopyLine]:
    for copy in sorted(copies, key=lambda copy: (-copy.score, copy.article_id, copy.of_article_id, copy.kind)):
        other = others.get(copy.of_article_id if copy.article_id == own else copy.article_id)
        if other is not None:
            yield CopyLine(
                article=article_line(other), kind=copy.kind, score=copy.score, direction=copy.direction, why=copy.why
            )
