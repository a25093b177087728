"""From a record's counts to the network of states at a date."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from visavis.align.camps import Camps, find_camps
from visavis.align.frustration import frustration_index
from visavis.align.signed import SignedGraph, sign_null, signed_from_matrix, triangle_balance, walk_balance
from visavis.show.counted import Past, Standing, standing
from visavis.show.digest.scopes import ALL
from visavis.show.places import places
from visavis.show.views.network import BalanceLine, NetworkView, NodeLine, TieLine
from visavis.show.views.parts import name_of

Array = NDArray[np.float64]
WIDTH, HEIGHT, GAP = 1000.0, 560.0, 58.0
# More draws and a longer proof would keep a reader waiting; the command line has both.
_DRAWS, _SECONDS, _SEED = 200, 2.0, 1


def fetch_network(
    past: Past,
    names: Mapping[str, str],
    at: str = ALL,
    memory: str = "whole",
    sure: float = 1.0,
    most: int = 40,
    least: int = 3,
) -> NetworkView:
    """The network of the `most` busiest states. A tie has `least` events and lies more than `sure` standard errors from 0: one meeting
    makes no friends. Raises QueryError for an unknown date or memory."""
    now, whole = standing(past, at, memory), standing(past)
    chosen = _busiest(whole, most)
    ties, ever = (_ties(one, _rows(one, whole, chosen), sure, least) for one in (now, whole))
    shown = tuple(whole.states[n] for n in chosen)
    camps = find_camps(ties, seed=_SEED)
    graph = signed_from_matrix(shown, ties)
    index = frustration_index(graph, seconds=_SECONDS, seed=_SEED)
    rows = _rows(now, whole, chosen)
    lines = _lines(now, rows, ties, camps, names)
    told = now.told[np.ix_(rows, rows)]
    return NetworkView(
        at=now.at,
        dates=past.dates,
        memory=memory,
        sure=sure,
        least=least,
        nodes=_nodes(shown, told, ties, camps, places(ever, WIDTH, HEIGHT, GAP), names),
        ties=lines,
        camps=_camps(shown, ties, camps),
        weak=int((told[np.triu_indices(len(shown), 1)] > 0).sum()) - len(lines),
        left_out=int((whole.told.sum(1) > 0).sum()) - len(shown),
        good=sum(line.net > 0 for line in lines),
        bad=sum(line.net < 0 for line in lines),
        frustration=index.count,
        proven=index.proven,
        balances=_balances(graph),
        draws=_DRAWS,
    )


def _busiest(whole: Standing, most: int) -> list[int]:
    """The states with most events, by name."""
    events = whole.told.sum(1)
    ordered = sorted(np.flatnonzero(events), key=lambda n: (-events[n], whole.states[n]))
    return sorted(int(n) for n in ordered[:most])


def _rows(one: Standing, whole: Standing, chosen: list[int]) -> list[int]:
    """Where the chosen states stand in `one`; the dated counts may lack a state that the whole has: it then stands at -1, past all."""
    at = {state: number for number, state in enumerate(one.states)}
    return [at.get(whole.states[n], -1) for n in chosen]


def _ties(one: Standing, rows: list[int], sure: float, least: int) -> Array:
    """The net lift of the pairs that have `least` events and lie more than `sure` standard errors from 0, else 0."""
    kept = np.ix_(rows, rows)
    absent = np.array(rows, dtype=np.int64) < 0
    if not len(one.states) or not rows:
        return np.zeros((len(rows), len(rows)))
    # Events whose month is not known are spread over months: their parts sum to whole ones but for rounding.
    enough = one.told[kept] >= least - 1e-6
    clear = enough & (np.abs(one.net[kept]) > sure * one.se[kept])
    ties: Array = np.where(clear & ~absent[:, None] & ~absent[None], one.net[kept], 0.0)
    return ties


def _nodes(
    shown: tuple[str, ...], told: Array, ties: Array, camps: Camps, at: Array, names: Mapping[str, str]
) -> tuple[NodeLine, ...]:
    return tuple(
        NodeLine(
            code=code,
            name=name_of(code, names),
            camp=int(camps.member[n]) + 1 if ties[n].any() else 0,
            margin=round(float(camps.margin[n]), 3) if ties[n].any() else 0.0,
            events=round(float(told[n].sum()), 1),
            x=round(float(at[n, 0]), 1),
            y=round(float(at[n, 1]), 1),
        )
        for n, code in enumerate(shown)
    )


def _lines(now: Standing, rows: list[int], ties: Array, camps: Camps, names: Mapping[str, str]) -> tuple[TieLine, ...]:
    found = []
    for i, j in combinations(range(len(rows)), 2):
        if ties[i, j]:
            a, b, together = now.states[rows[i]], now.states[rows[j]], camps.member[i] == camps.member[j]
            found.append(
                TieLine(
                    a=a,
                    b=b,
                    a_name=name_of(a, names),
                    b_name=name_of(b, names),
                    net=round(float(ties[i, j]), 3),
                    se=round(float(now.se[rows[i], rows[j]]), 3),
                    cooperative=round(float(now.cooperative[rows[i], rows[j]]), 1),
                    conflictual=round(float(now.conflictual[rows[i], rows[j]]), 1),
                    against=bool(together != (ties[i, j] > 0)),
                )
            )
    return tuple(sorted(found, key=lambda line: (-abs(line.net), line.a, line.b)))


def _camps(shown: tuple[str, ...], ties: Array, camps: Camps) -> tuple[tuple[str, ...], ...]:
    """The members of each camp, the firmest first; states without ties stand in none."""
    groups: dict[int, list[int]] = {}
    for n in sorted(range(len(shown)), key=lambda n: (-camps.margin[n], shown[n])):
        if ties[n].any():
            groups.setdefault(int(camps.member[n]), []).append(n)
    return tuple(tuple(shown[n] for n in groups[camp]) for camp in sorted(groups))


def _balances(graph: SignedGraph) -> tuple[BalanceLine, ...]:
    null = sign_null(graph, _DRAWS if len(graph.signs) else 0, _SEED)
    values = {"triangle": triangle_balance(graph), "walk": walk_balance(graph) if len(graph.signs) else None}
    return tuple(
        BalanceLine(
            measure=name,
            value=None if value is None else round(value, 4),
            **{
                key: _round(null[f"{name}_{end}"])
                for key, end in (("null_mean", "mean"), ("null_sd", "sd"), ("p", "p"))
            },
        )
        for name, value in values.items()
    )


def _round(value: float | int | None) -> float | None:
    return None if value is None else round(float(value), 4)
