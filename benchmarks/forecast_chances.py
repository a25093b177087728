#!/usr/bin/env python3
"""30-day chances on a quadruple set: every relation with enough facts in VALID, monthly origins, all dyads alive, against the own rate.

Weights come from the months before VALID; at each origin everything earlier is history. Prints a Markdown table.

    python benchmarks/forecast_chances.py FOLDER [FEWEST]     FOLDER holds train.txt.gz, valid.txt, relation2id.txt
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from visavis.forecast.chances.acts import ANY, Acts
from visavis.forecast.chances.panel import Moment, read_panel
from visavis.forecast.chances.rates import fit_rate
from visavis.forecast.chances.scores import auc, block_skill, reliability
from visavis.forecast.ranking.quads import load_quads

WINDOW, FIT, HELD = 30, 16, 8


def main(folder: Path, fewest: int) -> None:
    """Print the table, the pooled skill and the reliability."""
    train, valid = load_quads(folder / "train.txt.gz"), load_quads(folder / "valid.txt")
    step = int(np.diff(np.unique(train[:, 3])).min())
    quads = np.vstack([train, valid])
    quads = quads[np.argsort(quads[:, 3], kind="stable")]
    names = [line.split("\t")[0] for line in (folder / "relation2id.txt").read_text().splitlines()]
    actors = tuple(map(str, range(int(quads[:, [0, 2]].max()) + 1)))
    paths = tuple((name, ANY) for name in names)
    acts = Acts(actors, paths, quads[:, 0], quads[:, 2], quads[:, 3] // step, quads[:, 1])
    first, last = int(valid[:, 3].min()) // step, int(valid[:, 3].max()) // step
    origins = [Moment(acts, day) for day in range(first, last - WINDOW + 2, WINDOW)]
    before = [Moment(acts, first - WINDOW * back) for back in range(FIT + HELD, 0, -1)]
    counts = np.bincount(valid[:, 1], minlength=len(names))
    print(f"| class | cases | used | Brier skill over own rate (95 %) | AUC | own AUC |\n|{' --- |' * 6}")
    ours, theirs = np.zeros(len(origins)), np.zeros(len(origins))
    pooled: list[np.ndarray] = []
    for relation in np.argsort(-counts):
        if counts[relation] < fewest:
            break
        name = names[relation]
        rate = fit_rate(name, WINDOW, before[:FIT], before[FIT:], origins[0].base_rate(name))
        panels = [read_panel(moment, name, WINDOW) for moment in origins]
        some = [(panel.came > 0).astype(float) for panel in panels]
        chance = [rate.chances(panel) for panel in panels]
        own = [-np.expm1(-WINDOW * rate.own(panel)) for panel in panels]
        losses, reference = (
            np.array([((p - y) ** 2).sum() for p, y in zip(ps, some, strict=True)]) for ps in (chance, own)
        )
        ours, theirs = ours + losses, theirs + reference
        skill = block_skill(losses.tolist(), reference.tolist())
        flat, came = np.concatenate(chance), np.concatenate(some)
        pooled.append(np.stack([flat, came]))
        word = "worse" if skill.worse else "shown" if skill.shown else "not shown"
        print(
            f"| {name} | {int(came.sum())} | {'additive' if rate.skill else 'own rate'} | {word}: {skill.value:.3f} ({skill.low:.3f} .. {skill.high:.3f}) "
            f"| {auc(flat, came):.3f} | {auc(np.concatenate(own), came):.3f} |",
            flush=True,
        )
    whole = block_skill(ours.tolist(), theirs.tolist())
    print(f"\nPooled Brier skill over the own rate: {whole.value:.4f} ({whole.low:.4f} .. {whole.high:.4f})\n")
    every = np.hstack(pooled)
    print("| forecast | came | forecasts |\n| --- | --- | --- |")
    for mean, share, number in reliability(every[0], every[1]):
        print(f"| {mean:.4f} | {share:.4f} | {number:,} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
