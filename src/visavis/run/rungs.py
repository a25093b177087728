"""Rungs of the partnership ladder as texts name them: from the sentences of articles, and from events that say so.

A sentence that names a rung ("comprehensive strategic partnership") is evidence that it was reached, whether or not the sentence reports an
event. The two states are told by the words round the name; a sentence that leaves them open, or that hopes, denies or plans, gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from visavis.code.dates import Clock
from visavis.code.mentions import Mention, find_mentions
from visavis.code.sentences import Sentence, sentences
from visavis.lexicon import Lexicon
from visavis.lexicon.crosswalk import state_codes
from visavis.lexicon.rungs import find_rung
from visavis.records import Document, Event, Precision, content_id
from visavis.store.tables.facts import Rung

# Types by which states climb; a threat to leave a partnership names it too, but is no step on it.
CLIMBS = frozenset({"AGREE", "COOPERATE", "CONSULT", "SUPPORT"})
# CAMEO's "sign formal agreement", for imported events without a sentence.
_SIGNED = "057"
# Below this height a name is too common to be evidence by itself: "an agreement on" needs an event.
_NAMED_FROM = 2
# Said of what is not, or not yet.
_DOUBT = re.compile(
    r"\b(?:potential|possible|would-be|proposed|no|not|never|without|lack of|rather than|instead of|short of|against|hop\w+|call\w*|seek\w*|"
    r"want\w*|offer\w*|could|would|may|might|should|will|if|whether|plan\w*|evolve into)\b[^.;:]{0,60}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\W+(?:the\W+)?$", re.IGNORECASE)
_WITH = re.compile(r"\bwith\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
# What makes the only two states of a sentence the two partners.
_MUTUAL = re.compile(
    r"\b(?:two (?:countries|sides|nations|states|powers|neighbou?rs)|both|bilateral|each other)\b", re.IGNORECASE
)
_NEAR, _SIDE_BY_SIDE = 40, 12  # characters


def event_rungs(events: Iterable[Event]) -> tuple[Rung, ...]:
    """The rungs that events which happened name, per pair of states, with the event and its sentence; by date, undated ones last."""
    found = []
    for event in sorted(events, key=lambda event: (event.date_from or "9999", event.event_id)):
        named = find_rung(event.quote)
        level, rung = (named.level, named.name) if named else (1, "agreement") if event.cameo == _SIGNED else (0, "")
        if level and event.status == "happened" and event.type in CLIMBS:
            found += [
                Rung(
                    fact_id=content_id("rung", a, b, rung, event.event_id),
                    source=event.coder if not event.article_id else "events",
                    state=a,
                    partner=b,
                    rung=rung,
                    level=level,
                    **_columns(event.date_from, event.date_to, event.date_precision, event.date_basis),
                    event_id=event.event_id,
                    article_id=event.article_id,
                    sentence_no=event.sentence_no,
                    quote=event.quote,
                )
                for a, b in _pairs(event)
            ]
    return tuple(found)


def article_rungs(document: Document, events: Iterable[Event], lexicon: Lexicon) -> tuple[Rung, ...]:
    """The rungs that an article names: those of its events, and of sentences that name two states with a rung from "partnership" up.

    One row a pair, rung and sentence; the event stands in it where there is one. The date is that of the time nearest to the name in its
    sentence, else that of the event, else publication (where it is known to the day), else unknown.
    """
    told = {(r.sentence_no, r.state, r.partner): r for r in event_rungs(events)}
    clock: Clock | None = None
    for sentence in sentences(document.text):
        named = find_rung(sentence.text)
        if named is None or named.level < _NAMED_FROM or _DOUBT.search(sentence.text[: named.start]):
            continue
        pair = _named_pair(sentence.text, named.start, named.end, lexicon, document.published.latest)
        if pair is None or (sentence.no, *pair) in told:
            continue
        clock = clock or Clock.of(document.text, document.published)
        told[(sentence.no, *pair)] = Rung(
            fact_id=content_id("rung", *pair, named.name, document.article_id, sentence.no),
            source="sentences",
            state=pair[0],
            partner=pair[1],
            rung=named.name,
            level=named.level,
            **_dated(clock, sentence, named.start),
            article_id=document.article_id,
            sentence_no=sentence.no,
            quote=sentence.text,
        )
    return tuple(told[key] for key in sorted(told))


def _pairs(event: Event) -> list[tuple[str, str]]:
    """The pairs of states of an event: source with target, or all with all where everybody is a source."""
    sources, targets = ({p.code for p in side} & state_codes() for side in (event.sources, event.targets))
    if not event.targets:
        return sorted(combinations(sorted(sources), 2))
    return sorted({(min(a, b), max(a, b)) for a in sources for b in targets if a != b})


def _named_pair(text: str, start: int, end: int, lexicon: Lexicon, when: str | None) -> tuple[str, str] | None:
    """The two states whose rung is named at start..end: "between A and B" or "with B" behind it, "A-B" before it; else the only two of the
    sentence, where they stand side by side ("A and B raised ..."), as A "with B", or as "the two countries"."""
    states = [m for m in find_mentions(text, lexicon, when) if m.code in state_codes() and m.how != "attitude"]
    before = [m for m in states if m.end <= start]
    after = [m for m in states if m.start >= end]
    near = [m for m in after if m.start - end <= _NEAR]
    if near and _BETWEEN.search(text[end : near[0].start]):
        return _pair(after[:2])
    if near and _WITH.search(text[end : near[0].start]):
        return _pair([next((m for m in reversed(before) if m.code != near[0].code), near[0]), near[0]])
    if before and start - before[-1].end <= _NEAR and len(together := _side_by_side(before)) > 1:
        return _pair(together)
    first = {m.code: m for m in reversed(states)}
    return (
        _pair(states)
        if len(first) == 2 and _are_partners(text, sorted(first.values(), key=lambda m: m.start))
        else None
    )


def _side_by_side(states: list[Mention]) -> list[Mention]:
    """The last mention, and those before it that hardly anything divides: "A, B and C"."""
    at = len(states) - 1
    while at and states[at].start - states[at - 1].end <= _SIDE_BY_SIDE:
        at -= 1
    return states[at:]


def _are_partners(text: str, two: list[Mention]) -> bool:
    one, other = two
    gap = text[one.end : other.start]
    return len(gap) <= _SIDE_BY_SIDE or bool(_WITH.search(gap)) or bool(_MUTUAL.search(text))


def _pair(found: list[Mention]) -> tuple[str, str] | None:
    codes = sorted({mention.code for mention in found})
    return (codes[0], codes[1]) if len(codes) == 2 else None


def _dated(clock: Clock, sentence: Sentence, at: int) -> dict[str, Any]:
    """The columns of the date of what is named at offset `at` of the sentence."""
    times = [d for d in clock.dates if sentence.start <= d.start < sentence.end]
    if times:
        when = min(times, key=lambda d: abs(d.start - sentence.start - at)).when
        return _columns(when.date_from, when.date_to, when.precision, when.basis)
    published = clock.published
    if published.precision == "day":
        return _columns(published.earliest, published.latest, published.precision, "published")
    return {}


def _columns(first: str | None, last: str | None, precision: Precision, basis: str) -> dict[str, Any]:
    return {"date_from": first, "date_to": last, "date_precision": precision, "date_basis": basis}


def rungs_of(documents: Iterable[Document], events: Iterable[Event], lexicon: Lexicon) -> Iterator[Rung]:
    """The rungs of the articles and their events, in the order of the documents."""
    told: dict[str, list[Event]] = {}
    for event in events:
        told.setdefault(event.article_id, []).append(event)
    for document in documents:
        yield from article_rungs(document, told.get(document.article_id, ()), lexicon)
