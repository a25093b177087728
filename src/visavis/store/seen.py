"""Which ids have been met, in eight bytes each: sorted runs of numbers that are merged when they are of like length."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from visavis.records import content_id

_BYTES = 8


class SeenIds:
    """The ids (16 hex digits) that were asked about so far."""

    def __init__(self) -> None:
        self._runs: list[NDArray[np.uint64]] = []

    def __len__(self) -> int:
        return sum(len(run) for run in self._runs)

    def __contains__(self, one: str) -> bool:
        number = np.uint64(int.from_bytes(_packed(one), "big"))
        places = ((run, int(np.searchsorted(run, number))) for run in self._runs)
        return any(at < len(run) and run[at] == number for run, at in places)

    def new(self, ids: pa.Array | pa.ChunkedArray) -> NDArray[np.bool_]:
        """Which of the ids (n,) are met for the first time; of an id that stands twice among them the first. All are met from now on."""
        numbers = _numbers(ids)
        unique, first = np.unique(numbers, return_index=True)
        known = np.zeros(len(unique), bool)
        for run in self._runs:
            at = np.minimum(np.searchsorted(run, unique), len(run) - 1)
            known |= run[at] == unique
        found = np.zeros(len(numbers), bool)
        found[first[~known]] = True
        self._keep(unique[~known])
        return found

    def _keep(self, run: NDArray[np.uint64]) -> None:
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.sort(np.concatenate([self._runs.pop(), run]), kind="stable")  # two sorted runs: one merge
        if len(run):
            self._runs.append(run)


def _numbers(ids: pa.Array | pa.ChunkedArray) -> NDArray[np.uint64]:
    found = ids.to_pylist()
    try:
        packed = bytes.fromhex("".join(found))
    except ValueError:
        packed = b""
    if len(packed) != _BYTES * len(found) or any(len(one) != 2 * _BYTES for one in found):
        packed = b"".join(_packed(one) for one in found)  # ids that other programs made
    return np.frombuffer(packed, ">u8").astype(np.uint64)


def _packed(one: str) -> bytes:
    try:
        packed = bytes.fromhex(one)
    except ValueError:
        packed = b""
    return packed if len(packed) == _BYTES else bytes.fromhex(content_id(one))
