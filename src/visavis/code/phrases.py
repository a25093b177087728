"""Which phrase of the action lexicon stands at a token: triggers with the objects, particles and modifiers they ask for."""

from __future__ import annotations

from collections.abc import Iterable

from visavis.code.grammar import agents, conjuncts, is_passive, patients, prepositional
from visavis.code.tree import Token, remembered
from visavis.lexicon.actions import Actions, Phrase

Match = tuple[Phrase, tuple[Token, ...]]
_MONTHS = frozenset({"March", "May", "August"})  # read as verbs and adjectives now and then


def part_of_speech(token: Token) -> str | None:
    """verb, noun or adj as the lexicon names them; None for all other tokens. Participles after "be" may be adjectives."""
    if token.text in _MONTHS:
        return None
    if token.pos_ in ("VERB", "AUX"):
        return "verb"
    if token.pos_ in ("NOUN", "PROPN"):
        return "noun"
    return "adj" if token.pos_ in ("ADJ", "ADP", "ADV") else None


def _names(token: Token) -> set[str]:
    """The lemmas by which a noun phrase may be known: its head's and its compounds' ("arms deal" is an arm and a deal)."""
    return {token.lemma, token.lower_} | {
        c.lemma for c in token.children if c.dep_ in ("compound", "nmod") or (c.dep_ == "amod" and c.pos_ == "NOUN")
    }


def _find(tokens: Iterable[Token], words: frozenset[str]) -> Token | None:
    """The token whose head lemma is among the words, else one with a compound among them."""
    pool = list(tokens)
    exact = next((t for t in pool if {t.lemma, t.lower_} & words), None)
    return exact if exact is not None else next((t for t in pool if _names(t) & words), None)


def _particle(token: Token, preposition: str) -> Token | None:
    """The child that opens a preposition or particle ("out" of "out of")."""
    first = preposition.split()[0]
    for child in token.children:
        if (
            child.i > token.i
            and child.lower_ == first
            and child.dep_ in ("prt", "prep", "advmod", "agent", "dative", "advcl", "oprd")
        ):
            return child
        if first == "to" and child.dep_ in ("xcomp", "acl", "ccomp") and any(g.lower_ == "to" for g in child.children):
            return child
        if first == "that" and child.dep_ in ("ccomp", "acl"):
            return child
    return None


def _after(token: Token, preposition: str) -> list[Token]:
    """The nouns and infinitives that follow the preposition."""
    found = [t for name, t in prepositional(token) if name == preposition or name.endswith(" " + preposition)]
    if preposition == "to":
        found += [c for c in token.children if c.dep_ in ("xcomp", "acl") or (c.dep_ == "ccomp" and c.tag_ == "VB")]
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            found += [g for g in child.children if g.dep_ == "pcomp"]
    for child in token.children:  # the parser often hangs the phrase on the object
        if child.dep_ in ("dobj", "nsubjpass", "prt"):
            found += [t for name, t in prepositional(child) if name == preposition]
    return found


def match(phrase: Phrase, token: Token) -> tuple[Token, ...] | None:
    """The tokens of `phrase` when it stands at `token`, else None."""
    words = [token]
    if phrase.objects:
        found = _find(_objects(token), phrase.objects)
        if found is None:
            return None
        words.append(found)
        if phrase.modifiers and not all(m in {c.lemma for c in found.subtree} for m in phrase.modifiers):
            return None
    elif phrase.modifiers:
        near = {c.lemma for c in token.children if c.dep_ in ("amod", "compound", "nmod", "poss", "nummod", "punct")}
        near |= {g.lemma for c in token.children if c.dep_ in ("amod", "compound") for g in c.children}
        if not all(m in near for m in phrase.modifiers):
            return None
    if phrase.preposition:
        particle = _particle(token, phrase.preposition)
        if particle is None and phrase.prep_objects:
            particle = next((c for o in _objects(token) for c in [_particle(o, phrase.preposition)] if c), None)
        if particle is None:
            return None
        words.append(particle)
    if phrase.prep_objects:
        pool = _after(token, phrase.preposition.split()[-1])
        if words[-1].dep_ in ("prt", "advmod"):  # "called off the strike": the object of a particle verb
            pool += _objects(token)
        found = _find(pool, phrase.prep_objects)
        if found is None:
            return None
        words.append(found)
    return tuple(words)


@remembered
def _objects(token: Token) -> tuple[Token, ...]:
    """What a verb acts on, with its predicate noun ("was declared persona non grata"); for nouns, their complements."""
    found = patients(token)
    extra = [t for c in token.children if c.dep_ in ("oprd", "attr", "dobj", "npadvmod") for t in conjuncts(c)]
    if token.dep_ == "acl" and token.tag_ == "VBN":
        extra.append(token.head)
    of = [g for t in found for name, g in prepositional(t) if name == "of"]
    told = [s for c in token.children if c.dep_ == "ccomp" and c.tag_ == "VB" for s in c.children if s.dep_ == "nsubj"]
    idiom = [g for g in token.subtree if g.lower_ == "persona"]
    return (*found, *extra, *of, *told, *idiom)


def has_party(token: Token, actor_tokens: frozenset[int]) -> bool:
    """True when an actor stands among the objects or the dependents below the token, subjects apart."""
    subjects = {t.i for t in agents(token)}
    return any(
        t.i in actor_tokens for c in token.children if c.i not in subjects and c.dep_ != "nsubj" for t in c.subtree
    )


def needs_met(phrase: Phrase, token: Token, actor_tokens: frozenset[int]) -> bool:
    """Whether the second party that the phrase asks for is there."""
    if phrase.needs == "object":
        return any(o.i in actor_tokens for o in patients(token)) or is_passive(token)
    if phrase.needs == "intransitive":
        return not patients(token) and not is_passive(token)
    if phrase.needs == "party":
        return has_party(token, actor_tokens) or is_passive(token) or token.dep_ == "conj"
    return True


def best_phrases(token: Token, actions: Actions, actor_tokens: frozenset[int], pos: str | None = None) -> list[Match]:
    """All phrases that stand at the token, heaviest first; a word before a class of words, then in the order of their types."""
    kind = pos or part_of_speech(token)
    if kind is None:
        return []
    found: list[Match] = []
    for phrase in actions.of(kind, token.lower_ if kind == "adj" else token.lemma):
        words = match(phrase, token)
        if words is not None and needs_met(phrase, token, actor_tokens):
            found.append((phrase, words))
    if len(found) < 2:
        return found
    return sorted(found, key=lambda m: (-m[0].weight, _by_compound(m), len(m[0].objects) > 1))


def _by_compound(found: Match) -> bool:
    """Whether the phrase's object was met only by a compound ("war games" is a game before it is a war)."""
    phrase, words = found
    return bool(phrase.objects) and not any({w.lemma, w.lower_} & phrase.objects for w in words[1:])
