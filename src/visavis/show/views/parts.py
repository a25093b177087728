"""The parts that several view models share: parties, dates, articles, one-line events, balances."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from visavis.records import Article, Event, Party, Precision, Published
from visavis.show.views.marks import Mark, marks_of

COOPERATIVE = frozenset({1, 2})
# Statuses that count as something that took place; the others are listed, never summed.
COUNTED = frozenset({"happened"})


class ArticleLine(Struct, frozen=True, kw_only=True):
    """What identifies an article to a reader. `published` is an ISO prefix or interval, None when unknown; `basis` says how it
    is known."""

    article_id: str
    title: str
    authors: tuple[str, ...]
    outlet: str
    outlet_country: str
    outlet_state_owner: str
    published: str | None
    basis: str
    evidence: str
    language: str
    url: str


class EventLine(Struct, frozen=True, kw_only=True):
    """One event in one line. `sources` and `targets` are labels, `quote` the sentence with its `marks`, `told_by` the speakers,
    outermost first."""

    event_id: str
    date: str | None
    type: str
    quad: int
    status: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    quote: str
    marks: tuple[Mark, ...]
    told_by: tuple[str, ...]
    confidence: float
    intensity: float
    reviewed: str = ""


class Balance(Struct, frozen=True, kw_only=True):
    """Cooperative and conflictual events that happened.

    `balance` is (cooperative - conflictual) / (cooperative + conflictual), -1..1, None without events.
    """

    events: int
    cooperative: int
    conflictual: int
    balance: float | None


def balance(events: Iterable[Event]) -> Balance:
    """The balance over the events whose status is counted."""
    quads = [event.quad for event in events if event.status in COUNTED]
    cooperative = sum(quad in COOPERATIVE for quad in quads)
    conflictual = len(quads) - cooperative
    ratio = round((cooperative - conflictual) / len(quads), 3) if quads else None
    return Balance(events=len(quads), cooperative=cooperative, conflictual=conflictual, balance=ratio)


def article_line(article: Article) -> ArticleLine:
    """The article without its text."""
    return ArticleLine(
        article_id=article.article_id,
        title=article.title,
        authors=article.authors,
        outlet=article.outlet,
        outlet_country=article.outlet_country,
        outlet_state_owner=article.outlet_state_owner,
        published=article.published.iso,
        basis=article.published.basis,
        evidence=article.published.evidence,
        language=article.language,
        url=article.url,
    )


def label(party: Party) -> str:
    """The shortest name of a party: its code with its sector ("RUS GOV"), else its words."""
    if not party.code:
        return party.name or party.words or "somebody"
    return f"{party.code} {party.sector}".strip()


def event_line(event: Event) -> EventLine:
    """The event in one line."""
    return EventLine(
        event_id=event.event_id,
        date=event_date(event),
        type=event.type,
        quad=event.quad,
        status=event.status,
        sources=tuple(dict.fromkeys(label(party) for party in event.sources)),
        targets=tuple(dict.fromkeys(label(party) for party in event.targets)),
        quote=event.quote,
        marks=marks_of(event),
        told_by=tuple(voice.name or voice.words for voice in event.voices),
        confidence=event.confidence,
        intensity=event.intensity,
        reviewed=event.reviewed,
    )


def event_date(event: Event) -> str | None:
    """The event's date as an ISO prefix, an interval `a/b`, or None."""
    return date_of(event.date_from, event.date_to, event.date_precision)


def date_of(first: str | None, last: str | None, precision: Precision) -> str | None:
    """An inclusive interval of days as an ISO prefix, an interval `a/b`, or None."""
    if first is not None and first == last:
        return first
    return Published(earliest=first, latest=last, precision=precision).iso


def count(values: Iterable[str]) -> dict[str, int]:
    """How often each value occurs, most frequent first, ties by name."""
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def newest_first(events: Iterable[Event]) -> list[Event]:
    """Events by their last day, newest first, undated ones last; ties by id."""
    known = sorted(events, key=lambda event: event.event_id)
    return sorted(known, key=lambda event: event.date_to or event.date_from or "", reverse=True)


def period_of(date: str | None, by: str) -> str | None:
    """The year ("2021"), quarter ("2021-Q2") or month ("2021-04") in which an ISO date lies."""
    if date is None:
        return None
    if by == "year":
        return date[:4]
    if len(date) < 7:
        return None
    return date[:7] if by == "month" else f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"


def name_of(code: str, names: Mapping[str, str]) -> str:
    """The name of an actor's code, the code itself when it has none."""
    return names.get(code, code)
