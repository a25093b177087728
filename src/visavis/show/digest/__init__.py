"""What pages need of all events, worked out once a run: counts per dyad and actor, lifts, the front page.

An SQLite file outside the record, made again at will. It needs no search index, and is made in a fraction of that one's time.
"""

from __future__ import annotations

from visavis.show.digest.fill import digest_of, digest_path

__all__ = ["digest_of", "digest_path"]
