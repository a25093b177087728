"""A parser that cannot be used is one clear error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visavis.code.parse import load_parser
from visavis.errors import InputError


@pytest.mark.parametrize(
    ("pipes", "why"), [(["parser"], "No spaCy pipeline called"), (["tagger"], "has no dependency parser")]
)
def test_a_pipeline_that_is_described_but_not_whole_is_told(tmp_path: Path, pipes: list[str], why: str) -> None:
    described = {"lang": "en", "name": "half", "version": "1.0.0", "pipeline": pipes}
    (tmp_path / "meta.json").write_text(json.dumps(described), "utf-8")
    with pytest.raises(InputError, match=why):
        load_parser(str(tmp_path))
