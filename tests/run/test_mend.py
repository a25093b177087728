"""What the kept pages can restore is restored: after any damage but to the pages themselves the record is the one it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.run.samples import write_pile
from visavis.run import Settings, read_pile
from visavis.run.mend import mend
from visavis.store import TABLES, Record
from visavis.store.check import check

SMALL = Settings(pages_a_batch=16, articles_a_batch=16)
Rows = dict[str, tuple[Any, ...]]
EMPTY = tuple(
    name for name in ("articles", "signatures", "stories", "copies", "aliases", "events", "codings", "happenings")
)


def rows_of(record: Record) -> Rows:
    return {name: record.rows(name) for name in TABLES if name != "runs"}


def plant(record: Path, damage: dict[str, Any]) -> None:
    with Record.open(record).writer() as writer:
        for name, rows in damage.items():
            writer.rewrite(name, rows)
        writer.finish("damage", settings={})


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    write_pile(folder, range(6))
    return folder


def first(rows: tuple[Any, ...], **changed: Any) -> tuple[Any, ...]:
    return (replace(rows[0], **changed), *rows[1:])


def damages(rows: Rows) -> dict[str, dict[str, Any]]:
    events, articles = rows["events"], rows["articles"]
    return {
        "a lost article": {"articles": articles[1:]},
        "another text": {"articles": tuple(replace(row, text="It is " + row.text) for row in articles)},
        "moved spans": {"articles": first(articles, spans=())},
        "a lost signature": {"signatures": rows["signatures"][1:]},
        "a moved event": {"events": first(events, start=events[0].start + 2)},
        "another type": {"events": first(events, type="ASSAULT")},
        "a lost event": {"events": events[1:]},
        "a coding too many": {"codings": first(rows["codings"], events=7)},
        "no stories": {"stories": ()},
        "a lost member": {"stories": first(rows["stories"], article_ids=("f" * 16,))},
        "no happenings but one": {"happenings": first(rows["happenings"], event_ids=("e",))},
        "everything but the pages": {name: () for name in EMPTY if name not in ("articles", "signatures")},
    }


def test_damage_of_several_kinds_is_mended_at_once(tmp_path: Path, pile: Path) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "r", SMALL).record)
    kinds = damages(whole)
    plant(
        tmp_path / "r",
        kinds["another text"] | kinds["a moved event"] | kinds["a coding too many"] | kinds["a lost member"],
    )
    found, left = mend(tmp_path / "r", SMALL)
    assert {finding.table for finding in found} >= {"articles", "events", "codings", "stories"} and not left
    assert rows_of(Record.open(tmp_path / "r")) == whole


@pytest.mark.slow
def test_each_damage_is_found_and_mended(tmp_path: Path, pile: Path) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "r", SMALL).record)
    for name, damage in damages(whole).items():
        plant(tmp_path / "r", damage)
        found, left = mend(tmp_path / "r", SMALL)
        assert found and not left, name
        assert rows_of(Record.open(tmp_path / "r")) == whole, name


def test_a_row_that_stands_twice_is_one_again(tmp_path: Path, pile: Path) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "r", SMALL).record)
    with Record.open(tmp_path / "r").writer() as writer:
        table = TABLES["events"]
        writer._folder(table).append(table.to_arrow(list(whole["events"])))
        writer.finish("damage", settings={})
    found, left = mend(tmp_path / "r", SMALL)
    assert {finding.problem for finding in found} >= {"the id stands in 2 rows"} and not left
    assert rows_of(Record.open(tmp_path / "r")) == whole


def test_a_page_that_is_gone_is_told_and_not_made_up(tmp_path: Path, pile: Path) -> None:
    whole = rows_of(read_pile([pile], tmp_path / "r", SMALL).record)
    plant(tmp_path / "r", {"pages": first(whole["pages"], body=b"not packed")})
    found, left = mend(tmp_path / "r", SMALL)
    assert [finding.problem for finding in left] == ["the kept bytes cannot be unpacked"] == [f.problem for f in found]


def test_a_sound_record_is_left_alone(tmp_path: Path, pile: Path) -> None:
    record = read_pile([pile], tmp_path / "r", SMALL).record
    assert mend(tmp_path / "r", SMALL) == ([], [])
    assert Record.open(tmp_path / "r").runs == record.runs


def test_a_vacuum_spares_every_run_and_whoever_reads_it(tmp_path: Path, pile: Path) -> None:
    files = sorted(pile.iterdir())
    first_run = read_pile(files[:3], tmp_path / "r", Settings(pages_a_batch=1, articles_a_batch=1)).record
    read_pile(files[3:], tmp_path / "r", Settings(pages_a_batch=1, articles_a_batch=1))
    before = [rows_of(Record.open(tmp_path / "r", run.run_id)) for run in Record.open(tmp_path / "r").runs]
    reader = Record.open(tmp_path / "r", 1)
    count = reader.sql("select count(*) n from events")  # its files are open while the others are deleted
    with Record.open(tmp_path / "r").writer() as writer:
        gone = writer.vacuum()
        writer.finish("vacuum", settings={})
    assert reader.sql("select count(*) n from events") == count
    assert [rows_of(Record.open(tmp_path / "r", number)) for number in (1, 2)] == before
    assert check(Record.open(tmp_path / "r")) == [] and gone >= 0
    assert rows_of(first_run) == before[0]


def test_signatures_of_another_version_are_made_anew_when_the_record_grows_or_is_mended(tmp_path: Path) -> None:
    files = write_pile(tmp_path / "pile", range(6))
    whole = read_pile(files, tmp_path / "whole", SMALL).record
    for name, part, heal in (("grown", files[:3], lambda at: read_pile(files, at, SMALL)), ("mended", files, mend)):
        record = read_pile(part, tmp_path / name, SMALL).record
        old = [replace(row, version="before", shingle_bytes=b"") for row in record.rows("signatures")]
        record.commit("test", {"signatures": old})
        heal(tmp_path / name)
        for table in ("signatures", "copies", "stories"):
            assert Record.open(tmp_path / name).rows(table) == whole.rows(table)
