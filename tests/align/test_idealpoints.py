"""The sampler finds the positions behind votes, can be resumed, and takes new votes in."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.align.samples import DATA, field_file
from visavis.align.idealpoints import Ballots, ballots, carry_over, sample, start, summary
from visavis.errors import InputError

TRUTH = {f"s{n:02}": -2 + 4 * n / 19 for n in range(20)}


def drawn(sessions: int, calls: int = 25, seed: int = 5) -> list[tuple[str, int, str, int]]:
    """Votes by the model itself: slopes of both signs, cut points that make all three choices common."""
    rng = np.random.default_rng(seed)
    votes = []
    for session in range(1, sessions + 1):
        for call in range(calls):
            slope = rng.choice([-1.5, 1.5])
            for state, theta in TRUTH.items():
                z = slope * theta + rng.standard_normal()
                votes.append((state, session, f"{session}-{call}", 1 if z < -0.5 else 3 if z > 0.5 else 2))
    return votes


@pytest.fixture(scope="module")
def data() -> Ballots:
    return ballots(drawn(3))


def test_it_finds_the_positions_that_made_the_votes(data: Ballots) -> None:
    chain = sample(data, start(data, "s19", "s00", seed=1), 150)
    found = summary(data, sample(data, chain, 250, keep_every=5))
    truth = np.array([TRUTH[state] for state in data.state])
    assert np.corrcoef(found["mean"], truth)[0, 1] > 0.97
    scaled = (truth - truth.mean()) / truth.std()
    assert np.mean((found["q5"] <= scaled) & (scaled <= found["q95"])) > 0.6


def test_the_same_seed_gives_the_same_chain_in_one_go_or_two(data: Ballots) -> None:
    whole = sample(data, start(data, "s19", "s00", seed=3), 12, keep_every=4)
    parts = sample(data, sample(data, start(data, "s19", "s00", seed=3), 5, keep_every=4), 7, keep_every=4)
    assert np.array_equal(whole.theta, parts.theta)
    assert len(whole.draws) == len(parts.draws) == 3


def test_new_votes_go_on_from_what_is_known(data: Ballots) -> None:
    chain = sample(data, start(data, "s19", "s00", seed=1), 100)
    grown = ballots(drawn(4))
    warm = carry_over(data, chain, grown, seed=2)
    truth = np.array([TRUTH[state] for state in grown.state])
    assert np.corrcoef(warm.theta, truth)[0, 1] > 0.9
    assert np.isfinite(sample(grown, warm, 5).theta).all()


def test_unanimous_calls_and_absences_say_nothing() -> None:
    votes = [("a", 1, "x", 1), ("b", 1, "x", 1), ("a", 1, "y", 1), ("b", 1, "y", 3), ("c", 1, "y", 8)]
    data = ballots(votes)
    assert (data.items, data.state) == (("y",), ("a", "b"))
    with pytest.raises(InputError, match="no roll call"):
        ballots(votes[:2])


def test_calls_on_one_text_share_their_parameters() -> None:
    votes = [("a", 1, "x", 1), ("b", 1, "x", 3), ("a", 2, "y", 1), ("b", 2, "y", 3)]
    assert ballots(votes, [("x", "y")]).items == ("x",)


@pytest.mark.parametrize("anchor", ["high", "low"])
def test_a_state_that_sets_the_direction_must_vote(data: Ballots, anchor: str) -> None:
    names = {"high": "s19", "low": "s00", anchor: "nobody"}
    with pytest.raises(InputError, match="nobody"):
        start(data, seed=1, **names)


@pytest.mark.slow
def test_own_ideal_points_are_the_published_ones(tmp_path: Path) -> None:
    votes, published = (
        field_file("unga_votes_s1_69_cow.parquet"),
        field_file("idealpoints_bsv_apr2020_by_session.csv.gz"),
    )
    out = tmp_path / "points.csv"
    words = ["align", "idealpoints", str(votes), "--same-text", str(DATA / "unga_identical_resolution_pairs_bsv.csv")]
    words += ["--burn", "400", "--sweeps", "600", "--out", str(out)]
    quiet = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "from visavis.cli import main; main()", *words], check=True, env=quiet)
    r, inside = compared(out, published)
    assert r >= 0.985
    assert inside >= 0.90


def compared(own: Path, published: Path) -> tuple[float, float]:
    """(pooled correlation, share of own means inside the published 5-95 % bands)."""
    import gzip

    with own.open() as lines:
        mine = {(row["state"], row["session"]): float(row["mean"]) for row in csv.DictReader(lines)}
    with gzip.open(published, "rt", encoding="iso-8859-1") as lines:
        rows = [row for row in csv.DictReader(lines) if (row["ccode"], row["session"]) in mine]
    here = np.array([mine[row["ccode"], row["session"]] for row in rows])
    there, low, high = (np.array([float(row[name]) for row in rows]) for name in ("IdealPoint", "Q5", "Q95"))
    return float(np.corrcoef(here, there)[0, 1]), float(np.mean((low <= here) & (here <= high)))
