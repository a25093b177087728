"""The learned weigher: a linear model over words, grammar and the rules' own output decides between types, and whether there is an event at all.

Multinomial logistic regression, trained by `scripts/train_model.py` (`make model`) on the sentences in `model/` only, which the project wrote.
The weights lie beside this module as one small archive of numbers; nothing is unpickled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

NONE: Final = "NONE"
WEIGHTS: Final = Path(__file__).with_name("weights.npz")


class Weighed(Struct, frozen=True):
    """The model's verdict on one candidate: the type, its probability 0..1, and the probability that there is no event."""

    type: str
    probability: float
    none: float


class Weigher:
    """Probabilities of types for candidates. `labels` are the PLOVER types and NONE; `version` is the fingerprint of the weights."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        labels: tuple[str, ...],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        version: str,
    ) -> None:
        self._vocabulary = vocabulary
        self.labels = labels
        self._weights = weights
        self._bias = bias
        self.version = version
        self._none = labels.index(NONE) if NONE in labels else -1

    def probabilities(self, found: Mapping[str, float]) -> NDArray[np.float32]:
        """One probability per label, in the order of `labels`; they sum to one."""
        known = {row: value for name, value in found.items() if (row := self._vocabulary.get(name)) is not None}
        scores = self._bias.copy()
        if known:
            rows = np.fromiter(known, dtype=np.int64, count=len(known))
            values = np.fromiter(known.values(), dtype=np.float32, count=len(known))
            scores += values @ self._weights[rows]
        scores -= scores.max()
        exponentials = np.exp(scores)
        result: NDArray[np.float32] = exponentials / exponentials.sum()
        return result

    def weigh(self, found: Mapping[str, float]) -> Weighed:
        """The most probable type other than NONE, with both probabilities."""
        p = self.probabilities(found)
        chances = p.tolist()
        none = chances[self._none] if self._none >= 0 else 0.0
        best = max((i for i in range(len(chances)) if i != self._none), key=chances.__getitem__)
        return Weighed(self.labels[best], chances[best], none)


@lru_cache(maxsize=1)
def load_weigher() -> Weigher:
    """The weights that the package ships."""
    with np.load(WEIGHTS) as data:
        meta = json.loads(bytes(data["meta"]).decode())
        return Weigher(
            {name: i for i, name in enumerate(meta["vocabulary"])},
            tuple(meta["labels"]),
            data["weights"].astype(np.float32),
            data["bias"].astype(np.float32),
            meta["version"],
        )
