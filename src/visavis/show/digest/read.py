"""Reading the digest: the rows that one page needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import msgspec
import numpy as np
from numpy.typing import NDArray

from visavis.align.pairs import PairCounts
from visavis.show.views.tally import ActorSum, DyadSum, Month
from visavis.store.tables.facts import Rung

T = TypeVar("T")
# Rows that are taken at a time.
_ROWS = 50_000


@contextmanager
def reading(digest: Path) -> Iterator[sqlite3.Connection]:
    """The digest or the index, to be read only."""
    with closing(sqlite3.connect(f"file:{quote(str(digest))}?mode=ro", uri=True)) as database:
        yield database


def kept(digest: Path, name: str, kind: type[T]) -> T:
    """The value that was kept under a name."""
    with reading(digest) as database:
        (value,) = database.execute("select value from kept where name = ?", (name,)).fetchone()
    return msgspec.json.decode(value, type=kind)


def dyad_rows(digest: Path, a: str, b: str) -> tuple[list[DyadSum], list[Month]]:
    """The counts of a dyad, `way` as seen from `a`."""
    turned = {"forth": "back", "back": "forth"} if a > b else {}
    pair = (min(a, b), max(a, b))
    with reading(digest) as database:
        sums = database.execute("select way, type, status, good, n from dyads where a = ? and b = ?", pair).fetchall()
        months = database.execute(
            "select month, quad <= 2, n, intensity from months where a = ? and b = ?", pair
        ).fetchall()
    found = [DyadSum(turned.get(way, way), type, status, bool(good), n) for way, type, status, good, n in sums]
    return found, [_month(row) for row in months]


def actor_rows(
    digest: Path, code: str
) -> tuple[list[ActorSum], list[Month], list[tuple[str, bool, int]], dict[str, int]]:
    """The counts of an actor: its own, by month, (other, cooperative?, number) of its pairs, and who speaks for it how often."""
    with reading(digest) as database:
        ask = database.execute
        sums = ask("select role, type, status, good, n, own, others from actors where code = ?", (code,)).fetchall()
        months = ask("select month, good, n, intensity from actor_months where code = ?", (code,)).fetchall()
        met = ask(
            "select case when a = :c then b else a end, good, sum(n) from dyads where status = 'happened' and (a = :c or b = :c) group by 1, 2",
            {"c": code},
        ).fetchall()
        speakers = ask("select name, n from speakers where code = ? order by n desc, name", (code,)).fetchall()
    roles = [ActorSum(role, type, status, bool(good), *rest) for role, type, status, good, *rest in sums]
    return roles, [_month(row) for row in months], [(o, bool(good), n) for o, good, n in met], dict(speakers)


def pair_counts_of(digest: Path, a: str, b: str, scope: str) -> PairCounts | None:
    """The counts of a pair of states in a scope and what both states' activity lets one expect; None when it has no event there."""
    pair = (min(a, b), max(a, b))
    periods = tuple(kept(digest, f"periods {scope}", list[str]))
    with reading(digest) as database:
        query = "select period, good, bad, intensity from lifts where scope = ? and a = ? and b = ?"
        told = np.array(database.execute(query, (scope, *pair)).fetchall())
        query = "select period, good, bad from activity where scope = ? and state = ?"
        active = [np.array(database.execute(query, (scope, state)).fetchall()) for state in pair]
    if not len(told):
        return None
    counts, (first, second) = _spread(told, len(periods), 3), (_spread(rows, len(periods), 2) for rows in active)
    return PairCounts(periods, counts[0], counts[1], counts[2], first[0] * second[0], first[1] * second[1])


@dataclass(frozen=True)
class Lifts:
    """The counts of all pairs of states in a scope, a row each: the numbers of its period in `periods` and of its states in `states`, and
    its events of both kinds."""

    states: tuple[str, ...]
    periods: tuple[str, ...]
    when: NDArray[np.int64]
    a: NDArray[np.int64]
    b: NDArray[np.int64]
    cooperative: NDArray[np.float64]
    conflictual: NDArray[np.float64]


def lifts_of(digest: Path, scope: str) -> Lifts:
    """The counts of all pairs in a scope."""
    periods = tuple(kept(digest, f"periods {scope}", list[str]))
    with reading(digest) as database:
        pairs = "select a from lifts where scope = :s union select b from lifts where scope = :s order by 1"
        states = tuple(state for (state,) in database.execute(pairs, {"s": scope}))
        number = {state: at for at, state in enumerate(states)}
        rows = database.execute("select period, a, b, good, bad from lifts where scope = ?", (scope,))
        parts = [np.zeros((0, 5))]
        while some := rows.fetchmany(_ROWS):
            parts.append(np.array([(when, number[a], number[b], good, bad) for when, a, b, good, bad in some]))
    found = np.concatenate(parts).T
    when, a, b = found[:3].astype(np.int64)
    return Lifts(states, periods, when, a, b, found[3], found[4])


def ladder_of(digest: Path, a: str, b: str) -> list[Rung]:
    """The rungs that imported events name."""
    with reading(digest) as database:
        rows = database.execute("select line from ladder where a = ? and b = ?", (min(a, b), max(a, b))).fetchall()
    return [msgspec.json.decode(line, type=Rung) for (line,) in rows]


def actors_of(digest: Path) -> list[tuple[str, int]]:
    """All actors with the number of events that happened in which they are a party, most first."""
    with reading(digest) as database:
        query = "select code, sum(n) from actors where status = 'happened' group by code order by 2 desc, 1"
        return [(code, number) for code, number in database.execute(query)]


def _month(row: tuple[Any, ...]) -> Month:
    month, good, n, intensity = row
    return Month(month, bool(good), n, intensity)


def _spread(rows: Any, periods: int, width: int) -> Any:
    """Rows (period, value ...) as (value, period), 0 where there is none."""
    found = np.zeros((width, periods))
    if len(rows):
        found[:, rows[:, 0].astype(int)] = rows[:, 1:].T
    return found
