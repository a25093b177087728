"""Questions in SQL, answered by DuckDB over the record's own files and nothing else.

The tables are registered first; then access to files and the network, the configuration and the scanning of Python's variables
are locked. One statement, SELECT or EXPLAIN; limits on rows, time and memory.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb
import pyarrow as pa

from visavis.errors import QueryError, RecordError
from visavis.store import schema
from visavis.store.folder import Folder, ordered
from visavis.store.tables import TABLES, Table
from visavis.store.tables.runs import Run

# What a series has to be divided by: articles (not teasers) per outlet and day of publication.
_COVERAGE = """
select a.outlet, any_value(a.outlet_country) as outlet_country,
       case when a.published.precision = 'day' then a.published.earliest end as day,
       count(*) as articles, count(s.story_id) as leads, sum(length(a.text))::bigint as characters
from articles a left join stories s on s.lead_id = a.article_id
where a.kind = 'article' group by all order by a.outlet, day
"""
VIEWS = {"coverage": _COVERAGE}


MEMORY = "2GB"
# Rows that are taken from DuckDB at a time, so that a limit stops an endless answer early.
_BATCH = 10_000


@dataclass(frozen=True)
class Limits:
    """How much a question may take: rows of the answer, seconds of wall clock. Memory is bounded for all questions together."""

    rows: int = 1_000_000
    seconds: float = 60.0


class Shelf:
    """The tables of a record at one run, in a locked DuckDB of their own. Questions may come from several threads.

    What does not fit `memory` goes to files in the folder `spill`, or is refused when there is none.
    """

    def __init__(
        self, folders: Mapping[str, Folder], runs: Sequence[Run], memory: str = MEMORY, spill: Path | None = None
    ) -> None:
        self._folders = folders
        self._runs = runs
        self._memory, self._spill = memory, spill
        self.views = VIEWS

    def ask(self, query: str, values: Mapping[str, object] | None = None, limits: Limits = Limits()) -> pa.Table:
        """The answer to a query, with `$name` standing for the values; raises QueryError for bad SQL, a forbidden statement or a
        limit that is passed."""
        with self._database.cursor() as connection:
            _check_statement(connection, query)
            return _run(connection, query, values, limits)

    def stream(self, query: str, values: Mapping[str, object] | None = None, rows: int = _BATCH) -> Iterator[pa.Table]:
        """The answer to a query of our own, about `rows` at a time, without limits; raises QueryError for one that fails."""
        with self._database.cursor() as connection:
            try:
                reader: pa.RecordBatchReader = connection.sql(query, params=values).to_arrow_reader(rows)
                for batch in reader:
                    yield pa.Table.from_batches([batch], schema=reader.schema)
            except (duckdb.Error, pa.ArrowException) as error:
                raise QueryError(f"The query failed: {_first_line(error)}") from error

    def placed(self, name: str) -> str:
        """SQL for the rows of a table with the column `row_at` beside its own: where the row lies, for `at`."""
        if name not in self._files:
            return f"(select *, rowid as row_at from {name})"
        columns = _columns(TABLES[name], self._present[name])
        return f"(select {columns}, (file_index::bigint << 32) + file_row_number as row_at from {_parquet(self._files[name])})"

    def keeps_places(self, name: str) -> bool:
        """Whether a place in the table is the same whoever opens this run."""
        return name in self._files

    def at(self, name: str, places: Iterable[int]) -> pa.Table:
        """The rows at these places, in the order of their ids: few are read, however long the table is."""
        table, wanted = TABLES[name], dict[int, list[int]]()
        for place in places:
            wanted.setdefault(place >> 32, []).append(place & 0xFFFFFFFF)
        found = [table.schema.empty_table()]
        for number, rows in sorted(wanted.items()):
            source = _parquet([self._files[name][number]])
            query = f"select * from {source} where file_row_number in ({', '.join(map(str, rows))})"
            found.append(schema.conform(self.ask(query), table.schema))
        return ordered(pa.concat_tables(found), table.key)

    def scratch(self, name: str, query: str) -> None:
        """Keep the answer to a query of our own as the table `scratch.NAME`, beside the record's tables; needs a place to `spill`."""
        with self._database.cursor() as connection:
            try:
                connection.execute(f"create table scratch.{name} as {query}")
            except duckdb.Error as error:
                raise QueryError(f"The query failed: {_first_line(error)}") from error

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        """The files of the tables whose rows they tell."""
        listed = {name: folder.files() for name, folder in self._folders.items()}
        return {
            name: files for name, files in listed.items() if files and not self._folders[name].has_deletion_vectors()
        }

    @cached_property
    def _present(self) -> dict[str, set[str]]:
        """The columns that the files of those tables have."""
        with duckdb.connect(":memory:") as connection:
            return {name: _names(connection, name, files) for name, files in self._files.items()}

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(":memory:")
        connection.execute(f"set memory_limit={_quoted(self._memory)}")
        connection.execute(f"set temp_directory={_quoted('' if self._spill is None else str(self._spill))}")
        if self._spill is not None:
            connection.execute("attach ':memory:' as scratch (compress)")
        # The files of a version never change, so what their ends say need not be read again for each question.
        connection.execute("set parquet_metadata_cache=true")
        for name, folder in self._folders.items():
            if name in self._files:
                columns = _columns(folder.table, self._present[name])
                connection.execute(f"create view {name} as select {columns} from {_parquet(self._files[name])}")
            else:
                _load(connection, name, folder.read())
        _load(connection, "runs", ordered(TABLES["runs"].to_arrow(self._runs), "number"))
        for name, query in VIEWS.items():
            connection.execute(f"create view {name} as {query}")
        _lock(connection, [file for listed in self._files.values() for file in listed])
        return connection


