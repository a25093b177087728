"""Saved questions tell what a run brought, once, and why it is new."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.run.samples import write_pile
from tests.run.test_reviews import SMALL, said
from visavis.errors import InputError, QueryError
from visavis.run import read_pile
from visavis.show.web import make_app
from visavis.store import Record
from visavis.store.keep.watch import forget


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record of six reports with a question for each kind, before six more arrive."""
    early = write_pile(tmp_path / "pile", range(6))
    record = read_pile([path for path in early if "pierherald" not in path.name], tmp_path / "r", SMALL).record
    story = next(row.story_id for row in record.rows("stories") if row.outlets)
    record.watch("Ruritania abroad", "actor", "rur", author="A")
    record.watch("visits & <talks>", "type", "consult", author="A")
    record.watch("wars", "type", "ASSAULT", author="A")
    first = next(e for e in record.rows("events") if e.sources[0].code == "RUR")
    record.watch("two", "dyad", first.targets[0].code, "RUR", author="A")
    record.watch("who copies", "copies", story[:10], author="A")
    return record


def test_before_a_second_run_everything_is_new(record: Record) -> None:
    found = Record.open(record.path).news()
    assert {row.watch for row in found} == {"Ruritania abroad", "visits & <talks>", "two"}
    assert sum(row.watch == "visits & <talks>" for row in found) == 6


def test_only_what_the_last_run_brought_is_new(record: Record) -> None:
    later = write_pile(record.path.parent / "more", range(6, 9))
    after = read_pile(later, record.path, SMALL).record
    after = said(after, after.rows("events")[0].event_id, "accept")  # a review brings nothing
    found = after.news()
    assert {row.cause for row in found} == {"new page"}
    assert sum(row.watch == "visits & <talks>" for row in found) == 3
    assert all(row.quote and row.date == "2021-03-01" for row in found)
    assert len(after.news(since=1)) == len(found)
    assert read_pile(later, record.path, SMALL).record.news() == ()


def test_copies_of_a_story_are_news(record: Record) -> None:
    story = next(row for row in Record.open(record.path).rows("watches") if row.kind == "copies").what[0]
    copied = [path for path in (record.path.parent / "pile").iterdir() if "pierherald" in path.name]
    after = read_pile(copied, record.path, SMALL).record
    members = {key for row in after.rows("stories") if row.story_id == story for key in row.article_ids}
    found = [row for row in after.news() if row.watch == "who copies"]
    assert len(found) == len(members) - 1


def test_the_feed_is_atom_and_escapes_what_people_wrote(record: Record) -> None:
    read_pile(write_pile(record.path.parent / "more", range(6, 9)), record.path, SMALL)
    web = TestClient(make_app(record.path))
    answer = web.get("/watch.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(answer.content)
    entries = feed.findall(f"{atom}entry")
    ids = [entry.findtext(f"{atom}id") for entry in entries]
    assert len(ids) == len(set(ids)) >= 9 + 3
    assert all(entry.findtext(f"{atom}updated") for entry in entries)
    assert any((entry.findtext(f"{atom}title") or "").startswith("visits & <talks>: CONSULT") for entry in entries)
    assert web.get("/watches").status_code == 200 and web.get("/watches.json").json()["news"]


def test_what_cannot_be_watched_is_refused(record: Record) -> None:
    for given in (("war", "x"), ("type", "HUG"), ("dyad", "CHN"), ("dyad", "CHN", "CHN"), ("actor",)):
        with pytest.raises(InputError):
            record.watch("q", *given, author="A")
    with pytest.raises(QueryError, match="no stories"):
        record.watch("q", "copies", "ffff", author="A")
    with pytest.raises(QueryError, match="No question"):
        forget(Record.open(record.path), "nothing")
    forget(Record.open(record.path), "wars")
    assert "wars" not in {row.name for row in Record.open(record.path).rows("watches")}
