"""Who is asked about: one actor, anybody ("*"), several ("FRA,GBR"), or an organisation with its member states ("NATO").

A group is asked about by making one actor of its members: its dyads then have a past, rates and reasons like any other's, and an act
that names several members counts once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from visavis.errors import ForecastError
from visavis.forecast.chances.acts import Acts, Ints

ANYBODY = "*"
Terms = Mapping[str, tuple[tuple[str, str, str], ...]]  # organisation -> (state, from, to), ISO prefixes, "" when open
_CODE = re.compile(r"[A-Z0-9_]{2,12}")


@dataclass(frozen=True)
class Side:
    """One side of a question: what it is called, and the codes that it stands for (none for anybody)."""

    name: str
    codes: frozenset[str]

    @property
    def anybody(self) -> bool:
        """Whether every actor is meant."""
        return self.name == ANYBODY


def read_side(words: str, day: int, members: Terms) -> Side:
    """The side that a user's words mean on a day. Raises ForecastError for what is no code."""
    codes = sorted({code.strip().upper() for code in words.split(",") if code.strip()})
    if codes == [ANYBODY]:
        return Side(ANYBODY, frozenset())
    bad = next((code for code in codes if not _CODE.fullmatch(code)), None if codes else words)
    if bad is not None:
        raise ForecastError(
            f"{bad!r} is no actor's code.", 'Write codes, such as RUS, "FRA,GBR", NATO, or * for anybody.'
        )
    today = date.fromordinal(day).isoformat()
    inside = {state for code in codes for state, since, until in members.get(code, ()) if _holds(today, since, until)}
    return Side(",".join(codes), frozenset(codes) | inside)


def _holds(today: str, since: str, until: str) -> bool:
    return (not since or since <= today) and (not until or today < until)


def take_sides(acts: Acts, source: Side, target: Side) -> tuple[Acts, list[str]]:
    """The acts with each group as one actor, and what a reader should know of who was counted.

    A member of one group that is the whole other side stands on its own. Raises ForecastError when nobody is left on a side, or
    when both are anybody.
    """
    if source.anybody and target.anybody:
        raise ForecastError("Anybody to anybody is not a question.", 'Name one side: "RUS -> *".')
    if source.name == target.name:
        raise ForecastError(f"{source.name} cannot act on itself here.", "Name two different actors.")
    first, second = _own(source, target), _own(target, source)
    if first & second:
        both = ", ".join(sorted(first & second)[:5])
        raise ForecastError(f"{both} would stand on both sides.", "Name groups without a common member.")
    for side, codes in ((source, first), (target, second)):
        acts = _merged(acts, side, codes)
    if source.anybody or target.anybody:
        acts = _opened(acts)
    return acts, [note for side, codes in ((source, first), (target, second)) for note in _told(side, codes)]


def _own(side: Side, other: Side) -> frozenset[str]:
    return side.codes if len(side.codes) == 1 else side.codes - ({other.name} & other.codes)


def _told(side: Side, codes: frozenset[str]) -> list[str]:
    if len(codes) < 2:
        return []
    return [f"{side.name} stands for {', '.join(sorted(codes))}: an act by or to any of them counts, once."]


def _merged(acts: Acts, side: Side, codes: frozenset[str]) -> Acts:
    """The acts with one actor, called as the side is, in the place of all of `codes`; acts among them are left out."""
    if codes <= {side.name}:
        return acts
    actors = (*acts.actors, *(() if side.name in acts.actors else (side.name,)))
    inside = np.array([name in codes for name in actors])
    here = actors.index(side.name)
    source, target = (np.where(inside[ends], here, ends) for ends in (acts.source, acts.target))
    return _once(replace(acts, actors=actors, source=source, target=target), source != target)


def _opened(acts: Acts) -> Acts:
    """Each act as done to anybody and as undergone from anybody: the dyads are then those of each actor with all the others."""
    actors = (*acts.actors, ANYBODY)
    anybody = np.full(len(acts), len(acts.actors))
    order = np.argsort(np.concatenate([acts.day, acts.day]), kind="stable")
    double = Acts(
        actors,
        acts.paths,
        np.concatenate([acts.source, anybody])[order],
        np.concatenate([anybody, acts.target])[order],
        np.concatenate([acts.day, acts.day])[order],
        np.concatenate([acts.path, acts.path])[order],
        tuple((acts.ids * 2)[at] for at in order.tolist()) if acts.ids else (),
    )
    return _once(double, np.ones(len(double), bool))


def _once(acts: Acts, keep: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Acts:
    """The acts that are kept; one event counts once in a dyad and class."""
    rows = np.flatnonzero(keep)
    if acts.ids:
        seen: set[tuple[int, int, int, str]] = set()
        first: list[int] = []
        for row in rows.tolist():
            key = int(acts.source[row]), int(acts.target[row]), int(acts.path[row]), acts.ids[row]
            if key not in seen:
                seen.add(key)
                first.append(row)
        rows = np.array(first, np.int64)
    return _rows(acts, rows)


def _rows(acts: Acts, rows: Ints) -> Acts:
    ids = tuple(acts.ids[row] for row in rows.tolist()) if acts.ids else ()
    return replace(
        acts, source=acts.source[rows], target=acts.target[rows], day=acts.day[rows], path=acts.path[rows], ids=ids
    )
