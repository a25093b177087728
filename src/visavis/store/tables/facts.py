"""The tables of imported, structured facts. Every row names its source, licence and the day it was retrieved."""

from __future__ import annotations

from msgspec import Struct

from visavis.records import Precision
from visavis.store.tables.table import Table


class _Fact(Struct, frozen=True, kw_only=True):
    """What every imported row carries. `fact_id` is a content hash over the row's own columns."""

    fact_id: str
    source: str
    licence: str = ""
    retrieved_at: str = ""


class Vote(_Fact, frozen=True, kw_only=True):
    """How one state voted on one roll call."""

    assembly: str
    session: int
    rollcall: str
    state: str
    choice: str
    date: str | None = None
    title: str = ""
    issues: tuple[str, ...] = ()


class Treaty(_Fact, frozen=True, kw_only=True):
    """What one state promised another under one treaty, over one interval of days."""

    treaty: str
    state: str
    partner: str
    obligations: tuple[str, ...]
    name: str = ""
    date_from: str | None = None
    date_to: str | None = None


class Membership(_Fact, frozen=True, kw_only=True):
    """One state's standing in one organisation over one interval of days; or, with a `partner`, how many organisations two states
    share."""

    organisation: str
    state: str
    standing: str
    date_from: str | None = None
    date_to: str | None = None
    partner: str = ""
    shared: int | None = None


class Capability(_Fact, frozen=True, kw_only=True):
    """One state's material means in one year."""

    state: str
    year: int
    measure: str
    value: float
    unit: str = ""


class Trade(_Fact, frozen=True, kw_only=True):
    """What one state sold to another in one year."""

    exporter: str
    importer: str
    year: int
    value: float
    unit: str = ""
    sector: str = ""


class Expulsion(_Fact, frozen=True, kw_only=True):
    """One state expelled another's diplomats, and the reply."""

    sender: str
    target: str
    sent: int | None = None
    replied: int | None = None
    reply_days: int | None = None
    sender_staff: int | None = None
    target_staff: int | None = None
    date_from: str | None = None
    date_to: str | None = None
    wave: str = ""
    quote: str = ""
    url: str = ""


class Rung(_Fact, frozen=True, kw_only=True):
    """A step on the partnership ladder of two states, as one sentence names it."""

    state: str
    partner: str
    rung: str
    level: int
    date_from: str | None = None
    date_to: str | None = None
    date_precision: Precision = "unknown"
    date_basis: str = "none"
    event_id: str = ""
    article_id: str = ""
    sentence_no: int = 0
    quote: str = ""


class Dispute(_Fact, frozen=True, kw_only=True):
    """One state against another in one militarised dispute."""

    dispute: str
    state: str
    opponent: str
    hostility: int
    date_from: str | None = None
    date_to: str | None = None
    fatalities: int | None = None


class IdealPoint(_Fact, frozen=True, kw_only=True):
    """Where one state stands in one session, as published or as estimated here."""

    assembly: str
    session: int
    state: str
    mean: float
    sd: float | None = None
    q5: float | None = None
    q95: float | None = None
    model: str = ""


TABLES = (
    Table("votes", Vote, "fact_id", leave_out=("retrieved_at",)),
    Table("treaties", Treaty, "fact_id", leave_out=("retrieved_at",)),
    Table("memberships", Membership, "fact_id", leave_out=("retrieved_at",)),
    Table("capabilities", Capability, "fact_id", leave_out=("retrieved_at",)),
    Table("trade", Trade, "fact_id", leave_out=("retrieved_at",)),
    Table("expulsions", Expulsion, "fact_id", leave_out=("retrieved_at",)),
    Table("rungs", Rung, "fact_id", leave_out=("retrieved_at",)),
    Table("disputes", Dispute, "fact_id", leave_out=("retrieved_at",)),
    Table("ideal_points", IdealPoint, "fact_id", leave_out=("retrieved_at",)),
)
