"""The tables that people and forecasters write: what was foretold, corrected, taken down, watched."""

from __future__ import annotations

from msgspec import Struct

from visavis.records import Event
from visavis.store.tables.table import Table


class Forecast(Struct, frozen=True, kw_only=True):
    """One forecast as it was issued. `hash` seals the row and the one before it, so that none can be changed unseen.

    `low` and `high` bound the chance (80 %); `expected` acts, spread as a negative binomial of `shape`; `own_rate` is a chance too.
    """

    forecast_id: str
    issued_at: str
    source: str
    target: str
    event_class: str
    date_from: str
    date_to: str
    probability: float
    base_rate: float
    model: str
    run_id: str
    because: tuple[str, ...] = ()
    previous: str = ""
    hash: str = ""
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    shape: float | None = None
    own_rate: float | None = None


class Anchor(Struct, frozen=True, kw_only=True):
    """Where an event stood when a person judged it, so that it is found again under a new coder: its sentence and action words,
    its type and the codes of its parties as the machine gave them, and the sentence itself."""

    event_id: str
    article_id: str
    start: int
    end: int
    words_start: int
    words_end: int
    type: str
    parties: tuple[str, ...]
    quote: str


class Review(Struct, frozen=True, kw_only=True):
    """One correction by a person: what the machine said, what it should be, who says so and why.

    The last three columns are worked out anew by every run: a review that fits nothing is "open".
    """

    review_id: str
    table: str
    row_id: str
    verdict: str
    author: str
    at: str
    reason: str = ""
    said: dict[str, str] = {}
    corrected: dict[str, str] = {}
    article_id: str = ""
    start: int = 0
    end: int = 0
    anchors: tuple[Anchor, ...] = ()
    state: str = "applied"
    row_now: str = ""
    note: str = ""


class Takedown(Struct, frozen=True, kw_only=True):
    """One page whose text was taken out of the record, from every version of it. What it carried keeps its ids and offsets."""

    page_id: str
    uri: str
    outlets: tuple[str, ...]
    article_ids: tuple[str, ...]
    events: int
    at: str
    author: str
    reason: str = ""


class Watch(Struct, frozen=True, kw_only=True):
    """One saved question, asked of every new run: a dyad, a type of event, an actor, or the copies of a story."""

    name: str
    kind: str
    what: tuple[str, ...]
    author: str
    at: str


TABLES = (
    Table("forecasts", Forecast, "forecast_id"),
    Table("reviews", Review, "review_id"),
    Table("overruled", Event, "event_id"),
    Table("takedowns", Takedown, "page_id"),
    Table("watches", Watch, "name"),
)
