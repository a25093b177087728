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

    def probabilities(self, found: Mapping[str, float]) -> NDArray[np.float32]:
        """One probability per label, in the order of `labels`; they sum to one."""
        known = [(self._vocabulary[name], value) for name, value in found.items() if name in self._vocabulary]
        scores = self._bias.copy()
        if known:
            rows = np.fromiter((row for row, _ in known), dtype=np.int64)
            values = np.fromiter((value for _, value in known), dtype=np.float32)
            scores += values @ self._weights[rows]
        scores -= scores.max()
        exponentials = np.exp(scores)
        result: NDArray[np.float32] = exponentials / exponentials.sum()
        return result

    def weigh(self, found: Mapping[str, float]) -> Weighed:
        """The most probable type other than NONE, with both probabilities."""
        p = self.probabilities(found)
        none = float(p[self.labels.index(NONE)]) if NONE in self.labels else 0.0
        best = max((i for i, label in enumerate(self.labels) if label != NONE), key=lambda i: float(p[i]))
        return Weighed(self.labels[best], float(p[best]), none)


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
