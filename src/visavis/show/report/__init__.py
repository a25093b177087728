"""Reports: a text in Markdown that points at events, dyads and charts becomes Markdown, HTML or DOCX with numbered footnotes."""

from __future__ import annotations

from visavis.show.report.draft import draft
from visavis.show.report.make import ENDINGS, report_bytes, write_report, write_text
from visavis.show.report.parse import parse

__all__ = ["ENDINGS", "draft", "parse", "report_bytes", "write_report", "write_text"]
