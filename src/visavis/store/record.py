"""A record: a folder of Delta tables that belong together, opened at one run and read from there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from visavis.errors import QueryError, RecordError
from visavis.records import content_id
from visavis.store import tables
from visavis.store.events import Events
from visavis.store.folder import Folder, ordered
from visavis.store.lock import writing
from visavis.store.mark import FORMAT, HALF, MARK, read_mark, write_mark
from visavis.store.query import MEMORY, Limits, Shelf
from visavis.store.tables.runs import Run
from visavis.store.tables.table import Table
from visavis.store.writer import Writer

if TYPE_CHECKING:
    from visavis.store.keep.diff import Diff
    from visavis.store.keep.takedown import Taken
    from visavis.store.keep.upgrade import Upgraded
    from visavis.store.keep.watch import News
    from visavis.store.tables.keep import Watch


class Record:
    """The tables of one record as one run left them. Readers are never blocked, and never see half a run.

    >>> record = Record.open("my-record")              # doctest: +SKIP
    >>> record.events("CHN", "RUS", since="2021").arrow()  # doctest: +SKIP
    """

    def __init__(self, path: Path, run: Run | None, memory: str = MEMORY) -> None:
        self.path = path
        self.run = run
        self._memory = memory

    @classmethod
    def open(cls, path: str | Path, run: str | int | None = None, memory: str = MEMORY) -> Record:
        """The record in `path` as its last run, or the one named by id or number, left it. Questions to it take so much `memory` at most,
        and fail when they need more.

        Raises RecordError when there is no record or its form is unknown, QueryError for an unknown run.
        """
        root = Path(path)
        read_mark(root)
        return cls(root, _find_run(_read_runs(root), run), memory)

    @classmethod
    def create(cls, path: str | Path) -> Record:
        """The record in `path`, made when there is none; raises RecordError when the folder holds something else."""
        root = Path(path)
        if (root / MARK).exists():
            return cls.open(root)
        try:
            if root.exists() and (not root.is_dir() or any(p.name != HALF for p in root.iterdir())):
                raise RecordError(f"{root} exists and is not a record.", "Give a new or empty folder.")
            root.mkdir(parents=True, exist_ok=True)
            write_mark(root)
        except OSError as error:
            raise RecordError(f"{root} cannot be made ({error.strerror}).", "Give a folder that is yours.") from error
        return cls(root, None)

    @property
    def form(self) -> int:
        """The form of the folder: an older one can be read, and is brought up by `upgrade`."""
        return read_mark(self.path)

    @property
    def versions(self) -> Mapping[str, int]:
        """{table: Delta version} of the open run."""
        return {} if self.run is None else self.run.versions

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All finished runs, oldest first."""
        return _read_runs(self.path)

    def table(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of a table (or view) in the order of their ids; raises QueryError for an unknown name."""
        if name in self._shelf.views:
            return self._shelf.ask(f"from {name}")
        found = tables.table(name)
        if name == "runs":
            return ordered(found.to_arrow(self.runs), "number")
        wanted = None if columns is None else list(dict.fromkeys([found.key, *columns]))
        rows = ordered(self._folder(found).read(wanted), found.key)
        return rows if columns is None else rows.select(list(columns))

    def rows(self, name: str) -> tuple[Any, ...]:
        """The rows of a table as typed records in the order of their ids."""
        return tuple(tables.table(name).from_arrow(self.table(name)))

    def sql(self, query: str, values: Mapping[str, object] | None = None, limits: Limits = Limits()) -> pa.Table:
        """The answer to one SELECT over the record's tables and nothing else, with `$name` standing for the values.

        Raises QueryError for bad SQL, for any other statement, and when a limit is passed.
        """
        return self._shelf.ask(query, values, limits)

    def events(
        self,
        a: str | None = None,
        b: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
        directed: bool = False,
        newest: int | None = None,
    ) -> Events:
        """The events in which `a` meets `b` (either may be left out), in an inclusive interval of ISO dates or prefixes.

        With `directed`, `a` must be the source and `b` the target; with `newest` only so many come, the newest first. Events that a
        person rejected are left out: they stand in `rows("events")` alone.
        """
        return Events.of(self._shelf, a=a, b=b, since=since, until=until, type=type, directed=directed, newest=newest)

    def review(self, row_id: str, verdict: str, *, author: str, **given: Any) -> Any:
        """A person's verdict on a row: `visavis.run.reviews.review` of this record. It answers with the record as it is then."""
        # Coding stands above the store, which may not import it: it is looked up when it is asked for.
        from importlib import import_module

        return import_module("visavis.run.reviews").review(self, row_id, verdict, author=author, **given)

    def diff(self, before: str | int, after: str | int | None = None) -> Diff:
        """What changed between two runs, row by row with its cause: see `visavis.store.keep.diff.diff`."""
        from visavis.store.keep.diff import diff

        return diff(self, before, after)

    def publish(self, out: str | Path, quote: int = 80) -> dict[str, int]:
        """Write the record without texts, for others to check: see `visavis.store.keep.publish.publish`."""
        from visavis.store.keep.publish import publish

        return publish(self, out, quote)

    def datasheet(self) -> dict[str, Any]:
        """What the record was read from, how far it covers and how good it is: see `visavis.store.keep.datasheet`."""
        from visavis.store.keep.datasheet import datasheet

        return datasheet(self)

    def news(self, since: str | int | None = None) -> tuple[News, ...]:
        """What the saved questions find new: see `visavis.store.keep.watch.news`."""
        from visavis.store.keep.watch import news

        return news(self, since)

    def watch(self, name: str, kind: str, *what: str, author: str) -> Watch:
        """Save a question under a name: see `visavis.store.keep.watch.save`."""
        from visavis.store.keep.watch import save

        return save(self, name, kind, what, author)

    def upgrade(self) -> Upgraded:
        """Bring an older form up, a copy kept: see `visavis.store.keep.upgrade.upgrade`. Open the record again then."""
        from visavis.store.keep.upgrade import upgrade

        return upgrade(self)

    def takedown(self, pages: Sequence[str] = (), outlets: Sequence[str] = (), *, author: str, **given: Any) -> Taken:
        """Take texts out of every version of the record: see `visavis.store.keep.takedown.takedown`. Open the record again then."""
        from visavis.store.keep.takedown import takedown

        return takedown(self, pages, outlets, author=author, **given)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """The one writer of the record, from the latest state on disk; raises RecordError when another is at work."""
        from visavis.store.keep.takedown import finish_takedown

        if self.form != FORMAT:
            raise RecordError(
                f"{self.path} has the form {self.form} of an older Visavis; this one writes {FORMAT}.",
                f"Bring it up first, a copy is kept: visavis upgrade {self.path}",
            )
        with writing(self.path):
            finish_takedown(self.path, _read_runs(self.path))
            yield Writer(self.path, _read_runs(self.path))

    def commit(self, verb: str, rows: Mapping[str, Sequence[Any]], settings: Mapping[str, str] | None = None) -> Record:
        """Write rows into tables (a row whose id is there is replaced) as one run; the record as it is then."""
        with self.writer() as writer:
            for name, new in rows.items():
                writer.upsert(name, new)
            writer.finish(verb, settings=settings or {})
        return Record.open(self.path)

    def _folder(self, table: Table) -> Folder:
        version = self.versions.get(table.name)
        return Folder(self.path, table, version) if version is not None else Folder(self.path / "_none", table)

    def files(self, name: str) -> list[str]:
        """The Parquet files of a table in the open run."""
        return self._folders[name].files()

    @cached_property
    def state(self) -> str:
        """A hash of the run and the files that hold its rows: what was made from the record holds as long as this stays."""
        return content_id(
            self.run.run_id if self.run else "", *(Path(f).name for t in self._folders for f in self.files(t))
        )

    def rows_at(self, name: str, places: Iterable[int]) -> list[Any]:
        """The typed rows at places that `Shelf.placed` told of this run, in the order of their ids."""
        return list(tables.table(name).from_arrow(self._shelf.at(name, places)))

    def keeps_places(self, name: str) -> bool:
        """Whether places in a table last: see `Shelf.keeps_places`."""
        return self._shelf.keeps_places(name)

    def shelf(self, memory: str, spill: Path | None) -> Shelf:
        """The tables in a DuckDB of their own for questions over all rows, which may write to files in the folder `spill`."""
        return Shelf(self._folders, self.runs, memory, spill)

    @cached_property
    def _shelf(self) -> Shelf:
        return Shelf(self._folders, self.runs, self._memory)

    @cached_property
    def _folders(self) -> dict[str, Folder]:
        open_table: Callable[[Table], Folder] = self._folder
        return {t.name: open_table(t) for t in tables.TABLES.values() if t.name != "runs"}


def _read_runs(root: Path) -> tuple[Run, ...]:
    found = tables.table("runs")
    return tuple(sorted(found.from_arrow(Folder(root, found).read()), key=lambda run: run.number))


def _find_run(runs: Sequence[Run], wanted: str | int | None) -> Run | None:
    if wanted is None:
        return runs[-1] if runs else None
    for run in runs:
        if str(wanted) in (run.run_id, str(run.number)):
            return run
    known = ", ".join(f"{run.number} ({run.run_id})" for run in runs[-5:]) or "none"
    raise QueryError(f"There is no run {wanted!r} in this record.", f"The latest: {known}.")
