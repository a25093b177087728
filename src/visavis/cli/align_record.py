"""`visavis align lift|camps|pressure`: the measures over the events of a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from visavis.cli.console import print_json, print_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_SHOWN = 10

_Record = Annotated[Path, typer.Option("--record", "-r", help="The folder of the record.")]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
_By = Annotated[str, typer.Option("--by", help="The period: month or year.")]

LIFT = """Closeness, hostility and net of all pairs of states at the end of the record, as log lift with standard errors.

0 is what the activity of both states lets one expect; docs/align.md has the formula.

Examples:

  visavis align lift --record demo-record

  visavis align lift --record demo-record --area military --top 20

  visavis align lift --record demo-record --keep 1 --json
"""
CAMPS = """The camps of the record's states by net lift, each state with its margin, and the balance of the network with its null.

A pair is tied when its net lift is more than --sure standard errors away from 0. The division is a heuristic optimum.

Examples:

  visavis align camps --record demo-record

  visavis align camps --record demo-record --sure 2 --json

  visavis align camps --record demo-record --resolution 0.5 --seed 3
"""
PRESSURE = """Do states that the same others press cooperate more? The pressure panel over the busiest states, and how sure it is.

Examples:

  visavis align pressure --record my-record

  visavis align pressure --record my-record --states 40 --draws 199 --json

  visavis align pressure --record my-record --by year --pair CHN RUS
