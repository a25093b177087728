"""The record that is shown, at the run that an address names. Opened once per run and kept while it is asked for."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from visavis.show.maker import Maker, Say
from visavis.store import Record
from visavis.store.tables.runs import Run

# Old runs are looked at now and then; more than a few open at once would only cost memory.
_OPEN = 4
# What questions to one of them may take, so that the whole server stays below 1 GiB.
_MEMORY = "400MB"


class Shown:
    """A record at one run, with what was worked out for it once."""

    def __init__(self, record: Record, latest: bool, say: Say | None = None) -> None:
        self.record = record
        self.maker = Maker(record, say)
        self.latest = latest
        self._kept: dict[str, Any] = {}
        self._lock = threading.RLock()

    @property
    def run(self) -> Run | None:
        """The run that the record is open at."""
        return self.record.run

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` returned the first time it was asked for under this name."""
        with self._lock:
            if name not in self._kept:
                self._kept[name] = make()
            return self._kept[name]


class Library:
    """The runs of one record that are open. Requests come from several threads. `say` is told how far the making of an index is."""

    def __init__(self, path: str | Path, say: Say | None = None) -> None:
        self.path = Path(path)
        self._say = say
        self._lock = threading.Lock()
        self._open: OrderedDict[str, Shown] = OrderedDict()
        self._last: tuple[tuple[str, ...], str] | None = None
        self.at()

    def at(self, run: str | None = None) -> Shown:
        """The record at the named run, or the latest. Raises QueryError for an unknown run, RecordError for a damaged record."""
        with self._lock:
            key = self._latest() if run is None else run
            if key not in self._open:
                record = Record.open(self.path, run, _MEMORY)
                self._open[key] = Shown(record, run is None, self._say)
            self._open.move_to_end(key)
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
            return self._open[key]

    def _latest(self) -> str:
        """A key for the latest run, read again only when the log of `runs` has grown."""
        log = self.path / "runs" / "_delta_log"
        state = tuple(sorted(file.name for file in log.iterdir())) if log.is_dir() else ()
        if self._last is None or self._last[0] != state:
            run = Record.open(self.path).run
            self._last = (state, "latest:" + ("none" if run is None else run.run_id))
        return self._last[1]


def _shown(
    request: Request,
    run: Annotated[
        str | None, Query(max_length=32, description="The run (id or number); the latest when left out.")
    ] = None,
) -> Shown:
    library: Library = request.app.state.library
    shown = library.at(run or None)
    shown.maker.check()
    return shown


Ask = Annotated[Shown, Depends(_shown)]
