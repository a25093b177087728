"""Exchanges of expulsions as other people tabulate them."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.errors import InputError
from visavis.store import Record
from visavis.store.imports.load import add_file

TABLE = """date,sender,target,n_sent,n_reply,reply_days,source_url
2011-05-04,Ruritania,FRA,3,3,2,https://paper.example/a
2011-06,FRA,Germany,4,,,
2012-01-02,DEU,FRA,2,0,,
"""


def test_a_table_of_expulsions_fills_the_record_once(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(TABLE, "utf-8")
    added = add_file("expulsions", tmp_path / "x.csv", tmp_path / "record")
    assert (added.read, added.new, added.left_out) == (3, 2, 1), "Ruritania is no state"
    assert add_file("expulsions", tmp_path / "x.csv", tmp_path / "record").new == 0
    rows = Record.open(tmp_path / "record").rows("expulsions")
    by_sender = {row.sender: row for row in rows}
    assert (by_sender["FRA"].sent, by_sender["FRA"].replied, by_sender["FRA"].date_to) == (4, None, "2011-06-30")
    assert by_sender["DEU"].replied == 0


@pytest.mark.parametrize(
    ("old", "new", "words"), [(",3,3,", ",three,3,", "line 2"), ("n_sent", "many", "no column 'sent'")]
)
def test_a_table_that_is_something_else_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "x.csv").write_text(TABLE.replace("Ruritania", "ITA").replace(old, new), "utf-8")
    with pytest.raises(InputError, match=words):
        add_file("expulsions", tmp_path / "x.csv", tmp_path / "record")
