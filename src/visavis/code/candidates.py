"""Candidate events of one parsed sentence: the acts it asserts, each with its roles and status, content and repetition removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from visavis.code.actors import Actor, Place
from visavis.code.acts import Act, ActReader
from visavis.code.grammar import agents, is_passive, patients
from visavis.code.parties import distinct, only_state, others, settled, targets_at_home
from visavis.code.roles import RoleFinder, Roles, known
from visavis.code.status import generic, status_of
from visavis.code.tree import Doc, Token
from visavis.lexicon.actions import Actions
from visavis.records import Party, Status

# What these acts are about is not coded again ("accused Rwanda of arming the rebels" is one ACCUSE).
_OPAQUE = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"})
# Types whose nouns name a dated occasion by themselves ("the expulsion of ..."); a "consensus" or "support" is a state of affairs.
_NOMINAL = frozenset({"CONSULT", "SANCTION", "ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "PROTEST"})
_TOLD = frozenset(
    {"REJECT", "REQUEST", "THREATEN"}
)  # "the refusal to meet ...", "a threat to storm ...": with what it is about
_ADJECTIVAL = frozenset({"state", "government", "party", "union"})  # "a state visit" is nobody's
OPEN = "OPEN"  # a verb between parties that no phrase knows: only the learned model can name its type
_OPEN_DEPS = frozenset({"ROOT", "conj", "relcl", "advcl", "acl", "ccomp", "parataxis", "pcomp"})
_OPEN_ARCS = frozenset({"relcl", "advcl", "conj", "parataxis", "appos", "nsubj", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act with who did it to whom and whether it happened."""

    act: Act
    sources: tuple[Party, ...]
    targets: tuple[Party, ...]
    status: Status
    how: str

    @property
    def key(self) -> tuple[object, ...]:
        """What makes two candidates of a sentence the same event."""
        codes = (
            tuple(sorted({p.code or p.words for p in self.sources})),
            tuple(sorted({p.code or p.words for p in self.targets})),
        )
        return (self.act.type, *codes)


def find_candidates(
    doc: Doc, actors: tuple[Actor, ...], actions: Actions, places: tuple[Place, ...] = (), offset: int = 0
) -> list[Candidate]:
    """The candidates of a sentence in the order of their words. `places` are where things are, `offset` where the sentence begins."""
    actors = tuple(a for a in actors if not (doc[a.root].dep_ == "compound" and doc[a.root].lower_ in _ADJECTIVAL))
    spots = tuple(_spot(doc, place, offset) for place in places if place.code)
    if not known(actors + spots):
        return []  # a sentence without anybody known is never parsed, so it holds no event either way
    home = only_state(actors + spots)
    finder = RoleFinder(actors, spots)
    reader = ActReader(actions, finder.tokens)
    acts = {token.i: act for token in doc if (act := reader.read(token)) is not None}
    consumed = _consumed(acts)
    for token in doc:
        if token.i not in acts and token.i not in consumed and _is_open(token, finder, actions):
            acts[token.i] = Act(token, token, OPEN, "", None, f"no phrase for {token.lemma}", (token,), weight=0)
    found: dict[tuple[object, ...], Candidate] = {}
    for i in sorted(acts):
        if i in consumed:
            continue
        candidate = _candidate(acts[i], finder, home)
        if candidate is None:
            continue
        other = found.get(candidate.key)
        if other is None or candidate.act.weight > other.act.weight:
            found[candidate.key] = candidate
    return _without_echoes(list(found.values()))


def _is_open(token: Token, finder: RoleFinder, actions: Actions) -> bool:
    """A full verb that a known party performs or undergoes, outside the words that only report or help."""
    if token.pos_ != "VERB" or token.dep_ not in _OPEN_DEPS or token.lemma in actions.operators["report"]:
        return False
    return known(finder.all_through((*agents(token), *patients(token))))


def _spot(doc: Doc, place: Place, offset: int) -> Actor:
    """A place as a party: the state it lies in."""
    span = doc[place.start : place.end]
    party = Party(
        code=place.code,
        name=place.name,
        words=span.text,
        start=offset + span.start_char,
        end=offset + span.end_char,
        how="place",
    )
    return Actor(root=place.root, start=place.start, end=place.end, parties=(party,), kind="place")


