"""Builders of small histories of acts."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from visavis.forecast.chances.acts import Acts, gather_acts

Row = tuple[str, str, str, tuple[str, ...], str]
START = date(2018, 1, 1)


def row(day: int, source: str, target: str, kind: str = "consult", quad: str = "verbal cooperation") -> Row:
    """One act `day` days after START."""
    when = (START + timedelta(days=day)).isoformat()
    return when, source, target, (kind, quad), f"{when}-{source}-{target}-{kind}"


def bursty_rows(days: int = 1100, seed: int = 3) -> list[Row]:
    """Twelve actors; threats come in bursts that the other side answers, talks at steady rates."""
    rng = np.random.default_rng(seed)
    names = [f"A{at:02d}" for at in range(12)]
    heat = np.zeros((12, 12))
    rows: list[Row] = []
    for day in range(days):
        heat *= 0.95
        for a, b in rng.integers(12, size=(6, 2)):
            if a != b:
                rows.append(row(day, names[a], names[b]))
        came = rng.random((12, 12)) < 0.0006 + np.minimum(0.2, 0.03 * heat + 0.015 * heat.T)
        for a, b in zip(*np.nonzero(came), strict=True):
            if a != b:
                heat[a, b] += 1
                rows.append(row(day, names[a], names[b], "threaten", "verbal conflict"))
    return rows


def bursty() -> Acts:
    """The bursty history."""
    return gather_acts(bursty_rows())
