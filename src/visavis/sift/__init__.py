"""Sift: one report counts once, and we know who copied whom.

`fingerprint` (per article) -> `Index` and `candidates` -> `verify` (aligned passages, kind, direction) -> `gather` (stories).
`link` does all of it for a set of articles.
"""

from .credits import Credit, credits, credits_source, uncredited
from .fingerprints import Fingerprint, fingerprint
from .happenings import Ruling, join
from .index import Index, candidates
from .lineage import Branch, Piece, Versions, compare_versions, tree
from .link import Linked, compare, link, verify
from .stories import Alias, aliases, gather
from .traces import is_spun, traces

__all__ = [
    "Alias",
    "Branch",
    "Credit",
    "Fingerprint",
    "Index",
    "Linked",
    "Piece",
    "Ruling",
    "Versions",
    "aliases",
    "candidates",
    "compare",
    "compare_versions",
    "credits",
    "credits_source",
    "fingerprint",
    "gather",
    "is_spun",
    "join",
    "link",
    "traces",
    "tree",
    "uncredited",
    "verify",
]
