"""From a record to what is measured of a dyad: the align stage asked for one pair."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from visavis.align.classics import goldstein_mean
from visavis.align.events import Counts, event_counts
from visavis.align.ladder import rungs_of
from visavis.align.lift import compartment_index, compartment_interval, pair_lift
from visavis.align.similarity import VOTE_LEVELS, agreement, cohen_kappa, crosstab
from visavis.lexicon.areas import areas
from visavis.lexicon.crosswalk import state_codes
from visavis.records import Event
from visavis.show.views.alignment import AlignmentView, AreaLine, LiftPoint, RungLine, VoteLine
from visavis.show.views.parts import period_of
from visavis.store import Record

_LEVELS = {"yes": 1.0, "abstain": 2.0, "no": 3.0}
# Fixed, so that the same record shows the same interval.
_SEED = 1


def fetch_alignment(record: Record, a: str, b: str, events: Iterable[Event], by: str = "year") -> AlignmentView | None:
    """What is measured of the pair, per year, quarter or month; None when either is no state."""
    if not {a, b} <= state_codes():
        return None
    counts = event_counts(record)
    lines = _areas(record, a, b)
    net, se = (np.array([getattr(line, name) for line in lines]) for name in ("net", "net_se"))
    index = float(compartment_index(net, se)) if len(lines) > 1 else None
    low, high = compartment_interval(net, se, _SEED) if index is not None else (None, None)
    return AlignmentView(
        by=by,
        series=tuple(_series(counts, a, b, by)),
        areas=lines,
        compartment=index,
        compartment_low=low,
        compartment_high=high,
        goldstein=_goldstein(counts, a, b),
        coders=counts.sources,
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
    (close, close_se), (hostile, hostile_se) = (
        pair_lift(axis, i, j) for axis in (counts.cooperative, counts.conflictual)
    )
    when = [period_of(month, by) or month for month in counts.periods]
    for at, period in enumerate(when):
        ends = at + 1 == len(when) or when[at + 1] != period
        if ends and told[: at + 1].any():
            yield LiftPoint(
                period=period,
                events=int(sum(n for n, p in zip(told, when, strict=True) if p == period)),
                closeness=round(float(close[at]), 3),
                closeness_se=round(float(close_se[at]), 3),
                hostility=round(float(hostile[at]), 3),
                hostility_se=round(float(hostile_se[at]), 3),
                net=round(float(close[at] - hostile[at]), 3),
                net_se=round(float(np.hypot(close_se[at], hostile_se[at])), 3),
            )


def _areas(record: Record, a: str, b: str) -> tuple[AreaLine, ...]:
    """The areas in which the pair has events, over the whole record: nothing is forgotten here (keep 1)."""
    found = []
    for area in areas():
        counts = event_counts(record, area=area.name)
        pair = _both(counts, a, b)
        if pair is None:
            continue
        i, j = pair
        good, bad = (int(axis[:, i, j].sum()) for axis in (counts.cooperative, counts.conflictual))
        if good + bad:
            lifts = [pair_lift(axis, i, j, keep=1.0) for axis in (counts.cooperative, counts.conflictual)]
            net, se = lifts[0][0][-1] - lifts[1][0][-1], np.hypot(lifts[0][1][-1], lifts[1][1][-1])
            found.append(
                AreaLine(
                    area=area.name,
                    cooperative=good,
                    conflictual=bad,
                    net=round(float(net), 3),
                    net_se=round(float(se), 3),
                )
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
    """The rungs that the pair's events name and those that were imported, by date."""
    pair = {a, b}
    stored = record.sql("select * from rungs where list_sort([state, partner]) = list_sort([$a, $b])", {"a": a, "b": b})
    found = [rung for rung in rungs_of(events) if {rung.state, rung.partner} == pair]
    lines = [
        RungLine(date=rung.date_from, rung=rung.rung, level=rung.level, quote=rung.quote, event_id=rung.event_id)
        for rung in found
    ]
    lines += [
        RungLine(date=r["date_from"], rung=r["rung"], level=r["level"], quote=r["quote"], event_id=r["event_id"])
        for r in stored.to_pylist()
    ]
    return tuple(sorted(lines, key=lambda line: (line.date or "9999", line.level)))
