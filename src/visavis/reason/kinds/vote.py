"""`vote`: does a motion pass, how many votes must turn, who is pivotal, and what power the rule gives to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from visavis.reason.form import Form
from visavis.reason.kinds import power
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

CHOICES = ("yes", "no", "abstain", "absent")
BASES = ("cast", "present", "all")
# The rules shown beside the one that is in force, so that a reader sees whether the rule decides.
_BESIDE = ("majority", "2/3", "3/4", "unanimity")


@dataclass(frozen=True)
class Group:
    """Voters that are alike: `count` of them, each with `weight`; `vote` is what each does; `union` the block they belong to."""

    name: str
    count: int
    weight: int
    vote: str
    veto: bool = False
    union: str = ""


@dataclass(frozen=True)
class Rule:
    """`threshold`: "majority" (more than half), a fraction such as "2/3" (at least), "unanimity", or a whole number (a quota).

    `base` is what a share is taken of: weights cast (yes and no), present (with abstentions) or all.
    """

    threshold: str
    base: str = "cast"
    abstention_vetoes: bool = False


@dataclass(frozen=True)
class Params:
    """What stands to vote, and by which rule."""

    groups: tuple[Group, ...]
    rule: Rule


@dataclass(frozen=True)
class Result:
    """`lead` is the weight by which the motion passes (0 or more) or falls short (negative; a veto is -1 at best); `turn` how many voters
    must change, yes to no when it passes and to yes when it fails (None: no number suffices); `turn_abstain` yes to abstention; `pivots` the groups of which
    a single yes voter's change to no makes the motion fail."""

    passes: bool
    lead: Fraction
    turn: int | None
    turn_abstain: int | None
    pivots: tuple[str, ...]
    tally: Mapping[str, int]


def solve(params: Params) -> Result:
    """Count the votes under the rule; units are voters (`turn`) and weights (`lead`, `tally`)."""
    groups, rule = params.groups, params.rule
    lead = _lead(groups, rule)
    passes = lead >= 0
    turn = _turn(groups, rule, ("yes",), "no") if passes else _turn(groups, rule, ("no", "abstain", "absent"), "yes")
    abstain = _turn(groups, rule, ("yes",), "abstain") if passes else None
    pivots = tuple(g.name for g in groups if passes and g.vote == "yes" and g.count and _lead(_moved(groups, g, 1, "no"), rule) < 0)  # fmt: skip
    tally = {choice: sum(g.count * g.weight for g in groups if g.vote == choice) for choice in CHOICES}
    return Result(passes, lead, turn, abstain, pivots, tally)


def _lead(groups: tuple[Group, ...], rule: Rule) -> Fraction:
    """The weight of yes beyond what is needed; negative when the motion fails. More than half counts from the next whole weight."""
    weight = {choice: sum(g.count * g.weight for g in groups if g.vote == choice) for choice in CHOICES}
    base = weight["yes"] + weight["no"]
    base += weight["abstain"] if rule.base != "cast" else 0
    base += weight["absent"] if rule.base == "all" else 0
    needed = _needed(rule.threshold, base)
    lead = Fraction(weight["yes"]) - needed
    kill = ("no", "abstain", "absent") if rule.abstention_vetoes else ("no",)
    if any(g.veto and g.count and g.vote in kill for g in groups) or (weight["yes"] == 0):
        return min(lead, Fraction(-1))
    return lead


