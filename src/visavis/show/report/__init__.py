"""Reports: a text in Markdown that points at events, dyads and charts becomes Markdown, HTML or DOCX with numbered footnotes."""

from __future__ import annotations

from visavis.show.report.make import ENDINGS, write_report

__all__ = ["ENDINGS", "write_report"]
