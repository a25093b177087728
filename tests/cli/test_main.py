"""The command line as a whole: help, errors, documentation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from tests.cli.conftest import Visavis
from visavis.cli import app

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "spacy",
    "pyarrow",
    "duckdb",
    "deltalake",
    "numpy",
    "trafilatura",
    "lxml",
    "sklearn",
    "lightgbm",
    "fastapi",
    "rich.table",
)


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of every command that does something."""
    children = getattr(command, "commands", None)
    if children is None:
        yield path
    else:
        for name, child in children.items():
            yield from commands(child, (*path, name))


COMMANDS = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_with_three_worked_examples(visavis: Visavis, words: tuple[str, ...]) -> None:
    code, out, _ = visavis(*words, "--help")
    assert code == 0
    _, _, examples = out.partition("Examples:")
    assert len(re.findall(rf"visavis {' '.join(words)}\b", examples)) >= 3 or examples.count("visavis ") >= 3


def test_the_page_about_the_commands_is_made_from_their_help() -> None:
    script = ROOT / "scripts" / "make_cli_docs.py"
    found = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"run {script.name}: docs/cli.md is not what the commands say\n{found.stderr}"


def test_help_imports_nothing_heavy_and_comes_at_once() -> None:
    script = "import sys; sys.argv = ['visavis', '--help']; from visavis.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    script += f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    quickest = 9.0
    for _ in range(3):
        begun = os.times()
        found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        ended = os.times()
        spent = ended.children_user + ended.children_system - begun.children_user - begun.children_system
        quickest = min(quickest, spent)  # of the processor: other work on the machine does not count
    assert found.stderr.strip() == "[]"
    assert quickest < 1.0, "0.2 s on an idle machine; the bound leaves room for a busy one"


def test_an_expected_error_is_a_sentence_and_a_hint(visavis: Visavis, tmp_path: Path) -> None:
    code, out, err = visavis("sql", tmp_path / "nowhere", "select 1")
    assert (code, out) == (1, "")
    assert err.splitlines()[0].startswith("Error: There is no record in")
    assert err.splitlines()[1].startswith("Hint: ")
    assert "Traceback" not in err


def test_the_traceback_is_shown_on_request(tmp_path: Path) -> None:
    from visavis.cli import main
    from visavis.errors import RecordError

    with pytest.raises(RecordError):
        main(["sql", str(tmp_path / "nowhere"), "select 1", "--debug"])


def test_a_fault_of_ours_is_a_sentence_too(visavis: Visavis, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr("visavis.store.Record.open", fail)
    code, _, err = visavis("sql", record, "select 1")
    assert code == 1 and "ZeroDivisionError: deep inside" in err and "Traceback" not in err


def test_an_unknown_verb_is_refused(visavis: Visavis) -> None:
    code, _, err = visavis("raed")
    assert code == 2 and "raed" in err
