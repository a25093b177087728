"""The exchange as a model: mission sizes under each rule of reply, the run until somebody stops, two states that look ahead.

Staff is worth log(1 + n): the first diplomat in a capital matters more than the hundredth (an assumption, and stated as one).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.reason.kinds.replies import RULES

# Worth to both at the end of a line of play, and its moves (who, rule, how many).
_Line = tuple[float, float, tuple[tuple[str, str, float], ...]]


@dataclass(frozen=True)
class Params:
    """`first` expels `count` of `second`'s staff. `staff` {state: its people in the other's capital}; `reply` is the rule that the claim
    is about; `prior` {rule: probability} sums to 1; a mission below `stop` (share of its start) cannot go on; `rounds` bounds the run.
    `steps` are the ladder beyond counts: (name, gain, cost) in the order in which they would come."""

    first: str
    second: str
    staff: Mapping[str, float]
    count: float
    reply: str
    prior: Mapping[str, float]
    stop: float = 0.1
    rounds: int = 12
    stakes: Stakes | None = None
    steps: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class Stakes:
    """What a move is worth, in units of log staff: `gain` per person expelled, `face` lost by answering with less, `channel` the weight of
    one's own mission's log(1 + staff)."""

    gain: float
    face: float
    channel: float = 1.0


@dataclass(frozen=True)
class Path:
    """A run under one rule: `moves` (who, how many, staff left at first's and second's mission); `stops` whose mission falls below the line
    first ("" when none does) and in which move."""

    moves: tuple[tuple[str, float, float, float], ...]
    stops: str
    at: int


@dataclass(frozen=True)
class Result:
    """`loss` {rule: {state: share of its mission lost after action and reply}}, 0..1; `channel` {rule: {state: change of log(1 + staff)}};
    `expected` {state: loss under the prior}; `paths` {rule: the exchange repeated until somebody stops}; `equilibrium` the moves of two
    states that look ahead (empty without stakes); `ladder` the steps taken, `beyond` the prior probability of more than a match."""

    loss: Mapping[str, Mapping[str, float]]
    channel: Mapping[str, Mapping[str, float]]
    expected: Mapping[str, float]
    paths: Mapping[str, Path]
    equilibrium: tuple[tuple[str, str, float], ...]
    ladder: tuple[str, ...]
    beyond: float


def answer(rule: str, count: float, own: float, hit: float) -> float:
    """How many a state expels in reply to losing `count` of its `hit` people, when the other has `own` people in its capital.

    none 0; half count/2; match count; share count/hit of `own`; escalate twice the count. Never more than are there.
    """
    wanted = {
        "none": 0.0,
        "half": count / 2,
        "match": count,
        "share": count / hit * own if hit else 0.0,
        "escalate": 2 * count,
    }
    return min(own, wanted[rule])


def solve(params: Params) -> Result:
    """Action and reply under each rule, the run of each rule, and the moves of two states that look ahead."""
    a, b = params.first, params.second
    loss, channel = {}, {}
    for rule in RULES:
        left = _after(params, rule)
        loss[rule] = {who: 1 - left[who] / params.staff[who] if params.staff[who] else 0.0 for who in (a, b)}
        channel[rule] = {who: math.log1p(left[who]) - math.log1p(params.staff[who]) for who in (a, b)}
    expected = {who: sum(params.prior[rule] * loss[rule][who] for rule in RULES) for who in (a, b)}
    paths = {rule: _run(params, rule) for rule in RULES}
    moves = () if params.stakes is None else look_ahead(params, params.stakes)
    return Result(loss, channel, expected, paths, moves, _climb(params.steps), params.prior["escalate"])


def _after(params: Params, rule: str) -> dict[str, float]:
    a, b = params.first, params.second
    lost = min(params.count, params.staff[b])
    reply = answer(rule, lost, params.staff[a], params.staff[b])
    return {a: params.staff[a] - reply, b: params.staff[b] - lost}


def _run(params: Params, rule: str) -> Path:
    """The rule repeated by both sides, each replying to the last move, until a mission falls below the line."""
    left, start = dict(params.staff), params.staff
    mover, hit, count, lost_of = params.first, params.second, params.count, 0.0
    moves = []
    for at in range(1, 2 * params.rounds + 1):
        expelled = min(count, left[hit])
        before = left[hit]
        left[hit] -= expelled
        moves.append((mover, expelled, left[params.first], left[params.second]))
        if left[hit] <= params.stop * start[hit]:
            return Path(tuple(moves), hit, at)
        mover, hit, lost_of = hit, mover, before
        count = answer(rule, expelled, left[hit], lost_of)
        if count <= 0:
            break
    return Path(tuple(moves), "", 0)


def look_ahead(params: Params, stakes: Stakes, depth: int = 4) -> tuple[tuple[str, str, float], ...]:
    """The moves (who, rule, how many) of two states that choose by backward induction after the first expulsion.

    A move brings `gain` per person, costs `face` when it is less than what was suffered; at the end each has channel x log(1 + staff).
    Subgame perfection (Selten 1965) over `depth` moves; "none" ends the exchange.
    """
    names = (params.second, params.first)
    start = (params.staff[params.first], max(0.0, params.staff[params.second] - params.count))

    def end(left: tuple[float, float]) -> _Line:
        return stakes.channel * math.log1p(left[0]), stakes.channel * math.log1p(left[1]), ()

    def best(left: tuple[float, float], last: float, hit: float, turn: int) -> _Line:
        if turn == depth:
            return end(left)
        found: _Line | None = None
        me = (turn + 1) % 2  # the second state moves first here, and its staff is the second of `left`
        for rule in RULES:
            count = answer(rule, last, left[1 - me], hit)
            face = -stakes.face if count < last - 1e-9 else 0.0
            after = tuple(n - count if at != me else n for at, n in enumerate(left))
            rest: _Line = end(left) if count <= 0 else best((after[0], after[1]), count, left[1 - me], turn + 1)
            worth = (
                rest[0] + (stakes.gain * count + face) * (me == 0),
                rest[1] + (stakes.gain * count + face) * (me == 1),
            )
            if found is None or worth[me] > found[:2][me] + 1e-12:
                found = (worth[0], worth[1], ((names[turn % 2], rule, count), *rest[2]))
        return found if found is not None else end(left)

    return best(start, params.count, params.staff[params.second], 0)[2]


def _climb(steps: Sequence[tuple[str, float, float]]) -> tuple[str, ...]:
    """The steps taken: each in its order while its gain exceeds its cost."""
    taken = []
    for name, gain, cost in steps:
        if gain <= cost:
            break
        taken.append(name)
    return tuple(taken)
