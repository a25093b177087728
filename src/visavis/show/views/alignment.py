"""The part of a dyad's view that measures: lift over time with its uncertainty, issue areas, agreement in votes, rungs."""

from __future__ import annotations

from msgspec import Struct


class LiftPoint(Struct, frozen=True, kw_only=True):
    """The pair at the end of one period: natural logarithms, 0 is what the activity of both lets one expect; se are standard errors.
    `events` are those of the period itself."""

    period: str
    events: int
    closeness: float
    closeness_se: float
    hostility: float
    hostility_se: float
    net: float
    net_se: float


class AreaLine(Struct, frozen=True, kw_only=True):
    """The pair in one issue area over the whole record, undated events too. An event may lie in several areas."""

    area: str
    cooperative: int
    conflictual: int
    net: float
    net_se: float


class VoteLine(Struct, frozen=True, kw_only=True):
    """Agreement in one session: `same` counts an abstention as a choice, `half` as half an agreement; `kappa` is beyond chance."""

    session: int
    common: int
    same: float
    half: float
    kappa: float | None


class RungLine(Struct, frozen=True, kw_only=True):
    """One rung of the partnership ladder, the first sentence that names it, and how many do. `basis` tells what dates it: explicit or
    relative words of the sentence, or only the day on which it was published; `source` is "events", "sentences" or an imported file."""

    date: str | None
    basis: str
    rung: str
    level: int
    named: int
    quote: str
    event_id: str
    article_id: str
    source: str


class AlignmentView(Struct, frozen=True, kw_only=True):
    """What is measured of a dyad. `whole` is the pair over the whole record, nothing forgotten, undated events too. `compartment` 0..1 is how far it cooperates in some areas while it competes in others, with its
    5 % and 95 % quantiles; `goldstein` the mean intensity -10..10 by the tables of `coders`."""

    by: str
    series: tuple[LiftPoint, ...]
    whole: LiftPoint | None
    areas: tuple[AreaLine, ...]
    compartment: float | None
    compartment_low: float | None
    compartment_high: float | None
    goldstein: float | None
    coders: tuple[str, ...]
    votes: tuple[VoteLine, ...]
    rungs: tuple[RungLine, ...]
