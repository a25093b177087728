"""Floors on ICEWS14 (train, then valid as the test), held when the set lies beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from visavis.forecast.ranking.quads import load_quads
from visavis.forecast.ranking.rank import rank_files

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "forecast" / "icews14"


@pytest.mark.accuracy
def test_additive_evidence_on_icews14() -> None:
    if not (FOLDER / "valid.txt").is_file():
        pytest.skip("ICEWS14 is not beside the checkout (../shared/data/forecast/icews14)")
    found, _ = rank_files(load_quads(FOLDER / "train.txt.gz"), load_quads(FOLDER / "valid.txt"), model="additive")
    assert found["mrr"] >= 0.468
    assert found["hits10"] >= 0.643
