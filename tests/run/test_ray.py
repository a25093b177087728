"""Work that a Ray cluster does is the work that this process does, whoever dies on the way. Runs where Ray is installed (`visavis[ray]`)."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.run.samples import body, write_pile
from visavis.errors import InputError
from visavis.records import Page
from visavis.run import Settings, read_pile
from visavis.run.reasons import FAILED
from visavis.run.spread import Spread
from visavis.store import Record
from visavis.store.check import check
from visavis.store.export import export

ROOT = Path(__file__).resolve().parents[2]
SMALL = Settings(pages_a_batch=4, articles_a_batch=3, seconds_a_commit=0)


class KilledOnce(Struct, frozen=True):
    """Doubles numbers; the first worker that meets `at` kills itself and leaves a mark, `always` kills every time."""

    mark: str
    at: int = -1
    always: int = -1

    def __call__(self, items: list[int]) -> list[int]:
        if self.always in items or (self.at in items and not Path(self.mark).exists()):
            Path(self.mark).write_text("killed", "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        return [item * 2 for item in items]

    def failed(self, item: int, why: str) -> int:
        return -item


def deadly_pages() -> None:
    """In a worker: a page that says POISON kills whoever reads it, one that says SWOON the first who does."""
    import visavis.read

    read_page, mark = visavis.read.read_page, Path(os.environ["KILLED_ONCE"])

    def read(page: Page) -> object:
        if b"POISON" in page.body or (b"SWOON" in page.body and not mark.exists()):
            mark.write_text("killed", "utf-8")
            os.kill(os.getpid(), signal.SIGKILL)
        return read_page(page)

    visavis.read.read_page = read  # type: ignore[assignment]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    ray = pytest.importorskip("ray", reason="needs the extra visavis[ray]")
    os.environ["RAY_AUTH_MODE"] = "disabled"
    mark = tmp_path_factory.mktemp("ray") / "mark"
    env = {"PYTHONPATH": str(ROOT), "KILLED_ONCE": str(mark)}
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=100_000_000,
        log_to_driver=False,
        runtime_env={"env_vars": env, "worker_process_setup_hook": deadly_pages},
    )
    yield mark
    ray.shutdown()


def batches(count: int) -> Iterator[list[int]]:
    for at in range(1, count, 3):
        yield list(range(at, min(at + 3, count)))


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_a_worker_that_dies_once_costs_nothing_and_an_item_that_kills_costs_itself(tmp_path: Path) -> None:
    with Spread(2, "ray") as spread:
        task = KilledOnce(mark=str(tmp_path / "mark"), at=11)
        found = [result for _, results in spread.map(task, batches(20)) for result in results]
        assert found == [2 * n for n in range(1, 20)] and (tmp_path / "mark").exists()
        task = KilledOnce(mark=str(tmp_path / "mark"), always=7)
        found = [result for _, results in spread.map(task, batches(20)) for result in results]
        assert found == [-7 if n == 7 else 2 * n for n in range(1, 20)]


@pytest.mark.slow
@pytest.mark.usefixtures("cluster", "real_coder")
def test_two_ray_workers_give_the_files_of_one_process(tmp_path: Path) -> None:
    write_pile(tmp_path / "pile", range(12))
    files = {}
    for on in ("serial", "ray"):
        record = read_pile([tmp_path / "pile"], tmp_path / on, Settings(workers=2, on=on, pages_a_batch=4)).record
        assert check(record) == []
        export(record, tmp_path / f"{on}-files")
        files[on] = {path.name: path.read_bytes() for path in (tmp_path / f"{on}-files").iterdir()}
    assert files["ray"] == files["serial"]
    assert len(Record.open(tmp_path / "ray").rows("articles")) == 15


@pytest.mark.slow
@pytest.mark.usefixtures("real_coder")
def test_a_page_that_kills_its_worker_is_one_drop_and_a_worker_killed_once_costs_no_row(
    tmp_path: Path, cluster: Path
) -> None:
    files = write_pile(tmp_path / "pile", range(12))
    whole = read_pile(files, tmp_path / "whole", SMALL).record
    cluster.unlink(missing_ok=True)
    files[4].write_text(files[4].read_text("utf-8").replace("Officials", "SWOON officials", 1), "utf-8")
    (tmp_path / "pile" / "poison.txt").write_text("POISON\n\n" + body(40), "utf-8")
    healthy = read_pile(files, tmp_path / "serial", SMALL).record
    record = read_pile([tmp_path / "pile"], tmp_path / "ray", replace(SMALL, workers=2, on="ray")).record
    assert cluster.exists() and check(record) == []
    (drop,) = (row for row in record.rows("drops") if row.reason == FAILED)
    assert (drop.stage, drop.detail) == ("read", "the worker died on it") and drop.uri.endswith("poison.txt")
    for name in ("articles", "stories", "events", "happenings"):
        assert record.rows(name) == healthy.rows(name) and len(record.rows(name)) == len(whole.rows(name))


def test_a_place_that_is_none_is_said() -> None:
    with pytest.raises(InputError, match="Work cannot be spread on 'moon'"):
        Spread(2, "moon")


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    with Spread(2, "ray") as spread, pytest.raises(InputError, match="Ray is not installed"):
        list(spread.map(KilledOnce(mark=""), [[1]]))
