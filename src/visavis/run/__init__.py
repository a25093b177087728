"""How work is done: the passes over a record, spread over processes, resumable."""

from __future__ import annotations

from visavis.run.pile import Summary, read_pile
from visavis.run.progress import Progress, Silent
from visavis.run.settings import Settings

__all__ = ["Progress", "Settings", "Silent", "Summary", "read_pile"]
