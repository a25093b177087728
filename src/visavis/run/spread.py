"""How work is spread: the same tasks in this process or in several, results always in the order of the batches.

A task that raises, or whose worker dies, is tried again item by item; the item that does it again is given up by the task
itself (`failed`), so that one poisoned page costs one row in `drops`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any, Protocol, TypeVar

from visavis.errors import LexiconError
from visavis.run.pools import Pool, WorkerDied, check_place, open_pool

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
    """Runs tasks over batches with `workers` workers. `on`: serial (this process), processes, ray, ray://HOST:PORT; "" is serial for one
    worker and processes for more. Raises InputError for any other place.
    """

    def __init__(self, workers: int, on: str = "") -> None:
        self._workers = max(1, workers)
        self._on = on or ("serial" if self._workers == 1 else "processes")
        self._open: Pool | None = None
        check_place(self._on)

    def begin(self) -> None:
        """Start processes of this machine now, so that they are there when the first batch is."""
        if self._on == "processes":
            self._pool()

    def map(self, task: Task[T, R], batches: Iterable[list[T]]) -> Iterator[tuple[list[T], list[R]]]:
        """Each batch with its results, in the order of the batches."""
        if self._on == "serial":
            for batch in batches:
                yield batch, _carefully(task, batch, task)
            return
        waiting: deque[tuple[list[T], Any]] = deque()
        for batch in batches:
            waiting.append((batch, self._submit(task, batch)))
            if len(waiting) > self._workers * _AHEAD:
                yield self._collect(task, waiting)
        while waiting:
            yield self._collect(task, waiting)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close(at_once=kind is not None)

    def _close(self, at_once: bool) -> None:
        if self._open is not None:
            self._open.close(at_once)
            self._open = None

    def _pool(self) -> Pool:
        if self._open is None:
            self._open = open_pool(self._on, self._workers)
        return self._open

    def _submit(self, task: Task[T, R], batch: list[T]) -> Any:
        try:
            return self._pool().submit(_carefully, task, batch, task)
        except WorkerDied:
            self._close(at_once=True)
            return self._submit(task, batch)

    def _collect(self, task: Task[T, R], waiting: deque[tuple[list[T], Any]]) -> tuple[list[T], list[R]]:
        batch, handle = waiting.popleft()
        try:
            return batch, self._pool().result(handle)
        except WorkerDied as death:
            # The head may be the culprit: it goes alone. What died with it starts anew.
            if not death.alone:
                self._close(at_once=True)
            results = self._one_by_one(task, batch)
            if not death.alone:
                rest = [other for other, _ in waiting]
                waiting.clear()
                waiting.extend((other, self._submit(task, other)) for other in rest)
            return batch, results

    def _one_by_one(self, task: Task[T, R], batch: list[T]) -> list[R]:
        results: list[R] = []
        for item in batch:
            handle = self._submit(task, [item])
            try:
                results.extend(self._pool().result(handle))
            except WorkerDied as death:
                if not death.alone:
                    self._close(at_once=True)
                results.append(task.failed(item, "the worker died on it"))
        return results


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
