"""The timeline counts every event that happened once a row, or says that it has no place."""

from __future__ import annotations

from itertools import cycle, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.show import samples
from visavis.errors import QueryError
from visavis.show.digest import digest_of
from visavis.show.digest.cells import cells_of
from visavis.show.names import names
from visavis.show.timeline import asked, fetch_timeline
from visavis.show.views.timeline import FACETS, bounds_of, periods_of
from visavis.store import Record


def test_events_stand_in_their_year_above_or_below(small_record: Record) -> None:
    (row,) = fetch_timeline(small_record, names()).rows
    assert [(bar.period, bar.cooperative, bar.conflictual) for bar in row.bars] == [("2021", 1, 2), ("2022", 1, 0)]


def test_a_row_for_each_dyad_type_class_or_story(small_record: Record) -> None:
    rows = {facet: fetch_timeline(small_record, names(), facet=facet).rows for facet in FACETS}
    assert [(row.key, row.label, row.cooperative, row.conflictual) for row in rows["dyad"]] == [
        ("RUS/USA", "Russia – United States", 1, 2),
        ("CHN/RUS", "China – Russia", 1, 0),
    ]
    assert {row.key: row.cooperative + row.conflictual for row in rows["type"]} == {"CONSULT": 2, "SANCTION": 2}
    assert {row.label for row in rows["quad"]} == {"verbal cooperation", "verbal conflict"}
    assert [row.label for row in rows["story"]] == [samples.FIRST.title]


def test_filters_leave_out_and_dates_that_are_too_coarse_are_counted_apart(tmp_path, small_record: Record) -> None:
    assert fetch_timeline(small_record, names(), filters={"a": "CHN"}).rows[0].cooperative == 1
    assert fetch_timeline(small_record, names(), filters={"b": "CHN"}).rows[0].cooperative == 1
    both = fetch_timeline(small_record, names(), by="quarter", filters={"a": "USA", "b": "RUS", "since": "2021-05"})
    assert [(bar.period, bar.cooperative, bar.conflictual) for bar in both.rows[0].bars] == [("2021-Q2", 1, 0)]
    assert fetch_timeline(small_record, names(), filters={"type": "aid"}).rows == ()
    year = samples.event("year")
    year = type(year)(**{f: getattr(year, f) for f in year.__struct_fields__} | {"date_to": "2021-12-31"})
    record = Record.create(tmp_path / "r").commit("test", {"events": [year, samples.event("none", date=None)]})
    assert [fetch_timeline(record, names(), by=by).undated for by in ("year", "month")] == [1, 2]


def test_the_digest_counts_what_the_events_say(demo_record: Path) -> None:
    demo = Record.open(demo_record)
    filters = [
        {},
        {"a": "CHN"},
        {"a": "USA", "b": "CHN"},
        {"type": "CONSULT"},
        {"type": "SANCTION", "a": "RUS"},
        {"since": "2021-03-01"},
        {"since": "2020-01-01", "until": "2022-06-30", "a": "USA"},
    ]
    # Every filter with every facet, the lengths of periods in turn.
    for (facet, given_), by in zip(product(FACETS[:4], filters), cycle(("year", "quarter", "month")), strict=False):
        values = {"a": "", "b": "", "type": "", "since": "", "until": ""} | given_
        cells, undated, left_out = cells_of(digest_of(demo), by, facet, values, 10_000)
        asked_cells, asked_undated = asked(demo, by, facet, values)
        assert ([{**cell, "key": str(cell["key"])} for cell in asked_cells], asked_undated) == (cells, undated), values
        assert left_out == 0
    few, _, left_out = cells_of(
        digest_of(demo), "year", "dyad", {"a": "", "b": "", "type": "", "since": "", "until": ""}, 3
    )
    assert len({cell["key"] for cell in few}) == 3 and left_out > 0
    assert fetch_timeline(demo, names(), facet="dyad", most=3).left_out == left_out


def test_rows_beyond_the_most_are_counted_and_unknown_words_told(small_record: Record) -> None:
    assert fetch_timeline(small_record, names(), facet="type", most=1).left_out == 1
    for wrong in ({"by": "week"}, {"facet": "mood"}, {"filters": {"type": "LOVE"}}, {"filters": {"since": "once"}}):
        with pytest.raises(QueryError):
            fetch_timeline(small_record, names(), **wrong)


@given(st.sampled_from(["", "-Q", "-"]), st.integers(1900, 2100), st.integers(0, 40))
def test_periods_have_no_gap_and_their_bounds_follow_each_other(sign: str, year: int, more: int) -> None:
    parts = {"": 1, "-Q": 4, "-": 12}[sign]

    def name(n: int) -> str:
        return f"{n // parts}" + (f"{sign}{n % parts + 1:0{2 if parts == 12 else 1}d}" if sign else "")

    found = periods_of(name(year * parts), name(year * parts + more))
    assert len(found) == more + 1 and list(found) == sorted(found) and len(set(found)) == len(found)
    assert all(
        since <= until and since.startswith(period[:4]) for period in found for since, until in [bounds_of(period)]
    )
