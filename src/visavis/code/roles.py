"""Who acts and who receives: from an act and the actors of its sentence to sources and targets.

Grammar first (subject, object, by-phrase, possessor, the prepositions that go with the type, the subject of the content clause),
nearness only where grammar is silent; direction is never guessed between two actors that grammar does not tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from visavis.code.actors import Actor
from visavis.code.acts import Act
from visavis.code.grammar import (
    agents,
    complements,
    conjuncts,
    owners,
    patients,
    prepositional,
    recipients,
    subjects,
)
from visavis.code.sides import same_side
from visavis.code.tree import Doc, Token
from visavis.lexicon.ontology import RECIPROCAL

# The prepositions through which a type reaches its target, best first.
_TARGETS = {
    "AGREE": ("with", "to", "for", "between", "among", "of", "on"),
    "CONSULT": ("with", "between", "to", "in", "at", "of", "for", "among"),
    "SUPPORT": ("with", "to", "for", "of", "between", "behind", "on", "in", "among"),
    "COOPERATE": ("with", "between", "to", "from", "among", "off", "near"),
    "AID": ("to", "for", "in", "into", "with", "of"),
    "CONCEDE": ("to", "for", "on", "against", "from", "in", "with"),
    "RETREAT": ("to", "from", "on", "with", "in", "into", "between", "out of", "for"),
    "REQUEST": ("to", "on", "from", "upon", "for", "with", "of", "that"),
    "ACCUSE": ("of", "against", "at", "over", "about", "with", "on", "for", "into", "to"),
    "REJECT": ("to", "from", "by", "of", "with", "on", "against", "for"),
    "THREATEN": ("against", "to", "with", "on", "from", "at", "in", "of"),
    "SANCTION": ("against", "on", "with", "to", "from", "for", "in", "of"),
    "PROTEST": ("against", "over", "by", "at", "in", "outside", "of"),
    "MOBILIZE": ("against", "near", "along", "to", "on", "around", "toward", "towards", "off", "in"),
    "COERCE": ("against", "on", "of", "in", "to", "into", "from", "by"),
    "ASSAULT": ("against", "on", "with", "between", "of", "at", "in", "into", "from", "and"),
}
# Verbal cooperation that may be aimed at a place: visits, and promises to give, receive, release, withdraw.
_INTO_PLACES = frozenset({"042", "0332", "0333", "0334", "0353", "0355", "0356", "0351"})
# Acts of will: only somebody does them, not a thing that somebody owns.
_WILLED = frozenset({"AGREE", "AID", "SUPPORT", "COOPERATE", "CONCEDE"})
_COLLECTIVES = frozenset(
    "group team delegation member number dozen hundred thousand million scores handful majority coalition party pair trio score most half third side"
    " part one some many several rest contingent wave crowd plane ship warship train convoy doctor government army".split()
)
_WHEN = frozenset(("after", "before", "during", "since", "when", "while", "as", "in", "according"))
_INWARD = frozenset("COERCE ASSAULT PROTEST CONCEDE ACCUSE REQUEST THREATEN RETREAT".split())
_OWN = ("its ", "his ", "her ", "their ")
_ANY = ("against", "with", "to", "on", "at", "from", "toward", "towards", "into", "of", "for", "between", "in")
# Nouns whose "of" names the one who acts ("the visit of Zelensky"), not the one acted on ("the expulsion of diplomats").
_AGENT_OF = frozenset({"CONSULT", "PROTEST", "THREATEN", "REQUEST", "RETREAT", "AGREE", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Sources and targets of an act, in the order in which the sentence names them, and how the target was found."""

    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    how: str


