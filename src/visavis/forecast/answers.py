"""Answers: the chance of a class of acts in a dyad within a window, beside the base rate and the own rate, and how little it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.stats import gamma

from visavis.errors import ForecastError
from visavis.forecast.chances.acts import ANY, Acts
from visavis.forecast.chances.panel import OWN, Moment, read_panel
from visavis.forecast.chances.rates import EXPOSURE, Rate, fit_rate
from visavis.forecast.reasons import Reason, find_reasons, iso, one_more

MODEL = "additive-rates-1"
_FEW = 25  # cases below which an answer says that it rests on little
_ORIGINS = 24
_CODE = re.compile(r"[A-Z0-9_]{2,12}")


@dataclass(frozen=True)
class Answer:
    """The chance (0..1) of at least one act of `event_class` by `source` to `target` from `date_from` to `date_to` (inclusive).

    `low`..`high` is the 80 % interval of the chance given so much history; `expected` acts in the window with `count_low`..`count_high`
    their 80 % range; `base_rate`, `own_rate` are chances too; `own_acts` the dyad's acts of the class, `cases` the windows with such an
    act in the whole history. `skill` tells whether anything beyond the own rate showed skill on held-out days. `notes` say what a
    reader should know; `reasons` carry shares that sum to one; `one_more` is the chance if it happened once more today.
    """

    source: str
    target: str
    event_class: str
    date_from: str
    date_to: str
    probability: float
    low: float
    high: float
    expected: float
    count_low: int
    count_high: int
    base_rate: float
    own_rate: float
    own_acts: int
    cases: int
    skill: bool
    one_more: float
    notes: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    model: str = MODEL


def fit_class(acts: Acts, name: str, window: int, day: int) -> Rate:
    """The rate of a class with everything before `day` known: weights from windows that closed by then, the last third held out."""
    first = int(acts.day[0]) if len(acts) else day
    days = list(range(day - window, first + 180, -max(window, 30)))[:_ORIGINS][::-1]
    moments = [Moment(acts, at) for at in days]
    split = len(moments) * 2 // 3
    return fit_rate(name, window, moments[:split], moments[split:], Moment(acts, day).base_rate(name))


def ask(acts: Acts, source: str, target: str, name: str, window: int, day: int) -> Answer:
    """The answer with everything before `day` (proleptic ordinal) known and nothing after. Raises ForecastError for what is no code."""
    acts, (doer, done) = _with_actors(acts, (source, target))
    return _answer(fit_class(acts, name, window, day), Moment(acts, day), doer, done)


def ask_next(
    acts: Acts, one: str, other: str, window: int, day: int, names: Sequence[str] | None = None
) -> list[Answer]:
    """What may come next between two actors, either way: an answer for each class (types met in the history), likeliest first."""
    acts, (a, b) = _with_actors(acts, (one, other))
    moment = Moment(acts, day)
    known = sorted({path[0].split("/")[0] for path in acts.paths} - {ANY}) if names is None else names
    rates = [fit_class(acts, name, window, day) for name in known]
    found = [_answer(rate, moment, *pair) for rate in rates for pair in ((a, b), (b, a))]
    return sorted(found, key=lambda answer: (-answer.probability, answer.event_class, answer.source))


def _with_actors(acts: Acts, codes: Sequence[str]) -> tuple[Acts, list[int]]:
    """The acts with the actors of these codes among their actors, and where. One who never acted has a base rate and nothing else."""
    asked = [code.strip().upper() for code in codes]
    for code in asked:
        if not _CODE.fullmatch(code):
            raise ForecastError(f"{code!r} is no actor's code.", f"Write codes, such as {', '.join(acts.actors[:4])}.")
    if asked[0] == asked[1]:
        raise ForecastError(f"{asked[0]} cannot act on itself here.", "Name two different actors.")
    every = acts.actors + tuple(code for code in asked if code not in acts.actors)
    return replace(acts, actors=every), [every.index(code) for code in asked]


def _answer(rate: Rate, moment: Moment, source: int, target: int) -> Answer:
    acts, window = moment.acts, rate.window
    panel = read_panel(moment, rate.name, window, np.array([source * len(acts.actors) + target]))
    mean = float(rate.rates(panel)[0]) * window
    base = moment.base_rate(rate.name)
    exposure = EXPOSURE * (1 - 2.0 ** (-moment.span / 240.0))
    shape = float(panel.parts[0, OWN]) * exposure + max(rate.prior * base, 0.05) + (0.5 if rate.skill else 0.0)
    low, high = (float(-np.expm1(-gamma.ppf(q, shape) * mean / shape)) for q in (0.1, 0.9))
    draws = _count_range(shape, mean)
    rows = (moment.source == source) & (moment.target == target) & moment.of_class(rate.name)
    own_acts = int(rows.sum())
    chance = float(-np.expm1(-mean))
    alone = float(panel.parts[0, OWN])
    return Answer(
        source=acts.actors[source],
        target=acts.actors[target],
        event_class=rate.name,
        date_from=iso(moment.day),
        date_to=iso(moment.day + window - 1),
        probability=chance,
        low=min(low, chance),
        high=max(high, chance),
        expected=mean,
        count_low=draws[0],
        count_high=draws[1],
        base_rate=float(-np.expm1(-window * base)),
        own_rate=float(-np.expm1(-window * alone)),
        own_acts=own_acts,
        cases=rate.cases,
        skill=rate.skill,
        one_more=one_more(rate, float((panel.parts @ rate.linear())[0])),
        notes=_notes(rate, moment, source, target, own_acts),
        reasons=find_reasons(rate, moment, source, target),
    )


def _count_range(shape: float, mean: float) -> tuple[int, int]:
    from scipy.stats import nbinom

    chance = shape / (shape + mean)
    return int(nbinom.ppf(0.1, shape, chance)), int(nbinom.ppf(0.9, shape, chance))


def _notes(rate: Rate, moment: Moment, source: int, target: int, own_acts: int) -> list[str]:
    notes = []
    if not rate.skill:
        notes.append("No skill shown for this class beyond the shrunken own rate: that is what is given.")
    if rate.cases < _FEW:
        notes.append(
            f"Little history: {rate.cases} windows with such an act. The answer stays near the base rate and is wide."
        )
    for actor in (source, target):
        if not ((moment.source == actor) | (moment.target == actor)).any():
            notes.append(
                f"{moment.acts.actors[actor]} is in no act of this history: the answer is a base rate and no more."
            )
    if own_acts == 0:
        notes.append("The source has never done so to the target in this history.")
    if moment.span < 2 * 365:
        notes.append(f"The history covers {moment.span} days only.")
    notes.append("A record holds what its sources report: the chance is of an act that they would report.")
    return notes
