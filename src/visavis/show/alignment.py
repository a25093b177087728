"""From a record to what is measured of a dyad: the align stage asked for one pair."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from visavis.align.classics import goldstein_mean
from visavis.align.events import Counts, event_counts
from visavis.align.lift import compartment_index, compartment_interval, pair_lift
from visavis.align.similarity import VOTE_LEVELS, agreement, cohen_kappa, crosstab
from visavis.lexicon.areas import areas
from visavis.lexicon.crosswalk import state_codes
from visavis.records import Event
from visavis.run.rungs import event_rungs
from visavis.show.views.alignment import AlignmentView, AreaLine, LiftPoint, RungLine, VoteLine
from visavis.show.views.parts import date_of, period_of
from visavis.store import TABLES, Record

Lifted = tuple[NDArray[np.float64], NDArray[np.float64]]
_LEVELS = {"yes": 1.0, "abstain": 2.0, "no": 3.0}
# Fixed, so that the same record shows the same interval.
_SEED = 1


def fetch_alignment(record: Record, a: str, b: str, events: Iterable[Event], by: str = "year") -> AlignmentView | None:
    """What is measured of the pair, per year, quarter or month; None when either is no state."""
    if not {a, b} <= state_codes():
        return None
    counts, whole = event_counts(record), event_counts(record, "all")
    lines = _areas(record, a, b)
    net, se = (np.array([getattr(line, name) for line in lines]) for name in ("net", "net_se"))
    index = float(compartment_index(net, se)) if len(lines) > 1 else None
    low, high = compartment_interval(net, se, _SEED) if index is not None else (None, None)
    return AlignmentView(
        by=by,
        series=tuple(_series(counts, a, b, by)),
        whole=_whole(whole, a, b),
        areas=lines,
        compartment=index,
        compartment_low=low,
        compartment_high=high,
        goldstein=_goldstein(whole, a, b),
        coders=whole.sources,
        votes=_votes(record, a, b),
        rungs=_rungs(record, a, b, events),
    )


def _both(counts: Counts, a: str, b: str) -> tuple[int, int] | None:
    return (counts.states.index(a), counts.states.index(b)) if {a, b} <= set(counts.states) else None


def _series(counts: Counts, a: str, b: str, by: str) -> Iterable[LiftPoint]:
    """The lift at the last month of each period, from the pair's first event on."""
    pair = _both(counts, a, b)
    if pair is None:
        return
    i, j = pair
    told = counts.cooperative[:, i, j] + counts.conflictual[:, i, j]
    close, hostile = (pair_lift(axis, i, j) for axis in (counts.cooperative, counts.conflictual))
    when = [period_of(month, by) or month for month in counts.periods]
    for at, period in enumerate(when):
        ends = at + 1 == len(when) or when[at + 1] != period
        if ends and told[: at + 1].any():
            here = sum(n for n, p in zip(told, when, strict=True) if p == period)
            yield _point(period, here, close, hostile, at)


def _whole(counts: Counts, a: str, b: str) -> LiftPoint | None:
    """The lift over all events at once, `counts` being those of one period."""
    pair = _both(counts, a, b)
    if pair is None or not (
        told := sum(float(axis[:, *pair].sum()) for axis in (counts.cooperative, counts.conflictual))
    ):
        return None
    close, hostile = (pair_lift(axis, *pair) for axis in (counts.cooperative, counts.conflictual))
    return _point("all", told, close, hostile, -1)


def _point(period: str, told: float, close: Lifted, hostile: Lifted, at: int) -> LiftPoint:
    (near, near_se), (far, far_se) = ((float(part[at]) for part in side) for side in (close, hostile))
    return LiftPoint(
        period=period,
        events=round(told),
        closeness=round(near, 3),
        closeness_se=round(near_se, 3),
        hostility=round(far, 3),
        hostility_se=round(far_se, 3),
        net=round(near - far, 3),
        net_se=round(math.hypot(near_se, far_se), 3),
    )


def _areas(record: Record, a: str, b: str) -> tuple[AreaLine, ...]:
    """The areas in which the pair has events, over the whole record, undated ones too: nothing is forgotten here."""
    found = []
    for area in areas():
        counts = event_counts(record, "all", area.name)
        whole, pair = _whole(counts, a, b), _both(counts, a, b)
        if whole is not None and pair is not None:
            good, bad = (round(axis[:, *pair].sum()) for axis in (counts.cooperative, counts.conflictual))
            found.append(
                AreaLine(area=area.name, cooperative=good, conflictual=bad, net=whole.net, net_se=whole.net_se)
            )
    return tuple(found)


def _goldstein(counts: Counts, a: str, b: str) -> float | None:
    pair = _both(counts, a, b)
    if pair is None:
        return None
    i, j = pair
    sums = [np.array(axis[:, i, j].sum()) for axis in (counts.intensity, counts.cooperative + counts.conflictual)]
    mean = float(goldstein_mean(sums[0], sums[1]))
    return round(mean, 2) if np.isfinite(mean) else None


_STORED = "select * from rungs where list_sort([state, partner]) = list_sort([$a, $b]) order by fact_id"
_VOTES = """
select x.session, x.choice as a, y.choice as b from votes x join votes y using (assembly, session, rollcall)
where x.state = $a and y.state = $b and x.choice in ('yes', 'abstain', 'no') and y.choice in ('yes', 'abstain', 'no')
order by x.session, rollcall
"""


def _votes(record: Record, a: str, b: str) -> tuple[VoteLine, ...]:
    rows = record.sql(_VOTES, {"a": a, "b": b}).to_pylist()
    found = []
    for session in sorted({row["session"] for row in rows}):
        sides = [np.array([_LEVELS[row[side]] for row in rows if row["session"] == session]) for side in ("a", "b")]
        table = crosstab(sides[0], sides[1], VOTE_LEVELS)
        kappa = float(cohen_kappa(table, VOTE_LEVELS))
        found.append(
            VoteLine(
                session=session,
                common=len(sides[0]),
                same=round(float(agreement(table, VOTE_LEVELS, "qss")), 4),
                half=round(float(agreement(table, VOTE_LEVELS, "bsv")), 4),
                kappa=round(kappa, 4) if np.isfinite(kappa) else None,
            )
        )
    return tuple(found)


def _rungs(record: Record, a: str, b: str, events: Iterable[Event]) -> tuple[RungLine, ...]:
    """The ladder of the pair, lowest date first: each rung where it is named first, and in how many sentences. Imported events, for which
    the run keeps no rungs, are asked here."""
    found = TABLES["rungs"].from_arrow(record.sql(_STORED, {"a": a, "b": b}))
    imported = event_rungs(event for event in events if not event.article_id)
    told = [*found, *(rung for rung in imported if {rung.state, rung.partner} == {a, b})]
    told.sort(key=lambda rung: (rung.date_from or "9999", not rung.event_id, rung.fact_id))
    first = {rung.level: rung for rung in reversed(told)}
    named = Counter(rung.level for rung in told)
    return tuple(
        RungLine(
            date=date_of(one.date_from, one.date_to, one.date_precision),
            basis=one.date_basis,
            rung=one.rung,
            level=one.level,
            named=named[one.level],
            quote=one.quote,
            event_id=one.event_id,
            article_id=one.article_id,
            source=one.source,
        )
        for one in sorted(first.values(), key=lambda rung: (rung.date_from or "9999", rung.level))
    )
