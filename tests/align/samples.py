"""Small inputs for the tests of align, and where the field's data lie when they are present."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "align"


def field_file(name: str) -> Path:
    """The file of the field's data called `name`; skips the test where it is absent."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"needs shared/data/align/{name}, which is not here")
    return path
