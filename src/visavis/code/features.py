"""What the learned weigher sees of a candidate: the words around its trigger by grammatical role, the sentence, and what the rules say.

Names of parties are masked, so that the weights learn acts and not countries.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from visavis.code.acts import Act
from visavis.code.grammar import auxiliaries, is_negated, is_passive
from visavis.code.tree import Doc, Token, remembered
from visavis.lexicon.ontology import QUAD

_SKIP = frozenset({"PUNCT", "SPACE", "NUM", "SYM"})


def _word(token: Token, actor_tokens: frozenset[int]) -> str:
    return "ACTOR" if token.i in actor_tokens and token.pos_ in ("PROPN", "ADJ") else token.lemma


def _around(act: Act, actor_tokens: frozenset[int]) -> Iterator[str]:
    """The trigger, its children by label, its governor, and its objects' children."""
    head = act.head
    word = _word(head, actor_tokens)
    yield f"head={word}"
    yield f"core={_word(act.core, actor_tokens)}"
    yield f"pos={head.pos_}|{head.dep_ if head.dep_ in ('ROOT', 'relcl', 'acl', 'advcl', 'conj', 'xcomp', 'ccomp') else 'other'}"
    for child in head.children:
        if child.pos_ in _SKIP:
            continue
        name = _word(child, actor_tokens)
        yield f"{child.dep_}={name}"
        yield f"head+{child.dep_}={word}|{name}"
        if child.dep_ in ("prep", "agent", "dobj", "nsubjpass", "xcomp", "attr", "acomp", "prt", "ccomp"):
            for grand in child.children:
                if grand.pos_ not in _SKIP:
                    yield f"{child.dep_}.{grand.dep_}={_word(grand, actor_tokens)}"
                    if child.dep_ == "prep":
                        yield f"head+{name}={word}|{_word(grand, actor_tokens)}"
    if head.head.i != head.i:
        yield f"governor={_word(head.head, actor_tokens)}|{head.dep_}"
    for name in sorted(auxiliaries(head)) if head.pos_ in ("VERB", "AUX") else ():
        yield f"aux={name}"
    if head.pos_ in ("VERB", "AUX"):
        yield f"passive={is_passive(head)}"
        yield f"negated={is_negated(head)}"


@remembered
def _sentence(doc: Doc, actor_tokens: frozenset[int]) -> tuple[str, ...]:
    """What all candidates of the sentence share; worked out once."""
    return tuple(_words(doc, actor_tokens))


def _words(doc: Doc, actor_tokens: frozenset[int]) -> Iterator[str]:
    words = [_word(t, actor_tokens) for t in doc if t.pos_ not in _SKIP]
    for word in words:
        yield f"w={word}"
    for first, second in pairwise(words):
        yield f"b={first}|{second}"
    yield f"headline={not doc.text.rstrip().endswith(('.', '!', '?', '”', chr(34)))}"


def _rules(act: Act, status: str | None, parties: tuple[int, int]) -> Iterator[str]:
    yield f"rule={act.type}"
    yield f"cameo={act.cameo}"
    yield f"rule|weight={act.type}|{min(act.weight, 4)}"
    for rival in act.rivals:
        yield f"rival={rival}"
        yield f"rule|rival={act.type}|{rival}"
    if act.type in QUAD:
        yield f"quad={QUAD[act.type]}"
    if act.content is not None:
        yield f"content={act.content.type}"
        yield f"rule|content={act.type}|{act.content.type}"
    operator = act.rule.split(" +")[0].split(' "')[0]
    yield f"operator={operator}"
    yield f"status={status}|{act.type}"
    yield f"parties={min(parties[0], 2)}>{min(parties[1], 2)}"


def features(
    doc: Doc, act: Act, status: str | None, actor_tokens: frozenset[int], parties: tuple[int, int]
) -> dict[str, float]:
    """Feature name -> value for one candidate. `parties` counts its sources and targets. Sentence words weigh less in long sentences."""
    found: dict[str, float] = dict.fromkeys(_rules(act, status, parties), 1.0)
    found.update(dict.fromkeys(_around(act, actor_tokens), 1.0))
    weight = 1.0 / (1.0 + len(doc) / 20.0)
    for name in _sentence(doc, actor_tokens):
        found.setdefault(name, weight)
    return found
