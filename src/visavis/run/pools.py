"""Where batches are worked on besides this process: processes of this machine, or a Ray cluster. Both do the same with the same task."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib import import_module
from multiprocessing.connection import wait
from typing import Any, Protocol

from visavis.errors import InputError

# When the process that forks the others was killed itself; asked again, Python starts another.
_SERVER_GONE = (EOFError, ConnectionError)
# Of a cluster that is started here: batches are small, so its store can be; a busy machine may need more than the 30 s that Ray waits.
_STORE_BYTES, _STARTS = 256_000_000, 3
_PATIENT = {"RAY_agent_register_timeout_ms": "300000", "RAY_USAGE_STATS_ENABLED": "0"}
# What a worker has loaded before its first batch.
_LOADED = ["visavis.run.tasks", "visavis.read", "visavis.sift", "visavis.code.coder"]


class WorkerDied(Exception):
    """The worker that had the batch is gone. `alone` says that no other batch went with it."""

    def __init__(self, alone: bool) -> None:
        super().__init__("a worker died")
        self.alone = alone


class Pool(Protocol):
    """Workers to which a batch is given and from which its results are fetched."""

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:
        """Something to ask `result` with."""

    def result(self, handle: Any) -> Any:
        """What the work gave; raises WorkerDied, or what the work raised."""

    def close(self, at_once: bool) -> None:
        """Let the workers go; `at_once` without waiting for what they are at."""


class Processes:
    """`count` processes of this machine. They start at once, and are waited for when they are given something to do. When one dies
    all that wait are lost with it."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._works = False
        self._first = self._start()

    def _start(self) -> Future[int]:
        # Neither fork nor spawn: Delta and DuckDB keep threads that a fork would tear, spawn would import all anew.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_LOADED)
        self._pool = ProcessPoolExecutor(self._count, mp_context=context, initializer=_begin)
        try:
            return self._pool.submit(os.getpid)
        except (BrokenProcessPool, *_SERVER_GONE) as error:
            failed: Future[int] = Future()
            failed.set_exception(error)
            return failed

    def _wait(self) -> None:
        """Until they work, lest every item be blamed for what ails the pool. Raises InputError when they never do."""
        for left in reversed(range(_STARTS)):
            try:
                self._first.result()
                self._works = True
                return
            except (BrokenProcessPool, *_SERVER_GONE) as error:
                self.close(at_once=True)
                if not left:
                    raise InputError(
                        "Worker processes cannot start.",
                        "In a script, call it under `if __name__ == '__main__':`, or use one worker.",
                    ) from error
                self._first = self._start()

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:
        """A future. Raises InputError when the processes cannot start."""
        if not self._works:
            self._wait()
        try:
            return self._pool.submit(work, *given)
        except (BrokenProcessPool, *_SERVER_GONE) as error:
            raise WorkerDied(alone=False) from error

    def result(self, handle: Any) -> Any:
        """What the work gave."""
        try:
            return handle.result()
        except BrokenProcessPool as error:
            raise WorkerDied(alone=False) from error

    def close(self, at_once: bool) -> None:
        """End the processes; those that were given nothing to do are not waited for."""
        self._pool.shutdown(wait=self._works and not at_once, cancel_futures=True)


class Ray:
    """Workers of a Ray cluster: the one at `address` (`ray://host:port`, `auto`), or one of `count` processors started here for the run.

    Every node needs the same visavis and parser installed. Batches go through Ray's object store; only the writer touches the record.
    """

    def __init__(self, count: int, address: str | None = None) -> None:
        try:
            ray: Any = import_module("ray")
        except ImportError as error:
            raise InputError("Ray is not installed.", "pip install 'visavis[ray]', or use --on processes.") from error
        self._ray = ray
        self._ours = not ray.is_initialized()
        if self._ours and address:
            self._join(address)
        elif self._ours:
            self._start(count)
        self._run = ray.remote(max_retries=0)(_call)

    def _join(self, address: str) -> None:
        try:
            self._ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        except (ConnectionError, RuntimeError, ValueError) as error:
            why = str(error).splitlines()[0]
            raise InputError(
                f"There is no Ray cluster at {address} ({why}).", "Start one: ray start --head."
            ) from error

    def _start(self, count: int) -> None:
        for name, value in _PATIENT.items():
            os.environ.setdefault(name, value)
        why: Exception | None = None
        for _ in range(_STARTS):
            try:
                self._ray.init(
                    num_cpus=count,
                    include_dashboard=False,
                    object_store_memory=_STORE_BYTES,
                    log_to_driver=False,
                    logging_level=logging.ERROR,
                )
                return
            except Exception as error:  # noqa: BLE001 - Ray raises a bare Exception when its own processes are slow to begin
                self._ray.shutdown()
                why = error
        raise InputError(
            f"Ray could not be started here ({str(why).splitlines()[0]}).",
            "Use --on processes, or start one: ray start --head.",
        ) from why

    def submit(self, work: Callable[..., Any], *given: Any) -> Any:
        """A reference to the result."""
        return self._run.remote(work, *given)

    def result(self, handle: Any) -> Any:
        """What the work gave."""
        errors = self._ray.exceptions
        try:
            return self._ray.get(handle)
        except (errors.WorkerCrashedError, errors.NodeDiedError, errors.OutOfMemoryError) as error:
            raise WorkerDied(alone=True) from error
        except errors.RayTaskError as error:
            raise error.cause from error

    def close(self, at_once: bool) -> None:
        """Leave the cluster; one that was started here ends."""
        if self._ours:
            self._ray.shutdown()


def _begin() -> None:
    """Make this process a worker: it ends with the one that gives it work, however that ends, and looks less often for rings of objects
    (there are few: parses are taken apart, see `Doc.let_go`; and a tenth of the coder's time went into looking)."""
    gc.set_threshold(500_000, 20, 20)
    giver = multiprocessing.parent_process()
    if giver is not None:
        threading.Thread(target=_end_with, args=(giver.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _call(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


def check_place(on: str) -> None:
    """Raise InputError unless `on` names a place where work can be done."""
    if on not in ("serial", "processes", "ray", "ray:auto") and not on.startswith("ray://"):
        raise InputError(f"Work cannot be spread on {on!r}.", "Use serial, processes, ray or ray://HOST:PORT.")


def open_pool(on: str, workers: int) -> Pool:
    """The workers that `on` names: processes, ray, ray:auto, ray://HOST:PORT."""
    if on == "processes":
        return Processes(workers)
    return Ray(workers, None if on == "ray" else on.removeprefix("ray:") if on == "ray:auto" else on)
