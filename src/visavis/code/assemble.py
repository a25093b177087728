"""From a candidate to an event: type weighed, date and speakers resolved, everything said in `because`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from visavis.code.actors import Actor
from visavis.code.candidates import Candidate
from visavis.code.dates import Clock, When, event_time
from visavis.code.places import event_place
from visavis.code.sentences import Sentence
from visavis.code.voices import Speech, find_voices
from visavis.lexicon.ontology import INTENSITY, quad_of
from visavis.records import Document, Event, Party, Status, Voice, event_id

if TYPE_CHECKING:
    from visavis.code.coder import Coder

_HISTORICAL_DAYS = 366


def assemble(
    document: Document,
    sentence: Sentence,
    doc: Doc,
    actors: tuple[Actor, ...],
    candidates: list[Candidate],
    clock: Clock,
    speech: Speech,
    coder: Coder,
) -> Iterator[Event]:
    """The events of one sentence. `clock` and `speech` carry the article's state and are moved on even when there is no candidate."""
    voices = speech.read(doc, sentence, actors)
    for candidate in candidates:
        weighed = coder.weigher.weigh(doc, candidate, document)
        if weighed is None:
            continue
        when = event_time(doc, candidate.act.head.i, clock)
        yield _event(document, sentence, candidate, weighed, when, (), coder, doc, actors)
