"""The plain coder in place of the real one, for all tests of the passes."""

from __future__ import annotations

import pytest

from tests.run.samples import PlainCoder


@pytest.fixture(autouse=True)
def _plain_coder(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    if "real_coder" not in request.fixturenames:
        for module in ("pile", "tasks", "reviews"):
            monkeypatch.setattr(f"visavis.run.{module}.coder", lambda settings: PlainCoder())


@pytest.fixture
def real_coder() -> None:
    """Ask for it to code with the real coder."""
