"""How a run tells what it is doing, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """What a listener offers: `start` a pass with its total (None: not known), then `advance` as it goes on."""

    def start(self, name: str, total: int | None) -> None:
        """A pass begins."""

    def advance(self, count: int) -> None:
        """So many more units of the pass are done."""


class Silent:
    """A listener that says nothing."""

    def start(self, name: str, total: int | None) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""
