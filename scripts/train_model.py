"""Train the weigher on the project's own sentences (`make model`) and write src/visavis/code/weights.npz.

    python scripts/train_model.py [--folds 5] [--out PATH]

Prints the cross-validated accuracy of the type and of "no event" with 95 % intervals before it writes. Seeded: the same sentences
give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from visavis.code.actors import find_actors, find_places
from visavis.code.acts import Act
from visavis.code.candidates import OPEN, find_candidates
from visavis.code.features import features
from visavis.code.mentions import find_mentions
from visavis.code.parse import load_parser, parse
from visavis.code.references import Memory
from visavis.code.tree import Doc, Token
from visavis.code.weigh import NONE, WEIGHTS
from visavis.lexicon import load

ROOT = Path(__file__).resolve().parents[1]
LEAST = 2  # a feature seen less often is left out
STRENGTH = 1.0  # inverse of the ridge penalty, from a search over .1 .3 1 3 10

Sample = tuple[str, dict[str, float], str]


def gold_events(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The events of a training line, in either of its two forms."""
    if "events" in row:
        return list(row["events"])
    return [] if row.get("event") in (None, NONE) else [row]


def head_of(doc: Doc, words: str) -> Token | None:
    """The token that heads the action words in the parse."""
    start = doc.text.find(words)
    span = doc.char_span(start, start + len(words), alignment_mode="expand") if start >= 0 else None
    return None if span is None else span.root


def samples(rows: list[dict[str, Any]]) -> Iterator[Sample]:
    """(group, features, label) for every candidate of every sentence; events that no candidate meets are added as open acts."""
    lexicon = load()
    nlp = load_parser()
    for row, doc in zip(rows, parse((r["text"] for r in rows), nlp), strict=True):
        actors = find_actors(doc, 0, lexicon, Memory(), None)
        tokens = frozenset(i for a in actors for i in range(a.start, a.end))
        events = gold_events(row)
        met: set[int] = set()
        for candidate in find_candidates(
            doc, actors, lexicon.actions, find_places(doc, find_mentions(doc.text, lexicon), actors)
        ):
            label = label_of(candidate.act, events, doc, met)
            sides = (len(candidate.sources), len(candidate.targets))
            yield row["id"], features(doc, candidate.act, candidate.status, tokens, sides), label
        for number, event in enumerate(events):
            head = head_of(doc, event.get("words") or "") if number not in met else None
            if head is not None:
                act = Act(head, head, OPEN, "", None, "no phrase", (head,), weight=0)
                sides = (len(event.get("source") or ()), len(event.get("target") or ()))
                yield row["id"], features(doc, act, event.get("status", "happened"), tokens, sides), event["event"]


def label_of(act: Act, events: list[dict[str, Any]], doc: Doc, met: set[int]) -> str:
    """The type of the gold event whose words the act touches, else of one of its own type; NONE otherwise."""
    first, last = min(t.idx for t in act.words), max(t.idx + len(t) for t in act.words)
    for number, event in enumerate(events):
        start = doc.text.find(event.get("words") or "\0")
        if start >= 0 and first < start + len(event["words"]) and start < last:
            met.add(number)
            return str(event["event"])
    for number, event in enumerate(events):
        if event["event"] == act.type and number not in met:
            met.add(number)
            return str(event["event"])
    return NONE


def matrix(found: list[dict[str, float]], vocabulary: dict[str, int]) -> Any:
    """The samples as a sparse matrix, one column per known feature."""
    from scipy.sparse import csr_matrix

    data, rows, columns = [], [], []
    for i, sample in enumerate(found):
        for name, value in sample.items():
            if name in vocabulary:
                data.append(value)
                rows.append(i)
                columns.append(vocabulary[name])
    return csr_matrix((data, (rows, columns)), shape=(len(found), len(vocabulary)), dtype=np.float64)


def vocabulary_of(found: list[dict[str, float]]) -> dict[str, int]:
    """Features that occur at least LEAST times, in alphabetical order."""
    counts = Counter(name for sample in found for name in sample)
    return {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= LEAST))}


def fit(found: list[dict[str, float]], labels: list[str]) -> tuple[dict[str, int], Any]:
    """The vocabulary and the fitted model."""
    vocabulary = vocabulary_of(found)
    model = LogisticRegression(C=STRENGTH, max_iter=400, random_state=0)
    model.fit(matrix(found, vocabulary), labels)
    return vocabulary, model


def cross_validate(groups: list[str], found: list[dict[str, float]], labels: list[str], folds: int) -> None:
    """Print the accuracy over sentences that the fold did not see."""
    guessed: list[str | None] = [None] * len(labels)
    for train, test in GroupKFold(folds).split(found, labels, groups):
        vocabulary, model = fit([found[i] for i in train], [labels[i] for i in train])
        for i, label in zip(test, model.predict(matrix([found[i] for i in test], vocabulary)), strict=True):
            guessed[i] = str(label)
    right = [g == y for g, y in zip(guessed, labels, strict=True)]
    share, width = sum(right) / len(right), 1.96 * math.sqrt(0.25 / len(right))
    print(f"all candidates: {share:.3f} ±{width:.3f} of {len(right)}")
    events = [r for r, y in zip(right, labels, strict=True) if y != NONE]
    print(
        f"events only:    {sum(events) / len(events):.3f} of {len(events)}; no event: {sum(right) - sum(events)} of {len(right) - len(events)}"
    )


def main() -> None:
    """Train, report, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--out", type=Path, default=WEIGHTS)
    chosen = options.parse_args()
    source = (ROOT / "model" / "train.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in source.splitlines() if line.strip()]
    groups, found, labels = (list(part) for part in zip(*samples(rows), strict=True))
    if chosen.folds > 1:
        cross_validate(groups, found, labels, chosen.folds)
    vocabulary, model = fit(found, labels)
    weights = model.coef_.T.astype(np.float16)
    version = hashlib.sha256(weights.tobytes() + source.encode()).hexdigest()[:8]
    meta = {"vocabulary": list(vocabulary), "labels": list(model.classes_), "version": version}
    packed = np.frombuffer(json.dumps(meta).encode(), dtype=np.uint8)
    np.savez_compressed(chosen.out, weights=weights, bias=model.intercept_.astype(np.float32), meta=packed)
    print(
        f"{len(rows)} sentences, {len(labels)} candidates, {len(vocabulary)} features -> {chosen.out.name} {chosen.out.stat().st_size // 1024} kB"
    )


if __name__ == "__main__":
    main()
