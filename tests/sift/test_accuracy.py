"""Accuracy floors on labelled copies, on the half of the families that no threshold was fitted on, and on all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from visavis.sift.evaluate import CopyScores, find_pairs, score_pairs

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "sift"
pytestmark = [
    pytest.mark.accuracy,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs ../shared/data/sift beside the checkout"),
]


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def scores() -> CopyScores:
    return score_pairs(list(find_pairs(lines("docs.jsonl"))), lines("pairs.jsonl"))


def test_precision_and_core_recall_hold_their_floors(scores: CopyScores) -> None:
    assert scores.precision >= 0.99
    assert scores.core_recall >= 0.99


def test_each_kind_holds_its_floor(scores: CopyScores) -> None:
    assert {name: kind.recall for name, kind in scores.kinds.items() if kind.recall < 0.95} == {}


def test_spans_overlap_the_labelled_ones(scores: CopyScores) -> None:
    for name in ("verbatim", "truncated", "spin20", "spin40", "stitched", "heavy"):
        assert (scores.kinds[name].span_overlap or 0) >= 0.9 * (scores.kinds[name].direction or 0), name


def test_who_copied_whom_is_told_from_the_texts_alone(scores: CopyScores) -> None:
    for name in ("verbatim", "truncated", "teaser", "edited", "spin30", "heavy", "stitched"):
        assert (scores.kinds[name].direction or 0) >= 0.9, name
