"""The words of voices.yaml: verbs, nouns and phrases by which texts tell who says so."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from visavis.errors import LexiconError
from visavis.lexicon.yamls import parse_yaml


class Cues(Struct, frozen=True):
    """`verbs` .. `media` are lower-case lemmas; `forms` is a regular-expression alternation of the verbs' finite forms."""

    verbs: frozenset[str]
    infinitive_verbs: frozenset[str]
    relaying_verbs: frozenset[str]
    nouns: frozenset[str]
    documents: frozenset[str]
    phrases: tuple[str, ...]
    anonymous: frozenset[str]
    anonymity: re.Pattern[str]
    experts: frozenset[str]
    officials: frozenset[str]
    media: frozenset[str]
    forms: str


_IRREGULAR = {
    "say": "said|says",
    "tell": "told|tells",
    "write": "wrote|writes",
    "read": "reads",
    "find": "found|finds",
    "broadcast": "broadcast",
}


@cache
def cues() -> Cues:
    """The shipped cues. Raises LexiconError when a section is missing."""
    table: dict[str, Any] = parse_yaml(files("visavis.lexicon").joinpath("voices.yaml").read_text(encoding="utf-8"))
    try:
        words = {
            name: frozenset(table[name])
            for name in (
                "verbs",
                "infinitive_verbs",
                "relaying_verbs",
                "nouns",
                "documents",
                "anonymous",
                "experts",
                "officials",
                "media",
            )
        }
        phrases, anonymity = tuple(table["phrases"]), "|".join(re.escape(w) for w in table["anonymity"])
    except KeyError as missing:
        raise LexiconError(f"voices.yaml lacks the section {missing}.", "Restore it from the package.") from None
    forms = "|".join(sorted((_finite(v) for v in words["verbs"]), reverse=True))
    return Cues(phrases=phrases, anonymity=re.compile(rf"\b(?:{anonymity})\b", re.IGNORECASE), forms=forms, **words)


def _finite(verb: str) -> str:
    """Past and third-person forms of a verb, as a regular-expression alternation."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d|{verb}s"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied|{verb[:-1]}ies"
    doubled = verb + verb[-1] if verb in ("admit",) else verb
    return f"{doubled}ed|{verb}{'es' if verb.endswith(('s', 'sh', 'ch')) else 's'}"
