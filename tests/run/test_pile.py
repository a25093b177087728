"""The same pile gives the same rows: twice, in any order, grown day by day, killed at any moment."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.run.samples import body, write_pile
from visavis.errors import InputError, RecordError
from visavis.run import Settings, read_pile
from visavis.store import TABLES, Record
from visavis.store.check import check
from visavis.store.export import export
from visavis.store.folder import Folder
from visavis.store.lock import writing

SMALL = Settings(pages_a_batch=4, articles_a_batch=3, seconds_a_commit=0)
KILLS = 100
ROOT = Path(__file__).resolve().parents[2]


def files_of(record: Path, out: Path) -> dict[str, bytes]:
    """What the record exports, byte for byte."""
    export(Record.open(record), out)
    return {path.name: path.read_bytes() for path in sorted(out.iterdir())}


def rows_of(record: Record) -> dict[str, tuple[Any, ...]]:
    """The rows of all tables that two equal records share."""
    return {name: record.rows(name) for name in TABLES if name not in ("pages", "runs")}


@pytest.fixture
def wanted(tmp_path: Path) -> dict[str, bytes]:
    """The export of the pile of twelve reports and three copies, read at once."""
    write_pile(tmp_path / "pile", range(12))
    read_pile([tmp_path / "pile"], tmp_path / "whole", SMALL)
    return files_of(tmp_path / "whole", tmp_path / "whole-files")


def test_a_pile_becomes_a_consistent_record(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    record = Record.open(tmp_path / "whole")
    counts = {name: len(record.rows(name)) for name in ("pages", "articles", "stories", "copies", "events", "codings")}
    assert counts == {"pages": 15, "articles": 15, "stories": 12, "copies": 3, "events": 12, "codings": 12}
    assert check(record) == []
    assert record.run is not None and record.run.coder == "plain-1" and not record.run.resumed


def test_reading_it_again_in_another_order_adds_nothing(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    files = sorted((tmp_path / "pile").iterdir(), reverse=True)
    before = Record.open(tmp_path / "whole").versions
    again = read_pile(files, tmp_path / "whole", SMALL)
    assert set(again.added.values()) == {0}
    assert again.record.versions == before
    assert files_of(tmp_path / "whole", tmp_path / "again") == wanted


def test_another_order_gives_the_same_record(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    files = sorted((tmp_path / "pile").iterdir())
    random.Random(4).shuffle(files)
    read_pile(files, tmp_path / "other", Settings(pages_a_batch=2, articles_a_batch=5, seconds_a_commit=0))
    assert files_of(tmp_path / "other", tmp_path / "other-files") == wanted


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(15)), st.lists(st.integers(1, 14), max_size=3))
def test_a_record_that_grows_equals_one_read_at_once(
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    wanted: dict[str, bytes],
    order: list[int],
    cuts: list[int],
) -> None:
    files = sorted((tmp_path / "pile").iterdir())
    folder = tmp_path_factory.mktemp("grown")
    edges = [0, *sorted(set(cuts)), 15]
    for begin, end in pairwise(edges):
        read_pile([files[n] for n in order[begin:end]], folder / "r", Settings())
    assert check(Record.open(folder / "r")) == []
    assert files_of(folder / "r", folder / "x") == wanted


def test_a_lead_that_changes_is_coded_anew_and_the_old_events_are_taken_back(tmp_path: Path) -> None:
    early, late = sorted(write_pile(tmp_path / "pile", [0]))
    first = read_pile([late], tmp_path / "r", SMALL)
    (old,) = first.record.rows("events")
    second = read_pile([early], tmp_path / "r", SMALL)
    (new,) = second.record.rows("events")
    assert new.article_id != old.article_id and new.story_id == new.article_id
    assert [(alias.old_id, alias.new_id) for alias in second.record.rows("aliases")] == [(old.story_id, new.story_id)]
    assert [coding.article_id for coding in second.record.rows("codings")] == [new.article_id]


def test_a_new_coder_codes_everything_anew(
    tmp_path: Path, wanted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.run.samples.PlainCoder.fingerprint", "another lexicon")
    record = read_pile([tmp_path / "pile"], tmp_path / "whole", SMALL).record
    assert {coding.lexicon for coding in record.rows("codings")} == {"another lexicon"}
    assert len(record.rows("events")) == 12 and check(record) == []


class Killed(BaseException):
    """What a kill is to the program: nothing after it runs but what the system does."""


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """Counts commits to disk, and kills before or after the one that is named."""
    state: dict[str, Any] = {"count": 0, "kill": None, "after": False}

    def watched(original: Any) -> Any:
        def commit(self: Folder, *given: Any, **named: Any) -> None:
            state["count"] += 1
            if state["count"] == state["kill"] and not state["after"]:
                raise Killed
            original(self, *given, **named)
            if state["count"] == state["kill"] and state["after"]:
                raise Killed

        return commit

    for name in ("append", "overwrite", "delete"):
        monkeypatch.setattr(Folder, name, watched(getattr(Folder, name)))
    yield state


def test_killed_at_any_commit_and_resumed_it_is_the_same_record(tmp_path: Path, commits: dict[str, Any]) -> None:
    write_pile(tmp_path / "pile", range(3))
    whole = rows_of(read_pile([tmp_path / "pile"], tmp_path / "whole", SMALL).record)
    total = commits["count"]
    assert total >= 10
    for number in range(1, total + 1):
        folder = tmp_path / f"killed-{number}"
        commits.update(count=0, kill=number, after=bool(number % 2))
        with pytest.raises(Killed):
            read_pile([tmp_path / "pile"], folder, SMALL)
        commits.update(kill=None)
        finished = number == total and commits["after"]
        assert len(Record.open(folder).rows("events")) == (3 if finished else 0), "half a run is seen"
        resumed = read_pile([tmp_path / "pile"], folder, SMALL).record
        assert rows_of(resumed) == whole, f"killed at commit {number} of {total}"


def test_killed_in_one_pile_and_gone_on_with_another_it_is_consistent(
    tmp_path: Path, wanted: dict[str, bytes], commits: dict[str, Any]
) -> None:
    commits.update(count=0, kill=6, after=True)
    with pytest.raises(Killed):
        read_pile([tmp_path / "pile"], tmp_path / "r", SMALL)
    commits.update(kill=None)
    others = write_pile(tmp_path / "others", range(20, 23))
    record = read_pile(others, tmp_path / "r", SMALL).record
    assert check(record) == []
    assert record.run is not None and record.run.resumed


_KILLED = """
import sys
sys.path.insert(0, {root!r})
from tests.run.samples import PlainCoder
import visavis.run.pile as pile, visavis.run.tasks as tasks
pile.coder = tasks.coder = lambda settings: PlainCoder()
print("begin", flush=True)
pile.read_pile([{pile!r}], {record!r}, pile.Settings(pages_a_batch=2, articles_a_batch=2, seconds_a_commit=0))
print("end", flush=True)
"""


def kill_and_resume(tmp_path: Path, wanted: dict[str, bytes], moment: float, number: int = 0) -> None:
    """Kill a run of the pile so many seconds after its record's folder stands, resume it, and compare."""
    folder = tmp_path / f"r{number}"
    script = _KILLED.format(root=str(ROOT), pile=str(tmp_path / "pile"), record=str(folder))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "begin\n"
        while not folder.exists():
            time.sleep(0.01)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
    read_pile([tmp_path / "pile"], folder, SMALL)
    assert check(Record.open(folder)) == []
    assert files_of(folder, tmp_path / f"x{number}") == wanted, f"killed after {moment:.3f} s"


