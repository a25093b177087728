"""Parts of a pile that were read apart become the record of the whole; a merge may be repeated and says what it cannot settle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.run.samples import write_pile
from visavis.errors import InputError, RecordError
from visavis.run import Settings, read_pile
from visavis.run.merge import merge
from visavis.store import Record
from visavis.store.check import check
from visavis.store.export import export
from visavis.store.tables.keep import Forecast, Takedown

SMALL = Settings(pages_a_batch=4, articles_a_batch=3, seconds_a_commit=0)


def files_of(record: Path, out: Path) -> dict[str, bytes]:
    export(Record.open(record), out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    write_pile(tmp_path / "pile", range(12))
    return tmp_path / "pile"


def shards(pile: Path, folder: Path, count: int) -> list[Path]:
    records = [folder / f"part-{number}" for number in range(1, count + 1)]
    for number, record in enumerate(records, 1):
        read_pile([pile], record, Settings(shard=(number, count), pages_a_batch=4, articles_a_batch=3))
    return records


def test_shards_share_the_pile_out_and_merged_they_are_the_record_of_the_whole(
    tmp_path: Path, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visavis.run.merge._ROWS", 2)
    read_pile([pile], tmp_path / "whole", SMALL)
    wanted = files_of(tmp_path / "whole", tmp_path / "whole-files")
    parts = shards(pile, tmp_path, 3)
    pages = [row.page_id for part in parts for row in Record.open(part).rows("pages")]
    assert sorted(pages) == [row.page_id for row in Record.open(tmp_path / "whole").rows("pages")]
    assert all(0 < len(Record.open(part).rows("pages")) < 15 for part in parts)
    merge(parts, tmp_path / "merged", SMALL)
    assert check(Record.open(tmp_path / "merged")) == []
    assert files_of(tmp_path / "merged", tmp_path / "merged-files") == wanted
    again = merge(parts[::-1], tmp_path / "merged", SMALL)
    assert set(again.added.values()) == {0}
    assert files_of(tmp_path / "merged", tmp_path / "again-files") == wanted


def test_events_that_were_coded_alike_are_taken_over(
    tmp_path: Path, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = shards(pile, tmp_path, 2)
    coded: list[str] = []

    def counted(task: object, items: list[object]) -> list[object]:
        coded.extend(str(item) for item in items)
        raise AssertionError("nothing was left to code")

    leads = {row.lead_id for part in parts for row in Record.open(part).rows("stories")}
    whole = read_pile([pile], tmp_path / "whole", SMALL).record
    assert {row.lead_id for row in whole.rows("stories")} <= leads
    monkeypatch.setattr("visavis.run.tasks.CodeTask.__call__", counted)
    merge(parts, tmp_path / "merged", SMALL)
    assert coded == [] and len(Record.open(tmp_path / "merged").rows("events")) == 12


def test_a_record_is_not_merged_into_itself(tmp_path: Path, pile: Path) -> None:
    read_pile([pile], tmp_path / "r", SMALL)
    with pytest.raises(InputError, match="into itself"):
        merge([tmp_path / "r"], tmp_path / "r", SMALL)


def test_what_was_taken_down_in_one_does_not_come_back_from_another(tmp_path: Path, pile: Path) -> None:
    read_pile([pile], tmp_path / "a", SMALL)
    (tmp_path / "others").mkdir()
    read_pile(write_pile(tmp_path / "others", [30]), tmp_path / "b", SMALL)
    page = Record.open(tmp_path / "a").rows("pages")[0].page_id
    Record.open(tmp_path / "b").commit(
        "takedown",
        {
            "takedowns": [
                Takedown(page_id=page, uri="", outlets=(), article_ids=(), events=0, at="2024-01-01", author="A.")
            ]
        },
    )
    with pytest.raises(RecordError, match=f"The page {page} was taken down"):
        merge([tmp_path / "a"], tmp_path / "b", SMALL)


def test_two_ledgers_are_not_mixed(tmp_path: Path, pile: Path) -> None:
    for name in "ab":
        record = read_pile([pile], tmp_path / name, SMALL).record
        row = Forecast(
            forecast_id=f"{name}" * 16, issued_at="2024-01-01", source="CHN", target="RUS", event_class="CONSULT",
            date_from="2024-02-01", date_to="2024-03-01", probability=0.5, base_rate=0.4, model="m", run_id="r",
        )  # fmt: skip
        record.commit("forecast", {"forecasts": [row]})
    with pytest.raises(RecordError, match="different ledgers"):
        merge([tmp_path / "a"], tmp_path / "b", SMALL)
