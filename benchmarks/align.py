"""How long the measures take, beside the naive way. `python benchmarks/align.py [--networks signed_cow...csv.gz]`, one JSON line each.

Seconds are those of the processor, all threads together, so that a busy machine does not matter.

Similarity: five measures, 74 sessions, 194 states, 84 roll calls each; naive is a loop over pairs (timed on 400 pairs and scaled).
Lift: 200 states, 240 months, both axes; naive is SciPy's polygamma cell by cell (timed on one month and scaled).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402
from scipy.special import digamma, polygamma  # noqa: E402

from visavis.align.frustration import frustration_index  # noqa: E402
from visavis.align.lift import discounted, expected_counts, two_axes  # noqa: E402
from visavis.align.signed import signed_graph  # noqa: E402
from visavis.align.similarity import MEASURES, VOTE_LEVELS, crosstab, crosstabs, measure  # noqa: E402


def main() -> None:
    """Print the timings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", type=Path)
    given = parser.parse_args()
    print(json.dumps(similarity()))
    print(json.dumps(lift()))
    if given.networks:
        print(json.dumps(frustration(given.networks)))


def similarity(sessions: int = 74, states: int = 194, calls: int = 84, pairs: int = 400) -> dict[str, object]:
    rng = np.random.default_rng(0)
    votes = [rng.choice([1.0, 2.0, 3.0, np.nan], size=(calls, states)) for _ in range(sessions)]

    def ours() -> None:
        for one in votes:
            tables = crosstabs(one, VOTE_LEVELS)
            for name in MEASURES:
                measure(tables, name, VOTE_LEVELS)

    def naive() -> None:
        for at in range(pairs):
            a, b = votes[0][:, at % states], votes[0][:, (at * 7 + 1) % states]
            for name in MEASURES:
                measure(crosstab(a, b, VOTE_LEVELS), name, VOTE_LEVELS)

    scale = sessions * states * (states - 1) / 2 / pairs
    return {"what": "similarity", "seconds": timed(ours), "naive seconds": round(timed(naive) * scale, 1)}


def lift(states: int = 200, months: int = 240) -> dict[str, object]:
    rng = np.random.default_rng(0)
    good, bad = (np.triu(rng.poisson(rate, (months, states, states)), 1).astype(float) for rate in (0.2, 0.05))
    good, bad = (part + part.transpose(0, 2, 1) for part in (good, bad))

    def naive() -> None:
        total = discounted(good[:1])[0]
        expected = expected_counts(total)
        for i in range(states):
            for j in range(states):
                _ = digamma(total[i, j] + 2) - np.log(expected[i, j] + 2), polygamma(1, total[i, j] + 2)

    return {
        "what": "lift",
        "seconds": timed(lambda: two_axes(good, bad)),
        "naive seconds": round(timed(naive) * 2 * months, 1),
    }


def frustration(path: Path) -> dict[str, object]:
    windows: dict[str, list[tuple[str, str, int]]] = {}
    with gzip.open(path, "rt") as lines:
        for row in csv.DictReader(lines):
            windows.setdefault(row["window"], []).append((row["a"], row["b"], int(row["sign"])))
    found = []
    seconds = timed(lambda: found.extend(frustration_index(signed_graph(edges)) for edges in windows.values()))
    return {
        "what": "frustration",
        "networks": len(found),
        "proven": sum(one.proven for one in found),
        "seconds": seconds,
    }


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return round(time.process_time() - begun, 2)


if __name__ == "__main__":
    main()