class RoleFinder:
    """Finds the roles of acts in one sentence with its actors."""

    def __init__(self, actors: tuple[Actor, ...], places: tuple[Actor, ...] = ()) -> None:
        self._places = places
        self._roots: dict[int, list[Actor]] = {}
        for actor in actors:
            self._roots.setdefault(actor.root, []).append(actor)
        self._spans: dict[int, list[Actor]] = {}
        for actor in sorted(actors, key=lambda a: (a.end - a.start, a.start)):
            for i in range(actor.start, actor.end):
                self._spans.setdefault(i, []).append(actor)
        self.tokens = frozenset(self._spans)
        self.actors = actors
        self._through: dict[int, list[Actor]] = {}

    def at(self, token: Token) -> list[Actor]:
        """The actors whose phrase this token heads (or whose head it contains in its own name)."""
        if token.i in self._roots:
            return self._roots[token.i]
        return [
            a
            for a in self._spans.get(token.i, ())[:1]
            if token.is_ancestor(token.doc[a.root]) or a.root == token.head.i
        ]

    def through(self, token: Token) -> list[Actor]:
        """The actors at a token, else those that own it or belong to it ("US forces", "a group of Iranian MPs")."""
        if token.i not in self._through:
            self._through[token.i] = self._reached(token)
        return self._through[token.i]

    def _reached(self, token: Token) -> list[Actor]:
        found = self.at(token)
        near = [a for o in _own(token) for a in self.at(o)]
        if found and (known(found) or not known(near)):  # an apposition explains a name that nobody knows
            return found
        if near:
            return near
        return [a for name, t in prepositional(token) if name in ("of", "from", "in", "within") for a in self.at(t)]

    def all_through(self, tokens: Iterable[Token]) -> list[Actor]:
        """`through` for several tokens, each actor once."""
        return _unique(chain.from_iterable(self.through(t) for t in tokens))

    def roles(self, act: Act) -> Roles:
        """The sources and targets of the act; either may be empty."""
        if act.frame == "must":
            return self._demanded(act)
        sources = self._sources(act)
        targets, how = self._targets(act, sources)
        if not sources and act.type in ("SANCTION", "COERCE"):
            sources = self._from(act, targets)
        if act.frame == "swap":
            sources, targets = targets, sources
        doc = act.head.doc
        sources, targets = self._completed(sources, targets, doc), self._completed(targets, sources, doc)
        return self._reciprocal(act, sources, targets, how)

    def _completed(self, found: list[Actor], others: list[Actor], doc: Doc) -> list[Actor]:
        """A list of two or more with its last member, where the parse cut that off ("from A, B and C" before a verb)."""
        last = max(found, key=lambda a: a.end, default=None)
        if last is None or len(found) < 2:
            return found
        for actor in self.actors:
            if actor.start < last.end:
                continue
            words = [t.lower_ for t in doc[last.end : actor.start] if t.lower_ != "the"]
            if words in (["and"], [",", "and"]) and actor not in (*found, *others):
                return [*found, actor]
        return found

    def _demanded(self, act: Act) -> Roles:
        verb = act.head if act.head.pos_ in ("VERB", "AUX") else act.head.head
        saying = verb.head
        speaker = self._doers(agents(saying)) if saying.pos_ in ("VERB", "AUX") else self._doers([saying])
        return Roles(
            tuple(speaker), tuple(a for a in self.all_through(subjects(verb)) if a not in speaker), "subject of must"
        )

    def _sources(self, act: Act) -> list[Actor]:
        head = act.head
        if act.frame == "state":
            return self.all_through(subjects(head))
        if head.pos_ in ("VERB", "AUX"):
            return self._doers(agents(head), act.type in _WILLED)
        if head.pos_ == "ADJ" or head.dep_ in ("acomp", "attr", "prep"):
            return self.all_through(subjects(head.head))
        found = [a for t in owners(head) for a in self.at(t)] if act.core.i == head.i else []
        if not found:
            names = ("by", "of", "between") if act.type in _AGENT_OF | RECIPROCAL else ("by", "between")
            spots = [head, *(t for name, t in prepositional(head) if name == "of")]  # "expulsion of diplomats by Sofia"
            found = [a for s in spots for name, t in prepositional(s) if name in names for a in self.through(t)]
        return _unique(found)

    def _doers(self, tokens: Iterable[Token], willed: bool = False) -> list[Actor]:
        """The actors at the tokens; where a document or a move stands for them ("a statement demanding ..."), whoever made it."""
        tokens = list(tokens)
        if willed:  # "Russia's membership will help": a thing wills nothing, its owner did not act
            found = _unique(
                a for t in tokens for a in self.at(t) or (self.through(t) if t.lemma in _COLLECTIVES else [])
            )
        else:
            found = self.all_through(tokens)
        if found:
            return found
        makers = [
            agents(t.head) for t in tokens if t.pos_ == "NOUN" and t.dep_ in ("dobj", "attr") and t.head.pos_ == "VERB"
        ]
        return self.all_through(chain.from_iterable(makers))

    def _from(self, act: Act, targets: list[Actor]) -> list[Actor]:
        """ "Russian diplomats expelled from Prague": the place they are sent out of acts."""
        heads = {act.head, act.core, *patients(act.head)}
        heads |= {t for h in tuple(heads) for name, t in prepositional(h) if name == "of"}
        found = [
            a for h in heads for name, t in prepositional(h) if name in ("from", "in", "out of") for a in self.at(t)
        ]
        return [a for a in _unique(found) if a not in targets]

    def _targets(self, act: Act, sources: list[Actor]) -> tuple[list[Actor], str]:
        """The first find with a known party; where all are unknown, the first of all."""
        unknown: tuple[list[Actor], str] = ([], "none")
        for how, actors in self._finds(act, sources):
            if not actors:
                continue
            found = [a for a in _unique(actors) if a not in sources and not _is_own(a, sources, act.type in _INWARD)]
            if known(found):
                return found, how
            if found and not unknown[0]:
                unknown = (found, how)
        return unknown

    def _finds(self, act: Act, sources: list[Actor]) -> Iterable[tuple[str, list[Actor]]]:
        """Candidate targets, best first, each with how it was found."""
        if act.type == "REQUEST" and act.content is not None:
            yield "who shall do it", self.all_through(patients(act.head))
            yield "who shall do it", self._sources(act.content)
        for how, tokens, deep in self._searches(act):
            if tokens:
                yield how, self.all_through(tokens) if deep else [a for t in tokens for a in self.at(t)]
        if act.content is not None:
            inner, how = self._targets(act.content, sources)
            yield f"content: {how}", inner
            yield "content: doer", self._sources(act.content)
        if act.type == "PROTEST":
            yield "purpose", self._purpose(act, sources)
        yield "place", self._where(act)
        near = [a for a in self._below(act) if a not in sources][:1]
        yield "nearest", [a for b in near for t in conjuncts(act.head.doc[b.root]) for a in [b, *self.at(t)]]

    def _searches(self, act: Act) -> Iterable[tuple[str, list[Token], bool]]:
        """Where a target may stand, best first: (name, tokens, whether what owns the token will do)."""
        head, core = act.head, act.core
        verb = head.pos_ in ("VERB", "AUX")
        objects = list(patients(head)) if verb else []
        if act.frame == "transfer":  # "extradited the officer to Minsk"
            yield "preposition to", [t for s in (head, *objects) for n, t in prepositional(s) if n == "to"], True
        yield "object", objects, False
        yield "recipient", list(recipients(head)) if verb else [], True
        if act.type in ("ACCUSE", "SUPPORT", "REJECT"):
            yield "doer of the object", [t for o in objects for name, t in prepositional(o) if name == "by"], True
        prepositions = _TARGETS.get(act.type, _ANY)
        spots = [core, *[o for o in objects if o.i != core.i], head]
        for name in prepositions:
            if name in ("from", "in", "out of") and act.mode in ("expel", "deport"):
                continue  # where they are sent from is who sends them
            if not (name == "of" and core.pos_ == "NOUN" and act.type in _AGENT_OF and act.head.i == core.i):
                yield f"preposition {name}", [t for s in spots for n, t in prepositional(s) if n == name], True
        if verb:
            yield "owner of the object", [o for t in objects for o in _own(t)], False
            clauses = complements(head)
            yield "subject of the content", [s for c in clauses for s in subjects(c)], True
            yield "object of the content", [p for c in clauses for p in patients(c)], True
        else:
            yield "compound", [t for o in _own(core) for t in conjuncts(o)], False
        yield (
            "any preposition",
            [t for s in spots for n, t in prepositional(s) if n not in ("by", "during", "after", "before", "since")],
            True,
        )

    def _where(self, act: Act) -> list[Actor]:
        """The state in which it is done, when it is done to somebody there ("lifted the curfew in Abidjan", "arrived in Amman")."""
        head = act.head
        if act.type in ("CONSULT", "AGREE", "COOPERATE", "SUPPORT", "ACCUSE") and act.cameo not in _INTO_PLACES:
            return []
        return [
            p
            for p in self._places
            if head.is_ancestor(head.doc[p.root]) and p.root > head.i and not self._aside(head, p.root)
        ][:1]

    def _aside(self, head: Token, i: int) -> bool:
        """Whether the token stands in a clause or remark of its own beside the act."""
        token = head.doc[i]
        while token.i != head.i:
            if token.dep_ in ("advcl", "relcl", "conj", "parataxis", "nsubj") or token.lower_ in (
                "after",
                "before",
                "since",
                "during",
                "according",
            ):
                return token.dep_ != "conj" or token.pos_ == "VERB"
            token = token.head
        return False

    def _purpose(self, act: Act, sources: list[Actor]) -> list[Actor]:
        """Whom a protest is about: the first actor in what it demands, defies or answers ("to demand reforms by the government")."""
        aims = [c for t in {act.head, act.core} for c in t.children if c.dep_ in ("advcl", "acl", "xcomp", "prep")]
        inside = {t.i for c in aims if c.lower_ not in _WHEN for t in c.subtree}
        found = [a for a in self.actors if a.root in inside and a.root > act.head.i]
        return [a for a in found if a not in sources and not _is_own(a, sources)][:1]

    def _below(self, act: Act) -> list[Actor]:
        """Actors in the act's own clause to the right of it; a last resort."""
        head = act.head
        skip = {
            t.i
            for c in head.children
            if c.dep_ in ("advcl", "relcl", "conj", "parataxis", "nsubj", "npadvmod")
            for t in c.subtree
        }
        skip |= {
            t.i
            for c in head.children
            if c.lower_ in ("according", "after", "before", "since", "during")
            for t in c.subtree
        }
        return [a for a in self.actors if head.is_ancestor(head.doc[a.root]) and a.root > head.i and a.root not in skip]

    def _reciprocal(self, act: Act, sources: list[Actor], targets: list[Actor], how: str) -> Roles:
        """Between equals all parties are sources: "X and Y agreed", "X met Y", "talks between X and Y"."""
        mutual = act.type in RECIPROCAL or act.cameo == "057" or act.rule.find("between") >= 0
        if act.type == "CONSULT" and act.mode == "visit" and targets:
            mutual = False
        if act.type == "AGREE" and how not in ("preposition with", "preposition between"):
            mutual = False
        if mutual and targets and how in ("preposition with", "preposition between", "object", "nearest", "compound"):
            return Roles(tuple(_unique([*sources, *targets])), (), how)
        if (
            act.type in RECIPROCAL
            and len({p.code for a in sources for p in a.parties if p.code}) > 1
            and act.mode != "visit"
        ):
            return Roles(tuple(sources), (), "between the sources")
        return Roles(tuple(sources), tuple(targets), how)


def _is_own(actor: Actor, sources: list[Actor], inward: bool = True) -> bool:
    """Whether the actor is only the source's own government or staff ("recalled its ambassadors to ...", "will not send troops to ...").

    `inward` acts may meet one's own people ("arrested the officer"), the others never those whose state is only guessed from the source.
    """
    own = [p for a in sources for p in a.parties if p.code]
    return all(
        any(
            o.code == p.code
            and (
                same_side(o.sector, p.sector) or p.words.lower().startswith(_OWN) or (not inward and p.how == "context")
            )
            for o in own
        )
        for p in actor.parties
    )


def known(actors: Iterable[Actor]) -> bool:
    """Whether any of the actors has a code."""
    return any(p.code for a in actors for p in a.parties)


def _own(token: Token) -> list[Token]:
    return [
        t
        for c in token.children
        if c.dep_ in ("poss", "nmod", "compound", "amod", "appos", "nummod", "quantmod")
        for t in conjuncts(c)
    ]


def _unique(found: Iterable[Actor]) -> list[Actor]:
    several = list(found)
    return several if len(several) < 2 else list(dict.fromkeys(several))
