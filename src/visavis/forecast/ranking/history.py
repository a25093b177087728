"""The past as the models see it: facts in both directions, found by actor, always cut before a given period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from visavis.forecast.ranking.arrays import Ints
from visavis.forecast.ranking.quads import OBJECT, RELATION, SUBJECT, TIME, Graph


@dataclass(frozen=True)
class Past:
    """What one actor did and underwent before a period: sorted by partner, then time. `first` says where each partner begins."""

    objects: Ints
    relations: Ints
    times: Ints
    first: Ints

    @property
    def partners(self) -> Ints:
        """The partners, one each, ascending."""
        return self.objects[self.first]


class History:
    """All facts with their inverses. Every question carries the period before which it may look: nothing later is ever used."""

    def __init__(self, graph: Graph, facts: Ints) -> None:
        """`facts` as `Graph.periods` gives them: (fact, 4), inverses included."""
        self.graph = graph
        self.by_time = facts[np.argsort(facts[:, TIME], kind="stable")]
        order = np.lexsort((facts[:, RELATION], facts[:, TIME], facts[:, OBJECT], facts[:, SUBJECT]))
        ordered = facts[order]
        self._start = np.searchsorted(ordered[:, SUBJECT], np.arange(graph.entities + 1))
        self._objects = np.ascontiguousarray(ordered[:, OBJECT])
        self._relations = np.ascontiguousarray(ordered[:, RELATION])
        self._times = np.ascontiguousarray(ordered[:, TIME])

    def before(self, period: int) -> Ints:
        """All facts before `period`, in order of time."""
        return self.by_time[: np.searchsorted(self.by_time[:, TIME], period)]

    def past(self, actor: int, period: int) -> Past:
        """What the actor did and underwent before `period`."""
        here = slice(self._start[actor], self._start[actor + 1])
        times = self._times[here]
        keep = np.flatnonzero(times < period)
        objects = self._objects[here][keep]
        new = np.ones(len(objects), bool)
        new[1:] = objects[1:] != objects[:-1]
        return Past(objects, self._relations[here][keep], times[keep], np.flatnonzero(new))


@dataclass(frozen=True)
class Queries:
    """Questions "(subject, relation, ?, period)", each asked once, with the answers that came true.

    `start` (query + 1) bounds each query's answers in `answers`.
    """

    subject: Ints
    relation: Ints
    period: Ints
    start: Ints
    answers: Ints

    def __len__(self) -> int:
        return len(self.subject)

    @property
    def of_answer(self) -> Ints:
        """The query that each answer belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def among(self, rows: Ints) -> Queries:
        """Some of the queries, in the order of `rows`."""
        counts = np.diff(self.start)[rows]
        start = np.concatenate([[0], np.cumsum(counts)])
        picked = np.repeat(self.start[rows] - start[:-1], counts) + np.arange(start[-1])
        return Queries(self.subject[rows], self.relation[rows], self.period[rows], start, self.answers[picked])


def queries_of(facts: Ints) -> Queries:
    """The questions that the facts answer, by period, subject and relation; an answer given twice counts once."""
    unique = np.unique(facts[:, [TIME, SUBJECT, RELATION, OBJECT]], axis=0)
    new = np.ones(len(unique), bool)
    new[1:] = (unique[1:, :3] != unique[:-1, :3]).any(axis=1)
    first = np.flatnonzero(new)
    start = np.append(first, len(unique))
    return Queries(unique[first, 1], unique[first, 2], unique[first, 0], start, np.ascontiguousarray(unique[:, 3]))
