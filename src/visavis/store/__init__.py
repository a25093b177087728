"""The record on disk: tables, questions, exports, proofs of consistency."""

from __future__ import annotations

from visavis.store.events import Events
from visavis.store.query import Limits
from visavis.store.record import Record
from visavis.store.tables import TABLES
from visavis.store.tables.runs import Run
from visavis.store.writer import Writer

__all__ = ["TABLES", "Events", "Limits", "Record", "Run", "Writer"]
