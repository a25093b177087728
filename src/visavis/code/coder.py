"""The coder: documents in, events out. Rules give roles, trace and explanation; a learned model weighs the types; both say so.

Sentences without a known party, or without a word that any phrase begins with, are never parsed. A parse depends on the sentence alone and is
reused for copies; references, dates and speakers are always resolved per article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from spacy.tokens import Doc

from visavis.code.actors import find_actors, find_places
from visavis.code.assemble import Context, assemble
from visavis.code.candidates import find_candidates
from visavis.code.dates import Clock
from visavis.code.mentions import find_mentions
from visavis.code.parse import DEFAULT_PARSER, load_parser, parse
from visavis.code.places import dateline_place
from visavis.code.references import Memory
from visavis.code.sentences import Sentence, sentences
from visavis.code.voices import Speech
from visavis.code.weigh import Weigher, load_weigher
from visavis.lexicon import load
from visavis.records import Document, Event, content_id

_BATCH = 32
_REFERENCES = frozenset(
    "he she it they both two three its their his her latter former sides countries neighbours neighbors leaders president minister country".split()
)
_LONGEST = 1_500  # characters; longer "sentences" are tables or lists


class Coder:
    """Codes documents. `lexicon` is a user's own folder of actors and actions, `parser` any installed English spaCy pipeline,
    `threshold` the least confidence (0..1) of an event that is given out. Not thread-safe; one per process.

    Raises LexiconError for a faulty lexicon and InputError for an unknown parser.
    """

    def __init__(self, lexicon: Path | None = None, parser: str = DEFAULT_PARSER, threshold: float = 0.0) -> None:
        self.lexicon = load(lexicon)
        self.nlp = load_parser(parser)
        self.weigher: Weigher = load_weigher()
        self.threshold = threshold
        meta = self.nlp.meta
        self.version = f"rules-1+{self.weigher.version}"
        self.fingerprint = content_id(
            self.lexicon.fingerprint, self.weigher.version, f"{meta.get('name')}-{meta.get('version')}"
        )
        self._cues = self.lexicon.actions.lemmas

    def code(self, documents: Iterable[Document]) -> Iterator[tuple[Event, ...]]:
        """One tuple of events per document, in order; events in the order of their sentences."""
        pending = iter(documents)
        while batch := list(islice(pending, _BATCH)):
            split = [sentences(d.text) for d in batch]
            wanted = [self._gate(found, document) for found, document in zip(split, batch, strict=True)]
            texts = list(dict.fromkeys(s.text for found in wanted for s in found))
            parsed = dict(zip(texts, parse(texts, self.nlp), strict=True))
            for document, found in zip(batch, wanted, strict=True):
                yield tuple(self._document(document, found, parsed))

    def _gate(self, found: tuple[Sentence, ...], document: Document) -> list[Sentence]:
        """The sentences that can hold an event: a party or a reference to one."""
        kept: list[Sentence] = []
        seen = False
        for sentence in found:
            if len(sentence.text) > _LONGEST:
                continue
            mentioned = bool(find_mentions(sentence.text, self.lexicon, document.published.latest))
            referring = seen and not _REFERENCES.isdisjoint(sentence.text.lower().split())
            seen = seen or mentioned
            if mentioned or referring:
                kept.append(sentence)
        return kept

    def _document(self, document: Document, found: list[Sentence], parsed: dict[str, Doc]) -> Iterator[Event]:
        memory = Memory()
        when = document.published.latest or document.published.earliest
        speech = Speech.of(document.text, self.lexicon, when)
        context = Context(
            document, Clock.of(document.text, document.published), speech, dateline_place(document.text), self.version
        )
        for sentence in found:
            doc = parsed[sentence.text]
            actors = find_actors(doc, sentence.start, self.lexicon, memory, when)
            places = find_places(doc, find_mentions(doc.text, self.lexicon, when), actors)
            places = tuple(p for p in places if p.code in self.lexicon.actors.states)
            candidates = find_candidates(doc, actors, self.lexicon.actions, places, sentence.start)
            for event in assemble(context, sentence, doc, actors, candidates, self.weigher):
                if event.confidence >= self.threshold:
                    yield event
