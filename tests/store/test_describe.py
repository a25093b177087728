"""The documentation of the record and its schema agree."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from visavis.store import TABLES
from visavis.store.describe import columns, one_row, unknown
from visavis.store.query import VIEWS

ROOT = Path(__file__).resolve().parents[2]


def test_every_column_of_every_table_has_a_meaning() -> None:
    silent = [f"{name}.{column.name}" for name in [*TABLES, *VIEWS] for column in columns(name) if not column.meaning]
    assert silent == []


def test_no_meaning_is_given_for_a_column_that_is_not_there() -> None:
    assert unknown() == []


def test_every_table_says_what_a_row_is() -> None:
    assert all(one_row(name).endswith(".") and len(one_row(name)) > 10 for name in [*TABLES, *VIEWS])


def test_the_view_has_the_columns_that_are_described(tmp_path: Path) -> None:
    from tests.store.samples import small_record

    record = small_record(tmp_path / "r")
    for view in VIEWS:
        assert record.table(view).schema.names == [column.name for column in columns(view)]


def test_the_page_about_the_record_is_made_from_the_schema() -> None:
    script = ROOT / "scripts" / "make_record_docs.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"run {script.name}: docs/record.md is not what the schema says\n{found.stderr}"
