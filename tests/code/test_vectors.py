"""The stand-in for `tok2vec` makes the vectors that it makes, whatever else is in the batch."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from tests.code.stock import dumped, stock
from visavis.code import vectors
from visavis.code.parse import load_parser

TEXTS = [*dumped(), "", " ", "No. No. No."]


@pytest.fixture
def ours() -> vectors.TokenVectors:
    return vectors.TokenVectors(stock())


def tensors(pipe: vectors.TokenVectors, docs: list[Doc], batch_size: int = 64) -> list[bytes]:
    return [doc.tensor.tobytes() for doc in pipe.pipe(docs, batch_size=batch_size)]


def test_the_vectors_are_those_of_the_pipe_itself(ours: vectors.TokenVectors) -> None:
    docs = [stock().make_doc(text) for text in TEXTS]
    theirs = [doc.tensor.copy() for doc in stock().get_pipe("tok2vec").pipe(docs)]
    for found, wanted in zip(ours.pipe(docs), theirs, strict=True):
        assert found.tensor.shape == (len(found), 96)
        np.testing.assert_allclose(found.tensor, wanted.reshape(-1, 96), atol=1e-4)


def test_a_text_has_the_same_vectors_whatever_is_with_it(ours: vectors.TokenVectors) -> None:
    docs = [stock().make_doc(text) for text in TEXTS]
    alone = tensors(ours, docs, batch_size=1)
    assert tensors(ours, docs, batch_size=7) == alone
    assert tensors(ours, docs[::-1])[::-1] == alone


def test_a_text_longer_than_a_block_is_mixed_whole(ours: vectors.TokenVectors) -> None:
    doc = stock().make_doc(" ".join(TEXTS[:60]))
    assert len(doc) > 512
    wanted = next(stock().get_pipe("tok2vec").pipe([doc])).tensor.copy()
    np.testing.assert_allclose(ours(doc).tensor, wanted, atol=1e-4)


def test_a_full_table_begins_anew(ours: vectors.TokenVectors, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = [stock().make_doc(text) for text in TEXTS]
    wanted = tensors(ours, docs)
    monkeypatch.setattr(vectors, "_KEPT", 20)
    assert tensors(ours, docs, batch_size=3) == wanted


def test_it_takes_the_place_of_the_usual_layers_only() -> None:
    assert "tok2vec" not in load_parser().pipe_names
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": {"window_size": 2}})
    vectors.quicken(nlp)
    assert nlp.pipe_names == ["tok2vec"]
