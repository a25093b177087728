"""The stand-in for `parser` takes the transitions that it takes."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from tests.code.stock import dumped, stock
from visavis.code import greedy
from visavis.code.parse import load_parser


def told(doc: Doc) -> list[tuple[int, str, bool | None]]:
    return [(t.head.i, t.dep_, t.is_sent_start) for t in doc]


def test_heads_and_dependencies_are_those_of_the_pipe_itself() -> None:
    ours = greedy.GreedyParser(stock())
    texts = [*dumped(), "", " ", "One. Two."]
    docs = list(stock().get_pipe("tok2vec").pipe(stock().make_doc(text) for text in texts))
    theirs = [told(doc) for doc in stock().get_pipe("parser").pipe(docs)]
    again = list(stock().get_pipe("tok2vec").pipe(stock().make_doc(text) for text in texts))
    assert [told(doc) for doc in ours.pipe(again, batch_size=16)] == theirs
    assert any(doc.has_annotation("DEP") for doc in again)


def test_texts_without_a_word_pass() -> None:
    assert [len(doc) for doc in load_parser().pipe(["", ""])] == [0, 0]


def test_a_parser_that_keeps_several_parses_is_left_alone() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser")
    nlp.get_pipe("parser").cfg["beam_width"] = 4
    greedy.quicken(nlp)
    assert nlp.pipe_names == ["parser"]
