"""Two parties of one state: is a sector its government's side, or does it face the government?"""

from __future__ import annotations

# Those that may face their own government, and the bodies of that government; a bare state is its government.
CHALLENGERS = frozenset("CVL OPP REB EDU LAB JRN BUS REL NGO UAF REF ELI PTY HRI CRM".split())
RULERS = frozenset(("GOV", "LEG", "MIL", "COP", "JUD", "SPY", ""))


def same_side(source: str, target: str) -> bool:
    """Whether two sectors of one state are one party."""
    if source in CHALLENGERS and target in RULERS:
        return False
    return source == target or target in ("", "GOV")