@pytest.mark.parametrize("moment", [0.05, 0.3])
def test_killed_by_the_system_and_resumed_it_is_the_same_record(
    tmp_path: Path, wanted: dict[str, bytes], moment: float
) -> None:
    kill_and_resume(tmp_path, wanted, moment)


@pytest.mark.slow
def test_a_hundred_kills_at_random_moments_lose_and_double_nothing(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    dice = random.Random(11)
    for number in range(KILLS):
        kill_and_resume(tmp_path, wanted, dice.uniform(0.0, 1.5), number)


def test_what_is_not_english_is_said(tmp_path: Path) -> None:
    text = (
        "Der Minister von Ruritanien hat am Montag die Hauptstadt von Bordurien besucht und dort mit der Regierung über den See und "
        "die Fischerei gesprochen. Beide Seiten wollen die Gespräche im Herbst fortsetzen und einen Vertrag vorbereiten."
    )
    (tmp_path / "a.jsonl").write_text(
        f'{{"url": "https://see.example/1", "title": "Besuch", "text": "{text}"}}\n', "utf-8"
    )
    record = read_pile([tmp_path / "a.jsonl"], tmp_path / "r", SMALL).record
    (drop,) = (drop for drop in record.rows("drops") if drop.stage == "code")
    assert (drop.reason, drop.detail) == ("not-english", "de: read, not coded")
    assert drop.article_id == record.rows("articles")[0].article_id
    assert record.rows("events") == () and record.rows("codings") == ()


def test_an_article_that_cannot_be_coded_costs_one_drop_until_it_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pile(tmp_path / "pile", range(3))
    poison = body(9).replace("Monday", "POISON")
    row = {"url": "https://p.example/1", "title": "P", "text": poison}
    (tmp_path / "pile" / "p.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    record = read_pile([tmp_path / "pile"], tmp_path / "r", SMALL).record
    (drop,) = (drop for drop in record.rows("drops") if drop.reason == "failed")
    assert drop.stage == "code" and "RuntimeError: it stuck in the throat" in drop.detail
    assert len(record.rows("events")) == 3
    monkeypatch.setattr("tests.run.samples.PlainCoder.code", lambda self, documents: ((),) * len(documents))
    mended = read_pile([], tmp_path / "r", SMALL).record
    assert [drop for drop in mended.rows("drops") if drop.reason == "failed"] == []
    assert len(mended.rows("codings")) == 4


def test_a_page_that_breaks_a_library_costs_one_drop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from visavis.read import read_page

    files = write_pile(tmp_path / "pile", range(1, 4))

    def fragile(page: Any) -> Any:
        if b"Syldavia visited Graustark" in page.body:
            raise ZeroDivisionError("deep inside")
        return read_page(page)

    monkeypatch.setattr("visavis.read.read_page", fragile)
    record = read_pile(files, tmp_path / "r", SMALL).record
    (drop,) = (drop for drop in record.rows("drops") if drop.reason == "failed")
    assert drop.stage == "read" and drop.page_id and "ZeroDivisionError: deep inside" in drop.detail
    assert len(record.rows("articles")) == 2 and len(record.rows("pages")) == 3


def test_two_writers_at_once_are_refused(tmp_path: Path, wanted: dict[str, bytes]) -> None:
    with writing(tmp_path / "whole"), pytest.raises(RecordError, match="is being written"):
        read_pile([tmp_path / "pile"], tmp_path / "whole", SMALL)


def test_teasers_are_counted_apart_from_articles(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(
        "<rss version='2.0'><channel><title>Lake Post</title><item><title>Talks</title><link>https://lakepost.example/9</link>"
        "<description>The two sides will meet again in the autumn.</description></item></channel></rss>",
        "utf-8",
    )
    total = read_pile([tmp_path / "feed.xml", *write_pile(tmp_path / "pile", [1])], tmp_path / "r", SMALL).total
    assert (total["articles"], total["teasers"], total["stories"]) == (1, 1, 1)


def test_an_unknown_parser_is_refused_before_anything_is_read(tmp_path: Path, real_coder: None) -> None:
    with pytest.raises(InputError, match="no_such_parser"):
        read_pile(write_pile(tmp_path / "pile", [1]), tmp_path / "r", Settings(parser="no_such_parser"))
    assert Record.open(tmp_path / "r").rows("pages") == ()


def test_an_empty_pile_is_an_empty_record(tmp_path: Path) -> None:
    summary = read_pile([], tmp_path / "r", SMALL)
    assert set(summary.total.values()) == {0} and check(summary.record) == []


def test_the_real_coder_gives_the_same_rows_in_two_processes(tmp_path: Path, real_coder: None) -> None:
    write_pile(tmp_path / "pile", range(6))
    for name, workers in (("one", 1), ("two", 2)):
        read_pile(
            [tmp_path / "pile"],
            tmp_path / name,
            Settings(workers=workers, pages_a_batch=2, articles_a_batch=2, seconds_a_commit=0),
        )
    assert files_of(tmp_path / "one", tmp_path / "x1") == files_of(tmp_path / "two", tmp_path / "x2")
    assert check(Record.open(tmp_path / "two")) == []
