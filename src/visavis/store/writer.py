"""The one writer of a record.

Each call is one or a few Delta commits. A reader sees none of them before `finish` writes the row of `runs` that names the new
versions. A writer that is killed leaves the tables ahead of that row; the next one goes on from the tables as they are, which is
safe because ids are content hashes: writing a row twice is writing it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa

from visavis.records import content_id
from visavis.store import tables
from visavis.store.folder import Folder
from visavis.store.seen import SeenIds
from visavis.store.tables.runs import Run
from visavis.store.tables.table import Table

# Readers slow down when a table lies in very many small files.
_FILES_BEFORE_COMPACTION = 64


class Writer:
    """Writes rows at the latest state on disk. Get one from `Record.writer()`, which holds the lock."""

    def __init__(self, root: Path, runs: Sequence[Run]) -> None:
        self._root = root
        self._runs = runs
        self._folders: dict[str, Folder] = {}
        self._ids: dict[str, set[str]] = {}
        self._seen: dict[str, SeenIds] = {}
        self.started_at = _now()
        self.resumed = self._is_ahead()

    @property
    def runs(self) -> tuple[Run, ...]:
        """All finished runs, oldest first."""
        return tuple(self._runs)

    def each(self, name: str) -> Iterator[Any]:
        """The rows of a table as they are now, in no order; memory holds a batch of them."""
        table = tables.table(name)
        for batch in self._folder(table).batches(table.schema.names):
            yield from table.from_arrow(batch)

    def rows(self, name: str) -> tuple[Any, ...]:
        """All rows of a table as they are now, in the order of their ids."""
        return tuple(sorted(self.each(name), key=tables.table(name).id_of))

    def column(self, name: str, column: str) -> list[Any]:
        """One column of a table as it is now."""
        found: list[Any] = self._folder(tables.table(name)).read([column]).column(column).to_pylist()
        return found

    def pick(self, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Some columns of a table row by row, in no order; memory holds a batch of them."""
        for batch in self._folder(tables.table(name)).batches(columns):
            yield from zip(*(batch.column(column).to_pylist() for column in columns), strict=True)

    def count(self, name: str) -> int:
        """How many rows a table has now."""
        return sum(len(batch) for batch in self._folder(tables.table(name)).batches([tables.table(name).key]))

    def has(self, name: str, row_id: str) -> bool:
        """Whether a row of this id is there. Memory holds eight bytes a row of the table."""
        return row_id in self._known(name)

    def ids(self, name: str) -> set[str]:
        """The ids of a table's rows as they are now; not to be changed. For large tables ask `has`."""
        if name not in self._ids:
            self._ids[name] = set(self.column(name, tables.table(name).key))
        return self._ids[name]

    def insert(self, name: str, rows: Iterable[Any]) -> int:
        """Add the rows whose ids are not there yet, in one commit; how many were added."""
        table = tables.table(name)
        given = {table.id_of(row): row for row in rows}
        if not given:
            return 0
        fresh = self._known(name).new(pa.array(given))
        new = {key: row for (key, row), is_new in zip(given.items(), fresh, strict=True) if is_new}
        try:
            self._folder(table).append(table.to_arrow(list(new.values())))
        except BaseException:
            self._forget(name)
            raise
        if name in self._ids:
            self._ids[name].update(new)
        return len(new)

    def stream(self, name: str, batches: Iterable[Sequence[Any] | pa.Table]) -> int:
        """Add rows batch by batch (records, or Arrow in the table's schema), those whose id is there left out; how many were added.

        When a batch cannot be made the table is put back to where it was, and the error goes on. Memory holds a batch of rows and eight
        bytes an id.
        """
        table, folder = tables.table(name), self._folder(tables.table(name))
        before, added, seen = folder.version, 0, self._known(name)
        try:
            for given in batches:
                rows = given if isinstance(given, pa.Table) else table.to_arrow(given)
                fresh = rows.filter(pa.array(seen.new(rows.column(table.key))))
                folder.append(fresh)
                added += len(fresh)
        except Exception:
            self._forget(name)
            folder.put_back(before)
            raise
        self._ids.pop(name, None)
        return added

    def remove(self, name: str, column: str, values: Iterable[str]) -> None:
        """Remove the rows whose `column` is among `values`."""
        gone = set(values)
        if gone:
            self._forget(name)
            self._folder(tables.table(name)).delete(column, gone)

    def upsert(self, name: str, rows: Iterable[Any]) -> None:
        """Add rows; those whose ids are there are replaced when they differ."""
        table = tables.table(name)
        new = {table.id_of(row): row for row in rows}
        old = {table.id_of(row): row for row in self.rows(name)} if self.ids(name) & set(new) else {}
        changed = {key: row for key, row in new.items() if old.get(key) != row}
        self.remove(name, table.key, set(changed) & set(old))
        self.insert(name, changed.values())

    def settle(self, name: str, rows: Iterable[Any]) -> None:
        """Make these all the rows of the table, in one commit, or in none when they already are."""
        table = tables.table(name)
        new = {table.id_of(row): row for row in rows}
        old = {table.id_of(row): row for row in self.rows(name)}
        if new == old:
            return
        if old.items() <= new.items():
            self.insert(name, [row for key, row in new.items() if key not in old])
            return
        self.rewrite(name, new.values())

    def rewrite(self, name: str, rows: Iterable[Any]) -> None:
        """Make these all the rows of the table, in one commit, whatever stood there."""
        table = tables.table(name)
        new = {table.id_of(row): row for row in rows}
        self._forget(name)
        self._folder(table).overwrite(table.to_arrow([new[key] for key in sorted(new)]))

    def vacuum(self) -> int:
        """Delete the files of tables that no finished run needs; how many. Every run stays readable, and so does every citation."""
        gone = 0
        for name, table in tables.TABLES.items():
            kept = [run.versions[name] for run in self._runs if name in run.versions]
            gone += 0 if name == "runs" else self._folder(table).vacuum(kept)
        return gone

    def finish(
        self,
        verb: str,
        settings: Mapping[str, str],
        counts: Mapping[str, int] | None = None,
        seconds: Mapping[str, float] | None = None,
        coder: str = "",
        lexicon: str = "",
        errors: Sequence[str] = (),
    ) -> Run:
        """Write the row of `runs` that makes everything written so far visible, and return it."""
        last = self._runs[-1] if self._runs else None
        for name in tables.TABLES:
            if name != "runs":
                self._folder(tables.table(name)).compact(_FILES_BEFORE_COMPACTION)
        versions = self._versions()
        number = 1 if last is None else last.number + 1
        run = Run(
            run_id=content_id("run", number, verb, self.started_at, *(f"{k}={v}" for k, v in sorted(versions.items()))),
            number=number,
            verb=verb,
            visavis=version("visavis"),
            started_at=self.started_at,
            finished_at=_now(),
            versions=versions,
            settings=dict(settings),
            coder=coder,
            lexicon=lexicon,
            counts=dict(counts or {}),
            seconds=dict(seconds or {}),
            resumed=self.resumed,
            errors=tuple(errors),
        )
        self.insert("runs", [run])
        self._runs = (*self._runs, run)
        return run

    def _known(self, name: str) -> SeenIds:
        """The ids that are there; they grow with `insert` and `stream`."""
        if name not in self._seen:
            self._seen[name] = SeenIds()
            for batch in self._folder(tables.table(name)).batches([tables.table(name).key]):
                self._seen[name].new(batch.column(0))
        return self._seen[name]

    def _forget(self, name: str) -> None:
        self._seen.pop(name, None)
        self._ids.pop(name, None)

    def _folder(self, table: Table) -> Folder:
        if table.name not in self._folders:
            self._folders[table.name] = Folder(self._root, table)
        return self._folders[table.name]

    def _versions(self) -> dict[str, int]:
        found = {name: self._folder(table).version for name, table in tables.TABLES.items() if name != "runs"}
        return {name: at for name, at in found.items() if at is not None}

    def _is_ahead(self) -> bool:
        """Whether a writer before us was interrupted: the tables are not where the last run left them."""
        return self._versions() != (self._runs[-1].versions if self._runs else {})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
