"""What every kind answers: named figures, a choice where options compete, tables for the reader."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visavis.reason.form import Form

Values = Mapping[str, float]
Row = tuple[str | float, ...]


@dataclass(frozen=True)
class Grid:
    """A table for people: `rows` hold words and numbers, one for each column."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Outcome:
    """The answer of a kind at one set of values.

    `figures` are what a claim compares (`loss_share.CZE`); `choices` the best options (more than one: a tie; none: the kind has no
    options) and `margins` by how much each option leads the best other; `detail` goes into the JSON in full precision.
    `further` are figures that take time and are worked out only when they are asked for.
    """

    figures: Mapping[str, float]
    choices: tuple[str, ...] = ()
    margins: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    draw: Callable[[], tuple[Grid, ...]] = tuple
    tell: Callable[[], Mapping[str, Any]] = dict
    further: Callable[[], Mapping[str, float]] = dict

    def figure(self, name: str) -> float | None:
        """The figure of that name; None when there is none."""
        if name not in self.figures and name not in (further := self.further()):
            return None
        return float(self.figures[name] if name in self.figures else further[name])

    @property
    def every(self) -> Mapping[str, float]:
        """All figures, those too that take time."""
        return {**self.figures, **self.further()}

    def near(self, name: str) -> list[str]:
        """Up to five names of figures that resemble `name`, or the first few."""
        names = sorted(self.every)
        return difflib.get_close_matches(name, names, n=5, cutoff=0.4) or names[:8]

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The tables for people; made when asked, for thousands of draws do not need them."""
        return self.draw()

    @property
    def detail(self) -> Mapping[str, Any]:
        """The full answer for the JSON."""
        return self.tell()


@dataclass(frozen=True)
class Kind:
    """One model kind: `read` takes the scenario's tables and gives the function from values to an outcome.

    `draws` is how many draws `share` takes unless told; `pairs` says whether pairs of assumptions are tried.
    `steps` is how many points of a range are tried for a turn, `tolerance` how exactly it is found (part of the range).
    """

    name: str
    read: Callable[[Form], Callable[[Values], Outcome]]
    draws: int = 2000
    pairs: bool = True
    steps: int = 8
    tolerance: float = 1e-6
