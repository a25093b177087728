"""One Delta table on disk: opened at a version, read whole, appended to, thinned out. All Delta calls of the project are here.

Reads go through Delta's own engine (`scan`), which honours deletion vectors and column mapping that other programs may have
written. A table that was never written has no folder and reads as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError, TableNotFoundError

from visavis.errors import RecordError
from visavis.store import schema
from visavis.store.tables import Table

# How many ids one delete statement names; longer lists take DataFusion's parser quadratic time.
_IDS_A_STATEMENT = 1000
# What the engine cannot have in a path: it takes paths for addresses.
_UNFIT = re.compile(r"[\[\]^|\\\x00-\x1f]|%[0-9A-Fa-f]{2}")


class Folder:
    """The Delta table of `table` under the record's folder, at `version` (None: the latest)."""

    def __init__(self, root: Path, table: Table, version: int | None = None) -> None:
        self.table = table
        self.path = root / table.name
        if unfit := _UNFIT.search(str(self.path.resolve())):
            raise RecordError(
                f"No record can be kept at {root}: its path holds {unfit.group()!r}.", "Give a folder without it."
            )
        self._held = _open(self.path, version)
        self._stale = False

    @property
    def _delta(self) -> DeltaTable | None:
        if self._stale:
            self._held, self._stale = _open(self.path, None), False
        return self._held

    @property
    def version(self) -> int | None:
        """The Delta version that is open, None when the table was never written."""
        return None if self._delta is None else self._delta.version()

    def files(self) -> list[str]:
        """The Parquet files of this version; empty for a table without rows."""
        # Delta writes them as parts of an address: a blank or an é in the path stands there as %20 or %C3%A9.
        return [] if self._delta is None else sorted(map(unquote, self._delta.file_uris()))

    def has_deletion_vectors(self) -> bool:
        """Whether rows of those files are marked as deleted, so that the files alone do not tell the rows."""
        if self._delta is None:
            return False
        features = set(self._delta.protocol().reader_features or [])
        return "deletionVectors" in features and any(batch.num_rows for batch in self._delta.deletion_vectors())

    def read(self, columns: Sequence[str] | None = None) -> pa.Table:
        """All rows, or some columns of them, in the table's schema; in no particular order."""
        wanted = self.table.schema
        if columns is not None:
            wanted = pa.schema([wanted.field(name) for name in columns])
        if self._delta is None:
            return wanted.empty_table()
        there = {field.name for field in self._delta.schema().fields}
        present = [name for name in wanted.names if name in there]
        try:
            with pa.RecordBatchReader.from_stream(self._delta.scan(columns=present)) as reader:
                return schema.conform(reader.read_all(), wanted)
        except (DeltaError, pa.ArrowException, OSError) as error:
            raise _damaged(self.path, error) from error

    def batches(self, columns: Sequence[str]) -> Iterator[pa.Table]:
        """Some columns of all rows, a batch at a time, in the table's schema; in no particular order."""
        if self._delta is None:
            return
        wanted = pa.schema([self.table.schema.field(name) for name in columns])
        present = [name for name in columns if name not in self.lacks()]
        try:
            with pa.RecordBatchReader.from_stream(self._delta.scan(columns=present)) as reader:
                for batch in reader:
                    yield schema.conform(pa.Table.from_batches([batch]), wanted)
        except (DeltaError, pa.ArrowException, OSError) as error:
            raise _damaged(self.path, error) from error

    def lacks(self) -> set[str]:
        """The columns of the table that this version has not."""
        there = set() if self._delta is None else {field.name for field in self._delta.schema().fields}
        return set(self.table.schema.names) - there

    def append(self, rows: pa.Table) -> None:
        """Add rows in one commit."""
        if not len(rows):
            return
        self._write(rows, mode="append", schema_mode="merge")

    def overwrite(self, rows: pa.Table) -> None:
        """Make these all the rows there are, in one commit."""
        if self._delta is None and not len(rows):
            return
        self._write(rows, mode="overwrite", schema_mode="overwrite")

    def delete(self, column: str, values: Iterable[str]) -> None:
        """Remove the rows whose `column` is among `values`. Interrupted, it may have removed some of them only."""
        found = sorted(set(values))
        for at in range(0, len(found), _IDS_A_STATEMENT):
            if self._delta is not None:
                ids = ", ".join("'" + value.replace("'", "''") + "'" for value in found[at : at + _IDS_A_STATEMENT])
                self._delta.delete(f"{column} IN ({ids})")

    def put_back(self, version: int | None) -> None:
        """Make the rows those of an older version, in one commit; None: no rows."""
        if version is None:
            self.overwrite(self.table.schema.empty_table())
        elif self._delta is not None and self._delta.version() != version:
            self._delta.restore(version)
            self._delta.update_incremental()

    def _write(
        self, rows: pa.Table, mode: Literal["append", "overwrite"], schema_mode: Literal["merge", "overwrite"]
    ) -> None:
        try:
            # By path: a table that is held open grows by 70 kB with each commit to it.
            self._held, self._stale = None, True
            write_deltalake(self.path, rows, mode=mode, schema_mode=schema_mode)
        except (DeltaError, OSError) as error:
            why = str(error).splitlines()[0]
            raise RecordError(
                f"The table {self.path.name} in {self.path.parent} cannot be written ({why}).",
                "Mend that and run again: it goes on from there.",
            ) from error

    def compact(self, above: int) -> None:
        """Merge small files when there are more than `above`. Old files stay: a cited version may need them."""
        if self._delta is not None and len(self.files()) > above:
            self._delta.optimize.compact()

    def vacuum(self, versions: Sequence[int]) -> int:
        """Delete the files that neither the latest version nor any of `versions` needs; how many."""
        if self._delta is None:
            return 0
        gone = self._delta.vacuum(
            retention_hours=0, enforce_retention_duration=False, dry_run=False, full=True, keep_versions=list(versions)
        )
        self._delta.update_incremental()
        return len(gone)


def ordered(rows: pa.Table, key: str) -> pa.Table:
    """The rows in the order of their ids."""
    return rows.take(pc.sort_indices(rows, [(key, "ascending")]))


def _open(path: Path, version: int | None) -> DeltaTable | None:
    if not (path / "_delta_log").is_dir():
        return None
    try:
        return DeltaTable(path, version=version)
    except TableNotFoundError:
        return None  # the first commit was interrupted before its log entry
    except DeltaError as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: BaseException) -> RecordError:
    why = str(error).splitlines()[0]
    return RecordError(f"The table {path.name} in {path.parent} cannot be read ({why}).", "Restore it from a copy.")
