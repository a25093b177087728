"""`visavis align idealpoints`: the sampler with its files and its progress."""

from __future__ import annotations

import csv
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from visavis.cli.console import print_json, progress_bar

if TYPE_CHECKING:
    from visavis.align.idealpoints import Ballots, Chain

IDEAL_POINTS = """Ideal points of all states and sessions from votes in the General Assembly, with 90 % intervals.

Writes CSV: state, session, mean, q5, q95. With --chain FILE the sampler's state is kept: the next run goes on from it, with the new
votes when the file has grown.

Examples:

  visavis align idealpoints votes.csv --out points.csv

  visavis align idealpoints UNVotes.parquet --same-text pairs.csv --sweeps 1500 --chain un.npz --out points.csv

  visavis align idealpoints votes.csv --rollcalls rollcalls.csv --high USA --low RUS --seed 7
"""
_HIGH = ("2", "USA", "US", "United States", "United States of America")
_LOW = ("365", "RUS", "RU", "Russia", "Russian Federation")
_KEEP_EVERY = 5
_COLUMNS = ("state", "session", "mean", "q5", "q95")


def idealpoints(
    votes: Annotated[
        Path, typer.Argument(help="Long (rcid, ccode, vote, session) or wide (rcid, date, USA, RUS ...).")
    ],
    out: Annotated[Path | None, typer.Option(help="The CSV to write; standard output when left out.")] = None,
    same_text: Annotated[Path | None, typer.Option(help="Pairs of roll calls on one text: rcid1, rcid2.")] = None,
    rollcalls: Annotated[Path | None, typer.Option(help="Sessions of roll calls: rcid, and session or date.")] = None,
    sweeps: Annotated[int, typer.Option(min=10, help="Sweeps of the sampler that are used.")] = 1000,
    burn: Annotated[int, typer.Option(min=0, help="Sweeps before, thrown away; a fifth of it when resumed.")] = 500,
    chain: Annotated[Path | None, typer.Option(help="Where the sampler's state is kept between runs.")] = None,
    high: Annotated[str, typer.Option(help="The state that stands high; else the United States.")] = "",
    low: Annotated[str, typer.Option(help="The state that stands low; else Russia.")] = "",
    seed: Annotated[int, typer.Option(help="Seed of the sampler.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print the points as JSON.")] = False,
) -> None:
    from visavis.align.idealpoints import ballots, sample, start, summary
    from visavis.store.imports.rollcalls import read_same_text, read_vote_rows
    from visavis.store.imports.sessions import read_calls

    data = ballots(read_vote_rows(votes, read_calls(rollcalls)), read_same_text(same_text) if same_text else ())
    kept = _load(chain, data, seed) if chain is not None and chain.exists() else None
    at = kept or start(data, high or _known(data, _HIGH), low or _known(data, _LOW), seed)
    with progress_bar() as bar:
        wait = burn if kept is None else burn // 5 if not kept.draws else 0
        bar.start("sampling", wait + sweeps)
        at = sample(data, at, wait, 0, bar.advance)
        at = sample(data, at, sweeps, _KEEP_EVERY, bar.advance)
    if chain is not None:
        _save(chain, data, at)
    found = summary(data, at)
    columns = [found[name].round(5).tolist() for name in _COLUMNS[2:]]
    rows = list(zip(data.state, data.session.tolist(), *columns, strict=True))
    if json:
        print_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    if out is not None or not json:
        with out.open("w", encoding="utf-8", newline="") if out else nullcontext(sys.stdout) as lines:
            csv.writer(lines, lineterminator="\n").writerows([_COLUMNS, *rows])


def _known(data: Ballots, names: tuple[str, ...]) -> str:
    """The state's name in these votes; its ISO code, which they do not hold, when they hold none of its names."""
    held = set(data.state)
    return next((name for name in names if name in held), names[1])


def _save(path: Path, data: Ballots, chain: Chain) -> None:
    import numpy as np

    from visavis.store.imports.chains import save_arrays

    arrays = {name: getattr(chain, name) for name in ("theta", "beta", "low", "high", "z")}
    arrays |= {"state": np.array(data.state), "session": data.session, "items": np.array(data.items)}
    arrays |= {"cell": data.cell, "item": data.item, "choice": data.choice}
    arrays["draws"] = np.array(chain.draws, dtype=np.float32).reshape(len(chain.draws), -1)
    save_arrays(path, arrays, {"sweeps": chain.sweeps, "rng": chain.rng.bit_generator.state})


def _load(path: Path, data: Ballots, seed: int) -> Chain:
    import numpy as np

    from visavis.align.idealpoints import Ballots, Chain, carry_over
    from visavis.store.imports.chains import load_arrays

    found, about = load_arrays(path)
    rng = np.random.default_rng()
    rng.bit_generator.state = about["rng"]
    old = Ballots(
        tuple(found["state"].tolist()),
        found["session"],
        tuple(found["items"].tolist()),
        found["cell"],
        found["item"],
        found["choice"],
    )
    draws = tuple(found["draws"].astype(np.float64))
    theta, beta, low, high, z = (found[name] for name in ("theta", "beta", "low", "high", "z"))
    chain = Chain(theta, beta, low, high, z, rng, about["sweeps"], draws)
    same = (old.state, old.items) == (data.state, data.items) and all(
        np.array_equal(getattr(old, name), getattr(data, name)) for name in ("session", "cell", "item", "choice")
    )
    return chain if same else carry_over(old, chain, data, seed)
