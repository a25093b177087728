"""From a record to what is measured of a dyad: the align stage asked for one pair."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from visavis.align.classics import goldstein_mean
from visavis.align.lift import compartment_index, compartment_interval
from visavis.align.pairs import PairCounts
from visavis.align.similarity import VOTE_LEVELS, agreement, cohen_kappa, crosstab
from visavis.lexicon.areas import areas
from visavis.lexicon.crosswalk import state_codes
from visavis.show.digest.read import kept, ladder_of, pair_counts_of
from visavis.show.digest.scopes import ALL, MONTH
from visavis.show.views.alignment import AlignmentView, AreaLine, LiftPoint, RungLine, VoteLine
from visavis.show.views.parts import date_of, period_of
from visavis.store import TABLES, Record

Lifted = tuple[NDArray[np.float64], NDArray[np.float64]]
_LEVELS = {"yes": 1.0, "abstain": 2.0, "no": 3.0}
# Fixed, so that the same record shows the same interval.
_SEED = 1


def fetch_alignment(record: Record, digest: Path, a: str, b: str, by: str = "year") -> AlignmentView | None:
    """What is measured of the pair, per year, quarter or month; None when either is no state."""
    if not {a, b} <= state_codes():
        return None
    months, whole = (pair_counts_of(digest, a, b, scope) for scope in (MONTH, ALL))
    lines = _areas(digest, a, b)
    net, se = (np.array([getattr(line, name) for line in lines]) for name in ("net", "net_se"))
    measured = float(compartment_index(net, se)) if len(lines) > 1 else None
    low, high = compartment_interval(net, se, _SEED) if measured is not None else (None, None)
    return AlignmentView(
        by=by,
        series=tuple(_series(months, by)),
        whole=_whole(whole),
        areas=lines,
        compartment=measured,
        compartment_low=low,
        compartment_high=high,
        goldstein=_goldstein(whole),
        coders=tuple(kept(digest, "coders", list[str])),
        votes=_votes(record, a, b),
        rungs=_rungs(record, digest, a, b),
    )


def _series(counts: PairCounts | None, by: str) -> Iterable[LiftPoint]:
    """The lift at the last month of each period, from the pair's first event on."""
    if counts is None:
        return
    close, hostile = counts.closeness(), counts.hostility()
    when = [period_of(month, by) or month for month in counts.periods]
    here, begun = 0.0, False
    for at, (period, told) in enumerate(zip(when, counts.told.tolist(), strict=True)):
        here, begun = here + told, begun or told > 0
        if at + 1 == len(when) or when[at + 1] != period:
            if begun:
                yield _point(period, here, close, hostile, at)
            here = 0.0


def _whole(counts: PairCounts | None) -> LiftPoint | None:
    """The lift over all events at once, `counts` being those of one period."""
    if counts is None or not counts.told.any():
        return None
    return _point("all", float(counts.told.sum()), counts.closeness(), counts.hostility(), -1)


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


def _areas(digest: Path, a: str, b: str) -> tuple[AreaLine, ...]:
    """The areas in which the pair has events, over the whole record, undated ones too: nothing is forgotten here."""
    found = []
    for area in areas():
        counts = pair_counts_of(digest, a, b, area.name)
        whole = _whole(counts)
        if whole is not None and counts is not None:
            good, bad = (round(float(axis.sum())) for axis in (counts.cooperative, counts.conflictual))
            found.append(
                AreaLine(area=area.name, cooperative=good, conflictual=bad, net=whole.net, net_se=whole.net_se)
            )
    return tuple(found)


def _goldstein(counts: PairCounts | None) -> float | None:
    if counts is None:
        return None
    mean = float(goldstein_mean(counts.intensity.sum(), counts.told.sum()))
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


def _rungs(record: Record, digest: Path, a: str, b: str) -> tuple[RungLine, ...]:
    """The ladder of the pair, lowest date first: each rung where it is named first, and in how many sentences. Those of imported events,
    for which the run keeps no rungs, stand in the digest."""
    told = [*TABLES["rungs"].from_arrow(record.sql(_STORED, {"a": a, "b": b})), *ladder_of(digest, a, b)]
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
