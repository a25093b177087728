"""Digest and index of a large record are made in a thread of their own, while whoever asks is told how far that is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import cached_property

from visavis.errors import BusyError, VisavisError
from visavis.show.digest import digest_of, digest_path
from visavis.show.search import index_of, index_path
from visavis.store import Record

# Up to so many events both are made within the first question: that takes seconds.
SMALL = 100_000
# Seconds between two lines about how far it is.
_EVERY = 10.0
_STEPS = {
    "digest": "Counting",
    "lines": "Writing the lines",
    "search": "Writing the words",
    "places": "Writing the ids",
}
Say = Callable[[str], None]


class Told:
    """A listener to progress that says every ten seconds how far it is."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._step, self._done, self._total, self._said = "Beginning", 0, 0, time.monotonic()

    @property
    def words(self) -> str:
        """How far it is."""
        return f"{self._step}, {self._done:,} of {self._total:,}" if self._total else self._step

    def start(self, name: str, total: int | None) -> None:
        """A step begins."""
        self._step, self._done, self._total = _STEPS.get(name, name), 0, total or 0

    def advance(self, count: int) -> None:
        """So much more of the step is done."""
        self._done += count
        if time.monotonic() - self._said > _EVERY:
            self._said = time.monotonic()
            self._say(f"{self.words} ...")


class Maker:
    """Makes what is missing for one run of a record; `say` is told now and then how far it is."""

    def __init__(self, record: Record, say: Say | None = None) -> None:
        self._record = record
        self._say = say or (lambda words: None)
        self._told = Told(self._say)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._fault: VisavisError | None = None

    def check(self) -> None:
        """Return when everything is there or quickly made; else begin to make it, and raise BusyError that says how far that is. Raises what
        the making failed with."""
        with self._lock:
            if self._small or self._made():
                return
            if self._fault is not None:
                raise self._fault
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._make, daemon=True)
                self._thread.start()
        raise BusyError(f"The record is being indexed, once a run: {self._told.words}.", "Ask again in a minute.")

    def _made(self) -> bool:
        return digest_path(self._record).exists() and index_path(self._record).exists()

    @cached_property
    def _small(self) -> bool:
        return int(self._record.sql("select count(*) from events").column(0)[0].as_py()) <= SMALL

    def _make(self) -> None:
        self._say("The record is being indexed, once a run ...")
        try:
            digest_of(self._record, self._told)
            index_of(self._record, self._told)
            self._say("The record is indexed.")
        except VisavisError as error:
            self._fault = error
        except OSError as error:
            self._fault = VisavisError(f"The index cannot be written ({error.strerror}).", "Make room and start again.")
