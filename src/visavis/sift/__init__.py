"""Sift: one report counts once, and we know who copied whom.

`fingerprint` (per article) -> `Index` and `candidates` -> `verify` (aligned passages, kind, direction) -> `gather` (stories).
`link` does all of it for a set of articles.
"""

from .fingerprints import Fingerprint, fingerprint
from .happenings import join
from .index import Index, candidates
from .link import Linked, compare, link, verify
from .stories import Alias, aliases, gather

__all__ = [
    "Alias",
    "Fingerprint",
    "Index",
    "Linked",
    "aliases",
    "candidates",
    "compare",
    "fingerprint",
    "gather",
    "join",
    "link",
    "verify",
]
