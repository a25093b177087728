"""Who is the subject, the object, the complement: grammatical relations of a spaCy parse, with passives, relative clauses,
control, coordination and participles undone once, so that every rule above can speak of agents and patients.

Labels are those of spaCy's English models (ClearNLP style: nsubj, dobj, agent, prep, pobj, xcomp, acl, relcl ...).
"""

from __future__ import annotations

from collections.abc import Iterator

from visavis.code.tree import Token, remembered

_SUBJECTS = frozenset({"nsubj", "csubj"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
# Verbs whose object, not their subject, is the subject of the infinitive that follows ("urged Iran to halt").
OBJECT_CONTROL = frozenset(
    "urge ask tell order force compel press pressure persuade convince invite allow permit enable let make help want expect"
    " encourage instruct command direct require oblige warn advise authorize beg implore request lead cause push pressurise"
    " pressurize beseech entreat summon call remind accuse prompt induce coerce get forbid ban bar prevent stop".split()
)
_NOBODY = frozenset({"nobody", "nothing", "none", "noone"})
_DEPTH = 6
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight".split()
)
_ADVERBIAL = frozenset(
    {"by", "after", "before", "while", "without", "since", "upon", "following", "despite", "besides"}
)


@remembered
def conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and everything coordinated to its right ("France, Germany and Italy" from "France")."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    denied = any(c.dep_ == "neg" for c in token.children) and any(c.lower_ == "but" for c in token.children)
    return tuple(found[1:]) if denied and len(found) > 1 and token.pos_ != "VERB" else tuple(found)  # "not A but B"


@remembered
def is_time_word(token: Token) -> bool:
    """Whether the token is a day of the week or one of "today", "yesterday", "tomorrow", "tonight"."""
    return token.lower_ in _WEEKDAYS


def is_passive(verb: Token) -> bool:
    """True for "was expelled" and for a participle that modifies a noun ("the diplomats expelled by Prague")."""
    if any(child.dep_ in ("auxpass", "nsubjpass", "csubjpass") for child in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    # "was arrested and expelled": the second participle shares the auxiliary unless it has a subject of its own.
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.pos_ == "VERB" and not _own_subjects(verb):
        return is_passive(verb.head) and not any(child.dep_ == "dobj" for child in verb.children)
    return False


def _own_subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in _SUBJECTS | _PASSIVE_SUBJECTS]


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for, else the token itself."""
    clause = verb
    while clause.dep_ in ("conj", "xcomp") and clause.head.i != clause.i:
        clause = clause.head
    if token.lower_ in _RELATIVES and clause.dep_ == "relcl":
        return clause.head
    return token


@remembered
def subjects(verb: Token, depth: int = _DEPTH) -> tuple[Token, ...]:
    """The grammatical subjects of a verb, inherited through coordination, control, relative and participial clauses."""
    own = _own_subjects(verb)
    if own:
        return tuple(t for s in own for t in conjuncts(_antecedent(s, verb)))
    if depth == 0 or verb.head.i == verb.i:
        return ()
    head = verb.head
    if verb.dep_ == "xcomp" or (verb.dep_ == "ccomp" and verb.tag_ in ("VB", "VBG")):
        return _controller(head, depth)
    if verb.dep_ in ("conj", "advcl", "parataxis", "dep", "prep") and head.pos_ in ("VERB", "AUX"):
        return subjects(head, depth - 1)
    if verb.dep_ == "acl":
        return conjuncts(head) if verb.tag_ in ("VBG", "VBN") else owners(head, depth - 1)
    if verb.dep_ == "relcl":
        return () if any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children) else conjuncts(head)
    if verb.dep_ == "pcomp" and head.head.i != head.i:
        return _gerund_subjects(head.head, head, depth)
    return ()


def _controller(head: Token, depth: int) -> tuple[Token, ...]:
    if head.lemma in OBJECT_CONTROL:
        objects = patients(head)
        if objects:
            return objects
    return subjects(head, depth - 1)


def _gerund_subjects(governor: Token, preposition: Token, depth: int) -> tuple[Token, ...]:
    """ "accused Iran of arming": the object; "ended the row by lifting": the subject; "the risk of losing": the owner."""
    if governor.pos_ in ("VERB", "AUX"):
        if governor.lemma in OBJECT_CONTROL or preposition.lower_ in ("of", "from", "for", "against", "into"):
            return patients(governor) or subjects(governor, depth - 1)
        return subjects(governor, depth - 1)
    return owners(governor, depth - 1)


@remembered
def agents(verb: Token) -> tuple[Token, ...]:
    """Who acts: the subject of an active verb, the by-phrase of a passive one."""
    if is_passive(verb):
        return tuple(
            t
            for by in verb.children
            if by.dep_ == "agent" or (by.dep_ == "prep" and by.lower_ == "by")
            for p in by.children
            if p.dep_ == "pobj"
            for t in conjuncts(p)
        )
    return subjects(verb)


@remembered
def patients(verb: Token) -> tuple[Token, ...]:
    """Who or what is acted on: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        own = subjects(verb)
        return own or (conjuncts(verb.head) if verb.dep_ == "acl" else ())
    found = [t for c in verb.children if c.dep_ in ("dobj", "obj") for t in conjuncts(_antecedent(c, verb))]
    if not found and verb.dep_ == "relcl" and _own_subjects(verb):
        relative = any(c.lower_ in _RELATIVES and c.dep_ == "dobj" for c in verb.children)
        bare = not any(c.lower_ in _RELATIVES for c in verb.children)
        if relative or bare:
            found = list(conjuncts(verb.head))
    if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not _has_complement(verb):
        # "arrested and jailed the reporters": the object hangs on the last verb only, or on the first.
        found = [t for c in verb.head.children if c.dep_ == "dobj" and c.i > verb.i for t in conjuncts(c)]
    if not found and not _has_complement(verb):
        found = [
            t
            for c in verb.children
            if c.dep_ == "conj" and c.tag_ == verb.tag_
            for g in c.children
            if g.dep_ == "dobj"
            for t in conjuncts(g)
        ]
    return tuple(found)


def _has_complement(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "ccomp", "xcomp", "prep", "attr", "acomp", "prt") for c in verb.children)


