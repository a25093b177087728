"""`exchange`: one state expels another's staff, the other replies; whose mission bears it, and who must stop first.

The model is in `missions.py`, past replies in `replies.py` and `past.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from visavis.reason.form import Form
from visavis.reason.kinds import past, replies
from visavis.reason.kinds.missions import Params, Result, Stakes, solve
from visavis.reason.kinds.replies import RULES
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

_RARE = 0.25  # a reply that fewer gave is not what states do


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
