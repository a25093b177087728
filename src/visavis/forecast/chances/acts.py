"""What the chances are made of: dated, directed acts, each with its classes from the narrowest to "any"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ANY = "any"


@dataclass(frozen=True)
class Acts:
    """Acts in the order of their days.

    `source`, `target` (act,) index `actors`; `day` (act,) is the proleptic ordinal; `path` (act,) indexes `paths`, each a class with
    the classes above it, ending in "any"; `ids` name the acts ("" when they come from no record). `undated` are acts that were left
    out for want of a day: (source, target, classes).
    """

    actors: tuple[str, ...]
    paths: tuple[tuple[str, ...], ...]
    source: Ints
    target: Ints
    day: Ints
    path: Ints
    ids: tuple[str, ...] = ()
    undated: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def parents(self) -> dict[str, str]:
        """The class above each class; "any" is above all."""
        return {low: high for path in self.paths for low, high in pairwise(path)}

    def is_of(self, name: str) -> Flags:
        """(act,) whether the act is of the class or of one below."""
        within = np.array([name in path for path in self.paths], bool)
        return np.asarray(within[self.path])

    def before(self, day: int) -> Acts:
        """The acts before `day`."""
        stop = int(np.searchsorted(self.day, day))
        cut = slice(0, stop)
        return replace(
            self,
            source=self.source[cut],
            target=self.target[cut],
            day=self.day[cut],
            path=self.path[cut],
            ids=self.ids[cut],
        )


def gather_acts(rows: Sequence[tuple[str, str, str, tuple[str, ...], str]]) -> Acts:
    """Acts from rows (ISO day, source, target, classes from the narrowest up without "any", id), in any order."""
    ordered = sorted(rows)
    actors = sorted({row[1] for row in ordered} | {row[2] for row in ordered})
    paths = sorted({(*row[3], ANY) for row in ordered})
    of_actor = {name: at for at, name in enumerate(actors)}
    of_path = {path: at for at, path in enumerate(paths)}
    return Acts(
        tuple(actors),
        tuple(paths),
        np.array([of_actor[row[1]] for row in ordered], np.int64),
        np.array([of_actor[row[2]] for row in ordered], np.int64),
        np.array([date.fromisoformat(row[0]).toordinal() for row in ordered], np.int64),
        np.array([of_path[(*row[3], ANY)] for row in ordered], np.int64),
        tuple(row[4] for row in ordered),
    )
