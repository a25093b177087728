"""Finding events by words and facts: an SQLite file (FTS5) outside the record, made from one run and made again at will."""

from __future__ import annotations

from visavis.show.search.build import index_of
from visavis.show.search.find import Found, actors_of, find, outlets_of
from visavis.show.search.plan import STATUSES, VOICES, Filters

__all__ = ["STATUSES", "VOICES", "Filters", "Found", "actors_of", "find", "index_of", "outlets_of"]
