"""A record as FollowTheMoney entities, one JSON object a line, for Aleph and its kin.

Articles become `Article`, their outlets `Organization`, actors `PublicBody` (states, intergovernmental organisations) or `Organization`,
events `Event` with `involved`, `proof` and dates. Schemata of FollowTheMoney 3/4; every value is a list of strings, as they want it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from visavis.lexicon.centres import centres
from visavis.lexicon.crosswalk import state_codes
from visavis.records import Article, Party, content_id
from visavis.store.exports.told import Told, Written, chunks, told_events
from visavis.store.plain import escaped_json
from visavis.store.record import Record
from visavis.store.tables import TABLES

Entity = dict[str, Any]
_ARTICLES = (
    "select * from articles where article_id >= $low and article_id < $high and kind <> 'teaser' order by article_id"
)
_WEB = ("http://", "https://")
# Schemata of which a record's rows name each entity once.
_ONCE = frozenset({"Article", "Event"})
# ISO 639-2 for the languages of the pages that are met most; others are left out.
_LANGUAGES = {
    "en": "eng", "ru": "rus", "zh": "zho", "fr": "fra", "de": "deu", "es": "spa", "ar": "ara", "tr": "tur", "fa": "fas", "uk": "ukr",
    "pt": "por", "it": "ita", "pl": "pol", "ja": "jpn", "ko": "kor", "hi": "hin", "he": "heb", "hu": "hun", "sr": "srp",
}  # fmt: skip


def write_ftm(record: Record, path: Path) -> Written:
    """Outlets, articles, actors, events; each entity once. Raises OSError when the file cannot be written."""
    written, seen = Written(), set[str]()
    encoder = msgspec.json.Encoder()
    with path.open("wb") as out:
        for entity in _entities(record):
            if entity["id"] in seen:
                continue
            if entity["schema"] not in _ONCE:
                seen.add(entity["id"])
            out.write(escaped_json(encoder.encode(entity)) + b"\n")
            written.rows += 1
    return written


def _entities(record: Record) -> Iterator[Entity]:
    for rows in chunks(record, _ARTICLES):
        for article in TABLES["articles"].from_arrow(rows):
            yield from _article(article)
    for told in told_events(record):
        yield from _event(told)


def _article(article: Article) -> Iterator[Entity]:
    outlet = _outlet_id(article.outlet)
    if outlet:
        yield _entity(outlet, "Organization", name=[article.outlet], country=_countries([article.outlet_country]))
    yield _entity(
        f"article-{article.article_id}",
        "Article",
        title=[article.title],
        author=list(article.authors),
        publisher=[article.outlet],
        publishedAt=[article.published.iso or ""]
        if article.published.precision != "interval"
        else [],  # a day, month, year
        language=[_LANGUAGES.get(article.language, "")],
        sourceUrl=_web(article.url),
        bodyText=[article.text],
    )


def _event(told: Told) -> Iterator[Entity]:
    event = told.event
    parties = [*event.sources, *event.targets]
    for party in parties:
        yield _actor(party)
    names = [[party.name or party.words or party.code for party in side] for side in (event.sources, event.targets)]
    label = " → ".join(", ".join(side) for side in names if side)
    yield _entity(
        f"event-{event.event_id}",
        "Event",
        name=[f"{event.type or event.cameo}: {label}"],
        summary=[event.quote],
        description=[f"status: {event.status}; confidence: {event.confidence:.2f}", *event.because],
        recordId=[event.cameo or ""],
        startDate=[event.date_from or ""],
        endDate=[event.date_to or ""],
        location=[event.place],
        country=_countries(party.code for party in parties),
        involved=[_actor_id(party) for party in parties],
        proof=[f"article-{event.article_id}"] if event.article_id else [],
        sourceUrl=_web(told.url),
        publisher=[told.outlet],
    )


def _actor(party: Party) -> Entity:
    public = party.code in state_codes() or party.sector in ("GOV", "IGO", "MIL", "LEG", "JUD", "COP")
    schema = "PublicBody" if public else "Organization"
    return _entity(_actor_id(party), schema, name=[party.name or party.words or party.code], country=_countries([party.code]), topics=["gov"] if public else [])  # fmt: skip


def _actor_id(party: Party) -> str:
    return "actor-" + content_id(party.code, party.sector, party.name or party.words)


def _outlet_id(outlet: str) -> str:
    return "outlet-" + content_id(outlet) if outlet.strip() else ""


def _countries(codes: Iterable[str]) -> list[str]:
    return [centres()[code].alpha2 for code in codes if code in centres()]


def _web(url: str) -> list[str]:
    return [url] if url.lower().startswith(_WEB) else []


def _entity(key: str, schema: str, **properties: list[str]) -> Entity:
    """Empty values and repetitions left out."""
    kept = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}
