"""The sentences on which the event classifier is trained are well formed, varied and as many as promised."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
TRAIN = ROOT / "model" / "train.jsonl"


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_train", ROOT / "scripts" / "check_train.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_sentence_is_well_formed_and_none_is_told_twice(checker: ModuleType) -> None:
    assert checker.problems(checker.read_rows(TRAIN)) == []


def test_the_quotas_of_the_readme_hold(checker: ModuleType) -> None:
    assert checker.shortfalls(checker.read_rows(TRAIN)) == []


def test_reciprocal_agreements_have_all_parties_as_source(checker: ModuleType) -> None:
    rows = checker.read_rows(TRAIN)
    consults = [e for row in rows for e in checker.events_of(row) if e["event"] == "CONSULT" and e["cameo"] == "046"]
    assert sum(len(e["source"]) >= 2 for e in consults) > len(consults) / 2


def test_the_checker_sees_what_is_wrong(checker: ModuleType) -> None:
    event = {"event": "HUG", "cameo": "99", "source": [{"text": "Gondor", "code": "gon"}], "target": [], "words": "x"}
    broken = {"id": "a", "text": "Chile  waved at Peru.", **event}
    report = " ".join(checker.problems([broken]))
    for complaint in ("white space", "unknown type", "unknown status", "CAMEO", "words 'x'", "'Gondor'", "'gon'"):
        assert complaint in report
    twin = {"id": "b", "text": "Chile waved at Peru today.", "event": "NONE"}
    other = {"id": "c", "text": "Chile waved at Peru again today.", "event": "NONE"}
    assert not checker.problems([twin])
    assert "near-duplicates" in " ".join(checker.problems([twin, {**other, "text": "So Chile waved at Peru today."}]))
