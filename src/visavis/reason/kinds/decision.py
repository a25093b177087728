"""`decision`: options against states of the world that the decider does not control, by weighed considerations.

The payoff of option o in state s is the sum over considerations of weight x level(o, s). Criteria: Wald's maximin (1950), Savage's
minimax regret (1951), Hurwicz' alpha (1951), Laplace's mean, expected value; Luce and Raiffa (1957), chapter 13, compares them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visavis.reason.form import Form
from visavis.reason.outcome import Grid, Kind, Outcome, Row, Values

Floats = NDArray[np.float64]
CRITERIA = ("maximin", "regret", "hurwicz", "laplace", "expected")
_TIE = 1e-9


@dataclass(frozen=True)
class Params:
    """`payoffs` has the axes (option, state), in the analyst's scale; `chances` (state) sum to 1; `alpha` 0..1 is Hurwicz' optimism."""

    options: tuple[str, ...]
    states: tuple[tuple[str, ...], ...]
    payoffs: Floats
    chances: Floats
    alpha: float = 0.5


@dataclass(frozen=True)
class Result:
    """`scores` {criterion: (option)}, greater is better (regret is negated); `choices` the best options by each, several on a tie;
    `dominated` pairs (option, by which); `information` what knowing the state beforehand would be worth to an expected-value decider."""

    params: Params
    scores: Mapping[str, Floats]
    choices: Mapping[str, tuple[str, ...]]
    dominated: tuple[tuple[str, str], ...]
    information: float


def solve(params: Params) -> Result:
    """The options scored by five criteria.

    maximin: min_s a; regret: -max_s (max_o a - a); hurwicz: alpha max_s a + (1 - alpha) min_s a; laplace: mean_s a; expected: a @ p.
    The expected value of perfect information is sum_s p_s max_o a - max_o a @ p. Units: the analyst's scale.
    """
    a = params.payoffs
    scores = {
        "maximin": a.min(1),
        "regret": -(a.max(0) - a).max(1),
        "hurwicz": params.alpha * a.max(1) + (1 - params.alpha) * a.min(1),
        "laplace": a.mean(1),
        "expected": a @ params.chances,
    }
    choices = {name: best_of(params.options, score) for name, score in scores.items()}
    information = float(a.max(0) @ params.chances - scores["expected"].max())
    return Result(params, scores, choices, _dominated(params), information)


def best_of(options: tuple[str, ...], score: Floats) -> tuple[str, ...]:
    """The options whose score is the greatest, all of them on a tie."""
    return tuple(option for option, one in zip(options, score, strict=True) if one >= score.max() - _TIE)


def _dominated(params: Params) -> tuple[tuple[str, str], ...]:
    """(option, the one that is at least as good in every state and better in one)."""
    a = params.payoffs
    pairs = itertools.permutations(range(len(params.options)), 2)
    return tuple(
        (params.options[i], params.options[k]) for i, k in pairs if (a[k] >= a[i]).all() and (a[k] > a[i]).any()
    )


def worth_of_states(params: Params, names: tuple[str, ...]) -> dict[str, float]:
    """What knowing each uncertain thing alone would be worth (expected value of partial perfect information), analyst's scale."""
    a, p = params.payoffs, params.chances
    base = float((a @ p).max())
    found = {}
    for at, name in enumerate(names):
        total = 0.0
        for value in {state[at] for state in params.states}:
            mask = np.array([state[at] == value for state in params.states])
            total += float((a[:, mask] @ p[mask]).max())
        found[name] = max(0.0, total - base)
    return found


