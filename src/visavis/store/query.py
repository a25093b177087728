"""Questions in SQL, answered by DuckDB over the record's own files and nothing else.

The tables are registered first; then access to files and the network, the configuration and the scanning of Python's variables
are locked. One statement, SELECT or EXPLAIN; limits on rows, time and memory.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import duckdb
import pyarrow as pa

from visavis.errors import QueryError
from visavis.store.folder import Folder, ordered
from visavis.store.tables import TABLES
from visavis.store.tables.runs import Run

# What a series has to be divided by: articles (not teasers) per outlet and day of publication.
_COVERAGE = """
select a.outlet, any_value(a.outlet_country) as outlet_country,
       case when a.published.precision = 'day' then a.published.earliest end as day,
       count(*) as articles, count(s.story_id) as leads, sum(length(a.text))::bigint as characters
from articles a left join stories s on s.lead_id = a.article_id
where a.kind <> 'teaser' group by all order by a.outlet, day
"""
VIEWS = {"coverage": _COVERAGE}


# Rows that are taken from DuckDB at a time, so that a limit stops an endless answer early.
_BATCH = 10_000


@dataclass(frozen=True)
class Limits:
    """How much a question may take: rows of the answer, seconds of wall clock, memory in DuckDB's notation."""

    rows: int = 1_000_000
    seconds: float = 60.0
    memory: str = "2GB"


class Shelf:
    """The tables of a record at one run, opened for DuckDB."""

    def __init__(self, folders: Mapping[str, Folder], runs: Sequence[Run]) -> None:
        self._folders = folders
        self._runs = runs
        self.views = VIEWS

    def ask(self, query: str, limits: Limits) -> pa.Table:
        """The answer to a user's query; raises QueryError for bad SQL, a forbidden statement or a limit that is passed."""
        with self._connect(limits) as connection:
            _check_statement(connection, query)
            return _run(connection, query, None, limits)

    def select(self, query: str, values: Mapping[str, object]) -> pa.Table:
        """The answer to one of our own queries, with `$name` standing for the values."""
        with self._connect(Limits()) as connection:
            return _run(connection, query, values, Limits())

    def view(self, name: str) -> pa.Table:
        """The rows of a view."""
        return self.select(f"select * from {name}", {})

    @cached_property
    def _files(self) -> dict[str, list[str]]:
        return {name: folder.files() for name, folder in self._folders.items()}

    def _connect(self, limits: Limits) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(":memory:")
        connection.execute(f"set memory_limit={_quoted(limits.memory)}")
        connection.execute("set temp_directory=''")
        for name, folder in self._folders.items():
            self._register(connection, name, folder)
        connection.register("runs", ordered(TABLES["runs"].to_arrow(self._runs), "number"))
        for name, query in VIEWS.items():
            connection.execute(f"create view {name} as {query}")
        _lock(connection, [file for files in self._files.values() for file in files])
        return connection

    def _register(self, connection: duckdb.DuckDBPyConnection, name: str, folder: Folder) -> None:
        files = self._files[name]
        if not files or folder.has_deletion_vectors():
            connection.register(name, folder.read())
            return
        listed = ", ".join(_quoted(file) for file in files)
        have = connection.execute(f"describe from read_parquet([{listed}], union_by_name=true)").fetchall()
        present = {row[0] for row in have}
        columns = ", ".join(f'"{c}"' if c in present else f'null as "{c}"' for c in folder.table.schema.names)
        connection.execute(f"create view {name} as select {columns} from read_parquet([{listed}], union_by_name=true)")


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
