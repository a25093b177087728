"""Reason: an argument on the table, and what would flip it. `scenario` reads a file; the answer is asked of what comes back."""

from __future__ import annotations

from visavis.reason.kinds import KINDS
from visavis.reason.report import Report
from visavis.reason.scenario import Scenario, scenario, shipped

__all__ = ["KINDS", "Report", "Scenario", "scenario", "shipped"]
