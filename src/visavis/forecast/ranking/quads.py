"""Quadruple files: one fact a line, `subject relation object time`, integers, split by blanks; a fifth column is ignored.

This is the form in which the published sets for forecasting on event graphs are passed on (ICEWS14, ICEWS05-15, ICEWS18, GDELT ...).
"""

from __future__ import annotations

import gzip
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from visavis.errors import InputError
from visavis.forecast.ranking.arrays import Ints

SUBJECT, RELATION, OBJECT, TIME = range(4)


def load_quads(path: Path) -> Ints:
    """The facts of a file (`.gz` accepted): an array (fact, 4) of subject, relation, object, time as they stand in the file.

    Raises InputError when the file is missing or empty, or when a line does not hold four whole numbers from 0 up.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    except OSError as error:
        reason = error.strerror or "it is not a whole gzip file"
        raise InputError(f"{path} cannot be read ({reason}).", "Give a file of integer quadruples.") from error
    except (EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InputError(f"{path} is damaged ({error}).", "Give a file of integer quadruples.") from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # an empty file is told below
            quads = np.loadtxt(text.splitlines(), dtype=np.int64, usecols=(0, 1, 2, 3), ndmin=2)
    except (ValueError, OverflowError) as error:
        raise InputError(f"{path}, line {_bad_line(text)}: not four whole numbers.", "A line is `s r o t`.") from error
    if not len(quads):
        raise InputError(f"{path} holds no facts.", "A line is `s r o t`.")
    if quads.min() < 0:
        raise InputError(f"{path} holds negative numbers.", "Subjects, relations, objects and times count from 0.")
    return quads


def _bad_line(text: str) -> int:
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#")[0].split()
        if words and (len(words) < 4 or not all(word.lstrip("-").isdigit() for word in words[:4])):
            return number
    return 1


@dataclass(frozen=True)
class Graph:
    """How the facts are numbered: `entities` actors, `relations` before inversion, `step` time units between two periods."""

    entities: int
    relations: int
    step: int

    @property
    def both(self) -> int:
        """The number of relations with their inverses: relation r asked from the object's side is r + `relations`."""
        return 2 * self.relations

    def periods(self, quads: Ints) -> Ints:
        """The facts in both directions with time in periods (days, for ICEWS): an array (2 x fact, 4); inverses come last."""
        forward = quads.copy()
        forward[:, TIME] //= self.step
        inverse = forward[:, [OBJECT, RELATION, SUBJECT, TIME]]
        inverse[:, RELATION] += self.relations
        return np.vstack([forward, inverse])


def describe_graph(train: Ints, *others: Ints, entities: int | None = None) -> Graph:
    """The numbering that holds all the files. The step is the smallest distance between two times in `train`."""
    files = (train, *others)
    times = np.unique(train[:, TIME])
    found = 1 + int(max(quads[:, [SUBJECT, OBJECT]].max() for quads in files))
    if entities is not None and entities < found:
        raise InputError(f"The files name {found} entities, --entities says {entities}.", "Leave --entities out.")
    return Graph(
        entities=entities or found,
        relations=1 + int(max(quads[:, RELATION].max() for quads in files)),
        step=int(np.diff(times).min()) if len(times) > 1 else 1,
    )
