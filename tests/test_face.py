"""The public face: three verbs and a record, and nothing heavy before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import visavis as vv
from tests.store.samples import small_record


def run(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_every_public_name_is_there() -> None:
    assert all(callable(getattr(vv, name)) for name in vv.__all__)
    assert set(vv.__all__) <= set(dir(vv))


def test_importing_it_imports_nothing_heavy() -> None:
    heavy = ("pyarrow", "duckdb", "spacy", "numpy", "msgspec")
    assert run(f"import sys, visavis; print([name for name in {heavy!r} if name in sys.modules])") == "[]"


def test_a_room_that_is_a_verb_is_both_whoever_imports_it_first() -> None:
    for first in ("import visavis.read", "from visavis.read import pages", "import visavis.run", "pass"):
        script = f"{first}\nimport visavis as vv\nfrom visavis.read import pages\nprint(callable(vv.read), vv.read.pages is pages)"
        assert run(script) == "True True"


def test_open_and_ask(tmp_path: Path) -> None:
    small_record(tmp_path / "r")
    record = vv.open(tmp_path / "r")
    assert isinstance(record, vv.Record)
    assert [event.type for event in record.events("RUR", "BOR", since="2021")] == ["CONSULT"]


def test_read_and_code(tmp_path: Path) -> None:
    assert vv.read([], tmp_path / "r").total["pages"] == 0
    (row,) = vv.code([{"id": "1", "text": "The lake was calm."}])
    assert row == {"id": "1", "events": []}


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'raed'"):
        vv.raed  # noqa: B018
