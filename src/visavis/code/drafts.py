"""An actor in the making, and the small readings of a noun phrase that all of them share."""

from __future__ import annotations

from dataclasses import dataclass

from visavis.code.nominals import Segment
from visavis.code.tree import Doc
from visavis.lexicon import Role

ACTED_ON = frozenset(
    "backed occupied controlled born sponsored supported brokered mediated allied held funded made built friendly aligned imposed trained armed"
    " ruled administered annexed bound wide hosted facilitated".split()
)
_FORMER = frozenset("former ex- ousted deposed late exiled ex toppled".split())


@dataclass
class Draft:
    """`start`..`end` are the actor's tokens, `root` the one through which grammar reaches it; `role` is the noun that says what it is,
    in `role_words`. `kind`: state, organisation, body, person, people, name, pronoun, group."""

    root: int
    start: int
    end: int
    code: str = ""
    sector: str = ""
    name: str = ""
    how: str = ""
    kind: str = ""
    office: str = ""
    called: tuple[str, ...] = ()
    plural: bool = False
    segment: Segment | None = None
    role: Role | None = None
    role_words: str = ""
    described: bool = False


def phrase_root(doc: Doc, start: int, end: int) -> int:
    """The last token of the phrase whose head lies outside it."""
    outside = [t.i for t in doc[start:end] if not start <= t.head.i < end]
    return outside[-1] if outside else end - 1


def owns(doc: Doc, end: int) -> bool:
    """False when a mention that ends at `end` is only what acts on somebody else: "Russian-backed", "Israeli-occupied"."""
    hyphen = end < len(doc) and doc[end].text in ("-", "–", "‑")
    return not hyphen or end + 1 >= len(doc) or doc[end + 1].lower_ not in ACTED_ON


def is_former(doc: Doc, start: int, end: int) -> bool:
    """Whether the phrase speaks of somebody who held the office before."""
    return any(t.lower_ in _FORMER or t.lower_.startswith("ex-") for t in doc[start:end])
