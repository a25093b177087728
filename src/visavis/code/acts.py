"""From tokens to acts: what kind of act a verb, an event noun or an adjective names, composed with what governs it.

CAMEO mirrors one list of acts under promise, demand, refusal, threat and ending ("give aid", "promise aid", "demand aid", "refuse aid",
"halt aid"); so an act is read from the inside out and the tables of `lexicon.ontology` give the code of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from visavis.code.grammar import auxiliaries, complements, is_negated, patients, prepositional
from visavis.code.phrases import Match, best_phrases, part_of_speech
from visavis.code.tree import Token
from visavis.lexicon.actions import TABLES, Actions, Phrase
from visavis.lexicon.ontology import CESSATION, DEMAND, INTENT, QUAD, REFUSAL, THREAT, compose, type_of_cameo

_MUST = frozenset({"must", "should", "ought"})
_WILL = frozenset({"will", "would", "shall", "'ll", "wo", "’ll", "'d"})
_ABLE = _WILL | {"can", "ca", "could", "cannot", "to"}
_WISHES = frozenset({"want", "hope", "wish", "expect", "need"})
_ANNOUNCE = frozenset({"announce", "declare", "proclaim", "unveil"})
_DEPTH = 4


@dataclass(frozen=True, slots=True)
class Act:
    """One act in a sentence. `head` is the token that grammar hangs on, `core` the one that names the event (the noun of a light verb),
    `content` what the act is about (the refused visit); `rule` names the phrase and the operators that made it."""

    head: Token
    core: Token
    type: str
    cameo: str
    mode: str | None
    rule: str
    words: tuple[Token, ...]
    content: Act | None = None
    frame: str = ""
    weight: int = 1
    rivals: tuple[str, ...] = ()
    needs: str = ""

    @property
    def hostile(self) -> bool:
        """True for quad classes 3 and 4."""
        return QUAD.get(self.type, 0) >= 3


class ActReader:
    """Reads acts in one parsed sentence. `actor_tokens` are the token indices that belong to an actor."""

    def __init__(self, actions: Actions, actor_tokens: frozenset[int]) -> None:
        self.actions = actions
        self.actor_tokens = actor_tokens
        self._is = actions.operators

    def read(self, token: Token, depth: int = _DEPTH) -> Act | None:
        """The act that a token heads, operators applied; None when it heads none."""
        pos = part_of_speech(token)
        if pos is None or depth == 0:
            return None
        if pos == "verb":
            return self._verb(token, depth)
        return self._noun(token, depth) if pos == "noun" else self._adjective(token, depth)

    def _phrase_act(self, token: Token, depth: int, pos: str | None = None) -> Act | None:
        matches = best_phrases(token, self.actions, self.actor_tokens, pos)
        if not matches:
            return None
        phrase, words = self._preferred(matches, token)
        rivals = tuple(sorted({p.type for p, _ in matches} - {phrase.type}))
        act = Act(token, words[1] if phrase.objects else token, phrase.type, phrase.cameo, phrase.mode, phrase.line, words,
                  frame=phrase.frame, weight=phrase.weight, needs=phrase.needs, rivals=rivals)  # fmt: skip
        if token.lemma in _WISHES and any(c.dep_ == "xcomp" and not _has_subject(c) for c in token.children):
            return None  # "wants to assure": a wish of its own, asked of nobody
        return self._refine(act, phrase, depth) if phrase.content else act

    def _preferred(self, matches: list[Match], token: Token) -> Match:
        """The heaviest phrase; but a verbal act with a content clause before a bare preposition ("agreed to lift ... with ...")."""
        first = matches[0]
        if first[0].weight < 3 and not first[0].content and complements(token):
            return next((m for m in matches if m[0].content), first)
        return first

    def _refine(self, act: Act, phrase: Phrase, depth: int) -> Act:
        """The act with its content and the code that the content gives ("refused" + "to meet" is 125)."""
        content = self.content(act.head, depth)
        if content is None:
            return act
        words = act.words + tuple(w for w in content.words if w not in act.words)
        if phrase.content == "intent" and content.hostile and content.type not in ("REQUEST", "MOBILIZE"):
            if content.type in ("ACCUSE", "REJECT"):
                return replace(content, rule=f"{act.rule} + {content.rule}", words=words, head=act.head)
            code = compose(THREAT, content.cameo) or "130"
            return replace(
                act,
                type="THREATEN",
                cameo=code,
                mode=None,
                content=content,
                words=words,
                rule=f"{act.rule} + {content.rule}",
            )
        code = compose(TABLES[phrase.content], content.cameo) or act.cameo
        keep = act.weight >= 3 and len(code) <= len(act.cameo)
        return replace(
            act, cameo=act.cameo if keep else code, content=content, words=words, rule=f"{act.rule} + {content.rule}"
        )

    def content(self, token: Token, depth: int) -> Act | None:
        """What a verbal act is about: the act of its complement clause, else of its object or of the object's complement."""
        nouns = [
            *patients(token),
            *(t for name, t in prepositional(token) if name in ("for", "to", "on", "of", "against", "with", "from")),
        ]
        for inner in (*complements(token), *nouns):
            if inner.i == token.i:
                continue
            found = self.read(inner, depth - 1)
            if found is None and inner.pos_ in ("VERB", "AUX"):
                found = self._through(inner, depth - 1)
            if found is None and inner.pos_ == "NOUN":
                found = self._inside_noun(inner, depth - 1)
            if found is not None:
                return found
        return None

    def _through(self, verb: Token, depth: int) -> Act | None:
        """Past a verb that names no act itself ("be ready to mediate", "take steps to end")."""
        return self.content(verb, depth) if depth > 0 else None

    def _inside_noun(self, noun: Token, depth: int) -> Act | None:
        """The act inside an object noun ("proposal for a ceasefire", "demands to release prisoners")."""
        if depth <= 0:
            return None
        inner = [t for name, t in prepositional(noun) if name in ("for", "to", "of", "on", "by")] + list(
            complements(noun)
        )
        inner += [c for c in noun.children if c.dep_ == "compound"]
        return next((found for t in inner if (found := self.read(t, depth - 1)) is not None), None)

    def _verb(self, verb: Token, depth: int) -> Act | None:
        word = verb.lemma
        own = self._phrase_act(verb, depth)
        if own is None or own.weight < 3:
            composed = self._operated(verb, word, depth)
            if composed is not None and (own is None or word in self._is["end"] or composed.weight > own.weight):
                own = composed
        if verb.tag_ in ("VBN", "JJ") and verb.dep_ != "acl":
            state = self._phrase_act(verb, depth, "adj")
            if state is not None and (own is None or state.weight >= own.weight):
                return self._modal(verb, replace(state, frame="state"))
        if own is None:
            return None
        return self._modal(verb, own)

    def _operated(self, verb: Token, word: str, depth: int) -> Act | None:
        if self._operator(verb, "end"):
            return self._ended(verb, depth)
        if word in self._is["light"] or word in self._is["receive"]:
            return self._light(verb, word, depth)
        if word in self._is["permit"]:
            inner = self.content(verb, depth)
            return Act(verb, verb, "CONCEDE", "081", None, f"operators.yaml permit {word}", (verb,), content=inner)
        if word in self._is["prevent"]:
            return Act(
                verb,
                verb,
                "COERCE",
                "172",
                "restrict",
                f"operators.yaml prevent {word}",
                (verb,),
                content=self.content(verb, depth),
            )
        return None

    def _operator(self, verb: Token, name: str) -> bool:
        """Whether the verb, with its particle where the list asks for one, is an operator of this name."""
        word = verb.lemma
        particles = [c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod")]
        return word in self._is[name] or any(f"{word} {p}" in self._is[name] for p in particles)

    def _ended(self, verb: Token, depth: int) -> Act | None:
        inner = self._object_act(verb, depth)
        if inner is None:
            return None
        code = compose(CESSATION, inner.cameo)
        kind = type_of_cameo(code) if code else None
        if code is None or kind is None:
            return None
        words = (verb, *(w for w in inner.words if w.i != verb.i))
        return Act(
            verb,
            inner.core,
            kind,
            code,
            None,
            f"operators.yaml end {verb.lemma} + {inner.rule}",
            words,
            content=inner,
            weight=3,
        )

    def _object_act(self, verb: Token, depth: int) -> Act | None:
        """The act named by the object, by what the verb withdraws from, or by its gerund ("stopped arming")."""
        nouns = [
            *patients(verb),
            *(
                t
                for name, t in prepositional(verb)
                if name in ("in", "from", "of", "out of", "into", "on", "with", "for")
            ),
        ]
        for noun in nouns:
            found = self._noun(noun, depth - 1) if noun.pos_ in ("NOUN", "PROPN") else None
            if found is not None:
                return found
        for clause in complements(verb):
            if clause.tag_ == "VBG" and (found := self.read(clause, depth - 1)) is not None:
                return found
        return None

    def _light(self, verb: Token, word: str, depth: int) -> Act | None:
        inner = self._object_act(verb, depth)
        if inner is None:
            return None
        words = (verb, *(w for w in inner.words if w.i != verb.i))
        if word in _ANNOUNCE and inner.cameo.startswith("087"):  # a withdrawal in words is not yet one on the ground
            inner = replace(inner, type="CONCEDE", cameo="080", mode=None)
        swap = "swap" if word in self._is["receive"] else inner.frame
        return replace(
            inner,
            head=verb,
            words=words,
            frame=swap,
            rule=f"operators.yaml light {word} + {inner.rule}",
            weight=inner.weight + 1,
        )

    def _noun(self, noun: Token, depth: int) -> Act | None:
        return self._phrase_act(noun, depth, "noun") if depth > 0 else None

    def _adjective(self, token: Token, depth: int) -> Act | None:
        if (
            token.dep_ not in ("acomp", "attr", "conj", "ccomp", "prep", "oprd", "amod", "advcl")
            or token.dep_ == "amod"
        ):
            return None
        found = self._phrase_act(token, depth, "adj")
        if found is None or (found.weight == 1 and token.dep_ != "acomp"):
            return None
        return self._modal(token.head, found) if token.head.pos_ in ("VERB", "AUX") else found

    def _modal(self, verb: Token, act: Act) -> Act | None:
        """The act under "will", "must" and "not": a promise or threat, a demand, a refusal."""
        aux = auxiliaries(verb)
        negated = is_negated(verb)
        if aux & _MUST and _reported(verb, self._is["report"]):
            return replace(act, type="REQUEST", cameo=compose(DEMAND, act.cameo) or "100", mode=None, content=act,
                           rule=f"said + must + {act.rule}", frame="must")  # fmt: skip
        if negated and aux & _ABLE and act.type not in ("REQUEST", "THREATEN"):
            return _not_done(act, "not to" if "to" in aux else "will not")
        if aux & _WILL and not negated:
            return _promised(act, _unless(verb))
        return act


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _not_done(act: Act, how: str) -> Act:
    """ "will not give" and "(promised) not to give" refuse what is good and spare what is bad."""
    if act.mode == "troops":  # not sending troops is asked of friends as often as feared by foes
        kind, code = "REJECT", "1212"
    elif act.hostile:
        kind, code = "CONCEDE", "080"
    else:
        kind, code = "REJECT", compose(REFUSAL, act.cameo) or "120"
    return replace(act, type=kind, cameo=code, mode=None, content=act, rule=f"{how} + {act.rule}")


def _unless(verb: Token) -> bool:
    """Whether an "unless" or "or else" hangs on the verb: what will be done is then a threat."""
    marks = (c for clause in verb.children if clause.dep_ == "advcl" for c in clause.children)
    return any(c.lower_ == "unless" for c in (*marks, *verb.children))


def _promised(act: Act, conditional: bool = False) -> Act:
    """ "will give" is a promise, "will attack" or "will leave unless" a threat; what is verbal conflict already stays."""
    if act.type in ("AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST"):
        return act
    table, kind = (THREAT, "THREATEN") if act.hostile or conditional else (INTENT, "AGREE")
    code = compose(table, act.cameo)
    if code is None:
        return act
    return replace(act, type=kind, cameo=code, mode=None, content=act, rule=f"will + {act.rule}", frame=act.frame)


def _reported(verb: Token, report: frozenset[str]) -> bool:
    """Whether the clause of the verb is what somebody says."""
    if verb.dep_ not in ("ccomp", "acl", "pcomp"):
        return False
    return verb.head.pos_ in ("NOUN", "VERB") and verb.head.lemma not in _THINK


_THINK = frozenset({"think", "believe", "mean", "feel", "guess", "know", "see", "ensure", "imply"})
