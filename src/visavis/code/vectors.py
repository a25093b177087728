"""The vectors of tokens: what spaCy's `tok2vec` makes, in two fifths of its time.

The usual English pipelines first make a vector of each token from its features (its form, its beginning and end, the space behind it)
and then mix it with those of its neighbours in a few layers (MultiHashEmbed and MaxoutWindowEncoder, see spaCy's reference of model
architectures). The first is kept for each combination of features. The second is done with NumPy's matrix product, which uses all
that the processor has, on blocks of one size: so the vectors of a text do not depend on which others are with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps
from threadpoolctl import ThreadpoolController

from visavis.code.standins import StandIn, take_place

NAME = "visavis_vectors"
_PIPE = "tok2vec"
_LAYER = "residual(expand_window>>maxout>>layernorm>>dropout)"
# Rows of a block: its matrices fit the cache, and its size does not change with what stands in it.
_ROWS = 512
# Combinations of features kept; a batch that comes after so many begins a new table. One takes about 600 bytes.
_KEPT = 100_000
_EPSILON = np.float32(1e-8)

Floats = npt.NDArray[np.float32]
Features = npt.NDArray[np.uint64]


class TokenVectors(StandIn):
    """Does the work of the pipe `tok2vec` of `nlp`, of which `_fits` must be true."""

    def __init__(self, nlp: Language) -> None:
        embed, encode = _model(nlp).layers
        self._features, *self._embedding = embed.layers
        self._layers = [_Layer(layer) for layer in encode.layers[0].layers]
        self._apart: int = encode.attrs["pad"]  # rows between two texts, lest one be mixed with the other
        self._width = self._layers[0].width
        self._known: dict[bytes, int] = {}
        self._table: Floats = np.zeros((1024, self._width), np.float32)

    def batch(self, docs: list[Doc]) -> None:
        """Set the vectors of the tokens, (token, width), as the `tensor` of each text."""
        with _blas().limit(limits=1, user_api="blas"):
            for doc, vectors in zip(docs, self._mixed(self._embedded(docs)), strict=True):
                doc.tensor = vectors  # type: ignore[assignment]

    def _embedded(self, docs: list[Doc]) -> list[Floats]:
        """The vectors of the tokens by themselves, of each text."""
        features: list[Features] = self._features.predict(docs)
        every = np.concatenate(features)
        keys = _rows(every)
        if len(self._known) > _KEPT:
            self._known.clear()
        new = {key: place for place, key in enumerate(keys) if key not in self._known}
        if new:
            self._add(list(new), every[list(new.values())])
        found = self._table[[self._known[key] for key in keys]]
        return np.split(found, np.cumsum([len(told) for told in features])[:-1])

    def _add(self, keys: list[bytes], features: Features) -> None:
        """Keep the vectors of tokens with these features."""
        found: Any = [features]
        for layer in self._embedding:
            found = layer.predict(found)
        start, end = len(self._known), len(self._known) + len(keys)
        if end > len(self._table):
            self._table = np.resize(self._table, (2 * end, self._width))
        self._table[start:end] = found[0]
        self._known.update(zip(keys, range(start, end), strict=True))

    def _mixed(self, texts: list[Floats]) -> Iterator[Floats]:
        """The vectors after all layers, of each text."""
        for block in self._blocks(texts):
            *starts, end = np.cumsum([self._apart, *(len(text) + self._apart for text in block)]).tolist()
            rows = np.zeros((-(-end // _ROWS) * _ROWS, self._width), dtype=np.float32)
            for start, text in zip(starts, block, strict=True):
                rows[start : start + len(text)] = text
            for layer in self._layers:
                rows += layer(rows)
            yield from (rows[start : start + len(text)].copy() for start, text in zip(starts, block, strict=True))

    def _blocks(self, texts: list[Floats]) -> Iterator[list[Floats]]:
        """The texts by what fits a block; a text that is longer has one to itself."""
        block: list[Floats] = []
        size = self._apart
        for text in texts:
            if block and size + len(text) + self._apart > _ROWS:
                yield block
                block, size = [], self._apart
            block.append(text)
            size += len(text) + self._apart
        if block:
            yield block


class _Layer:
    """One layer: each row with the one before and the one behind it, the best of a few sums, brought to mean 0 and variance 1, scaled."""

    def __init__(self, layer: Model[Any, Any]) -> None:
        by_name: dict[str, Any] = {node.name: node for node in layer.walk()}
        weights = by_name["maxout"].get_param("W")  # (width, pieces, three times the width)
        self.width, self._pieces, _ = weights.shape
        self._weights: Floats = np.ascontiguousarray(
            weights.transpose(1, 0, 2).reshape(self._pieces * self.width, -1).T
        )
        self._bias: Floats = by_name["maxout"].get_param("b").T.reshape(-1)
        self._scale: Floats = by_name["layernorm"].get_param("G")
        self._shift: Floats = by_name["layernorm"].get_param("b")

    def __call__(self, rows: Floats) -> Floats:
        """What the layer adds to the rows, (row, width)."""
        width = self.width
        window = np.zeros((len(rows), 3 * width), dtype=np.float32)
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        sums = window @ self._weights
        sums += self._bias
        best: Floats = sums[:, :width].copy()
        for piece in range(1, self._pieces):
            np.maximum(best, sums[:, piece * width : (piece + 1) * width], out=best)
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt(np.einsum("ij,ij->i", best, best) / np.float32(width) + _EPSILON)[:, None]
        best *= self._scale
        best += self._shift
        return best


@Language.factory(NAME)
def make(nlp: Language, name: str) -> TokenVectors:
    """The stand-in for `tok2vec`."""
    return TokenVectors(nlp)


def quicken(nlp: Language) -> None:
    """Put the stand-in in place of `tok2vec` (which is disabled), where that has the usual layers and works on this processor."""
    if _PIPE in nlp.pipe_names and _fits(_model(nlp)):
        take_place(nlp, NAME, _PIPE)


def _model(nlp: Language) -> Model[Any, Any]:
    found: Model[Any, Any] = cast(Tok2Vec, nlp.get_pipe(_PIPE)).model
    return found


def _fits(model: Model[Any, Any]) -> bool:
    """Whether the model looks at the features of tokens alone, and mixes with one neighbour to each side."""
    if len(model.layers) != 2 or not isinstance(model.ops, NumpyOps):
        return False
    embed, encode = model.layers
    if not embed.layers or embed.layers[0].name != "extract_features" or not encode.name.startswith("with_array("):
        return False
    windows = [node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"]
    return all(layer.name == _LAYER for layer in encode.layers[0].layers) and set(windows) == {1}


def _rows(features: Features) -> list[bytes]:
    """Each row as bytes."""
    told = np.ascontiguousarray(features)
    found: list[bytes] = told.view(f"V{told.shape[1] * told.itemsize}").ravel().tolist() if told.size else []
    return found


@lru_cache(maxsize=1)
def _blas() -> ThreadpoolController:
    """Holds the matrix product to one processor: the others have workers of their own."""
    return ThreadpoolController()