@remembered
def recipients(verb: Token) -> tuple[Token, ...]:
    """The indirect object ("gave Kyiv weapons")."""
    return tuple(t for c in verb.children if c.dep_ in ("dative", "iobj") and c.pos_ != "ADP" for t in conjuncts(c))


@remembered
def prepositional(token: Token) -> tuple[tuple[str, Token], ...]:
    """(preposition, noun) for each prepositional dependent, coordinated nouns one by one; "out of" comes as "out of"."""
    return tuple(_prepositional(token))


def _prepositional(token: Token) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in ("ADP", "SCONJ", "ADV", "VERB", "PART"):
            yield from _objects_of(child, child.lower_)
        elif is_time_word(child) and child.i > token.i:  # "called Thursday on Arabs": the parse hangs "on" on the day
            yield from prepositional(child)
        elif child.dep_ in ("prt", "advmod") and child.lower_ in ("out", "away", "back", "down", "ahead"):
            for prep in child.children:
                if prep.dep_ == "prep":
                    yield from _objects_of(prep, f"{child.lower_} {prep.lower_}")


def _objects_of(prep: Token, name: str) -> Iterator[tuple[str, Token]]:
    for child in prep.children:
        if child.dep_ == "pobj":
            for token in conjuncts(child):
                yield name, token
        elif child.dep_ == "prep":
            yield from _objects_of(child, f"{name} {child.lower_}")
        elif child.dep_ == "conj" and child.pos_ == "ADP":  # "not only with Baku but also with Tbilisi"
            yield from _objects_of(child, child.lower_)


def owners(noun: Token, depth: int = _DEPTH) -> tuple[Token, ...]:
    """Whose the noun is: possessor, adjective or compound of nationality, or the subject of the verb that governs it
    ("Moscow's refusal", "the Russian refusal", "announced its refusal")."""
    found = [t for c in noun.children if c.dep_ in ("poss", "nmod", "compound", "amod") for t in conjuncts(c)]
    by = [t for name, t in prepositional(noun) if name == "by"]
    if found or by or depth == 0:
        return tuple(by + found)
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "pobj", "conj") and head.i != noun.i:
        verb = head.head if noun.dep_ == "pobj" else head
        if verb.pos_ == "VERB":
            return agents(verb)
    return ()


@remembered
def complements(token: Token) -> tuple[Token, ...]:
    """Heads of clauses that complete a verb, adjective or noun ("refused to sign", "said it would sign", "decision to sign")."""
    deps = ("xcomp", "ccomp", "acl") if token.pos_ in ("NOUN", "PROPN") else ("xcomp", "ccomp", "acomp")
    found = [c for c in token.children if c.dep_ in deps and not (c.dep_ == "acl" and c.tag_ == "VBN")]
    found += [
        g
        for c in token.children
        if c.dep_ == "prep" and c.lower_ not in _ADVERBIAL
        for g in c.children
        if g.dep_ == "pcomp"
    ]
    return tuple(
        t for c in found for t in (c, *(x for x in c.children if x.dep_ == "conj" and x.pos_ in ("VERB", "AUX")))
    )


@remembered
def is_negated(token: Token) -> bool:
    """True when "not", "never" or "no longer" stands on the verb itself, or "no"/"neither" on its subject or object."""
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in ("never", "neither", "nor", "hardly", "scarcely") and child.dep_ != "conj"
        ):
            return True
        if child.lower_ in _NOBODY and child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative", "attr"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") and any(
            g.lower_ in ("no", "neither") and g.dep_ in ("det", "preconj", "cc") for g in child.children
        ):
            return True
    return token.dep_ == "pcomp" and token.head.lower_ == "without"


@remembered
def auxiliaries(verb: Token) -> frozenset[str]:
    """Lower-case auxiliaries of a verb, inherited by a coordinated verb without its own."""
    own = frozenset(c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass"))
    if not own and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and not _own_subjects(verb):
        return auxiliaries(verb.head)
    return own
