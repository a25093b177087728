"""Answers: the chance of a class of acts in a dyad within a window, beside the base rate and the own rate, and how little it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.stats import gamma

from visavis.forecast.chances.acts import ANY, Acts
from visavis.forecast.chances.panel import OWN, Moment, read_panel
from visavis.forecast.chances.rates import Rate, fit_rate
from visavis.forecast.reasons import Reason, find_reasons, iso, one_more
from visavis.forecast.sides import Side, Terms, read_side, take_sides

MODEL = "additive-rates-2"
FEW = 25  # cases below which an answer says that it rests on little
_ORIGINS = 24
_THIN = 100  # acts below which a history says little of anything


@dataclass(frozen=True)
class Answer:
    """The chance (0..1) of at least one act of `event_class` by `source` to `target` from `date_from` to `date_to` (inclusive).

    `low`..`high` is the 80 % interval of the chance given so much history; `expected` acts in the window with `count_low`..`count_high`
    their 80 % range; `base_rate`, `own_rate` are chances too; `own_acts` the dyad's acts of the class, `cases` the windows with such an
    act in the whole history. `skill` tells whether anything beyond the own rate showed skill on held-out days. `notes` say what a
    reader should know; `reasons` carry shares that sum to one; `one_more` is the chance if it happened once more today; `shape` is
    the shape of the gamma that the rate is spread by.
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
    shape: float = 1.0


def fit_class(acts: Acts, name: str, window: int, day: int) -> Rate:
    """The rate of a class with everything before `day` known: weights from windows that closed by then, the last third held out."""
    first = int(acts.day[0]) if len(acts) else day
    days = list(range(day - window, first + 180, -max(window, 30)))[:_ORIGINS][::-1]
    moments = [Moment(acts, at) for at in days]
    split = len(moments) * 2 // 3
    return fit_rate(name, window, moments[:split], moments[split:], Moment(acts, day).base_rate(name))


def ask(acts: Acts, source: str, target: str, name: str, window: int, day: int, members: Terms | None = None) -> Answer:
    """The answer with everything before `day` (proleptic ordinal) known and nothing after.

    A side is a code, "*" for anybody, several codes ("FRA,GBR"), or an organisation, which then stands for its member states of that
    day too when `members` lists them. Raises ForecastError for what is no code, or when somebody would stand on both sides.
    """
    first, second = (read_side(words, day, members or {}) for words in (source, target))
    seen, told = take_sides(acts, first, second)
    seen, (doer, done) = _with_actors(seen, [first.name, second.name])
    answer = _answer(fit_class(seen, name, window, day), Moment(seen, day), doer, done)
    return replace(answer, notes=[*told, *answer.notes, *_undated(acts, first, second, name)])


def ask_next(
    acts: Acts,
    one: str,
    other: str,
    window: int,
    day: int,
    names: Sequence[str] | None = None,
    members: Terms | None = None,
) -> list[Answer]:
    """What may come next between two sides (as in `ask`), either way: an answer for each class (types met in the history), likeliest
    first."""
    first, second = (read_side(words, day, members or {}) for words in (one, other))
    seen, told = take_sides(acts, first, second)
    seen, (a, b) = _with_actors(seen, [first.name, second.name])
    moment = Moment(seen, day)
    known = sorted({path[0].split("/")[0] for path in seen.paths} - {ANY}) if names is None else names
    rates = [fit_class(seen, name, window, day) for name in known]
    found = [_answer(rate, moment, *pair) for rate in rates for pair in ((a, b), (b, a))]
    found = [replace(answer, notes=[*told, *answer.notes]) for answer in found]
    return sorted(found, key=lambda answer: (-answer.probability, answer.event_class, answer.source))


def _with_actors(acts: Acts, names: Sequence[str]) -> tuple[Acts, list[int]]:
    """The acts with these among their actors, and where. One who never acted has a base rate and nothing else."""
    every = acts.actors + tuple(name for name in names if name not in acts.actors)
    return replace(acts, actors=every), [every.index(name) for name in names]


def _answer(rate: Rate, moment: Moment, source: int, target: int) -> Answer:
    acts, window = moment.acts, rate.window
    panel = read_panel(moment, rate.name, window, np.array([source * len(acts.actors) + target]))
    mean = float(rate.rates(panel)[0]) * window
    base = moment.base_rate(rate.name)
    shape = _shape(rate, moment, float(panel.parts[0, OWN]), base)
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
        one_more=one_more(rate, moment, float((panel.parts @ rate.linear(moment.exposure))[0])),
        notes=_notes(rate, moment, source, target, own_acts),
        reasons=find_reasons(rate, moment, source, target),
        shape=shape,
    )


def _shape(rate: Rate, moment: Moment, own: float, base: float) -> float:
    """The shape of the gamma posterior of the dyad's rate: the acts that it rests on, fewer where the base rate is itself a guess."""
    told, prior = own * moment.exposure, rate.prior * base
    known = int(moment.of_class(rate.name).sum()) + 0.5
    spread = 1 / max(told + prior, 0.05) + (prior / max(told + prior, 1e-9)) ** 2 / known
    return 1 / spread + (0.5 if rate.skill else 0.0)


def _undated(acts: Acts, source: Side, target: Side, name: str) -> list[str]:
    """What was left out for want of a day, so that nobody takes silence for peace."""
    if not acts.undated:
        return []
    mine = [
        name in (*classes, ANY)
        for doer, done, classes in acts.undated
        if (source.anybody or doer in source.codes) and (target.anybody or done in target.codes)
    ]
    said = f"Left out because the record does not date them to a month: {len(acts.undated)} acts"
    return [f"{said}, {len(mine)} of them by this source to this target ({sum(mine)} of this class)."]


def _count_range(shape: float, mean: float) -> tuple[int, int]:
    from scipy.stats import nbinom

    chance = shape / (shape + mean)
    return int(nbinom.ppf(0.1, shape, chance)), int(nbinom.ppf(0.9, shape, chance))


def _notes(rate: Rate, moment: Moment, source: int, target: int, own_acts: int) -> list[str]:
    notes = []
    if not rate.skill:
        notes.append("No skill shown for this class beyond the shrunken own rate: that is what is given.")
    if rate.cases < FEW:
        notes.append(
            f"Little history: {rate.cases} windows with such an act. The answer stays near the base rate and is wide."
        )
    if len(moment.rows) < _THIN:
        notes.append(
            f"Dated acts in the whole history: {len(moment.rows)}. Even the base rate is hardly more than a guess "
            "(it starts at half an act in a year)."
        )
    for actor in (source, target):
        if not ((moment.source == actor) | (moment.target == actor)).any():
            notes.append(
                f"{moment.acts.actors[actor]} is in no act of this history: the answer is a base rate and no more."
            )
    if own_acts == 0:
        notes.append("The source has never done so to the target in this history.")
    if moment.span < 2 * 365:
        notes.append(f"The history covers {moment.span} day{'' if moment.span == 1 else 's'} only.")
    notes.append("A record holds what its sources report: the chance is of an act that they would report.")
    return notes
