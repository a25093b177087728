"""Fit the confidence of events on the development half of the gold set and write src/visavis/code/confidence.json.

    python scripts/fit_confidence.py

An event is right when the evaluation matches it: accepted type and at least one shared pair of parties. Logistic regression with a
ridge penalty; prints the cross-validated Brier score and share right before it writes.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict

from visavis.code import assemble
from visavis.code.candidates import Candidate
from visavis.code.coder import Coder
from visavis.code.confidence import WEIGHTS, signals
from visavis.code.evaluate.details import match_events
from visavis.code.interchange import code_lines
from visavis.code.weigh import Weighed

ROOT = Path(__file__).resolve().parents[1]
STRENGTH = 0.5


def main() -> None:
    """Fit, report, write."""
    seen: list[dict[str, float]] = []

    def note(candidate: Candidate, weighed: Weighed, chosen: str) -> float:
        seen.append(signals(candidate, weighed, chosen))
        return len(seen) - 1.0  # the place of the event's signals, in place of its confidence

    assemble.confidence = note
    gold = [json.loads(line) for line in (ROOT / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    right = {}
    for line, coded in zip(gold, code_lines(gold, Coder(), all_status=True), strict=True):
        hits = {j for _, j in match_events(line["events"], coded["events"], False)}
        for j, event in enumerate(coded["events"]):
            right[int(event["confidence"])] = j in hits
    names = list(seen[0])
    x = np.array([[seen[i][name] for name in names] for i in right])
    y = np.array(list(right.values()))
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    held = cross_val_predict(model, x, y, cv=10, method="predict_proba")[:, 1]
    print(
        f"{len(y)} events, {y.mean():.3f} right; held out: Brier {((held - y) ** 2).mean():.3f}, AUC {roc_auc_score(y, held):.3f}"
    )
    model.fit(x, y)
    weights = {"bias": round(float(model.intercept_[0]), 4)}
    weights |= {name: round(float(c), 4) for name, c in zip(names, model.coef_[0], strict=True)}
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
