"""Reports: a text in Markdown that points at events, dyads and charts becomes Markdown, HTML or DOCX with numbered footnotes."""

from __future__ import annotations

from visavis.show.report.make import ENDINGS, report_bytes, write_report
from visavis.show.report.parse import parse

__all__ = ["ENDINGS", "parse", "report_bytes", "write_report"]
