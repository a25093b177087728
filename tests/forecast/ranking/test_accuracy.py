"""Floors on ICEWS14 (train, then valid as the test), held when the set lies beside the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from visavis.forecast.ranking.quads import load_quads
from visavis.forecast.ranking.rank import rank_files

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "forecast" / "icews14"


def _rank(model: Literal["additive", "stack"]) -> dict[str, float]:
    if not (FOLDER / "valid.txt").is_file():
        pytest.skip("ICEWS14 is not beside the checkout (../shared/data/forecast/icews14)")
    return rank_files(load_quads(FOLDER / "train.txt.gz"), load_quads(FOLDER / "valid.txt"), model=model)[0]


@pytest.mark.accuracy
def test_additive_evidence_on_icews14() -> None:
    found = _rank("additive")
    assert found["mrr"] >= 0.470
    assert found["hits10"] >= 0.645


@pytest.mark.accuracy
@pytest.mark.slow
def test_the_stack_on_icews14() -> None:
    found = _rank("stack")
    assert found["mrr"] >= 0.488
    assert found["hits10"] >= 0.655
    assert found["fit_cpu_s"] + found["apply_cpu_s"] < 600
