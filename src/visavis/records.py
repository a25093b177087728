"""The frozen, typed records that flow between the stages. This module imports nothing of ours but errors.

Offsets are Unicode code points, end exclusive. Ids are content hashes of 16 hex digits, so that the same input gives the
same rows in any order, on one core or many. Dates are ISO 8601 strings; an interval has both ends inclusive.
"""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple

from msgspec import Struct

Precision = Literal["day", "month", "year", "interval", "unknown"]


def content_id(*parts: str | bytes | int) -> str:
    """The first 16 hex digits of the SHA-256 over `parts`, each framed by its length (so ("ab","c") differs from ("a","bc"))."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()[:16]


class Span(NamedTuple):
    """A stretch of text: code points, end exclusive."""

    start: int
    end: int


class Page(Struct, frozen=True, kw_only=True):
    """One input as received.

    `uri` is canonical: the URL, or `file:NAME` (with `#N` for the N-th item of a container), never a path of one machine;
    `found_at` is the path or address as the user gave it. `hint` carries what a container said of the page
    (a feed's or JSONL line's title, date, url): {title, published, url, outlet, author}.
    """

    page_id: str
    uri: str
    media_type: str
    charset: str
    sha256: str
    body: bytes
    found_at: str = ""
    fetched_at: str = ""
    hint: dict[str, str] = {}


class Published(Struct, frozen=True, kw_only=True):
    """When an article was published: the interval that is known to contain the day, and how it is known.

    `basis` is one of metadata, url, dateline, text, crawl, none. Both ends are `YYYY-MM-DD` or None (unbounded).
    `evidence` holds the words or the address that say so.
    """

    earliest: str | None = None
    latest: str | None = None
    precision: Precision = "unknown"
    basis: str = "none"
    evidence: str = ""

    @property
    def iso(self) -> str | None:
        """The date as an ISO prefix (`2021`, `2021-04`, `2021-04-10`), an interval `a/b`, or None when unknown."""
        if self.earliest is None or self.latest is None:
            return None
        length = {"day": 10, "month": 7, "year": 4}.get(self.precision)
        return f"{self.earliest}/{self.latest}" if length is None else self.earliest[:length]


class Article(Struct, frozen=True, kw_only=True):
    """One article found in a page. `text` is the page's text at `spans`, joined by blank lines (`"\\n\\n"`).

    `kind` is "article", "teaser" (a title with its lead only: listed, never coded) or "feed-item". `credits` are the words that
    credit somebody ("From our partner RIAC").
    """

    article_id: str
    page_id: str
    spans: tuple[Span, ...]
    title: str
    text: str
    authors: tuple[str, ...] = ()
    published: Published = Published()
    outlet: str = ""
    outlet_country: str = ""
    outlet_state_owner: str = ""
    language: str = ""
    url: str = ""
    section: str = ""
    kind: str = "article"
    credits: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


class Drop(Struct, frozen=True, kw_only=True):
    """Something that was not used, and why. `reason` is a name from a closed list (docs/record.md)."""

    stage: str
    reason: str
    page_id: str = ""
    article_id: str = ""
    uri: str = ""
    start: int = 0
    end: int = 0
    detail: str = ""

    @property
    def drop_id(self) -> str:
        """The content hash that keeps a drop from being written twice."""
        return content_id(
            self.stage, self.reason, self.page_id, self.article_id, self.uri, self.start, self.end, self.detail
        )


class Alignment(Struct, frozen=True):
    """A passage of the copy (`start`, `end`) and where it stands in the other article."""

    start: int
    end: int
    of_start: int
    of_end: int


class Copy(Struct, frozen=True, kw_only=True):
    """`article_id` copies `of_article_id`.

    `kind`: identical, near, excerpt, contains, quotes, spun, translated. `score` 0..1 is the share of the smaller side that stands in
    the other. `direction`: "dated" or "textual" when it is known which side copied, else "unknown"; `why` states the reason;
    `reviewed` is "confirmed" when a person said so.
    """

    article_id: str
    of_article_id: str
    kind: str
    score: float
    direction: str = "unknown"
    why: tuple[str, ...] = ()
    spans: tuple[Alignment, ...] = ()
    reviewed: str = ""


class Story(Struct, frozen=True, kw_only=True):
    """A group of articles that carry one report; `lead_id` is the one that is coded (earliest date, then longest, then id)."""

    story_id: str
    lead_id: str
    article_ids: tuple[str, ...]
    first_seen: str | None = None
    outlets: tuple[str, ...] = ()


class Party(Struct, frozen=True, kw_only=True):
    """One side of an event. `code` is ISO 3166 alpha-3 or an organisation's own code, "" when unknown; `sector` is PLOVER's
    (GOV, MIL, MED = health, JRN = media ...), "" when unknown. `how` says how the words became the code:
    name, demonym, capital, seat, office, title, pronoun, group, unknown. Offsets are in the article's text."""

    code: str
    sector: str = ""
    name: str = ""
    words: str = ""
    start: int = 0
    end: int = 0
    how: str = ""