"""


def lift(
    record: _Record,
    by: _By = "month",
    area: Annotated[
        str | None, typer.Option(help="One issue area: military, diplomatic, economic, energy, information.")
    ] = None,
    keep: Annotated[float, typer.Option(min=0.0, max=1.0, help="Share of the past kept per period.")] = 0.9,
    top: Annotated[int, typer.Option(min=1, help="How many pairs, those with most events first.")] = 15,
    json: _Json = False,
) -> None:
    import numpy as np

    from visavis.align.events import event_counts
    from visavis.align.lift import two_axes
    from visavis.store import Record

    counts = event_counts(Record.open(record), by, area)
    i, j = np.triu_indices(len(counts.states), 1)
    told = (counts.cooperative + counts.conflictual).sum(0)[i, j]
    axes = two_axes(counts.cooperative, counts.conflictual, keep) if len(counts.periods) else None
    rows: list[list[object]] = []
    for at in np.lexsort((np.arange(len(told)), -told)) if axes else ():
        if told[at] and axes is not None and len(rows) < top:
            where = (-1, i[at], j[at])
            parts = (axes.closeness, axes.hostility, axes.net)
            figures = [round(float(v[where]), 3) for part in parts for v in (part.value, part.se)]
            rows.append([counts.states[i[at]], counts.states[j[at]], int(told[at]), *figures])
    names = ("a", "b", "events", "closeness", "closeness_se", "hostility", "hostility_se", "net", "net_se")
    if json:
        print_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        print_table(f"Lift at the end of {counts.periods[-1] if counts.periods else 'the record'}", names, rows)


def camps(
    record: _Record,
    by: _By = "month",
    sure: Annotated[float, typer.Option(min=0.0, help="Standard errors from 0 that make a tie.")] = 1.0,
    resolution: Annotated[float, typer.Option(min=0.01, help="Above 1: more, smaller camps.")] = 1.0,
    draws: Annotated[int, typer.Option(min=1, help="Draws of the sign-permutation null.")] = 200,
    seed: Annotated[int, typer.Option(help="Seed of the search and of the null.")] = 0,
    json: _Json = False,
) -> None:
    import numpy as np

    from visavis.align.camps import find_camps
    from visavis.align.events import event_counts
    from visavis.align.frustration import frustration_index
    from visavis.align.lift import two_axes
    from visavis.align.signed import sign_null, signed_from_matrix, triangle_balance, walk_balance
    from visavis.store import Record

    counts = event_counts(Record.open(record), by)
    size = len(counts.states)
    ties = np.zeros((size, size))
    if len(counts.periods):
        net = two_axes(counts.cooperative, counts.conflictual, keep=1.0).net
        told = (counts.cooperative + counts.conflictual).sum(0) > 0
        ties = np.where(told & (np.abs(net.value[-1]) > sure * net.se[-1]), net.value[-1], 0.0)
    found = find_camps(ties, resolution, seed)
    graph = signed_from_matrix(counts.states, ties)
    index = frustration_index(graph, seed=seed)
    tied = [at for at in range(size) if ties[at].any()]
    tied.sort(key=lambda at: (int(found.member[at]), -float(found.margin[at]), counts.states[at]))
    rows = [[int(found.member[at]) + 1, counts.states[at], round(float(found.margin[at]), 3)] for at in tied]
    if json:
        balance = {"triangle_balance": triangle_balance(graph), "walk_balance": walk_balance(graph)}
        about = {
            "edges": len(graph.signs),
            "negative": graph.negative,
            "frustration": index.count,
            "proven": index.proven,
        }
        members = [dict(zip(("camp", "state", "margin"), row, strict=True)) for row in rows]
        print_json(
            {
                "camps": members,
                "quality": found.quality,
                **about,
                **balance,
                "null": dict(sign_null(graph, draws, seed)),
            }
        )
    else:
        print_table(f"Camps ({len(graph.signs)} ties, frustration {index.count})", ("camp", "state", "margin"), rows)


def pressure(
    record: _Record,
    by: _By = "month",
    states: Annotated[int, typer.Option(min=4, help="How many states, the busiest first.")] = 60,
    draws: Annotated[int, typer.Option(min=0, help="Draws of the permutation null.")] = 99,
    seed: Annotated[int, typer.Option(help="Seed of the permutations.")] = 0,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Two states: who presses both at the end of the record, and how much."),
    ] = None,
    json: _Json = False,
) -> None:
    import numpy as np

    from visavis.align.events import event_counts
    from visavis.align.pressure import TERMS, pressure_panel
    from visavis.store import Record

    counts = event_counts(Record.open(record), by, directed=True)
    told = counts.cooperative + counts.conflictual
    kept = np.sort(np.argsort(-(told.sum((0, 1)) + told.sum((0, 2))), kind="stable")[:states])
    good, bad = (part[:, kept][:, :, kept] for part in (counts.cooperative, counts.conflictual))
    names = tuple(counts.states[at] for at in kept)
    by_state = _pressing(names, bad, pair) if pair else {}
    found = pressure_panel(names, good, bad, seed, draws)
    rows = [[term, float(b), float(se)] for term, b, se in zip(TERMS, found.coefficients, found.se, strict=True)]
    if json:
        terms = [dict(zip(("term", "coefficient", "se"), row, strict=True)) for row in rows]
        null = {"p": found.p, "null_mean": found.null_mean, "draws": draws, "without": found.without}
        print_json({"verdict": found.verdict, "terms": terms, **null, **({"pressing": by_state} if pair else {})})
        return
    print_table(f"{found.verdict} Permutation p = {found.p:.3f}.", ("term", "coefficient", "se"), rows)
    if pair:
        shown = [[state, round(share, 3)] for state, share in list(by_state.items())[:_SHOWN]]
        print_table(f"Pressure on {pair[0]} and {pair[1]}, by the state that exerts it", ("state", "pressure"), shown)


def _pressing(names: tuple[str, ...], conflictual: Array, pair: tuple[str, str]) -> dict[str, float]:
    """{state: its part of the pressure on the pair in the last period}, the strongest first, those without any left out."""
    from visavis.align.pressure import contributions
    from visavis.errors import InputError

    for state in pair:
        if state not in names:
            raise InputError(f"{state!r} is not among the states of the panel.", f"They are {', '.join(names)}.")
    parts = contributions(conflictual, names.index(pair[0]), names.index(pair[1]))[-1]
    return {names[at]: float(parts[at]) for at in parts.argsort(kind="stable")[::-1] if parts[at] > 0}
