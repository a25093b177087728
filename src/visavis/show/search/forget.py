"""Removing search indexes: they hold sentences, outside the record."""

from __future__ import annotations

from collections.abc import Iterable

from visavis.show.cache import cache_folder


def forget(run_ids: Iterable[str]) -> None:
    """Remove the indexes of these runs, whatever the form of their files."""
    wanted = set(run_ids)
    for path in cache_folder().glob("search-*"):
        if any(run_id in path.name for run_id in wanted):
            path.unlink(missing_ok=True)
