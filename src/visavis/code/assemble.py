"""From a candidate to an event: type weighed, date, place and speakers resolved, everything said in `because`."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from visavis.code.actors import Actor
from visavis.code.candidates import OPEN, Candidate
from visavis.code.confidence import confidence
from visavis.code.dates import Clock, When, event_time
from visavis.code.features import features
from visavis.code.grammar import is_passive
from visavis.code.places import dateline_place, event_place
from visavis.code.sentences import Sentence
from visavis.code.tree import Doc
from visavis.code.voices import Speech, find_voices, vouching
from visavis.code.weigh import Weighed, Weigher
from visavis.lexicon import Lexicon
from visavis.lexicon.contexts import contexts_of
from visavis.lexicon.ontology import INTENSITY, ROOT_CODE, quad_of
from visavis.records import Document, Event, Status, event_id

_HISTORICAL_DAYS = 366
_OPEN_NEEDS = 0.6  # least probability for a type that no rule saw
_SWITCH_NEEDS = 0.5  # ... for another type than the rule's
_THIN_NEEDS = 0.7  # ... for an act whose doer nobody names
_SPECIFIC = 3  # a phrase of this weight names its object or more: only a sure model overrules it
_SURE = 0.8
_DENIED_DROPS = 0.95  # ... for an act that the sentence itself denies
_NONE_DROPS = 0.7  # ... of "no event" that overrules a rule


class Context:
    """What the article gives to each of its sentences; read when the first event asks for it. `coder` is the coder's version."""

    def __init__(self, document: Document, lexicon: Lexicon, coder: str) -> None:
        self.document = document
        self.when = document.published.latest or document.published.earliest
        self.coder = coder
        self._lexicon = lexicon

    @cached_property
    def clock(self) -> Clock:
        """The times that the article names."""
        return Clock.of(self.document.text, self.document.published)

    @cached_property
    def speech(self) -> Speech:
        """Its quotations and their speakers."""
        return Speech.of(self.document.text, self._lexicon, self.when)

    @cached_property
    def dateline(self) -> str:
        """Where it was filed, "" when it does not say."""
        return dateline_place(self.document.text)


def assemble(
    context: Context,
    sentence: Sentence,
    doc: Doc,
    actors: tuple[Actor, ...],
    candidates: list[Candidate],
    weigher: Weigher,
) -> list[Event]:
    """The events of one sentence, in the order of their words."""
    found = []
    actor_tokens = frozenset(i for a in actors for i in range(a.start, a.end))
    for candidate in candidates:
        sides = (len(candidate.sources), len(candidate.targets))
        weighed = weigher.weigh(features(doc, candidate.act, candidate.status, actor_tokens, sides))
        chosen = choose(candidate, weighed)
        if chosen is not None:
            found.append(_event(context, sentence, doc, actors, candidate, weighed, chosen))
    return found


def choose(candidate: Candidate, weighed: Weighed) -> str | None:
    """The type that rule and model agree on, or the surer of the two; None when there is no event."""
    ruled = candidate.act.type
    if ruled == OPEN:
        return weighed.type if weighed.probability >= _OPEN_NEEDS else None
    drops = _DENIED_DROPS if candidate.status == "denied" else _NONE_DROPS
    if weighed.none >= drops or (_is_thin(candidate) and weighed.probability < _THIN_NEEDS):
        return None
    needed = _SWITCH_NEEDS if candidate.act.weight < _SPECIFIC else _SURE
    if weighed.type != ruled and weighed.probability >= needed:
        return weighed.type
    return ruled


def _is_thin(candidate: Candidate) -> bool:
    """An active verb without a doer, or two sides that nobody knows: such a candidate needs the model's word."""
    known = any(p.code for p in candidate.sources + candidate.targets)
    return not known or (not candidate.sources and not is_passive(candidate.act.head))


def _event(
    context: Context,
    sentence: Sentence,
    doc: Doc,
    actors: tuple[Actor, ...],
    candidate: Candidate,
    weighed: Weighed,
    chosen: str,
) -> Event:
    act, document = candidate.act, context.document
    when = event_time(doc, act.head.i, context.clock, sentence.start)
    kept = chosen == act.type
    cameo = act.cameo if kept else ROOT_CODE[chosen]
    voices = find_voices(doc, act.head.i, actors, context.speech, sentence.start)
    start, end = _stretch(act.words, sentence)
    return Event(
        event_id=event_id(document.article_id, start, end, chosen, candidate.sources, candidate.targets),
        story_id=document.story_id,
        article_id=document.article_id,
        sentence_no=sentence.no,
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        type=chosen,
        mode=act.mode if kept else None,
        contexts=contexts_of(cameo, sentence.text),
        cameo=cameo,
        quad=quad_of(chosen),
        intensity=INTENSITY[chosen],
        sources=candidate.sources,
        targets=candidate.targets,
        words=document.text[start:end],
        words_start=start,
        words_end=end,
        date_from=when.date_from,
        date_to=when.date_to,
        date_precision=when.precision,
        date_basis=when.basis,
        date_words=when.words,
        place=event_place(doc, act.head.i, actors, context.dateline),
        status=_dated_status(candidate.status, when, document),
        voices=vouching(voices, candidate.sources, chosen, candidate.status),
        because=_because(candidate, weighed, chosen),
        confidence=confidence(candidate, weighed, chosen),
        coder=context.coder,
        spun=document.spun,
    )


def _stretch(words: tuple[object, ...], sentence: Sentence) -> tuple[int, int]:
    """From the first to the last of the act's words, in article offsets."""
    first = min(t.idx for t in words)  # type: ignore[attr-defined]
    last = max(t.idx + len(t) for t in words)  # type: ignore[attr-defined, arg-type]
    return sentence.start + first, sentence.start + last


def _because(candidate: Candidate, weighed: Weighed, chosen: str) -> tuple[str, ...]:
    """The rule and the words that made the event, how its target was found, and what the model said."""
    act = candidate.act
    said = [f"rule: {act.rule}", f"words: {' '.join(t.text for t in sorted(set(act.words), key=lambda t: t.i))}"]
    if candidate.targets:
        said.append(f"target: {candidate.how}")
    said.extend(f"{party.words}: {party.how}" for party in candidate.sources + candidate.targets if party.how)
    verdict = "agrees" if chosen == act.type == weighed.type else "decides" if chosen != act.type else "prefers"
    said.append(f"model {verdict}: {weighed.type} {weighed.probability:.2f}, no event {weighed.none:.2f}")
    return tuple(said)


def _dated_status(status: Status, when: When, document: Document) -> Status:
    """ "historical" for what happened more than a year before the article."""
    latest = document.published.earliest or document.published.latest
    if status != "happened" or when.date_to is None or latest is None or when.basis == "published":
        return status
    age = (date.fromisoformat(latest) - date.fromisoformat(when.date_to)).days
    return "historical" if age > _HISTORICAL_DAYS else status