def read(form: Form) -> Callable[[Values], Outcome]:
    """The tables `[actors.X.options]`, `[uncertain.*]`, `[[weigh]]`, `[assume]`, and `by` of the claim."""
    actors = form.form("actors")
    if len(actors.names()) != 1:
        actors.fail("a decision has one decider.", None, "Write one [actors.NAME.options] table.")
    stated = actors.form(actors.names()[0]).form("options")
    options = tuple(stated.names())
    words = {option: stated.text(option) for option in options}
    if len(options) < 2:
        stated.fail("a decision needs at least two options.")
    uncertain = form.form("uncertain", default=True)
    unknowns = {name: _read_unknown(uncertain.form(name)) for name in uncertain.names()}
    states = tuple(itertools.product(*(values for values, _ in unknowns.values()))) or ((),)
    weights, levels = _read_weighed(form, options, tuple(unknowns), unknowns, states)
    assume = form.form("assume", default=True)
    alpha = assume.number("alpha", 0.5, 0.0, 1.0)
    by = form.form("claim").text("by", "maximin", CRITERIA) if "claim" in form else "maximin"
    chances = _chances(form, tuple(unknowns), unknowns, states)

    names = sorted({name for one in levels for row in one for name in row})
    place = {name: at for at, name in enumerate(names)}
    where = np.array([[[place[name] for name in row] for row in one] for one in levels])

    def run(values: Values) -> Outcome:
        weighed = np.array([values[name] for name in weights])
        level = np.array([values[name] for name in names])[where]
        payoffs = np.tensordot(weighed, level, 1)
        params = Params(options, states, payoffs, chances(values), values[alpha])
        return _outcome(solve(params), by, tuple(unknowns), words)

    return run


Unknowns = Mapping[str, tuple[list[str], list[str | float]]]


def _read_unknown(form: Form) -> tuple[list[str], list[str | float]]:
    """The values of one uncertain thing and, for each, the name of its probability."""
    values = form.texts("values")
    if len(values) < 2 or len(set(values)) < len(values):
        form.fail("values must be at least two, all different.", "values")
    given = form.items("p", [1 / len(values)] * len(values))
    if len(given) != len(values):
        form.fail(f"{len(given)} probabilities stand for {len(values)} values.", "p")
    key = str(form.path[-1])
    names = [form.assume(one, "p", 0.0, 1.0, f"p.{key}.{value}") for one, value in zip(given, values, strict=True)]
    total = sum(form.book.assumptions[name].best for name in names)
    # A probability that evidence moved is held, and the others share what it leaves: see `_spread`.
    moved = any(form.book.assumptions[name].basis in ("events", "run", "data") for name in names)
    if abs(total - 1) > 1e-6 and not moved:
        form.fail(f"the probabilities of {key} sum to {total:g}, not to 1.", "p")
    return values, list(names)


def _chances(
    form: Form, names: tuple[str, ...], unknowns: Unknowns, states: tuple[tuple[str, ...], ...]
) -> Callable[[Values], Floats]:
    """Probabilities of the states: the uncertain things are independent; those without a range share what the ranged ones leave."""
    free = {
        name: [not form.book.assumptions[str(p)].ranged for p in unknowns[name][1]] for name in names
    }  # fmt: skip

    def chances(values: Values) -> Floats:
        found = {}
        for name in names:
            p = np.array([values[str(one)] for one in unknowns[name][1]])
            found[name] = dict(zip(unknowns[name][0], _spread(p, np.array(free[name])), strict=True))
        return np.array([np.prod([found[n][v] for n, v in zip(names, s, strict=True)]) for s in states])

    return chances


def _spread(p: Floats, free: NDArray[np.bool_]) -> Floats:
    held = p[~free].sum()
    if free.any() and p[free].sum() > 0 and held <= 1:
        return np.where(free, p * (1 - held) / p[free].sum(), p)
    return p / p.sum() if p.sum() > 0 else np.full(len(p), 1 / len(p))


def _read_weighed(
    form: Form,
    options: tuple[str, ...],
    names: tuple[str, ...],
    unknowns: Unknowns,
    states: tuple[tuple[str, ...], ...],
) -> tuple[list[str], list[list[list[str]]]]:
    """The name of each consideration's weight, and of its level for (option, state)."""
    tables = form.forms("weigh")
    weights, levels = [], []
    for one in tables:
        name = one.text("name")
        weights.append(one.number("weight", 1.0, 0.0, name=f"weight.{name}"))
        base = _read_levels(one.form("level"), options, f"level.{name}", whole=True)
        when = one.form("when", default=True)
        special = []
        for condition in when.names():
            tags = _condition(when, condition, names, unknowns)
            special.append(
                (tags, _read_levels(when.form(condition), options, f"level.{name}.{condition}", whole=False))
            )
        levels.append([[_level(option, dict(zip(names, s, strict=True)), base, special) for s in states] for option in options])  # fmt: skip
    if not tables:
        form.fail("a decision needs considerations.", None, "Write at least one [[weigh]] table.")
    return weights, levels


