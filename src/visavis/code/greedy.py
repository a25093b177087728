"""The dependency parse, step by step for a whole batch: what spaCy's parser does, in under half of its time.

spaCy's own loop lets go of Python's lock and asks for it again at every sum; going through its steps from here
(`ParserStepModel`, `transition_states`, the way that it is trained) keeps the lock. The same transitions are taken.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import DependencyParser
from spacy.tokens import Doc

from visavis.code.standins import StandIn, take_place

NAME = "visavis_greedy"
_PIPE = "parser"


class GreedyParser(StandIn):
    """Does the work of the pipe `parser` of `nlp`, of which the beam must be of width 1."""

    def __init__(self, nlp: Language) -> None:
        self._parser = cast(Any, nlp.get_pipe(_PIPE))

    def batch(self, docs: list[Doc]) -> None:
        """Set heads and dependencies."""
        states = self._parser.moves.init_batch(docs)
        if going := [state for state in states if not state.is_final()]:
            model = self._parser.model.predict(docs)
            while going:
                going = self._parser.transition_states(going, model.predict(going))
            model.clear_memory()  # it holds itself
        self._parser.set_annotations(docs, states)


@Language.factory(NAME)
def make(nlp: Language, name: str) -> GreedyParser:
    """The stand-in for `parser`."""
    return GreedyParser(nlp)


def quicken(nlp: Language) -> None:
    """Put the stand-in in place of `parser` (which is disabled), unless that keeps several parses at a time."""
    pipe = cast(Any, nlp.get_pipe(_PIPE))
    if type(pipe) is DependencyParser and pipe.cfg["beam_width"] == 1:
        take_place(nlp, NAME, _PIPE)
