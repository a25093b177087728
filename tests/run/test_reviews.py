"""What a person says stays said: over another coder, another lexicon, an original that arrives; what fits no more is open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.run.samples import PlainCoder, write_pile
from visavis.errors import InputError, QueryError
from visavis.records import Document, Event, Party, event_id
from visavis.run import Settings, read_pile
from visavis.run.reviews import review
from visavis.store import Record
from visavis.store.check import check

SMALL = Settings(pages_a_batch=4, articles_a_batch=3, seconds_a_commit=0)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Six reports, two of them copied, one event each."""
    write_pile(tmp_path / "pile", range(6))
    return read_pile([tmp_path / "pile"], tmp_path / "r", SMALL).record


def said(record: Record, row_id: str, verdict: str, **more: Any) -> Record:
    return review(record, row_id, verdict, author="A. Reader", reason="I was there", **more).record


def the(record: Record, event: str) -> Event:
    return next(row for row in record.rows("events") if row.event_id == event)


class Changed(PlainCoder):
    """A later coder: the same visits, as agreements, and with other action words, so that every id is another."""

    version, fingerprint = "plain-2", "another lexicon"

    def code(self, documents: Any) -> Any:
        for document in documents:
            yield tuple(self.event(document, event) for event in next(iter(super().code([document]))))

    def event(self, document: Document, event: Event) -> Event:
        end, sources = event.words_end + 1, (Party(**{**_plain(event.sources[0]), "sector": "GOV"}),)
        key = event_id(document.article_id, event.words_start, end, "AGREE", sources, event.targets)
        more = {"event_id": key, "type": "AGREE", "words_end": end, "sources": sources}
        return Event(**{**_plain(event), **more})


class Silent(PlainCoder):
    """A coder that finds nothing."""

    version, fingerprint = "plain-3", "no lexicon"

    def code(self, documents: Any) -> Any:
        return (() for _ in documents)


def _plain(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__struct_fields__}


def recoded(record: Record, coder: type[PlainCoder], monkeypatch: pytest.MonkeyPatch) -> Record:
    for module in ("pile", "tasks", "reviews"):
        monkeypatch.setattr(f"visavis.run.{module}.coder", lambda settings: coder())
    return read_pile([], record.path, SMALL).record


def test_a_rejected_event_leaves_the_counts_and_stays_in_the_table(record: Record) -> None:
    first = record.rows("events")[0]
    after = said(record, first.event_id[:9], "reject")
    row = the(after, first.event_id)
    assert (row.status, row.reviewed) == ("rejected", "rejected")
    assert len(after.rows("events")) == 6 and len(after.events()) == 5
    assert all(first.event_id not in happening.event_ids for happening in after.rows("happenings"))
    assert check(after) == []


def test_corrected_fields_replace_the_machine_s_which_are_kept(record: Record) -> None:
    first = record.rows("events")[0]
    fields = {
        "type": "sanction",
        "targets": "BOR MIL",
        "date": "2021-02",
        "status": "denied",
        "voices": "Tass (RUS media)",
    }
    after = said(record, first.event_id, "correct", corrected=fields)
    row = the(after, first.event_id)
    assert (row.type, row.quad, row.intensity, row.mode, row.status) == ("SANCTION", 3, -6.0, None, "denied")
    assert [(p.code, p.sector) for p in row.targets] == [("BOR", "MIL")]
    assert (row.date_from, row.date_to, row.date_precision) == ("2021-02-01", "2021-02-28", "month")
    assert [(v.name, v.code, v.kind) for v in row.voices] == [("Tass", "RUS", "media")]
    assert after.rows("overruled") == (first,)
    (kept,) = after.rows("reviews")
    assert (kept.author, kept.reason, kept.said["type"]) == ("A. Reader", "I was there", '"CONSULT"')
    assert check(after) == []


def test_corrections_add_up_and_the_last_of_accept_and_reject_holds(record: Record) -> None:
    key = record.rows("events")[0].event_id
    after = said(record, key, "correct", corrected={"type": "AID"}, at="2026-01-01")
    after = said(after, key, "reject", at="2026-01-02")
    after = said(after, key, "correct", corrected={"date": "2020"}, at="2026-01-03")
    assert (the(after, key).type, the(after, key).date_from, the(after, key).status) == (
        "AID",
        "2020-01-01",
        "happened",
    )
    after = said(after, key, "reject", at="2026-01-04")
    assert the(after, key).status == "rejected"
    assert the(said(after, key, "accept", at="2026-01-05"), key).reviewed == "corrected"


def test_a_withdrawn_review_leaves_what_the_machine_said(record: Record) -> None:
    first = record.rows("events")[0]
    done = review(record, first.event_id, "correct", author="A", corrected={"type": "AID"})
    after = said(done.record, done.review.review_id, "withdraw")
    assert the(after, first.event_id) == first and after.rows("overruled") == ()
    assert {(r.verdict, r.state) for r in after.rows("reviews")} == {("correct", "withdrawn"), ("withdraw", "applied")}


