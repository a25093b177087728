"""Removing the search indexes: they hold sentences, outside the record."""

from __future__ import annotations

from visavis.show.cache import cache_folder


def forget() -> None:
    """Remove all indexes; each is made again when its record is asked."""
    for path in cache_folder().glob("search-*"):
        path.unlink(missing_ok=True)
