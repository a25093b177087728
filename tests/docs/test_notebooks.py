"""The notebooks run from top to bottom against the record of the demo, and say what they promise. They hold no outputs to go stale."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "docs" / "notebooks").glob("*.ipynb"))


def cells(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def run(name: str) -> dict[str, Any]:
    """What the notebook's names stand for at its end."""
    (path,) = (path for path in NOTEBOOKS if path.stem.startswith(name))
    space: dict[str, Any] = {"__name__": "__main__"}
    for at, cell in enumerate(cells(path), 1):
        exec(compile("".join(cell["source"]), f"{path.name}, code cell {at}", "exec"), space)
    return space


@pytest.fixture(autouse=True)
def beside_the_demo(demo_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(demo_record.parent)


def test_pages_become_a_record_in_which_a_copy_counts_once(capsys: pytest.CaptureFixture[str]) -> None:
    space = run("1")
    assert space["summary"].total["articles"] == 3 and space["summary"].total["stories"] == 2
    assert space["summary"].total["drops"] == 1, "the empty page is told, not lost"
    told = {(event["status"], event["mode"]) for event in space["events"]}
    assert ("happened", "expel") in told and "hypothetical" in {status for status, _ in told}
    assert "18 Russian diplomats" in capsys.readouterr().out


def test_counts_lifts_camps_and_votes_come_from_one_record(capsys: pytest.CaptureFixture[str]) -> None:
    space = run("2")
    rows = {(row["a"], row["b"]): row for row in space["table"].to_pylist()}
    assert rows["CHN", "RUS"]["votes_kappa"] > 0 > rows["RUS", "USA"]["votes_kappa"]
    assert space["camps"].member.max() >= 1 and "@" in space["frame"].cite()
    assert "cooperative" in capsys.readouterr().out


def test_an_argument_has_a_verdict_and_a_forecast_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    space = run("3")
    assert not space["report"].unresolved, "the record answers what the argument asks of it"
    assert space["report"].holds in ("true", "false", "depends")
    answer = space["answer"]
    assert 0 < answer.low <= answer.probability <= answer.high < 1 and answer.reasons
    assert space["report"].verdict in capsys.readouterr().out


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_notebook_keeps_outputs(path: Path) -> None:
    assert cells(path) and not any(cell["outputs"] or cell["execution_count"] for cell in cells(path))


def test_there_are_three_notebooks() -> None:
    assert len(NOTEBOOKS) == 3