class Voice(Struct, frozen=True, kw_only=True):
    """Somebody who says so. `kind`: government, media, expert, organisation, person, unknown. Outermost first in a chain."""

    name: str
    code: str = ""
    kind: str = ""
    quoted: bool = False
    anonymous: bool = False
    words: str = ""
    start: int = 0
    end: int = 0


# "rejected" is a person's verdict, never the coder's: such an event stays in the table and leaves every count.
Status = Literal["happened", "future", "hypothetical", "denied", "historical", "rejected"]


class Event(Struct, frozen=True, kw_only=True):
    """One event in one sentence of one story: who did what to whom, when, on whose word.

    `type` is one of PLOVER's 16, `quad` 1-4, `intensity` -10..10 (docs/ontology.md), `cameo` text. `date_from`..`date_to` is an
    inclusive interval of days; `date_basis`: explicit, relative, published, none. `because` names the rule and the words that made
    the event, `confidence` 0..1 is calibrated. `start`, `end` bound the sentence, `words_start`, `words_end` the action words.
    `reviewed` is what a person made of it: accepted, corrected, rejected, "" for nothing.
    """

    event_id: str
    story_id: str
    article_id: str
    sentence_no: int
    start: int
    end: int
    quote: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: int = 0
    intensity: float = 0.0
    sources: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    words: str = ""
    words_start: int = 0
    words_end: int = 0
    date_from: str | None = None
    date_to: str | None = None
    date_precision: Precision = "unknown"
    date_basis: str = "none"
    date_words: str = ""
    place: str = ""
    status: Status = "happened"
    voices: tuple[Voice, ...] = ()
    because: tuple[str, ...] = ()
    confidence: float = 0.5
    coder: str = ""
    spun: bool = False
    reviewed: str = ""


def event_id(
    article_id: str, start: int, end: int, type: str, sources: tuple[Party, ...], targets: tuple[Party, ...]
) -> str:
    """The content hash of (article, action words' offsets, type, parties): stable under new coder versions that agree."""
    sides = ["|".join(f"{p.code}:{p.start}" for p in side) for side in (sources, targets)]
    return content_id(article_id, start, end, type, *sides)


class Happening(Struct, frozen=True, kw_only=True):
    """One thing that happened, whoever reported it. `reports` counts stories, `independent_reports` those without a copy edge or
    shared credit between them; `differences` names what the reports disagree on ("date: 2022-02-24 (…) | 2022-04 (…)")."""

    happening_id: str
    event_ids: tuple[str, ...]
    type: str
    parties: tuple[str, ...]
    date_from: str | None = None
    date_to: str | None = None
    reports: int = 1
    copies: int = 0
    independent_reports: int = 1
    differences: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    reviewed: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """What the coder reads: the text of a story's lead article, with what the references and dates in it need."""

    article_id: str
    text: str
    story_id: str = ""
    published: Published = Published()
    outlet: str = ""
    outlet_country: str = ""
    spun: bool = False