def test_reviews_survive_another_coder_that_calls_it_otherwise(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b, c, *_ = record.rows("events")
    after = said(record, a.event_id, "reject")
    after = said(after, b.event_id, "correct", corrected={"status": "denied"})
    after = recoded(said(after, c.event_id, "accept"), Changed, monkeypatch)
    rows = {row.article_id: row for row in after.rows("events")}
    assert {row.type for row in rows.values()} == {"AGREE"}
    assert [(rows[e.article_id].reviewed, rows[e.article_id].status) for e in (a, b, c)] == [
        ("rejected", "rejected"),
        ("corrected", "denied"),
        ("accepted", "happened"),
    ]
    assert {r.state for r in after.rows("reviews")} == {"applied"}
    assert {r.note for r in after.rows("reviews")} == {"found again by article, span and parties"}
    assert check(after) == []


def test_a_second_review_after_another_coder_is_of_the_same_event(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = record.rows("events")[0]
    after = recoded(said(record, first.event_id, "reject", at="2026-01-01"), Changed, monkeypatch)
    (now,) = (row for row in after.rows("events") if row.article_id == first.article_id)
    after = said(after, now.event_id, "accept", at="2026-01-02")
    assert the(after, now.event_id).reviewed == "accepted"
    back = recoded(after, PlainCoder, monkeypatch)
    assert the(back, first.event_id).reviewed == "accepted"


def test_a_review_that_fits_nothing_is_open_and_comes_back(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    first = record.rows("events")[0]
    after = recoded(said(record, first.event_id, "correct", corrected={"type": "AID"}), Silent, monkeypatch)
    (kept,) = after.rows("reviews")
    assert (kept.state, kept.row_now) == ("open", "") and "no event" in kept.note
    assert after.rows("overruled") == () and after.rows("events") == ()
    back = recoded(after, PlainCoder, monkeypatch)
    assert the(back, first.event_id).type == "AID" and back.rows("reviews")[0].state == "applied"


def test_a_review_goes_over_to_the_original_that_arrives(tmp_path: Path) -> None:
    early, late = sorted(write_pile(tmp_path / "pile", [0]))
    record = read_pile([late], tmp_path / "r", SMALL).record
    after = said(record, record.rows("events")[0].event_id, "reject")
    after = read_pile([early], tmp_path / "r", SMALL).record
    (row,) = after.rows("events")
    assert row.reviewed == "rejected" and row.article_id != record.rows("events")[0].article_id
    assert after.rows("reviews")[0].note.startswith("found again by the same sentence")


def test_happenings_are_merged_and_split_whatever_their_reports_say(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, *_ = record.rows("happenings")
    after = said(record, one.happening_id, "merge", others=[two.happening_id])
    (merged,) = (row for row in after.rows("happenings") if row.reviewed)
    assert merged.event_ids == tuple(sorted((*one.event_ids, *two.event_ids))) and merged.reviewed == "merged"
    again = recoded(after, Changed, monkeypatch)
    (still,) = (row for row in again.rows("happenings") if row.reviewed)
    assert len(still.event_ids) == 2 and still.event_ids != merged.event_ids
    after = said(again, still.happening_id, "split", others=[still.event_ids[1]], at="2999-01-01")
    assert [len(row.event_ids) for row in after.rows("happenings")] == [1] * 6
    assert {row.reviewed for row in after.rows("happenings")} == {"", "split"}
    assert check(after) == []
    gone = recoded(after, Silent, monkeypatch)
    assert {row.state for row in gone.rows("reviews")} == {"open"}


def test_a_cut_copy_parts_the_story_and_the_copy_is_coded(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    edge = record.rows("copies")[0]
    after = said(record, edge.article_id, "cut", others=[edge.of_article_id])
    assert len(after.rows("stories")) == len(record.rows("stories")) + 1
    assert len(after.rows("events")) == 7 and len(after.rows("copies")) == 1
    assert check(after) == []
    again = recoded(after, Changed, monkeypatch)
    assert len(again.rows("copies")) == 1 and again.rows("reviews")[0].state == "applied"
    back = said(again, edge.copy_id, "confirm", at="2999-01-01")
    assert {row.reviewed for row in back.rows("copies")} == {"", "confirmed"}
    assert len(back.rows("stories")) == len(record.rows("stories"))


def test_reading_again_writes_nothing_new_over_reviews(record: Record) -> None:
    after = said(record, record.rows("events")[0].event_id, "reject")
    again = read_pile([], after.path, SMALL).record
    assert again.versions == after.versions


def test_what_cannot_be_said_is_refused_in_a_sentence(record: Record) -> None:
    key = record.rows("events")[0].event_id
    for verdict, more, words in (
        ("praise", {}, "is no verdict"),
        ("correct", {}, "needs what is right"),
        ("correct", {"corrected": {"type": "CONSULT"}}, "says already"),
        ("correct", {"corrected": {"type": "HUG"}}, "no type"),
        ("correct", {"corrected": {"status": "rejected"}}, "no status"),
        ("correct", {"corrected": {"colour": "red"}}, "no 'colour'"),
        ("correct", {"corrected": {"voices": "Tass (RUS blog)"}}, "does not describe"),
        ("reject", {"corrected": {"type": "AID"}}, "takes no corrected"),
    ):
        with pytest.raises((InputError, QueryError), match=words):
            said(record, key, verdict, **more)
    with pytest.raises(QueryError, match="There is no row"):
        said(record, "ffffffffffffffff", "accept")
    with pytest.raises(QueryError, match="needs its author"):
        review(record, key, "accept", author=" ")
    assert record.open(record.path).rows("reviews") == ()
