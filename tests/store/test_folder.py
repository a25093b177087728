"""The traps of a Delta table read as files: no files, rows deleted in place, columns that came later."""

from __future__ import annotations

import json
import string
import struct
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from tests.store.samples import article, small_record
from visavis.errors import RecordError
from visavis.store import Record
from visavis.store.folder import Folder
from visavis.store.tables import TABLES

ALIASES = TABLES["aliases"]


def rows(*names: str) -> pa.Table:
    return pa.table({"old_id": list(names), "new_id": ["x"] * len(names)}, schema=ALIASES.schema)


def test_a_table_that_was_never_written_is_empty(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ALIASES)
    assert folder.version is None and folder.files() == []
    assert folder.read().schema == ALIASES.schema


def test_a_table_whose_rows_are_all_gone_is_empty_and_can_be_asked(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    with record.writer() as writer:
        writer.settle("events", [])
        writer.finish("test", settings={})
    after = Record.open(tmp_path / "r")
    assert after.rows("events") == () and len(after.events()) == 0


def test_a_table_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "aliases").write_text("a file where the folder should be")
    with pytest.raises(RecordError, match=r"The table aliases in .* cannot be written"):
        Folder(tmp_path, ALIASES).append(rows("a"))


def test_many_ids_are_deleted_and_no_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ALIASES)
    folder.append(rows(*(f"{n:04d}" for n in range(2500)), "it's"))
    folder.delete("old_id", [f"{n:04d}" for n in range(1, 2500)] + ["it's"])
    assert folder.read().column("old_id").to_pylist() == ["0000"]


def test_a_column_that_came_later_is_null_in_older_rows(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    old = record.table("articles").drop_columns(["mended", "outlet"])
    write_deltalake(tmp_path / "r" / "articles", old, mode="overwrite", schema_mode="overwrite")
    with record.writer() as writer:
        writer.finish("test", settings={})
    after = Record.open(tmp_path / "r")
    assert [row.outlet for row in after.rows("articles")] == [""]
    assert after.sql("select outlet from articles").to_pylist() == [{"outlet": None}]
    grown = after.commit("test", {"articles": [article("new page")]})
    assert sorted(row.outlet for row in grown.rows("articles")) == ["", "Lake Post"]


def test_rows_that_another_program_deleted_in_place_are_not_seen(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    record.commit("test", {"articles": [article("second page"), article("third page")]})
    _mark_a_row_as_deleted(DeltaTable(tmp_path / "r" / "articles"))
    with Record.open(tmp_path / "r").writer() as writer:
        writer.finish("test", settings={})
    after = Record.open(tmp_path / "r")
    folder = Folder(tmp_path / "r", TABLES["articles"])
    assert folder.has_deletion_vectors()
    assert len(after.rows("articles")) == 2
    assert after.sql("select count(*) n from articles").to_pylist() == [{"n": 2}]


def test_small_files_are_merged_and_older_versions_stay(tmp_path: Path) -> None:
    folder = Folder(tmp_path, ALIASES)
    for n in range(6):
        folder.append(rows(str(n)))
    folder.compact(above=5)
    assert len(folder.files()) == 1
    assert sorted(folder.read().column("old_id").to_pylist()) == list("012345")
    assert len(Folder(tmp_path, ALIASES, version=2).read()) == 3


def _mark_a_row_as_deleted(delta: DeltaTable) -> None:
    """Commit by hand what Spark would: the first row of the last file is deleted by a deletion vector, the file stays."""
    log = Path(delta.table_uri.removeprefix("file://")) / "_delta_log"
    last = log / f"{delta.version():020d}.json"
    add = next(action["add"] for line in last.read_text().splitlines() if "add" in (action := json.loads(line)))
    # The format of the Delta protocol: magic, one 32-bit bucket, its key, a roaring bitmap with one array container holding 0.
    bitmap = struct.pack("<IQI", 1681511377, 1, 0) + struct.pack("<IIHHIH", 12346, 1, 0, 0, 16, 0)
    vector = {"storageType": "i", "pathOrInlineDv": _z85(bitmap), "sizeInBytes": len(bitmap), "cardinality": 1}
    features = ["deletionVectors"]
    actions = [
        {
            "protocol": {
                "minReaderVersion": 3,
                "minWriterVersion": 7,
                "readerFeatures": features,
                "writerFeatures": features,
            }
        },
        {"remove": {"path": add["path"], "dataChange": True, "deletionTimestamp": 0}},
        {"add": {**add, "deletionVector": vector}},
    ]
    (log / f"{delta.version() + 1:020d}.json").write_text("".join(json.dumps(action) + "\n" for action in actions))


def _z85(data: bytes) -> str:
    """ZeroMQ's base 85, padded to four bytes."""
    alphabet = string.digits + string.ascii_lowercase + string.ascii_uppercase + ".-:+=^!/*?&<>()[]{}@%$#"
    padded = data + b"\0" * (-len(data) % 4)
    words = [int.from_bytes(padded[at : at + 4], "big") for at in range(0, len(padded), 4)]
    return "".join(alphabet[word // 85**power % 85] for word in words for power in (4, 3, 2, 1, 0))
