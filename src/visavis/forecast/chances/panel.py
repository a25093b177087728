"""The panel: at a day, the dyads that are alive, what each part of the past adds to the acts that may be expected, and what came.

A part is a decayed count of past acts as a rate a day, so a weighted sum of parts is the number of acts expected: a discrete
Hawkes process. Nothing on or after the day enters a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from visavis.forecast.chances.acts import ANY, Acts, Flags, Floats, Ints

UNSEEN = 365.0  # dyad-days without an act that are added to what was seen: a rate from a day or two is no rate
ALIVE = 365  # days since the last act, in either direction, that keep a dyad in the panel
_MEMORY = 1500  # days looked back at
# name, half-life in days; what is counted stands in `Moment.counted`.
PARTS: tuple[tuple[str, float], ...] = (
    ("same act, fresh", 15.0),
    ("same act, of late", 60.0),
    ("same act, long run", 240.0),
    ("same act, by the other", 60.0),
    ("kindred acts", 60.0),
    ("any acts", 60.0),
    ("any acts, by the other", 60.0),
    ("the source's habit", 120.0),
    ("the target's lot", 120.0),
    ("base rate", 0.0),
)
_LIKE = (1, 3)  # the parts that count the same acts by the same half-life as any acts, by the source and by the other
OWN = 2  # the part that the own rate is made of


@dataclass(frozen=True)
class Panel:
    """Dyads alive at `day`: `source`, `target` (dyad,); `parts` (dyad, part) as acts a day; `came` (dyad,) acts within the window;
    `exposure` (dyad,) days that the own rate rests on."""

    day: int
    source: Ints
    target: Ints
    parts: Floats
    came: Ints
    exposure: Floats


class Moment:
    """What may be known at the start of `day`: the acts of the `_MEMORY` days before it, and the dyads alive. Shared by all classes."""

    def __init__(self, acts: Acts, day: int) -> None:
        self.acts, self.day = acts, day
        self.size = len(acts.actors)
        first, stop = np.searchsorted(acts.day, (day - _MEMORY, day))
        self.rows = np.arange(first, stop)
        self.source, self.target = acts.source[first:stop], acts.target[first:stop]
        self.lag = day - acts.day[first:stop]
        self.path = acts.path[first:stop]
        self.span = max(1, min(_MEMORY, day - int(acts.day[0]))) if len(acts) else 1
        self._rates: dict[float, Floats] = {}
        self._class: tuple[str, Flags] | None = None

    @cached_property
    def alive(self) -> Ints:
        """Keys (source x actors + target) of the dyads with an act in either direction within `ALIVE` days, ascending."""
        late = (self.lag <= ALIVE) & (self.source != self.target)
        source, target = self.source[late], self.target[late]
        return np.unique(np.concatenate([source * self.size + target, target * self.size + source]))

    @cached_property
    def partners(self) -> tuple[Floats, Floats]:
        """(actor,) dyads alive as source, and as target, at least one: a habit falls to each of them in equal shares."""
        out, into = (
            np.bincount(ends, minlength=self.size) for ends in (self.alive // self.size, self.alive % self.size)
        )
        return np.maximum(out, 1).astype(np.float64), np.maximum(into, 1).astype(np.float64)

    def of_class(self, name: str) -> Flags:
        """(row,) whether the act is of the class or of one below."""
        if self._class is None or self._class[0] != name:
            within = np.array([name in path for path in self.acts.paths], bool)
            self._class = name, np.asarray(within[self.path])
        return self._class[1]

    @cached_property
    def spots(self) -> tuple[Ints, Ints]:
        """(row,) where each act's dyad stands among the alive, and where the dyad the other way round does; -1 when it is not."""
        keys = self.source * self.size + self.target, self.target * self.size + self.source
        at = [np.minimum(np.searchsorted(self.alive, key), max(len(self.alive) - 1, 0)) for key in keys]
        if not len(self.alive):
            return np.full(len(keys[0]), -1), np.full(len(keys[0]), -1)
        forth, back = (np.where(self.alive[one] == key, one, -1) for one, key in zip(at, keys, strict=True))
        return forth, back

    @cached_property
    def dealings(self) -> tuple[Floats, Floats]:
        """(alive dyad,) acts of any class a day (half-life 60), by the source and by the other side."""
        rate = self.rate_of(60.0)
        forth, back = (np.bincount(at[at >= 0], rate[at >= 0], len(self.alive)) for at in self.spots)
        return forth.astype(np.float64), back.astype(np.float64)

    def rate_of(self, half: float) -> Floats:
        """(row,) the rate a day that an act adds, by half-life."""
        if half not in self._rates:
            full = 1 - 2.0 ** (-self.span / half)
            self._rates[half] = np.log(2) / half / full * 2.0 ** (-self.lag / half)
        return self._rates[half]

    def describe(self, row: int) -> str:
        """One act in words: source, class, target."""
        acts = self.acts
        return f"{acts.actors[self.source[row]]} {acts.paths[self.path[row]][0]} {acts.actors[self.target[row]]}"

    def date_of(self, row: int) -> str:
        """The ISO day of an act."""
        return date.fromordinal(self.day - int(self.lag[row])).isoformat()

    def id_of(self, row: int) -> str:
        """The id of an act's event, "" when it comes from no record."""
        return self.acts.ids[self.rows[row]] if self.acts.ids else ""

    def base_rate(self, name: str) -> float:
        """Acts of the class a day and dyad alive; half an act in `UNSEEN` days is added: never nought, and a guess where little is seen."""
        return (int(self.of_class(name).sum()) + 0.5) / (self.span * max(len(self.alive), 1) + UNSEEN)

    @property
    def exposure(self) -> float:
        """Days that an own rate rests on: those of its half-life, fewer when the history is short."""
        half = PARTS[OWN][1]
        return float(half / np.log(2) * (1 - 2.0 ** (-self.span / half)))

    def counted(self, name: str, part: int) -> tuple[Ints, Floats]:
        """The rows that a part counts, whoever's they are, and the rate a day that each adds."""
        same = self.of_class(name)
        word, half = PARTS[part]
        if word == "kindred acts":
            parent = self.acts.parents.get(name, ANY)
            same = np.zeros(len(same), bool) if parent == ANY else self.of_class(parent) & ~same
        elif word.startswith("any acts"):
            same = ~same
        rows = np.flatnonzero(same)
        return rows, self.rate_of(half)[rows]

    def part(self, name: str, part: int, keys: Ints) -> Floats:
        """(key,) what a part gives each dyad, as acts a day."""
        word = PARTS[part][0]
        if word.startswith("any acts") and keys is self.alive:
            other = word.endswith("by the other")
            return np.maximum(self.dealings[other] - self.part(name, _LIKE[other], keys), 0.0)
        rows, rate = self.counted(name, part)
        if word in ("the source's habit", "the target's lot"):
            target = word == "the target's lot"
            whose = (self.target if target else self.source)[rows]
            share = np.bincount(whose, rate, self.size) / self.partners[target]
            return np.asarray(share[keys % self.size if target else keys // self.size])
        if keys is self.alive:
            at = self.spots[word.endswith("by the other")][rows]
            return np.bincount(at[at >= 0], rate[at >= 0], len(keys)).astype(np.float64)
        ends = (self.target, self.source) if word.endswith("by the other") else (self.source, self.target)
        return _count(ends[0][rows] * self.size + ends[1][rows], rate, keys)


def read_panel(moment: Moment, name: str, window: int, keys: Ints | None = None, base: float | None = None) -> Panel:
    """The panel of a class at a moment. `keys` are dyads (source x actors + target; all that are alive when left out); `base` is the
    rate a day of the class in an average dyad (the history's own when left out). Raises ForecastError for an unknown class."""
    acts, day, size = moment.acts, moment.day, moment.size
    dyads = moment.alive if keys is None else keys
    parts = np.stack([moment.part(name, part, dyads) for part in range(len(PARTS) - 1)], axis=1)
    rate = moment.base_rate(name) if base is None else base
    first, stop = np.searchsorted(acts.day, (day, day + window))
    within = np.array([name in path for path in acts.paths], bool)
    ahead = np.arange(first, stop)[within[acts.path[first:stop]]]
    came = _count(acts.source[ahead] * size + acts.target[ahead], None, dyads).astype(np.int64)
    exposure = np.full(len(dyads), moment.exposure)
    return Panel(day, dyads // size, dyads % size, np.column_stack([parts, np.full(len(dyads), rate)]), came, exposure)


def side_of(moment: Moment, rows: Ints, part: int, source: int, target: int) -> Flags:
    """(row,) whether the act is on the side of the dyad that the part looks at."""
    doer, done = moment.source[rows], moment.target[rows]
    word = PARTS[part][0]
    if word.endswith("by the other"):
        return np.asarray((doer == target) & (done == source))
    if word == "the source's habit":
        return np.asarray(doer == source)
    if word == "the target's lot":
        return np.asarray(done == target)
    return np.asarray((doer == source) & (done == target))


def _count(found: Ints, weights: Floats | None, keys: Ints) -> Floats:
    """The weights of `found` summed by key (ascending); what is not among the keys is left out."""
    if not len(keys):
        return np.zeros(0)
    at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    here = keys[at] == found
    return np.bincount(at[here], None if weights is None else weights[here], len(keys)).astype(np.float64)
