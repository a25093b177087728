"""How work is spread: the same tasks in this process or in several, results always in the order of the batches.

A task that raises, or whose worker dies, is tried again item by item; the item that does it again is given up by the task
itself (`failed`), so that one poisoned page costs one row in `drops`.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, TypeVar

from visavis.errors import InputError, LexiconError

T = TypeVar("T")
R = TypeVar("R")

# Batches that may wait for each worker: enough to keep it busy, few enough to bound memory.
_AHEAD = 2


class Task(Protocol[T, R]):
    """Work on a batch: one result for each item, in order. Sent to other processes, so it holds settings only."""

    def __call__(self, items: list[T]) -> list[R]:
        """The results of a batch."""

    def failed(self, item: T, why: str) -> R:
        """The result for an item that cannot be worked on."""


class Spread(AbstractContextManager["Spread"]):
    """Runs tasks over batches with `workers` processes; 1 stays in this process."""

    def __init__(self, workers: int) -> None:
        self._workers = max(1, workers)
        self._pool: ProcessPoolExecutor | None = None

    def map(self, task: Task[T, R], batches: Iterable[list[T]]) -> Iterator[tuple[list[T], list[R]]]:
        """Each batch with its results, in the order of the batches."""
        if self._workers == 1:
            for batch in batches:
                yield batch, _carefully(task, batch, task)
            return
        waiting: deque[tuple[list[T], Future[list[R]]]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(task, batch)))
            if len(waiting) > self._workers * _AHEAD:
                yield self._collect(task, waiting)
        while waiting:
            yield self._collect(task, waiting)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)
            self._pool = None

    def _submit(self, task: Task[T, R], batch: list[T]) -> Future[list[R]]:
        if self._pool is None:
            # Neither fork nor spawn: Delta and DuckDB keep threads that a fork would tear, spawn would import all anew.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["visavis.run.tasks", "visavis.read", "visavis.sift", "visavis.code.coder"])
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context)
            _prove(self._pool)
        try:
            return self._pool.submit(_carefully, task, batch, task)
        except BrokenProcessPool:
            self._pool = None
            return self._submit(task, batch)

    def _collect(self, task: Task[T, R], waiting: deque[tuple[list[T], Future[list[R]]]]) -> tuple[list[T], list[R]]:
        batch, future = waiting.popleft()
        try:
            return batch, future.result()
        except BrokenProcessPool:
            # All that waited died with the worker. The head may be the culprit: it goes alone, the rest start anew.
            self._pool = None
            results = self._one_by_one(task, batch)
            rest = [other for other, _ in waiting]
            waiting.clear()
            waiting.extend((other, self._submit(task, other)) for other in rest)
            return batch, results

    def _one_by_one(self, task: Task[T, R], batch: list[T]) -> list[R]:
        results: list[R] = []
        for item in batch:
            try:
                results.extend(self._submit(task, [item]).result())
            except BrokenProcessPool:
                self._pool = None
                results.append(task.failed(item, "the worker died on it"))
        return results


def _prove(pool: ProcessPoolExecutor) -> None:
    """Raise InputError when workers cannot start at all, lest every item be blamed for it."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise InputError(
            "Worker processes cannot start.",
            "In a script, call it under `if __name__ == '__main__':`, or use one worker.",
        ) from error


def _carefully(work: Callable[[list[T]], list[R]], batch: list[T], task: Task[T, R]) -> list[R]:
    """The results of a batch; when it raises, of each item alone, given up where it raises again."""
    try:
        return work(batch)
    except LexiconError:
        raise  # no item is at fault
    except Exception as error:  # noqa: BLE001 - whatever one page sets off in a library must not end the run
        if len(batch) == 1:
            return [task.failed(batch[0], f"{type(error).__name__}: {error}"[:200])]
        return [result for item in batch for result in _carefully(work, [item], task)]