def _read_levels(form: Form, options: tuple[str, ...], name: str, whole: bool) -> dict[str, str]:
    for option in form.names():
        if option not in options:
            form.fail(f"{option!r} is no option.", option, f"Options: {', '.join(options)}.")
    missing = [option for option in options if option not in form]
    if whole and missing:
        form.fail(f"option {missing[0]!r} has no level.", None, "Give each option a level, 0 when it does not matter.")
    return {option: form.number(option, name=f"{name}.{option}") for option in form.names()}


def _condition(form: Form, words: str, names: tuple[str, ...], unknowns: Unknowns) -> dict[str, str]:
    """The condition "west=stronger" or "west=stronger, russia=erratic" as {uncertain: value}."""
    tags = {}
    for part in words.split(","):
        name, _, value = (piece.strip() for piece in part.partition("="))
        if name not in names or value not in unknowns[name][0]:
            known = ", ".join(f"{n}={v}" for n in names for v in unknowns[n][0]) or "none"
            form.fail(f"{part.strip()!r} is no state of anything uncertain.", words, f"Known: {known}.")
        tags[name] = value
    return tags


def _level(
    option: str, state: Mapping[str, str], base: Mapping[str, str], special: list[tuple[dict[str, str], dict[str, str]]]
) -> str:
    """The level that counts: of the conditions that are met, the last one written that names the option."""
    found = base[option]
    for tags, levels in special:
        if option in levels and all(state[name] == value for name, value in tags.items()):
            found = levels[option]
    return found


def _outcome(result: Result, by: str, names: tuple[str, ...], words: Mapping[str, str]) -> Outcome:
    options = result.params.options
    figures = {
        f"{name}.{o}": float(v) for name, score in result.scores.items() for o, v in zip(options, score, strict=True)
    }
    score = result.scores[by]
    margins = {o: float(score[i] - np.delete(score, i).max()) for i, o in enumerate(options)}
    figures |= {f"margin.{option}": margin for option, margin in margins.items()}
    figures["information"] = result.information
    return Outcome(
        figures,
        result.choices[by],
        margins,
        _notes(result, by),
        draw=lambda: _grids(result, names, words),
        tell=lambda: _detail(result, by, names),
    )


def _notes(result: Result, by: str) -> tuple[str, ...]:
    answers = set(result.choices.values())
    notes = [f"The criterion is {by}."]
    if len(answers) == 1:
        notes.append(f"The criterion does not matter: all five choose {' = '.join(result.choices[by])}.")
    else:
        told = "; ".join(f"{name}: {' = '.join(choice)}" for name, choice in result.choices.items())
        notes.append(f"The criterion matters: {told}.")
    notes += [f"{option} is dominated by {other}: no state makes it better." for option, other in result.dominated]
    return tuple(notes)


def _grids(result: Result, names: tuple[str, ...], words: Mapping[str, str]) -> tuple[Grid, ...]:
    params = result.params
    columns = zip(params.states, params.chances, params.payoffs.T, strict=True)
    rows: list[Row] = [(", ".join(s) or "the only state", float(p), *map(float, column)) for s, p, column in columns]
    options = tuple((option, words[option]) for option in params.options)
    scores: list[Row] = [
        (name, *map(float, score), " = ".join(result.choices[name])) for name, score in result.scores.items()
    ]
    known = [(name, worth) for name, worth in worth_of_states(params, names).items()]
    return (
        Grid("Options", ("option", "what it means"), options),
        Grid("Payoffs by state", ("state", "probability", *params.options), tuple(rows)),
        Grid("Criteria (greater is better)", ("criterion", *params.options, "chooses"), tuple(scores)),
        Grid(
            "Worth of knowing the state beforehand", ("uncertain", "worth"), (*known, ("all of it", result.information))
        ),
    )


def _detail(result: Result, by: str, names: tuple[str, ...]) -> dict[str, object]:
    params = result.params
    return {
        "by": by,
        "options": params.options,
        "uncertain": names,
        "states": params.states,
        "payoffs": params.payoffs,
        "chances": params.chances,
        "scores": dict(result.scores),
        "chosen": dict(result.choices),
        "dominated": result.dominated,
        "information": {"all": result.information, **worth_of_states(params, names)},
    }


DECISION = Kind("decision", read, draws=2000, pairs=True)
