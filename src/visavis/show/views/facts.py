"""What else a record holds of a pair of states: promises, trade, and what was foretold."""

from __future__ import annotations

from msgspec import Struct


class TreatyLine(Struct, frozen=True, kw_only=True):
    """One treaty between the two over one interval; no `date_to`: still in force as far as the source knows."""

    treaty: str
    name: str
    obligations: tuple[str, ...]
    date_from: str | None
    date_to: str | None
    source: str


class TradeLine(Struct, frozen=True, kw_only=True):
    """What the two sold to each other in one year; None where the source has no figure."""

    year: int
    unit: str
    forth: float | None
    back: float | None
    source: str


class ForecastLine(Struct, frozen=True, kw_only=True):
    """The chance (0..1) that `source` does an act of this class to `target` within the window, as it was issued; `low` and `high` bound
    it (80 %). `because` pairs the events that carry it, by id, with their shares."""

    forecast_id: str
    issued_at: str
    source: str
    target: str
    event_class: str
    date_from: str
    date_to: str
    probability: float
    low: float | None
    high: float | None
    base_rate: float
    model: str
    because: tuple[tuple[str, float], ...]


class FactsView(Struct, frozen=True, kw_only=True):
    """Imported facts and issued forecasts of a pair; empty where nothing was imported or issued. `trade` is oldest first."""

    treaties: tuple[TreatyLine, ...] = ()
    trade: tuple[TradeLine, ...] = ()
    forecasts: tuple[ForecastLine, ...] = ()
