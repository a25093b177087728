"""Bytes to articles: what a user names becomes pages, a page becomes its articles, teasers and drops."""

from visavis.read.options import ReadOptions
from visavis.read.page import Reading, page_text, read_page
from visavis.read.sources import pages

__all__ = ["ReadOptions", "Reading", "page_text", "pages", "read_page"]
