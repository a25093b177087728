#!/usr/bin/env python3
"""Measure the coder on every gold corpus that is there and write the figures into docs/accuracy.md. Prints aggregate figures only.

    python scripts/measure_coder.py

Scoring gold/unseen.jsonl is counted by hand in docs/accuracy.md; nothing of its sentences is printed or kept.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from visavis.code import Coder
from visavis.code.evaluate import Rules, score_events
from visavis.code.evaluate.details import detail, match_events
from visavis.code.interchange import code_lines

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
SHARED = ROOT.parent / "shared" / "data" / "events"
# Name, file, whether its gold holds hypothetical events, whether doubtful records are left out.
CORPORA = (
    ("gold/dev (read)", ROOT / "gold" / "dev.jsonl", True, False),
    ("gold/unseen", ROOT / "gold" / "unseen.jsonl", True, False),
    ("PLOVER dev (read)", SHARED / "plover_gsr_dev.jsonl", False, False),
    ("seeds dev (read)", SHARED / "seeds_gold_dev.jsonl", True, True),
)
MICRO = ("type", "type+dyad", "quad", "quad+dyad", "dyad", "cameo root", "cameo")
DETAILS = {
    "status macro-F1": "status_macro_f1",
    "voices F1": "voices_f1",
    "dates exact": "dates_exact",
    "calibration error": "ece",
    "AUC": "auc",
}
RESAMPLES = 200
Pair = tuple[list[dict[str, Any]], list[dict[str, Any]]]


def measured(path: Path, all_status: bool, skip_doubtful: bool) -> tuple[dict[str, str], list[Pair]]:
    """The figures of one corpus with their 95 % intervals, ready to print, and its (gold, predicted) events by record."""
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    given = list(code_lines(gold, Coder(), all_status=all_status))
    report = score_events(gold, given, Rules(skip_doubtful=skip_doubtful, boot=1000))
    pairs = [
        (g["events"], p["events"])
        for g, p in zip(gold, given, strict=True)
        if not (skip_doubtful and g.get("doubtful"))
    ]
    told = {
        name: f"{s.f1:.3f} ({s.low:.3f}-{s.high:.3f})" for name in MICRO if (s := report.micro.get(name)) is not None
    }
    drawn = [d for d in (detail(draw, False) for draw in draws(pairs)) if d.matched]
    for name, field in DETAILS.items():
        value = getattr(report.details, field)
        if value is not None:
            told[name] = f"{value:.3f} ({interval([getattr(d, field) for d in drawn])})"
    empty = [bool(found) for wanted, found in pairs if not wanted]
    if empty:
        rates = [sum(draw) / len(draw) for draw in draws(empty)]
        told["false alarms"] = f"{report.false_alarms / report.no_event:.3f} ({interval(rates)})"
    told["records, gold events"] = f"{report.records}, {sum(len(wanted) for wanted, _ in pairs)}"
    return told, pairs


def draws(things: Sequence[Any]) -> list[list[Any]]:
    """Resamples with replacement, the same each time."""
    generator = random.Random(0)
    return [[things[generator.randrange(len(things))] for _ in things] for _ in range(RESAMPLES)]


def interval(values: Sequence[float | None]) -> str:
    """The percentile interval of bootstrapped values."""
    known = sorted(v for v in values if v is not None)
    return f"{known[int(0.025 * len(known))]:.3f}-{known[int(0.975 * (len(known) - 1))]:.3f}"


def reliability(pairs: Sequence[Pair]) -> str:
    """Ten bins of equal mass: how sure the coder was, how often it was right."""
    told: list[tuple[float, bool]] = []
    for wanted, found in pairs:
        right = {j for _, j in match_events(wanted, found, False)}
        told.extend((event["confidence"], j in right) for j, event in enumerate(found))
    told.sort(key=lambda pair: pair[0])
    rows = ["| confidence from | to | mean | share right | events |", "|---|---|---|---|---|"]
    for part in np.array_split(np.arange(len(told)), 10):
        sure, hits = [told[i][0] for i in part], [told[i][1] for i in part]
        rows.append(
            f"| {sure[0]:.2f} | {sure[-1]:.2f} | {sum(sure) / len(sure):.2f} | {sum(hits) / len(hits):.2f} | {len(part)} |"
        )
    return "\n".join(rows)


def table(found: Mapping[str, Mapping[str, str]]) -> str:
    """One row for each figure, one column for each corpus."""
    names = list(dict.fromkeys(name for told in found.values() for name in told))
    rows = [f"| figure | {' | '.join(found)} |", "|---|" + "---|" * len(found)]
    rows += [f"| {name} | {' | '.join(told.get(name, '') for told in found.values())} |" for name in names]
    return "\n".join(rows)


def put(text: str, name: str, made: str) -> str:
    """The page with what stands between the marks of `name` made anew."""
    begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n{made}\n\n{end}{rest.partition(end)[2]}"


def main() -> None:
    """Measure, print, write."""
    found: dict[str, dict[str, str]] = {}
    calibration = ""
    for name, path, all_status, skip in CORPORA:
        if path.exists():
            found[name], pairs = measured(path, all_status, skip)
            calibration = reliability(pairs) if name == "gold/unseen" else calibration
    text = put(PAGE.read_text(encoding="utf-8"), "figures", table(found))
    PAGE.write_text(put(text, "reliability", calibration), encoding="utf-8")
    print(table(found), calibration, sep="\n\n")


if __name__ == "__main__":
    main()
