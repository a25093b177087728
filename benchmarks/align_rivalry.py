"""Which event measure tells standing rivals? AUC of hostility lift, Goldstein mean and raw conflict count, with bootstrap intervals.

    python benchmarks/align_rivalry.py --events ../shared/data/forecast/icews0515 --field ../shared/data/align

Events of ICEWS 2005-2014 (a forecasting benchmark that lacks the United States and Russia) against the rivalries of Thompson, Sakuwa and
Suhas that lasted in those years. Actors are states, or offices and forces of a state in parentheses. Reported as measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from visavis.align.classics import goldstein_mean
from visavis.align.lift import lift, two_axes
from visavis.lexicon.crosswalk import translate
from visavis.lexicon.statenames import state_named

Array = NDArray[np.float64]
_FIRST, _LAST = 2005, 2014
_DRAWS = 1000
_OFFICE = re.compile(r"^(?:.*?)\(([^()]+)\)$")


def main() -> None:
    """Print one JSON line per set of dyads: AUC, 5 % and 95 % of each measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=Path, required=True)
    parser.add_argument("--field", type=Path, required=True)
    parser.add_argument("--sweep", action="store_true", help="the hostility lift under other discounts and priors")
    given = parser.parse_args()
    known = codebook(given.field / "cameo_codebook_icews.csv")
    if given.sweep:
        sweep(
            *counts(given.events, known, monthly=True)[:3],
            rivalries(given.field / "thompson_sakuwa_suhas_rivalries.csv"),
        )
        return
    states, good, bad, weight = counts(given.events, known)
    rivals = rivalries(given.field / "thompson_sakuwa_suhas_rivalries.csv")
    i, j = np.triu_indices(len(states), 1)
    total = (good + bad).sum(0)[i, j]
    label = np.array([(states[a], states[b]) in rivals for a, b in zip(i, j, strict=True)])
    axes = two_axes(good, bad, keep=1.0)
    scores = {
        "hostility lift": lift(bad, keep=1.0).value[-1][i, j],
        "net lift (reversed)": -axes.net.value[-1][i, j],
        "Goldstein mean (reversed)": -goldstein_mean(weight.sum(0)[i, j], total),
        "raw conflict count": bad.sum(0)[i, j],
    }
    for least in (1, 5, 30):
        held = total >= least
        row: dict[str, object] = {
            "dyads with at least": least,
            "dyads": int(held.sum()),
            "rivals": int(label[held].sum()),
        }
        for name, score in scores.items():
            row[name] = [round(value, 3) for value in with_interval(label[held], score[held])]
        print(json.dumps(row))


def sweep(states: list[str], good: Array, bad: Array, rivals: set[tuple[str, str]]) -> None:
    """One JSON line per discount a month and prior: AUC of the hostility lift of the last month, over pairs that ever had an event."""
    i, j = np.triu_indices(len(states), 1)
    held = (good + bad).sum(0)[i, j] > 0
    label = np.array([(states[a], states[b]) in rivals for a, b in zip(i, j, strict=True)])[held]
    for keep in (0.5, 0.8, 0.9, 0.95, 0.98, 1.0):
        weights = keep ** np.arange(len(bad))[::-1, None, None]
        for prior in (0.5, 1.0, 2.0, 5.0, 10.0):
            score = lift((bad * weights).sum(0)[None], keep=1.0, prior=prior).value[0][i, j][held]
            print(
                json.dumps(
                    {
                        "keep": keep,
                        "prior": prior,
                        "hostility lift": [round(x, 3) for x in with_interval(label, score, 200)],
                    }
                )
            )


def codebook(path: Path) -> dict[str, tuple[str, float]]:
    """{name of the event: (CAMEO code, Goldstein weight in ICEWS's version)}."""
    with path.open(encoding="cp1252") as lines:
        rows = [row for row in csv.DictReader(lines) if row["goldstein"] not in ("", "NA")]
    return {letters(row["name"]): (row["code"], float(row["goldstein"])) for row in rows}


