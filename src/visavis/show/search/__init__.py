"""Finding events by words and facts: an SQLite file (FTS5) outside the record, made from one run and made again at will."""

from __future__ import annotations

from visavis.show.search.build import index_of, index_path
from visavis.show.search.find import Found, find, last_lines, outlets_of, story_lines
from visavis.show.search.places import ids_with, rows_of
from visavis.show.search.plan import STATUSES, VOICES, Filters

__all__ = [
    "STATUSES",
    "VOICES",
    "Filters",
    "Found",
    "find",
    "ids_with",
    "index_of",
    "index_path",
    "last_lines",
    "outlets_of",
    "rows_of",
    "story_lines",
]