def _candidate(act: Act, finder: RoleFinder, home: str) -> Candidate | None:
    status = status_of(act)
    if status is None or (status == "happened" and generic(act)):
        return None
    roles = finder.roles(act)
    if act.needs == "soldiers" and not any(p.sector in ("MIL", "REB", "UAF") for a in roles.sources for p in a.parties):
        return None
    act = _adjusted(act, roles)
    sources = settled(distinct(roles.sources), home)
    targets = targets_at_home(act, sources, others(act, sources, distinct(roles.targets), roles.how), home)
    if not _stands(act, sources, targets):
        return None
    return Candidate(act, sources, targets, status, roles.how)


def _stands(act: Act, sources: tuple[Party, ...], targets: tuple[Party, ...]) -> bool:
    """An event needs a known party, and a doer unless the doer is hidden by the passive; an event noun needs both sides."""
    coded_sources = [p for p in sources if p.code]
    coded_targets = [p for p in targets if p.code]
    if not coded_sources and not coded_targets:
        return act.type != OPEN and act.head.pos_ == "VERB" and bool(sources or targets)
    if "will " in act.rule and not sources:
        return False
    if act.type == "ACCUSE" and act.cameo.startswith("11") and not targets:
        return False
    if act.type == "THREATEN" and act.cameo == "130" and not targets and act.content is None:
        return False  # a warning to nobody, of nothing that anybody would do
    if act.type == OPEN:
        return bool(coded_sources or is_passive(act.head))
    if act.head.pos_ in ("VERB", "AUX"):
        return bool(sources or coded_targets) or is_passive(act.head) or act.type in ("ASSAULT", "COERCE")
    if act.head.pos_ == "NOUN" and act.head.i == act.core.i:
        told = act.type in _NOMINAL or (act.type in _TOLD and act.content is not None)
        return told and (len(coded_sources) > 1 or bool(coded_sources and coded_targets))
    return bool(sources)


def _adjusted(act: Act, roles: Roles) -> Act:
    """What the parties say about the type: an exercise of several states is COOPERATE, of one MOBILIZE."""
    states = {p.code for a in (*roles.sources, *roles.targets) for p in a.parties if p.code}
    doers = {p.code for a in roles.sources for p in a.parties if p.code}
    joint = any(t.lemma == "joint" for w in act.words for t in (w, *w.children))
    exercise = act.cameo == "150" and any(
        w.lemma in ("exercise", "drill", "game", "wargame", "manoeuvre", "maneuver", "patrol") for w in act.words
    )
    if exercise and (joint or len(doers) > 1):
        return replace(act, type="COOPERATE", cameo="062", mode=None)
    if act.cameo == "042" and any(p.sector == "MIL" for a in roles.sources for p in a.parties):
        keepers = any(t.lemma.startswith("peacekeep") for c in act.head.children for t in c.subtree)
        return replace(
            act,
            type="AID" if keepers else "MOBILIZE",
            cameo="074" if keepers else "154",
            mode=None if keepers else "troops",
        )
    if act.cameo == "062" and len(states) < 2 and not joint:
        return replace(act, type="MOBILIZE", cameo="150")
    return act


def _consumed(acts: dict[int, Act]) -> set[int]:
    """The tokens whose acts belong to another act: cores of light verbs, contents of verbal acts."""
    gone: set[int] = set()
    for i, act in acts.items():
        if i in gone:
            continue
        gone |= {w.i for w in act.words if w.i != act.head.i}
        inner = act.content
        while inner is not None:
            gone |= {inner.head.i, inner.core.i} - {act.head.i}
            inner = inner.content
        if act.type in _OPAQUE:
            gone |= {t.i for t in _closed_below(act.head)}
    return gone


def _closed_below(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ not in _OPEN_ARCS and not (
            child.dep_ == "prep" and child.lower_ in ("after", "before", "during", "at", "since", "following")
        ):
            yield child
            yield from _closed_below(child)


def _without_echoes(found: list[Candidate]) -> list[Candidate]:
    """One act told by two verbs is one event: same parties, same quad class, one of them with a single-word rule beside it."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (-c.act.weight, c.act.head.i)):
        twin = any(
            other.act.type == candidate.act.type
            and {p.code for p in other.sources + other.targets}
            == {p.code for p in candidate.sources + candidate.targets}
            for other in kept
        )
        if not twin:
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.act.head.i)