def counts(
    folder: Path, known: dict[str, tuple[str, float]], monthly: bool = False
) -> tuple[list[str], Array, Array, Array]:
    """(states, cooperative, conflictual, summed weight), the arrays (year or month, state, state) and symmetric; statements (01, 02) count as
    cooperative, as in quad class 1."""
    entities, relations = (names_of(folder / f"{name}2id.txt") for name in ("entity", "relation"))
    state = {key: entity_state(name) for key, name in entities.items()}
    code = {key: known.get(letters(name)) for key, name in relations.items()}
    lost = sorted(name for key, name in relations.items() if code[key] is None)
    rows = [(state[s], state[o], code[r], _period(t, monthly)) for s, r, o, t in facts(folder)]
    told = [(a, b, c, y) for a, b, c, y in rows if a and b and a != b and c is not None]
    print(json.dumps({"facts": len(rows), "between two states": len(told), "event names without a code": lost}))
    states = sorted({a for a, _, _, _ in told} | {b for _, b, _, _ in told})
    at = {name: number for number, name in enumerate(states)}
    found = np.zeros((3, max(at for *_, at in told) + 1, len(states), len(states)))
    for a, b, (cameo, weight), period in told:
        where = (period, at[a], at[b])
        found[(0 if cameo[:2] <= "08" else 1, *where)] += 1
        found[(2, *where)] += weight
    found += found.transpose(0, 1, 3, 2)
    return states, found[0], found[1], found[2]


def rivalries(path: Path) -> set[tuple[str, str]]:
    """Pairs of ISO codes, in order, whose rivalry overlaps the years of the events."""
    found = set()
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            start, end = (int(float(row[name] or 9999)) for name in ("start", "end"))
            if start <= _LAST and end >= _FIRST:
                pair = [translate(str(int(float(row[name]))), _LAST) for name in ("ccode1", "ccode2")]
                if pair[0] and pair[1]:
                    found.add((min(pair[0], pair[1]), max(pair[0], pair[1])))
    return found


def with_interval(label: NDArray[np.bool_], score: Array, draws: int = _DRAWS) -> tuple[float, float, float]:
    """AUC and the 5 % and 95 % quantiles over bootstrap draws of dyads."""
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(draws):
        at = rng.integers(0, len(label), len(label))
        if label[at].any() and not label[at].all():
            drawn.append(auc(label[at], score[at]))
    low, high = np.quantile(drawn, (0.05, 0.95))
    return auc(label, score), float(low), float(high)


def auc(label: NDArray[np.bool_], score: Array) -> float:
    """The chance that a rival pair scores above another, ties half (Mann-Whitney)."""
    ranks, positive = rankdata(score), int(label.sum())
    return float((ranks[label].sum() - positive * (positive + 1) / 2) / (positive * (len(label) - positive)))


def facts(folder: Path) -> Iterator[tuple[str, str, str, int]]:
    """(source, relation, target, hours since 2005) of each event, as ids."""
    for name in ("train.txt.gz", "valid.txt.gz", "train.txt", "valid.txt"):
        path = folder / name
        if path.exists():
            with gzip.open(path, "rt") if name.endswith(".gz") else path.open() as lines:
                for line in lines:
                    s, r, o, t = line.split("\t")[:4]
                    yield s, r, o, int(t)


def names_of(path: Path) -> dict[str, str]:
    """{id: name} of a list whose lines are name and id, in either order."""
    found = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            name, key, *_ = line.rstrip("\n").split("\t")
            found[key if key.strip().isdigit() else name] = name if key.strip().isdigit() else key
    return {key.strip(): name for key, name in found.items()}


def entity_state(name: str) -> str:
    """The ISO code of a state, or of the state in whose name an office or force acts; "" for anybody else."""
    plain = name.replace("_", " ").strip()
    office = _OFFICE.match(plain)
    return state_named(office.group(1)) if office else state_named(plain)


def _period(hours: int, monthly: bool) -> int:
    """Years, or months, since the first."""
    day = str(np.datetime64(f"{_FIRST}-01-01") + np.timedelta64(hours // 24, "D"))
    year = int(day[:4]) - _FIRST
    return 12 * year + int(day[5:7]) - 1 if monthly else year


def letters(text: str) -> str:
    """The letters alone: the name lists and the codebook differ in blanks and marks."""
    return re.sub(r"not specified below|[^a-z]", "", text.lower())


if __name__ == "__main__":
    main()