def _names(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[str]) -> set[str]:
    """The columns of a table's files; raises RecordError when they cannot be read."""
    try:
        return {row[0] for row in connection.execute(f"describe from {_parquet(files)}").fetchall()}
    except duckdb.Error as error:
        raise RecordError(
            f"The table {name} cannot be read ({_first_line(error)}).", "Restore it from a copy."
        ) from error


def _columns(table: Table, present: set[str]) -> str:
    """The table's columns; one that an older record lacks is null."""
    return ", ".join(f'"{name}"' if name in present else f'null as "{name}"' for name in table.schema.names)


def _parquet(files: Sequence[str]) -> str:
    return f"read_parquet([{', '.join(_quoted(file) for file in files)}], union_by_name=true)"


def _load(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """A table in memory: for what has no files, or files that do not tell the rows."""
    connection.register("incoming", rows)
    connection.execute(f"create table {name} as from incoming")
    connection.unregister("incoming")


def _lock(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> None:
    connection.execute(f"set allowed_paths=[{', '.join(_quoted(file) for file in files)}]")
    for setting in (
        "enable_external_access=false",
        "python_enable_replacements=false",
        "autoinstall_known_extensions=false",
        "autoload_known_extensions=false",
        "lock_configuration=true",
    ):
        connection.execute(f"set {setting}")


def _check_statement(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    try:
        statements = connection.extract_statements(query)
    except duckdb.Error as error:
        raise QueryError(f"The SQL cannot be read: {_first_line(error)}") from error
    allowed = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    if len(statements) != 1 or statements[0].type not in allowed:
        raise QueryError("Only one SELECT (or EXPLAIN, DESCRIBE, SHOW TABLES) can be asked.", "A record is read-only.")


def _run(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object] | None, limits: Limits
) -> pa.Table:
    timer = threading.Timer(limits.seconds, connection.interrupt)
    timer.start()
    try:
        reader: pa.RecordBatchReader = connection.sql(query, params=values).to_arrow_reader(_BATCH)
        batches, count = [], 0
        for batch in reader:
            batches.append(batch)
            count += len(batch)
            if count > limits.rows:
                raise QueryError(f"The answer has more than {limits.rows:,} rows.", "Add a LIMIT, or export the table.")
        return pa.Table.from_batches(batches, schema=reader.schema)
    except duckdb.InterruptException as error:
        raise QueryError(f"The query took longer than {limits.seconds:g} s.", "Ask for less.") from error
    except (duckdb.Error, pa.ArrowException) as error:
        hint = "Tables: " + ", ".join([*TABLES, *VIEWS]) + "." if "does not exist" in str(error) else ""
        raise QueryError(f"The query failed: {_first_line(error)}", hint) from error
    finally:
        timer.cancel()


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
