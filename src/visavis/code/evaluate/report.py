"""The whole of an evaluation: micro-averaged measures with bootstrap intervals, and what the matched events tell."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from visavis.code.evaluate.counting import MEASURES, Counts, count_record
from visavis.code.evaluate.details import Details, detail
from visavis.code.evaluate.lines import Line
from visavis.code.evaluate.single import Single, single_labels


class Rules(Struct, frozen=True, kw_only=True):
    """How to score. `strict`: only the first label and the very codes count. `keep_leaked`: keep gold records whose text stands in
    a development file. `skip_doubtful`: leave out records marked doubtful. `boot`: resamples of records for the intervals."""

    strict: bool = False
    keep_leaked: bool = True
    skip_doubtful: bool = False
    boot: int = 1000
    seed: int = 0


class Score(Struct, frozen=True, kw_only=True):
    """Precision, recall and F1, 0..1, with the counts behind them and the 95 % bootstrap interval of F1."""

    precision: float
    recall: float
    f1: float
    hits: int
    predicted: int
    gold: int
    low: float | None = None
    high: float | None = None


class Report(Struct, frozen=True, kw_only=True):
    """An evaluation. `micro`: {measure: Score}; `single`: accuracies of single-label sets; `details`: status, voices, dates,
    types, confidence; `false_alarms`: records without a gold event that got one, of `no_event` such records."""

    records: int
    with_prediction: int
    no_event: int
    false_alarms: int
    micro: dict[str, Score]
    single: dict[str, Single]
    details: Details


def score_events(
    gold: Sequence[Line], pred: Sequence[Line], rules: Rules | None = None, *, boot: int | None = None
) -> Report:
    """Predicted events against gold events, record by record; a gold record without a prediction counts as "no event".

    `gold` and `pred` are lines of the interchange form. `boot` overrides that of the rules.
    """
    rules = rules or Rules()
    kept = [line for line in gold if _is_kept(line, rules)]
    given: dict[object, list[Line]] = {}
    for line in pred:
        given.setdefault(line["id"], []).extend(line.get("events") or [])
    pairs = [(list(line.get("events") or []), given.get(line["id"], [])) for line in kept]
    rows = [count_record(wanted, found, rules.strict) for wanted, found in pairs]
    empty = [found for line, (_, found) in zip(kept, pairs, strict=True) if line.get("events") == []]
    return Report(
        records=len(kept),
        with_prediction=sum(bool(found) for _, found in pairs),
        no_event=len(empty),
        false_alarms=sum(map(bool, empty)),
        micro=_micro(rows, rules.boot if boot is None else boot, rules.seed),
        single=single_labels(kept, given),
        details=detail(pairs, rules.strict),
    )


def prf(hits: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean; 0 where nothing was predicted or wanted."""
    precision = hits / predicted if predicted else 0.0
    recall = hits / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _is_kept(line: Line, rules: Rules) -> bool:
    leaked = {"plover_gsr_dev", "dev_or_train"} & set(line.get("leak") or [])
    return not (leaked and not rules.keep_leaked) and not (line.get("doubtful") and rules.skip_doubtful)


def _micro(rows: Sequence[Mapping[str, Counts]], boot: int, seed: int) -> dict[str, Score]:
    found = {}
    for name in MEASURES:
        counts = np.array([row[name] for row in rows if name in row], dtype=np.int64).reshape(-1, 3)
        hits, predicted, gold = (int(n) for n in counts.sum(axis=0))
        if not gold:
            continue
        precision, recall, f1 = prf(hits, predicted, gold)
        low, high = _interval(counts, boot, seed) if boot else (None, None)
        found[name] = Score(
            precision=precision, recall=recall, f1=f1, hits=hits, predicted=predicted, gold=gold, low=low, high=high
        )
    return found


def _interval(counts: npt.NDArray[np.int64], boot: int, seed: int) -> tuple[float, float]:
    """The percentile bootstrap over records (Efron 1979) of F1, 95 %."""
    totals = counts[_draws(len(counts), boot, seed)].sum(axis=1)
    scores = sorted(prf(*(int(n) for n in row))[2] for row in totals)
    return scores[int(0.025 * boot)], scores[min(boot - 1, int(0.975 * boot))]


@cache
def _draws(size: int, boot: int, seed: int) -> npt.NDArray[np.int64]:
    """Which records each resample holds, (boot, size)."""
    generator = random.Random(seed)
    return np.array([[generator.randrange(size) for _ in range(size)] for _ in range(boot)], dtype=np.int64)
