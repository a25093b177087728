"""`exchange`: one state expels another's staff, the other replies; whose mission bears it, and who must stop first.

Staff is worth log(1 + n): the first diplomat in a capital matters more than the hundredth (an assumption, and stated as one).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from visavis.reason.form import Form
from visavis.reason.kinds import past, replies
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

# Worth to both at the end of a line of play, and its moves (who, rule, how many).
_Line = tuple[float, float, tuple[tuple[str, str, float], ...]]
RULES = replies.RULES
_RARE = 0.25  # a reply that fewer gave is not what states do


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


def read(form: Form) -> Callable[[Values], Outcome]:
    """The tables `[missions]`, `[open]`, `[rules]`, `[replies]`, `[stakes]`, `[[step]]`."""
    missions, opening, table = form.form("missions"), form.form("open"), form.form("rules", default=True)
    first, second = opening.text("by"), opening.text("on")
    staff = {}
    for state, other in ((first, second), (second, first)):
        if state not in missions:
            missions.fail(
                f"the mission of {state} in {other} is missing.",
                None,
                f"Write {state} = {{ {other} = [low, best, high] }}.",
            )
        staff[state] = missions.form(state).number(other, low=0.0, name=f"staff.{state}")
    count = opening.number("count", low=0.0, name="count")
    menu = _read_menu(table)
    fitted = past.read_replies(form, table)
    prior = _read_prior(table, fitted, menu)
    reply = table.text("reply", menu[0] if "match" not in menu else "match", menu)
    stop = _read_stop(table)
    stakes = _read_stakes(form)
    beyond = _read_widen(form)
    steps = [(one.text("name"), one.number("gain", name=f"gain.{one.text('name')}"), one.number("cost", name=f"cost.{one.text('name')}"))
             for one in form.forms("step", default=True)]  # fmt: skip

    def run(values: Values) -> Outcome:
        chances = {rule: values[name] for rule, name in prior.items()}
        total = sum(chances.values()) or 1.0
        params = Params(
            first, second, {who: values[name] for who, name in staff.items()}, values[count], reply,
            {rule: chances.get(rule, 0.0) / total for rule in RULES}, values[stop],
            stakes=None if stakes is None else Stakes(*(values[name] for name in stakes)),
            steps=tuple((name, values[gain], values[cost]) for name, gain, cost in steps),
        )  # fmt: skip
        return _outcome(params, solve(params), fitted, beyond)

    return run


def _read_menu(rules: Form) -> tuple[str, ...]:
    """The reply rules that are considered; all of them unless `menu` names some."""
    menu = rules.texts("menu", RULES)
    unknown = [rule for rule in menu if rule not in RULES]
    if unknown or not menu:
        rules.fail(f"{(unknown or [''])[0]!r} is no rule of reply.", "menu", f"Rules: {', '.join(RULES)}.")
    return tuple(rule for rule in RULES if rule in menu)


def _read_stop(rules: Form) -> str:
    """The share of its start at which a mission cannot go on: a number, or the words "mission < 10% of start"."""
    given = rules.data.get("stop")
    if not isinstance(given, str):
        return rules.number("stop", 0.1, 0.0, 1.0, name="stop")
    words = re.fullmatch(r"mission\s*<\s*(\d+(?:\.\d+)?)\s*% of start", rules.text("stop").strip())
    if words is None:
        rules.fail(f"stop = {given!r} is no share.", "stop", 'Write stop = 0.1 or stop = "mission < 10% of start".')
    return rules.assume(float(words[1]) / 100, "stop", 0.0, 1.0, "stop")


def _read_widen(form: Form) -> tuple[str, ...]:
    """Steps beyond counts that are named in their order but not weighed."""
    return tuple(form.form("widen").texts("ladder")) if "widen" in form else ()


def _read_prior(rules: Form, fitted: replies.Kernel | None, menu: tuple[str, ...]) -> dict[str, str]:
    """The probability of each reply rule of the menu: from the fitted kernel with its interval, else as stated, else all equal."""
    table = rules.form("prior", default=True)
    if fitted is not None and not table.names():
        return {
            rule: table.assume({"value": list(fitted.ranges[rule]), "source": fitted.rule}, rule, 0, 1, f"prior.{rule}")
            for rule in menu
        }
    names = {rule: table.number(rule, 0.0 if table.names() else 1 / len(menu), 0, 1, f"prior.{rule}") for rule in menu}
    total = sum(table.book.assumptions[name].best for name in names.values())
    if abs(total - 1) > 1e-6:
        table.fail(f"the probabilities of the rules sum to {total:g}, not to 1.")
    return names


def _read_stakes(form: Form) -> tuple[str, str, str] | None:
    if "stakes" not in form:
        return None
    table = form.form("stakes")
    return (
        table.number("gain", low=0.0, name="stakes.gain"),
        table.number("face", low=0.0, name="stakes.face"),
        table.number("channel", 1.0, 0.0, name="stakes.channel"),
    )


def _outcome(params: Params, result: Result, fitted: replies.Kernel | None, named: tuple[str, ...] = ()) -> Outcome:
    figures: dict[str, float] = {"beyond": result.beyond, "ladder": float(len(result.ladder))}
    for who in (params.first, params.second):
        figures[f"staff.{who}"] = params.staff[who]
        figures[f"loss_share.{who}"] = result.loss[params.reply][who]
        figures[f"channel.{who}"] = result.channel[params.reply][who]
        figures[f"expected_loss.{who}"] = result.expected[who]
        for rule in RULES:
            figures[f"loss_share.{rule}.{who}"] = result.loss[rule][who]
            figures[f"channel.{rule}.{who}"] = result.channel[rule][who]
    for rule, path in result.paths.items():
        figures[f"moves.{rule}"] = float(path.at) if path.stops else float("inf")
        figures |= {f"stops_first.{rule}.{who}": float(path.stops == who) for who in (params.first, params.second)}
    figures |= {f"prior.{rule}": chance for rule, chance in params.prior.items()}
    if result.equilibrium:
        figures["reply.count"] = result.equilibrium[0][2]
        figures["reply.ratio"] = result.equilibrium[0][2] / params.count if params.count else 0.0
    if fitted is not None:
        figures |= fitted.figures()
    return Outcome(
        figures,
        notes=_notes(params, result, fitted, named),
        draw=lambda: _grids(params, result, fitted),
        tell=lambda: {**_detail(params, result, fitted), "named_steps": named},
    )


def _notes(params: Params, result: Result, fitted: replies.Kernel | None, named: tuple[str, ...]) -> tuple[str, ...]:
    path = result.paths[params.reply]
    run = (
        f"Repeated, {params.reply} brings {path.stops} below its line in move {path.at}"
        if path.stops
        else f"Under {params.reply} nobody falls below the line"
    )
    notes = [f"The reply in the claim is {params.reply}.", run + "."]
    if result.equilibrium:
        who, rule, count = result.equilibrium[0]
        notes.append(
            f"Looking ahead, {who} replies by {rule} ({count:g}); the exchange then has {len(result.equilibrium)} move{'' if len(result.equilibrium) == 1 else 's'}."
        )
        if fitted is not None and params.prior[rule] < _RARE:
            notes.append(
                f"In the past {params.prior[rule]:.0%} replied so: the stakes as stated do not explain what states did."
            )
    if params.steps:
        notes.append(f"Steps beyond counts that pay: {', '.join(result.ladder) or 'none'}.")
    if named:
        notes.append(
            f"Beyond counts the source names, in this order: {', '.join(named)}; named, not weighed ([[step]] weighs them)."
        )
    return tuple(notes)


def _grids(params: Params, result: Result, fitted: replies.Kernel | None) -> tuple[Grid, ...]:
    a, b = params.first, params.second
    rows: list[Row] = []
    for rule in RULES:
        path, loss, channel = result.paths[rule], result.loss[rule], result.channel[rule]
        stops = f"{path.stops}, move {path.at}" if path.stops else "nobody"
        rows.append((rule, params.prior[rule], loss[a], loss[b], channel[a], channel[b], stops))
    heads = ("reply", "prior", f"{a} loses", f"{b} loses", f"{a} channel", f"{b} channel", "stops first if repeated")
    grids = [
        Grid(
            f"{a} expels {params.count:g} of {params.staff[b]:g}; {b} replies among {params.staff[a]:g}",
            heads,
            tuple(rows),
        )
    ]
    return (*grids, fitted.grid()) if fitted is not None else tuple(grids)


def _detail(params: Params, result: Result, fitted: replies.Kernel | None) -> dict[str, object]:
    return {
        "reply": params.reply,
        "loss_share": {rule: dict(loss) for rule, loss in result.loss.items()},
        "channel": {rule: dict(change) for rule, change in result.channel.items()},
        "paths": {r: {"moves": p.moves, "stops": p.stops, "at": p.at} for r, p in result.paths.items()},
        "equilibrium": result.equilibrium,
        "ladder": result.ladder,
        "kernel": None if fitted is None else fitted.detail(),
    }


EXCHANGE = Kind("exchange", read, draws=500, pairs=True)
