"""The commands that keep a record explain themselves, and answer in tables and in JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.store.samples import small_record
from visavis.cli import app, main

VERBS = ("review", "recode", "diff", "watch", "publish", "datasheet", "takedown", "upgrade")


def run(*words: str) -> str:
    """What a command prints."""
    found = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert found.exit_code == 0, found.output
    return found.output


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_has_three_worked_examples_and_json(verb: str) -> None:
    told = run(verb, "--help")
    assert len(re.findall(rf"visavis {verb}\b", told.split("Examples:")[1])) >= 3
    assert "--json" in told


def test_a_record_is_reviewed_compared_watched_and_published(tmp_path: Path) -> None:
    record = str(tmp_path / "r")
    key = small_record(tmp_path / "r").rows("events")[0].event_id
    (made,) = json.loads(run("review", record, key[:6], "correct", "--type", "AID", "--by", "A. Reader", "--json"))
    assert (made["state"], made["author"]) == ("applied", "A. Reader")
    assert "CONSULT -> AID" in run("review", record)
    assert "0 reviews" in run("review", record, "--open")
    assert "review" in run("diff", record, "1", "2") and "nothing changed" in run("diff", record, "2", "2")
    assert {row["cause"] for row in json.loads(run("diff", record, "1", "--json"))["changes"]} == {"review"}
    assert "Watching type AID" in run("watch", record, "type", "aid")
    assert json.loads(run("watch", record, "--json"))[0]["row_id"] == key
    assert (tmp_path / "out" / "datapackage.json").exists() or "published" in run(
        "publish", record, "--out", str(tmp_path / "out")
    ).lower()
    assert json.loads(run("datasheet", record, "--json"))["counts"]["reviews"] == 1
    assert "nothing to do" in run("upgrade", record)
    page = json.loads(run("sql", record, "select page_id from pages", "--json"))
    taken = json.loads(run("takedown", record, "--page", page[0]["page_id"], "--by", "A", "--json"))
    assert len(taken["pages"]) == 1


def test_a_review_without_a_verdict_is_told_what_to_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    small_record(tmp_path / "r")
    with pytest.raises(SystemExit):
        main(["review", str(tmp_path / "r"), "abcd"])
    assert "needs a verdict" in capsys.readouterr().err
