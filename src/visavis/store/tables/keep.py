"""The tables that people and forecasters write: what was foretold, and what was corrected."""

from __future__ import annotations

from msgspec import Struct

from visavis.store.tables.table import Table


class Forecast(Struct, frozen=True, kw_only=True):
    """One forecast as it was issued. `hash` seals the row and the one before it, so that none can be changed unseen."""

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


class Review(Struct, frozen=True, kw_only=True):
    """One correction by a person: what the machine said, what it should be, who says so and why."""

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


TABLES = (
    Table("forecasts", Forecast, "forecast_id"),
    Table("reviews", Review, "review_id"),
)
