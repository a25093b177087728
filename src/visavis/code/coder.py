"""The coder: documents in, events out. Rules give roles, trace and explanation; a learned model weighs the types; both say so.

Sentences that can mean nobody are never parsed (`gate`). A parse depends on the sentence alone and is
reused for copies; references, dates and speakers are always resolved per article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from spacy.language import Language

from visavis.code.actors import find_actors, find_places
from visavis.code.assemble import Context, assemble
from visavis.code.candidates import find_candidates
from visavis.code.gate import gate
from visavis.code.mentions import find_mentions
from visavis.code.parse import DEFAULT_PARSER, load_parser, parse, parser_version
from visavis.code.references import Memory
from visavis.code.sentences import Sentence
from visavis.code.tree import Doc
from visavis.code.weigh import Weigher, load_weigher
from visavis.lexicon import load
from visavis.records import Document, Event, content_id

_BATCH = 32
_LATE = 1_000  # parses that are kept for a sentence that comes again


class Coder:
    """Codes documents. `lexicon` is a user's own folder of actors and actions, `parser` any installed English spaCy pipeline,
    `threshold` the least confidence (0..1) of an event that is given out. `thorough` parses every sentence, to see what the gate saves
    and that it costs nothing. Not thread-safe; one per process.

    Raises LexiconError for a faulty lexicon and InputError for an unknown parser.
    """

    def __init__(
        self, lexicon: Path | None = None, parser: str = DEFAULT_PARSER, threshold: float = 0.0, thorough: bool = False
    ) -> None:
        self.lexicon = load(lexicon)
        self.weigher: Weigher = load_weigher()
        self.threshold = threshold
        self.thorough = thorough
        self.version = f"rules-1+{self.weigher.version}"
        self.fingerprint = content_id(self.lexicon.fingerprint, self.weigher.version, parser_version(parser))
        self._parser = parser
        self._late: dict[str, Doc] = {}

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, loaded when it is needed: who only asks for the fingerprint need not wait."""
        return load_parser(self._parser)

    def code(self, documents: Iterable[Document]) -> Iterator[tuple[Event, ...]]:
        """One tuple of events per document, in order; events in the order of their sentences."""
        pending = iter(documents)
        while batch := list(islice(pending, _BATCH)):
            contexts = [Context(document, self.lexicon, self.version) for document in batch]
            wanted = [gate(c.document.text, self.lexicon, c.when, self.thorough) for c in contexts]
            parsed = self._parsed(s.text for found in wanted for s in found)
            for context, found in zip(contexts, wanted, strict=True):
                yield tuple(self._document(context, found, parsed))

    def _parsed(self, texts: Iterable[str]) -> dict[str, Doc]:
        """{sentence: its parse}; parses of late are taken over, since a parse depends on the sentence alone."""
        wanted = dict.fromkeys(texts)
        for text in list(islice(self._late, max(0, len(self._late) - _LATE))):
            if text not in wanted:
                self._late.pop(text).let_go()
        new = [text for text in wanted if text not in self._late]
        self._late.update(zip(new, parse(new, self.nlp), strict=True))
        return {text: self._late[text] for text in wanted}

    def _document(self, context: Context, found: list[Sentence], parsed: dict[str, Doc]) -> Iterator[Event]:
        memory = Memory()
        for sentence in found:
            while memory.sentence < sentence.no:
                memory.begin()
            doc = parsed[sentence.text]
            actors = find_actors(doc, sentence.start, self.lexicon, memory, context.when)
            places = find_places(doc, find_mentions(doc.text, self.lexicon, context.when), actors)
            places = tuple(p for p in places if p.code in self.lexicon.actors.states)
            candidates = find_candidates(doc, actors, self.lexicon.actions, places, sentence.start)
            for event in assemble(context, sentence, doc, actors, candidates, self.weigher):
                if event.confidence >= self.threshold:
                    yield event
