"""The scenarios that a record's pages show: those that come with Visavis, and those in the record's folder `scenarios`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

from visavis.errors import QueryError, ScenarioError, VisavisError
from visavis.reason import Report, Scenario, scenario, shipped
from visavis.show.views.scenario import ScenarioLine, ScenarioView, scenario_view
from visavis.store import Record

FOLDER = "scenarios"
_LEAST = 20  # draws of a page: a tenth of what the command line draws, but so many


def names(record: Record) -> dict[str, str | Path]:
    """{name in addresses: file}; a scenario of the record's folder stands before a shipped one of the same name."""
    own = sorted((record.path / FOLDER).glob("*.toml"))
    found: dict[str, str | Path] = {Path(name).stem: name for name in shipped()}
    return found | {path.stem: path for path in own}


def stamp(record: Record, name: str) -> str:
    """What changes when the scenario's file does; raises QueryError for a name that is none."""
    known = names(record)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.4) or list(known)[:5]
        raise QueryError(f"There is no scenario {name!r}.", f"Near it: {', '.join(near)}.")
    path = known[name]
    return f"{path} {path.stat().st_mtime_ns}" if isinstance(path, Path) else path


def fetch_scenario(record: Record, name: str) -> Scenario:
    """The scenario of that name, its `events:` references answered from the record. Raises ScenarioError for a fault in the file."""
    return scenario(names(record)[name], record)


def fetch_lines(record: Record) -> tuple[ScenarioLine, ...]:
    """All scenarios, the record's own first; one that cannot be read says why."""
    found = []
    for name, path in names(record).items():
        own = isinstance(path, Path)
        try:
            read = scenario(path)
        except VisavisError as error:
            found.append(ScenarioLine(name=name, own=own, fault=str(error)))
            continue
        claim = "" if read.claim is None else read.claim.text
        found.append(ScenarioLine(name=name, title=read.title, kind=read.kind.name, claim=claim, own=own))
    return tuple(sorted(found, key=lambda line: (not line.own, line.name)))


def read_moves(moves: Sequence[str]) -> dict[str, float]:
    """{assumption: value} of "NAME:VALUE" words; raises ScenarioError for anything else."""
    found = {}
    for words in moves:
        name, colon, value = words.rpartition(":")
        try:
            found[name] = float(value)
        except ValueError:
            colon = ""
        if not colon:
            raise ScenarioError(f"at={words!r} moves nothing.", "Write at=NAME:VALUE, such as at=staff.RUS:30.")
    return found


def answer(read: Scenario, moves: Mapping[str, float], seed: int) -> Report:
    """The report of the scenario after the moves, from fewer draws than the command line takes: a page follows its sliders."""
    return read.at(moves).run(seed, max(_LEAST, read.kind.draws // 10))


def view_of(name: str, read: Scenario, report: Report) -> ScenarioView:
    """The view of that report; sliders stand in the order in which the numbers, as stated, move the claim."""
    order = [one.name for one in read.swings] or [one.name for one in read.ranged]
    moving = sum(one.margin_low != one.margin_high for one in read.swings)
    return scenario_view(name, report, read.assumptions, order, moving)
