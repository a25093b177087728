"""A text that a machine reworded says so itself, when it has enough traces; plain pages do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sift.samples import text
from visavis.sift import is_spun, traces

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "sift"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.mark.parametrize(
    ("words", "trace"),
    [
        ("The pilots were tired, fast His focus moved to the harbour.", "a capital amid a sentence: 'His'"),
        ("It was sent by Mentally strong people.", "a capital amid a sentence: 'Mentally'"),
        (
            "She got it from the mayor. accepted. The rest went home.",
            "a sentence that begins in lower case: 'accepted'",
        ),
        ("They deal with HarbourSo as not to offend.", "two sentences run together: 'HarbourSo'"),
        ("It was an calculated step.", "a wrong article: 'an calculated'"),
        ("The unfamiliar minister flew home.", "'unfamiliar minister' for 'foreign minister'"),
        ("Vladimir Puttin flew home.", "a name respelt: 'Vladimir Puttin' for 'Vladimir Putin'"),
        ("President Puttin flew home.", "a name respelt: 'Puttin' for 'Putin'"),
    ],
)
def test_each_sort_of_trace_is_told(words: str, trace: str) -> None:
    assert traces(words) == (trace,)
    assert not is_spun(words)


@pytest.mark.parametrize(
    "words",
    [
        "He flew home in July, etc. and so on. The U.S. said so. See harbour. example.org for more.",
        "Vladimir Putin met António Guterres, Recep Tayyip Erdogan and Vladimir Putina of the harbour.",
        "An hour later a united crew, a European one, met an honest man at a university.",
        'The magazine When in Rome appeared. "They came," he said, and In re Harbour was heard.',
    ],
)
def test_what_plain_pages_have_is_no_trace_of_three(words: str) -> None:
    assert not is_spun(words)


def test_three_traces_make_a_text_spun() -> None:
    told = "An calculated step. The unfamiliar minister flew home. President Puttin stayed. " + text(3, 91)
    assert is_spun(told) and not is_spun(told.replace("Puttin", "Putin"))


@pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/sift beside the checkout")
def test_no_plain_page_of_a_hundred_is_spun() -> None:
    lines = (DATA / "base.jsonl").read_text(encoding="utf-8").splitlines()[::5]
    assert [row["id"] for row in map(json.loads, lines) if is_spun(row["text"])] == []


@pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds beside the checkout")
def test_of_the_real_pages_those_that_machines_reworded_are_spun() -> None:
    told = {path.name[:3]: is_spun(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("00*.txt"))}
    assert told == {"000": False, "001": True, "002": False, "003": True, "004": True}
