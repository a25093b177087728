"""The documents tell the truth: their `console` blocks run as written, their links lead somewhere.

A block is a list of commands that begin with `$ `, each followed by what it prints; `...` stands for anything.
"""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from visavis.cli import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "demo" / "README.md"])
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
_CHECK = doctest.OutputChecker()
_LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples() -> Iterator[tuple[str, str, str]]:
    """(where, command, expected output) of every example."""
    for document in DOCUMENTS:
        for block in _BLOCK.findall(document.read_text("utf-8")):
            for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, wanted = example.partition("\n")
                yield str(document.relative_to(ROOT)), command, wanted


@pytest.mark.parametrize(("where", "command", "wanted"), list(examples()))
def test_an_example_prints_what_the_document_says(
    where: str,
    command: str,
    wanted: str,
    demo_record: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(demo_record.parent)
    monkeypatch.setenv("COLUMNS", "200")
    program, *arguments = shlex.split(command)
    assert program == "visavis", f"{where}: only visavis can be run"
    try:
        main(arguments)
    except SystemExit as end:
        assert end.code in (0, 1, None)
    printed = capsys.readouterr()
    shown = printed.out + printed.err
    assert _CHECK.check_output(wanted, shown, _LENIENT), f"{where}: $ {command}\n{shown}"


def test_the_tutorial_can_be_followed_from_top_to_bottom(
    demo_record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command of every block, in order; `ID` is the last id that was printed, as a reader would copy it."""
    for name, there in (("demo-record", demo_record), ("demo", ROOT / "demo")):
        (tmp_path / name).symlink_to(there)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("uvicorn.Server.run", lambda *given, **named: None)
    monkeypatch.setattr("visavis.show.web.assets.charts_script", lambda: None)
    text, ids, ran = (ROOT / "docs" / "tutorial.md").read_text("utf-8"), list[str](), 0
    for kind, block in re.findall(r"^```(sh|console)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        lines = [line.removeprefix("$ ") for line in block.splitlines() if kind == "sh" or line.startswith("$ ")]
        for line in lines:
            program, *words = shlex.split(line)
            if program == "make":
                assert f"\n{words[0]}:" in (ROOT / "Makefile").read_text("utf-8")
                continue
            with pytest.raises(SystemExit) as end:
                main(
                    [ids[-1] if word == "ID" else word for word in words]
                    + (["--port", "0"] if words[0] == "serve" else [])
                )
            shown = capsys.readouterr()
            assert program == "visavis" and end.value.code == 0, f"$ {line}\n{shown.err}"
            assert shown.out, line
            ids += re.findall(r"\b[0-9a-f]{16}\b", shown.out)[:1]
            ran += 1
    assert ran > 10 and (tmp_path / "brief.html").stat().st_size > 10_000 and (tmp_path / "network.gexf").exists()


def test_there_are_examples_to_check() -> None:
    assert len(list(examples())) >= 5


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_project_lead_to_files(document: Path) -> None:
    missing = [link for link in _LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("verb", ["demo", "show event", "show story", "show dyad", "show actor"])
def test_the_help_of_a_command_has_three_worked_examples(verb: str) -> None:
    from visavis.cli import app

    shown = CliRunner().invoke(app, [*verb.split(), "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert len(re.findall(r"visavis (?:demo|show|sql)\b", shown.output.split("Examples:")[1])) >= 3
