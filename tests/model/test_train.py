"""The sentences on which the event classifier is trained are well formed, varied and as many as promised."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from rapidfuzz import process

ROOT = Path(__file__).resolve().parents[2]
TRAIN = ROOT / "model" / "train.jsonl"


READ = ROOT.parent / "shared" / "data" / "events"  # sets that authors of sentences may read, so must not imitate
IMITATION = (
    70  # similarity of the lower-case words, 0-100, above which a sentence is another one with the names changed
)


def skeleton(text: str) -> str:
    """The words that are not names, in order."""
    return " ".join(word for word in re.findall(r"[A-Za-z']+", text) if word[0].islower())


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


def test_no_sentence_imitates_one_of_a_set_that_we_read(checker: ModuleType) -> None:
    files = [READ / f"{name}_dev.jsonl" for name in ("plover_gsr", "seeds_gold")]
    if not all(file.exists() for file in files):
        pytest.skip("the shared development sets are not here")
    ours = [row["text"] for row in checker.read_rows(TRAIN) if len(row["text"].split()) > 7]
    theirs = [json.loads(line)["text"] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    likeness = process.cdist([skeleton(t) for t in ours], [skeleton(t) for t in theirs], score_cutoff=IMITATION)
    assert [ours[i] for i in likeness.max(axis=1).nonzero()[0]] == []
