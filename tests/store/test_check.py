"""Planted damage of each kind is found, and a sound record is found sound."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.store.samples import small_record
from visavis.records import Copy, Happening
from visavis.store import TABLES, Record
from visavis.store.check import check, untold
from visavis.store.folder import Folder
from visavis.store.tables.text import Alias, StoredCopy

Rows = dict[str, tuple[Any, ...]]


def test_a_sound_record_has_no_findings(tmp_path: Path) -> None:
    assert check(small_record(tmp_path / "r")) == []


def shifted(rows: Rows) -> Rows:
    return {"events": (replace(rows["events"][0], start=1),)}


def other_type(rows: Rows) -> Rows:
    return {"events": (replace(rows["events"][0], type="ASSAULT"),)}


def stray_party(rows: Rows) -> Rows:
    event = rows["events"][0]
    return {"events": (replace(event, sources=(replace(event.sources[0], words="Syldavia", start=3, end=11),)),)}


def orphaned_event(rows: Rows) -> Rows:
    return {"events": (replace(rows["events"][0], article_id="f" * 16),)}


def no_article(_: Rows) -> Rows:
    return {"articles": ()}


def other_text(rows: Rows) -> Rows:
    return {"articles": (replace(rows["articles"][0], text=rows["articles"][0].text + " It was not read."),)}


def no_signature(_: Rows) -> Rows:
    return {"signatures": ()}


def no_page(_: Rows) -> Rows:
    return {"pages": ()}


def other_bytes(rows: Rows) -> Rows:
    return {"pages": (replace(rows["pages"][0], sha256="0" * 64),)}


def broken_bytes(rows: Rows) -> Rows:
    return {"pages": (replace(rows["pages"][0], body=b"not packed"),)}


def renamed_page(rows: Rows) -> Rows:
    return {"pages": (replace(rows["pages"][0], uri="file:other.html"),)}


def moved_article(rows: Rows) -> Rows:
    return {"articles": (replace(rows["articles"][0], spans=()),)}


def no_story(_: Rows) -> Rows:
    return {"stories": ()}


def lost_lead(rows: Rows) -> Rows:
    return {"stories": (replace(rows["stories"][0], article_ids=("f" * 16,)),)}


def lost_event(_: Rows) -> Rows:
    return {"events": ()}


def uncoded_event(_: Rows) -> Rows:
    return {"codings": ()}


def stray_copy(_: Rows) -> Rows:
    return {"copies": (StoredCopy.of(Copy(article_id="a", of_article_id="b", kind="near", score=1.0)),)}


def stray_happening(_: Rows) -> Rows:
    return {"happenings": (Happening(happening_id="h", event_ids=("e",), type="AID", parties=()),)}


def stray_alias(_: Rows) -> Rows:
    return {"aliases": (Alias(old_id="a", new_id="b"),)}


DAMAGE = {
    shifted: "its quote is not the sentence",
    other_type: "its id is not the hash",
    stray_party: "does not stand at its offsets",
    orphaned_event: "its article is not in the record",
    no_article: "is not in the record",
    other_text: "its text is not the one that was read",
    no_signature: "it has no signature",
    no_page: "its page",
    other_bytes: "not those that were read",
    broken_bytes: "cannot be unpacked",
    renamed_page: "its id is not the hash",
    moved_article: "its id is not the hash",
    no_story: "it stands in 0 stories",
    lost_lead: "its lead is not among its articles",
    lost_event: "1 events were coded, 0 are in the record",
    uncoded_event: "not listed as coded",
    stray_copy: "its article a is not in the record",
    stray_happening: "its event e is not in the record",
    stray_alias: "b is no story",
}


@pytest.mark.parametrize("damage", DAMAGE, ids=lambda damage: damage.__name__)
def test_planted_damage_is_found(tmp_path: Path, damage: Any) -> None:
    record = small_record(tmp_path / "r")
    now = {name: record.rows(name) for name in ("pages", "articles", "stories", "events", "codings")}
    with record.writer() as writer:
        for name, rows in damage(now).items():
            writer.settle(name, rows)
        writer.finish("test", settings={})
    problems = [finding.problem for finding in check(Record.open(tmp_path / "r"))]
    assert any(DAMAGE[damage] in problem for problem in problems), problems


def test_a_row_that_stands_twice_is_found(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    table = TABLES["articles"]
    Folder(tmp_path / "r", table).append(table.to_arrow(record.rows("articles")))
    with record.writer() as writer:
        writer.finish("test", settings={})
    assert "the id stands in 2 rows" in [finding.problem for finding in check(Record.open(tmp_path / "r"))]


def test_signatures_of_another_version_are_no_damage_but_told(tmp_path: Path) -> None:
    record = small_record(tmp_path / "r")
    assert untold(record) == ""
    old = [replace(row, version="", shingle_bytes=b"") for row in record.rows("signatures")]
    record = record.commit("test", {"signatures": old})
    assert check(record) == []
    assert untold(record).startswith("1 of 1 signatures were made by another version of Visavis")