def _needed(threshold: str, base: int) -> Fraction:
    if threshold == "majority":
        return Fraction(base // 2 + 1)
    if threshold == "unanimity":
        return Fraction(base)
    return Fraction(threshold) * base if "/" in threshold else Fraction(threshold)


def _moved(groups: tuple[Group, ...], group: Group, count: int, vote: str) -> tuple[Group, ...]:
    """The groups after `count` of one group's voters changed."""
    rest = [replace(g, count=g.count - count) if g is group else g for g in groups]
    return (*rest, replace(group, count=count, vote=vote))


def _turn(groups: tuple[Group, ...], rule: Rule, which: tuple[str, ...], vote: str) -> int | None:
    """The fewest voters that must change to `vote` to change the result: veto holders first, then the heaviest."""
    passes = _lead(groups, rule) >= 0
    order = sorted((g for g in groups if g.vote in which), key=lambda g: (not g.veto, -g.weight, g.name))
    turned, at = 0, groups
    for group in order:
        low, high = 0, group.count
        if (_lead(_moved(at, group, high, vote), rule) >= 0) is not passes:
            while high - low > 1:
                middle = (low + high) // 2
                changed = (_lead(_moved(at, group, middle, vote), rule) >= 0) is not passes
                low, high = (low, middle) if changed else (middle, high)
            return turned + high
        at = _moved(at, group, high, vote)
        turned += high
    return None


_EFFORT = 1e8  # half a minute


@dataclass(frozen=True)
class Power:
    """Exact power of a voter of each group, whatever it votes; `owen` is empty without unions."""

    shapley: Mapping[str, Fraction]
    banzhaf: Mapping[str, Fraction]
    penrose: Mapping[str, Fraction]
    owen: Mapping[str, Fraction]


def effort(groups: tuple[Group, ...]) -> float:
    """About how many steps an exact count of power takes: distinct weights x voters x coalitions apart by size and weight."""
    voters = sum(g.count for g in groups)
    total = sum(g.count * g.weight for g in groups)
    apart = min(2.0 ** min(voters, 60), float(voters) * max(total, 1))
    return len({(g.weight, g.veto) for g in groups}) * voters * apart


def solve_power(params: Params) -> Power:
    """The power that the rule gives to one voter of each group when all of them vote."""
    return _power(tuple(replace(g, vote="") for g in params.groups), params.rule)


@lru_cache(maxsize=64)
def _power(groups: tuple[Group, ...], rule: Rule) -> Power:
    voters = [g for g in groups for _ in range(g.count)]
    needed = _needed(rule.threshold, sum(g.weight for g in voters))
    game = power.Game(tuple(g.weight for g in voters), tuple(g.veto for g in voters), -(-needed.numerator // needed.denominator))  # fmt: skip
    normal, absolute = power.banzhaf(game)
    unions: dict[str, list[int]] = {}
    for at, g in enumerate(voters):
        unions.setdefault(g.union or f"#{at}", []).append(at)
    owen = power.owen(game, list(unions.values())) if any(g.union for g in voters) else ()

    def by_name(shares: tuple[Fraction, ...]) -> dict[str, Fraction]:
        return {g.name: share for g, share in zip(voters, shares, strict=False)}

    return Power(by_name(power.shapley_shubik(game)), by_name(normal), by_name(absolute), by_name(owen))


def read(form: Form) -> Callable[[Values], Outcome]:
    """The tables `[rule]` and `[[voters]]`."""
    table = form.form("rule")
    rule = Rule(
        threshold=_threshold(table),
        base=table.text("of", "cast", BASES),
        abstention_vetoes=table.flag("abstention_vetoes"),
    )
    powers = table.flag("power", True)
    makers = [make for one in form.forms("voters") for make in _read_voters(one)]
    if not makers:
        form.fail("a vote needs voters.", None, "Write at least one [[voters]] table.")

    def run(values: Values) -> Outcome:
        params = Params(tuple(make(values) for make in makers), rule)
        return _outcome(params, powers)

    return run


def _threshold(form: Form) -> str:
    if "quota" in form:
        return str(form.count("quota", least=1))
    found = form.text("threshold")
    if found in ("majority", "unanimity"):
        return found
    try:
        share = Fraction(found)
    except (ValueError, ZeroDivisionError):
        share = Fraction(0)
    if "/" not in found or not 0 < share <= 1:
        form.fail(f"{found!r} is no threshold.", "threshold", 'Write "majority", "unanimity", a fraction such as "2/3", or quota = N.')  # fmt: skip
    return found


def _read_voters(form: Form) -> list[Callable[[Values], Group]]:
    """One group of `count` voters, or one group for each of `members`."""
    vote, veto, union = form.text("vote", "yes", CHOICES), form.flag("veto"), form.text("union", "")
    names = form.texts("members", [])
    title = form.text("name", "") or (names[0] if names else "")
    if not title:
        form.fail("voters need a name.", None, 'Write name = "..." or members = [...].')
    weight = form.number("weight", 1, 0.0, name=f"weight.{title}", whole=True)
    count = "" if names else form.number("count", 1, 0.0, name=f"count.{title}", whole=True)
    if names and "count" in form:
        form.fail("give members or count, not both.", "count")

    def make(name: str) -> Callable[[Values], Group]:
        def group(values: Values) -> Group:
            return Group(name, round(values[count]) if count else 1, round(values[weight]), vote, veto, union)

        return group

    return [make(name) for name in names or [title]]


def _outcome(params: Params, powers: bool) -> Outcome:
    result = solve(params)
    beside = {name: solve(Params(params.groups, replace(params.rule, threshold=name))) for name in _BESIDE}
    figures: dict[str, float] = {
        "passes": float(result.passes), "lead": float(result.lead), "turn": _many(result.turn), "turn_abstain": _many(result.turn_abstain),
    }  # fmt: skip
    figures |= {f"tally.{choice}": float(weight) for choice, weight in result.tally.items()}
    for name, other in beside.items():
        figures |= {f"passes.{name}": float(other.passes), f"turn.{name}": _many(other.turn)}

    def found() -> Power | None:
        return solve_power(params) if powers and effort(params.groups) <= _EFFORT else None

    lead = float(result.lead)
    return Outcome(
        figures,
        ("pass",) if result.passes else ("fail",),
        {"pass": lead, "fail": -lead},
        _notes(params, result, powers),
        draw=lambda: _grids(params, result, beside, found()),
        tell=lambda: _detail(result, beside, found()),
        further=lambda: _power_figures(found()),
    )


def _power_figures(found: Power | None) -> dict[str, float]:
    if found is None:
        return {}
    kinds = ("shapley", "banzhaf", "penrose", "owen")
    return {f"{kind}.{name}": float(share) for kind in kinds for name, share in getattr(found, kind).items()}


def _many(turn: int | None) -> float:
    """A number of voters as a figure; infinite when no number suffices."""
    return float("inf") if turn is None else float(turn)


def _notes(params: Params, result: Result, powers: bool) -> tuple[str, ...]:
    rule = params.rule
    by = f"a quota of {rule.threshold}" if rule.threshold.isdigit() else f"{rule.threshold} of the votes {rule.base}"
    told = f"The motion {'passes' if result.passes else 'fails'} under {by}"
    turn = (
        "; no change of votes alters that."
        if result.turn is None
        else f"; votes that must turn to alter that: {result.turn}."
    )
    pivots = (
        f"A single vote of these decides: {', '.join(result.pivots)}." if result.pivots else "No single voter decides."
    )
    beyond = powers and effort(params.groups) > _EFFORT
    return (
        told + turn,
        pivots,
        *(["Power is not counted: so many voters and weights would take too long."] if beyond else []),
    )


def _grids(params: Params, result: Result, beside: Mapping[str, Result], found: Power | None) -> tuple[Grid, ...]:
    rows: list[Row] = [(params.rule.threshold + " (in force)", *_row(result))]
    rows += [(name, *_row(other)) for name, other in beside.items()]
    columns = ("rule", "result", "lead", "must turn", "must abstain")
    grids = [
        Grid("The vote", tuple(CHOICES), (tuple(float(result.tally[c]) for c in CHOICES),)),
        Grid("Under which rule", columns, tuple(rows)),
    ]
    if found is not None:
        shares: list[Row] = [
            (name, str(share), float(share), str(found.banzhaf[name]), float(found.banzhaf[name]), *([str(found.owen[name])] if found.owen else []))
            for name, share in found.shapley.items()
        ]  # fmt: skip
        heads = (
            "one voter of",
            "Shapley-Shubik",
            "as a share",
            "Banzhaf",
            "as a share",
            *(["Owen"] if found.owen else []),
        )
        grids.append(Grid("Power under the rule in force", heads, tuple(shares)))
    return tuple(grids)


def _row(result: Result) -> Row:
    turn = "none suffices" if result.turn is None else str(result.turn)
    return ("passes" if result.passes else "fails", float(result.lead), turn, str(result.turn_abstain or "-"))


def _detail(result: Result, beside: Mapping[str, Result], found: Power | None) -> dict[str, object]:
    def told(one: Result) -> dict[str, object]:
        return {"passes": one.passes, "lead": str(one.lead), "turn": one.turn, "turn_abstain": one.turn_abstain, "pivots": one.pivots}  # fmt: skip

    detail: dict[str, object] = {
        **told(result),
        "tally": dict(result.tally),
        "rules": {n: told(o) for n, o in beside.items()},
    }
    if found is not None:
        detail["power"] = {
            kind: {name: str(share) for name, share in getattr(found, kind).items()}
            for kind in ("shapley", "banzhaf", "penrose", "owen")
        }
    return detail


VOTE = Kind("vote", read, draws=1000, pairs=True)
