"""A GDELT file gives the same events by the column as by the row, and what is odd is left to the rows."""

from __future__ import annotations

import gzip
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.imports.test_events import GDELT, table
from visavis.errors import InputError
from visavis.records import Event
from visavis.store import Record
from visavis.store.imports.gdelt import FIRST, SECOND, read_gdelt
from visavis.store.imports.gdelt_columns import Odd, gdelt_tables
from visavis.store.imports.load import add_file
from visavis.store.schema import arrow_schema, from_arrow
from visavis.store.seen import SeenIds


def rows(**changed: list[str]) -> list[dict[str, str]]:
    """As many rows as the longest list, each with an id of its own."""
    size = max(map(len, changed.values()), default=1)
    return [
        {**GDELT, "GLOBALEVENTID": str(n), **{name: values[n % len(values)] for name, values in changed.items()}}
        for n in range(size)
    ]


def both(path: Path) -> tuple[list[Event], list[Event]]:
    tables = list(gdelt_tables(path))
    assert all(one.schema == arrow_schema(Event) for one in tables)
    return [event for one in tables for event in from_arrow(Event, one)], list(read_gdelt(path))


VARIED = {
    "Actor1CountryCode": ["TUR", "", "ROM", "XYZ"],
    "Actor1Code": ["TUR", "", "ROM"],
    "Actor1Name": ["ANKARA", "", "Zürich"],
    "Actor2Type1Code": ["MED", "", "GOV", "RAD"],
    "GoldsteinScale": ["1.9", "", "-10.0"],
    "SOURCEURL": ["https://lakepost.example/a", "", "https://lakepost.example/b?x=\"1'2"],
    "QuadClass": ["1", "4"],
    "SQLDATE": ["20240301", "20240331", "20240302"],
    "ActionGeo_FullName": ["", "Rome, Lazio, Italy"],
}


@pytest.mark.parametrize("columns", [SECOND, FIRST, FIRST[:-1]], ids=["2.0", "1.0", "1.0 of 2013"])
@pytest.mark.parametrize("header", [True, False])
def test_by_the_column_and_by_the_row_are_the_same(tmp_path: Path, columns: tuple[str, ...], header: bool) -> None:
    fast, slow = both(table(tmp_path / "a.CSV", rows(**VARIED), columns, header))
    assert len(fast) == 4
    assert fast == slow


codes = st.sampled_from(["010", "01", "1056", "042", "190", "203"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(codes, st.text("AZé \"'|,", max_size=5), st.sampled_from(["", "1e0", "-2", "7.5"])),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_stands_in_the_cells(tmp_path: Path, given: list[tuple[str, str, str]]) -> None:
    changed = [{"EventCode": c, "EventRootCode": c[:2], "Actor1Name": n, "GoldsteinScale": g} for c, n, g in given]
    path = table(
        tmp_path / "a.CSV", [{**GDELT, "GLOBALEVENTID": str(n), **one} for n, one in enumerate(changed)], SECOND, False
    )
    fast, slow = both(path)
    assert fast == slow


@pytest.mark.parametrize(
    "column,value",
    [
        ("EventCode", "43"), ("MonthYear", "202404"), ("Year", "2023"), ("QuadClass", "5"), ("GoldsteinScale", "11"), ("SQLDATE", "20240230"),
        ("Actor2CountryCode", "ROMGOV"), ("GLOBALEVENTID", "x1"), ("EventRootCode", "05"), ("QuadClass", ""), ("GLOBALEVENTID", ""),
    ],
)  # fmt: skip
def test_a_shifted_row_is_named_and_leaves_nothing(tmp_path: Path, column: str, value: str) -> None:
    path = table(tmp_path / "a.CSV", [GDELT, {**GDELT, "GLOBALEVENTID": "910002", column: value}], SECOND, False)
    with pytest.raises(Odd):
        list(gdelt_tables(path))
    with pytest.raises(InputError, match=r"a\.CSV, line 2"):
        add_file("gdelt", path, tmp_path / "r")
    assert Record.open(tmp_path / "r").table("events").num_rows == 0


def test_a_row_of_another_length_is_named(tmp_path: Path) -> None:
    path = table(tmp_path / "a.CSV", [GDELT], SECOND, False)
    path.write_text(path.read_text() + "1\t2\n")
    with pytest.raises(InputError, match="line 2: 2 cells"):
        add_file("gdelt", path, tmp_path / "r")


def test_a_line_in_an_old_encoding_costs_nothing(tmp_path: Path) -> None:
    path = table(tmp_path / "a.CSV", rows(ActionGeo_FullName=["Zürich", "Łódź"]), SECOND, False)
    first, second = path.read_bytes().splitlines(keepends=True)
    packed = tmp_path / "a.CSV.gz"
    packed.write_bytes(gzip.compress(first.decode().encode("iso-8859-1") + second))
    added = add_file("gdelt", packed, tmp_path / "r")
    assert (added.read, added.new) == (2, 2)
    assert {event.place for event in Record.open(tmp_path / "r").events()} == {"Zürich", "Łódź"}


def test_ids_are_new_once(tmp_path: Path) -> None:
    one = table(tmp_path / "a.CSV", [*rows(QuadClass=["1"] * 5), GDELT, GDELT], SECOND, False)
    two = table(tmp_path / "b.CSV", rows(QuadClass=["1"] * 7), SECOND, False)
    assert [add_file("gdelt", path, tmp_path / "r").new for path in (one, two, one)] == [6, 2, 0]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), max_size=12), max_size=8))
def test_ids_that_were_met_are_those_of_a_set(batches: list[list[int]]) -> None:
    seen, known = SeenIds(), set[str]()
    for batch in batches:
        ids = [f"{n:016x}" if n % 3 else f"odd-{n}" for n in batch]
        found = seen.new(pa.array(ids, pa.string()))
        for at, one in enumerate(ids):
            assert found[at] == (one not in known)
            known.add(one)
    assert len(seen) == len(known)
