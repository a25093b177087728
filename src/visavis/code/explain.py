"""Why a text was coded as it was: the parse, the actors, the phrases tried, what became of each act, the events.

It runs the very functions that the coder runs and notes what they answer, so it cannot tell another story than the coder's.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from visavis.code.actors import Actor, find_actors, find_places
from visavis.code.acts import Act, ActReader
from visavis.code.assemble import choose
from visavis.code.candidates import Candidate, find_candidates
from visavis.code.coder import Coder
from visavis.code.features import features
from visavis.code.mentions import find_mentions
from visavis.code.parse import parse
from visavis.code.phrases import best_phrases, match, needs_met, part_of_speech
from visavis.code.references import Memory
from visavis.code.sentences import Sentence, sentences
from visavis.code.status import generic, status_of
from visavis.code.tree import Doc, Token
from visavis.records import Document, Event


class Word(Struct, frozen=True):
    """A token as the parser reads it: what it is (`pos`) and how (`relation`) it hangs on `head`."""

    text: str
    lemma: str
    pos: str
    relation: str
    head: str


class Someone(Struct, frozen=True):
    """An actor: the words, the codes and sectors they stand for, and how the words became the codes."""

    words: str
    codes: tuple[str, ...]
    sectors: tuple[str, ...]
    how: str


class Tried(Struct, frozen=True):
    """A phrase of the action lexicon whose trigger stands in the sentence, and what came of it."""

    trigger: str
    phrase: str
    type: str
    cameo: str
    weight: int
    outcome: str


class Reading(Struct, frozen=True):
    """An act that was read, and what became of it. `model` is the weigher's verdict; `outcome` says what is coded, or why nothing is."""

    words: str
    rule: str
    type: str
    cameo: str
    outcome: str
    status: str = ""
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    how: str = ""
    model: str = ""


class Explained(Struct, frozen=True):
    """One sentence explained; `events` are the coder's own, dates and voices included."""

    text: str
    words: tuple[Word, ...]
    actors: tuple[Someone, ...]
    tried: tuple[Tried, ...]
    readings: tuple[Reading, ...]
    events: tuple[Event, ...]


def explain(document: Document, coder: Coder) -> list[Explained]:
    """One explanation per sentence of the document, in order. Sentences that the coder leaves unparsed are explained all the same."""
    (events,) = coder.code([document])
    memory, found = Memory(), []
    when = document.published.latest or document.published.earliest
    split = sentences(document.text)
    for sentence, doc in zip(split, parse((s.text for s in split), coder.nlp), strict=True):
        actors = find_actors(doc, sentence.start, coder.lexicon, memory, when)
        places = find_places(doc, find_mentions(doc.text, coder.lexicon, when), actors)
        candidates = find_candidates(doc, actors, coder.lexicon.actions, places, sentence.start)
        found.append(
            Explained(
                text=sentence.text,
                words=tuple(Word(t.text, t.lemma, t.pos_, t.dep_, t.head.text) for t in doc),
                actors=tuple(_someone(a, doc) for a in actors),
                tried=tuple(_tried(doc, actors, coder)),
                readings=tuple(_readings(doc, actors, candidates, coder)),
                events=_within(events, sentence),
            )
        )
    return found


def _within(events: tuple[Event, ...], sentence: Sentence) -> tuple[Event, ...]:
    return tuple(e for e in events if e.start == sentence.start and e.end == sentence.end)


def _someone(actor: Actor, doc: Doc) -> Someone:
    return Someone(
        words=doc[actor.start : actor.end].text,
        codes=tuple(p.code for p in actor.parties),
        sectors=tuple(p.sector for p in actor.parties),
        how=", ".join(dict.fromkeys(p.how for p in actor.parties)),
    )


def _actor_tokens(actors: tuple[Actor, ...]) -> frozenset[int]:
    return frozenset(i for a in actors for i in range(a.start, a.end))


def _tried(doc: Doc, actors: tuple[Actor, ...], coder: Coder) -> Iterator[Tried]:
    actions, tokens = coder.lexicon.actions, _actor_tokens(actors)
    for token in doc:
        pos = part_of_speech(token)
        if pos is None:
            continue
        best = next((phrase for phrase, _ in best_phrases(token, actions, tokens)), None)
        for phrase in actions.of(pos, token.lower_ if pos == "adj" else token.lemma):
            if phrase == best:
                outcome = "fires"
            elif match(phrase, token) is None:
                outcome = "its other words are not there"
            elif not needs_met(phrase, token, tokens):
                outcome = f"it needs {phrase.needs}"
            else:
                outcome = "stands, but another is as specific or more so"
            yield Tried(token.text, phrase.line, phrase.type, phrase.cameo, phrase.weight, outcome)


def _readings(doc: Doc, actors: tuple[Actor, ...], candidates: list[Candidate], coder: Coder) -> Iterator[Reading]:
    tokens = _actor_tokens(actors)
    reader = ActReader(coder.lexicon.actions, tokens)
    standing = {c.act.head.i: c for c in candidates}
    acts = {t.i: act for t in doc if (act := reader.read(t)) is not None}
    for i in sorted(acts.keys() | standing.keys()):
        candidate = standing.get(i)
        if candidate is not None:
            yield _weighed(doc, candidate, tokens, coder)
        else:
            act = acts[i]
            yield Reading(_words(act.words), act.rule, act.type, act.cameo, _why_not(act, candidates))


def _weighed(doc: Doc, candidate: Candidate, tokens: frozenset[int], coder: Coder) -> Reading:
    act = candidate.act
    sides = (len(candidate.sources), len(candidate.targets))
    weighed = coder.weigher.weigh(features(doc, act, candidate.status, tokens, sides))
    chosen = choose(candidate, weighed)
    return Reading(
        words=_words(act.words),
        rule=act.rule,
        type=act.type,
        cameo=act.cameo,
        outcome=f"coded as {chosen}" if chosen else "the model sees no event, or none it is sure of",
        status=candidate.status,
        sources=tuple(p.code or p.words for p in candidate.sources),
        targets=tuple(p.code or p.words for p in candidate.targets),
        how=candidate.how,
        model=f"{weighed.type} {weighed.probability:.2f}, no event {weighed.none:.2f}",
    )


def _why_not(act: Act, candidates: list[Candidate]) -> str:
    """Why an act that was read is no candidate."""
    if any(act.head.i in _covered(c.act) for c in candidates):
        return "part of another act"
    status = status_of(act)
    if status is None:
        return "the sentence does not assert it"
    if status == "happened" and generic(act):
        return "a habit or a rule, not an occasion"
    return "no known party in a role that it needs, or told already"


def _covered(act: Act) -> set[int]:
    """The tokens that belong to an act: its words, and all below the head of what it is about."""
    found = {w.i for w in act.words}
    if act.content is not None:
        found |= {t.i for t in act.content.head.subtree}
    return found


def _words(tokens: tuple[Token, ...]) -> str:
    return " ".join(t.text for t in sorted(set(tokens), key=lambda t: t.i))
