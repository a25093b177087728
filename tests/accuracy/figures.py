"""The coder's figures on each corpus, and the floors under them.

python -m tests.accuracy.figures            prints the figures of every corpus that is there, beside the floors
python -m tests.accuracy.figures --raise    and writes floors.json anew: no figure may fall, unless VISAVIS_LOWER_FLOORS=1
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from visavis.code import Coder
from visavis.code.evaluate import Report, Rules, score_events
from visavis.code.interchange import code_lines

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "events"
FLOORS = Path(__file__).with_name("floors.json")
NOISE = 0.02  # how far below the figure a floor stands, above it for ceilings
CEILINGS = frozenset({"false alarms", "calibration error"})


class Corpus(NamedTuple):
    """A gold file. `all_status`: its gold holds hypothetical events too."""

    path: Path
    all_status: bool
    skip_doubtful: bool = False


CORPORA: Mapping[str, Corpus] = {
    "gold/unseen": Corpus(ROOT / "gold" / "unseen.jsonl", all_status=True),
    "plover_gsr_dev": Corpus(SHARED / "plover_gsr_dev.jsonl", all_status=False),
    "seeds_gold_dev": Corpus(SHARED / "seeds_gold_dev.jsonl", all_status=True, skip_doubtful=True),
}


def fingerprint(corpus: Corpus) -> str:
    """The first 16 hex digits of the SHA-256 of the gold file: floors hold for these very lines."""
    return hashlib.sha256(corpus.path.read_bytes()).hexdigest()[:16]


def report(corpus: Corpus, boot: int = 0) -> Report:
    """The shipped coder's events against the gold file."""
    gold = [json.loads(line) for line in corpus.path.read_text(encoding="utf-8").splitlines()]
    given = list(code_lines(gold, Coder(), all_status=corpus.all_status))
    return score_events(gold, given, Rules(skip_doubtful=corpus.skip_doubtful, boot=boot))


def figures(found: Report) -> dict[str, float]:
    """The figures that have floors, by name, 0..1; those that the corpus does not tell are left out."""
    told: dict[str, float | None] = {name: found.micro[name].f1 for name in ("type", "type+dyad", "quad")}
    details = found.details
    told |= {
        "status macro-F1": details.status_macro_f1,
        "voices F1": details.voices_f1,
        "dates exact": details.dates_exact,
    }
    told |= {"calibration error": details.ece, "AUC": details.auc}
    told["false alarms"] = found.false_alarms / found.no_event if found.no_event else None
    return {name: round(value, 4) for name, value in told.items() if value is not None}


def floors() -> dict[str, Any]:
    """What floors.json holds: {corpus: {"fingerprint", "floors": {figure: value}}}."""
    found: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    return found


def holds(name: str, value: float, floor: float) -> bool:
    """Whether a figure is on the right side of its floor, or of its ceiling."""
    return value <= floor if name in CEILINGS else value >= floor


def floor_for(name: str, value: float) -> float:
    """The floor under a figure that was measured, or the ceiling above it, clear of noise."""
    return round(value + NOISE if name in CEILINGS else value - NOISE, 3)


def raised(old: Mapping[str, Any], new: Mapping[str, Any], may_fall: bool) -> dict[str, Any]:
    """The new floors of one corpus: of old and new the stricter, unless they may fall or the corpus is another."""
    if may_fall or old.get("fingerprint") != new["fingerprint"]:
        return dict(new)
    kept = {
        name: old["floors"][name] if name in old["floors"] and not holds(name, value, old["floors"][name]) else value
        for name, value in new["floors"].items()
    }
    return {**new, "floors": kept}


def main() -> int:
    """Print, and with --raise write."""
    known = floors()
    for name, corpus in CORPORA.items():
        if not corpus.path.exists():
            sys.stdout.write(f"{name}: not here\n")
            continue
        found = figures(report(corpus))
        standing = known.get(name, {}).get("floors", {})
        for figure, value in found.items():
            sys.stdout.write(f"{name:16} {figure:18} {value:.3f}   floor {standing.get(figure, '-')}\n")
        fresh = {"fingerprint": fingerprint(corpus), "floors": {f: floor_for(f, v) for f, v in found.items()}}
        known[name] = raised(known.get(name, {}), fresh, os.environ.get("VISAVIS_LOWER_FLOORS") == "1")
    if "--raise" in sys.argv:
        FLOORS.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
