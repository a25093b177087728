"""SQL from a user reads the record's own tables and nothing else."""

from __future__ import annotations

import pytest

from tests.store.samples import small_record
from visavis.errors import QueryError
from visavis.store import Limits, Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("query")
    (folder / "secret.csv").write_text("word\nhidden\n")
    return small_record(folder / "r")


@pytest.mark.parametrize(
    "query",
    [
        "select quote from events",
        "from stories",
        "with a as (select 1 as n) select n from a",
        "values (1), (2)",
        "show tables",
        "describe events",
        "summarize articles",
        "explain select * from events",
    ],
)
def test_questions_are_answered(record: Record, query: str) -> None:
    assert record.sql(query).num_rows > 0


@pytest.mark.parametrize(
    "query",
    [
        "select * from read_csv('{folder}/secret.csv')",
        "select * from '{folder}/secret.csv'",
        "select * from read_text('{folder}/secret.csv')",
        "select * from glob('{folder}/*')",
        "select * from read_blob('{folder}/r/record.json')",
        "select * from delta_scan('{folder}/r/events')",
        "select * from query('from read_text(''{folder}/secret.csv'')')",
        "copy events to '{folder}/out.csv'",
        "export database '{folder}/out'",
        "attach '{folder}/out.db'",
        "install httpfs",
        "load httpfs",
        "set enable_external_access=true",
        "set lock_configuration=false",
        "reset allowed_paths",
        "pragma threads=4",
        "create table x as select 1",
        "drop view events",
        "delete from events",
        "select 1; select 2",
        "call pragma_version()",
        "",
    ],
)
def test_nothing_else_is_read_written_or_set(record: Record, query: str) -> None:
    folder = record.path.parent
    with pytest.raises(QueryError):
        record.sql(query.format(folder=folder))
    assert sorted(path.name for path in folder.iterdir()) == ["r", "secret.csv"]


def test_variables_of_the_calling_program_are_out_of_reach(record: Record) -> None:
    import pyarrow as pa

    secrets = pa.table({"word": ["hidden"]})
    assert len(secrets) == 1
    with pytest.raises(QueryError, match="secrets does not exist"):
        record.sql("select * from secrets")


def test_a_value_is_bound_and_never_run(record: Record) -> None:
    odd = "x' or 'a'='a"
    assert record.sql("select count(*) n from events where type = $t", {"t": odd}).to_pylist() == [{"n": 0}]


def test_a_faulty_query_is_answered_in_one_line(record: Record) -> None:
    with pytest.raises(QueryError, match="cannot be read") as caught:
        record.sql("selec 1")
    assert "\n" not in str(caught.value)


def test_an_unknown_table_is_answered_with_the_known_ones(record: Record) -> None:
    with pytest.raises(QueryError, match="Tables: pages, articles"):
        record.sql("select * from event")


def test_an_answer_that_is_too_long_is_given_up(record: Record) -> None:
    with pytest.raises(QueryError, match="more than 10 rows"):
        record.sql("select * from range(100)", limits=Limits(rows=10))


def test_a_question_that_takes_too_long_is_given_up(record: Record) -> None:
    with pytest.raises(QueryError, match="longer than"):
        record.sql("select count(*) from range(1000000) a, range(1000000) b", limits=Limits(seconds=0.3))


def test_a_question_that_takes_too_much_memory_is_given_up(record: Record) -> None:
    with pytest.raises(QueryError, match="Out of Memory"):
        record.shelf("50MB", None).ask("select list(repeat('x', 1000) || range) from range(1000000)")
