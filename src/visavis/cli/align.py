"""`visavis align`: the measures of the field over plain files and over a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from visavis.cli import align_record
from visavis.cli.console import print_json, print_table
from visavis.cli.idealpoints import IDEAL_POINTS, idealpoints

if TYPE_CHECKING:
    from visavis.store.imports.portfolios import Portfolios

app = typer.Typer(help="Who stands with whom, measured.", no_args_is_help=True)
app.command(help=IDEAL_POINTS)(idealpoints)
app.command(help=align_record.LIFT)(align_record.lift)
app.command(help=align_record.CAMPS)(align_record.camps)
app.command(help=align_record.PRESSURE)(align_record.pressure)

_Where = Annotated[
    list[str] | None, typer.Option(help="Only rows of this value, such as window=46-49 or year=1990; may be repeated.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
_FRUSTRATION = """The frustration index of a signed network, exact where it can be proven, and its balance over triangles and walks.

Prints JSON: nodes, edges, negative, frustration, proven, triangle_balance (null without triangles), walk_balance; "bound" when
the index is not proven, "null" with --null.

Examples:

  visavis align frustration tribes.csv

  visavis align frustration monastery.graphml --null 500 --seed 1

  visavis align frustration dense.csv --seconds 20 --mixed negative

  visavis align frustration windows.csv --where window=46-49
"""
_SIMILARITY = """How alike the portfolios of two states are, or of all states in the file.

FILE has a row per item and a column per state (the first column names the item), or is a roll-call list with the columns rcid,
ccode (or state), vote, or a list of promises (ccode1, ccode2, year, atop_defense or cow_defense ...). Votes: 1 yes, 2 abstain, 3 no,
8 and 9 no vote. Alliances: 0 none, 1 entente or consultation, 2 neutrality or non-aggression, 3 defence. States are found by their name
in the file or by another of their codes and names.

Examples:

  visavis align similarity alliances.csv --states GMY RUS --measure s --weight Cap --json

  visavis align similarity votes.csv --states USA MEX --measure pi --distance nominal --json

  visavis align similarity rollcalls.csv --measure agreement --rule bsv --session 74

  visavis align similarity atop.csv --where year=1914 --states DEU RUS --json
"""


def register(to: typer.Typer) -> None:
    """Add `align` to the command line."""
    to.add_typer(app, name="align")


@app.command(help=_FRUSTRATION)
def frustration(
    file: Annotated[Path, typer.Argument(help="CSV with a, b, sign; or GraphML with sign or weight on the edges.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="Time limit per block; past it a bound is given.")] = 60.0,
    mixed: Annotated[str, typer.Option(help="A pair with both signs: refuse, negative, positive or drop.")] = "refuse",
    loops: Annotated[str, typer.Option(help="A tie with itself: refuse or drop.")] = "refuse",
    where: _Where = None,
    null: Annotated[int, typer.Option(min=0, help="Draws of the sign-permutation null beside the balances.")] = 0,
    seed: Annotated[int, typer.Option(help="Seed of the draws and of the heuristic.")] = 0,
    json: Annotated[bool, typer.Option("--json", help="Is understood; the answer is JSON anyway.")] = False,
) -> None:
    from visavis.align.frustration import frustration_index
    from visavis.align.signed import sign_null, signed_graph, triangle_balance, walk_balance
    from visavis.store.imports.signed import Reading, read_signed

    graph = signed_graph(*read_signed(file, Reading(mixed, loops, _wanted(where))))
    found = frustration_index(graph, seconds, seed)
    answer: dict[str, Any] = {
        "nodes": len(graph.names),
        "edges": len(graph.signs),
        "negative": graph.negative,
        "frustration": found.count,
        "proven": found.proven,
        "triangle_balance": triangle_balance(graph),
        "walk_balance": walk_balance(graph),
    }
    if not found.proven:
        answer["bound"] = found.bound
    if null:
        answer["null"] = dict(sign_null(graph, null, seed))
    print_json(answer)


@app.command(help=_SIMILARITY)
def similarity(
    file: Annotated[Path, typer.Argument(help="A portfolio or roll-call table: CSV, TSV (may be gzipped) or Parquet.")],
    states: Annotated[tuple[str, str] | None, typer.Option(help="Two states; all pairs when left out.")] = None,
    measure: Annotated[str, typer.Option(help="s, kappa, pi, taub or agreement.")] = "s",
    weight: Annotated[str | None, typer.Option(help="The column that weighs the items; none: all alike.")] = None,
    distance: Annotated[
        str | None, typer.Option(help="nominal, absolute or squared; s: absolute, kappa and pi: squared.")
    ] = None,
    rule: Annotated[str, typer.Option(help="Abstentions in agreement: qss, bsv or yesno.")] = "qss",
    levels: Annotated[
        str | None, typer.Option(help="The scale, such as 0,1,2,3; else it is told by the values.")
    ] = None,
    session: Annotated[str | None, typer.Option(help="One session: short for --where session=N.")] = None,
    where: _Where = None,
    rollcalls: Annotated[Path | None, typer.Option(help="Sessions or dates of roll calls, by rcid.")] = None,
    system: Annotated[
        Path | None,
        typer.Option(help="The states of a list of promises: ccode, styear, endyear; else the shipped ones."),
    ] = None,
    json: _Json = False,
) -> None:
    from visavis.store.imports.portfolios import read_portfolios
    from visavis.store.imports.sessions import read_calls

    wanted = _wanted(where) | ({} if session is None else {"session": session})
    table = read_portfolios(file, weight, wanted, read_calls(rollcalls), system)
    rows = _pairs(table, states, measure, distance, rule, levels)
    if json:
        print_json(rows[0] if states is not None else rows)
    else:
        shown = ("a", "b", "value", "n")
        print_table(f"{measure} of {file.name}", shown, [[row[name] for name in shown] for row in rows])


def _wanted(where: list[str] | None) -> dict[str, str]:
    """{column: value} of `column=value` words."""
    from visavis.errors import InputError

    for word in where or ():
        if "=" not in word:
            raise InputError(f"{word!r} is not a choice of rows.", "Write a column and its value: --where year=1990.")
    return {name.strip(): value.strip() for name, _, value in (word.partition("=") for word in where or ())}


def _pairs(
    table: Portfolios,
    states: tuple[str, str] | None,
    measure: str,
    distance: str | None,
    rule: str,
    levels: str | None,
) -> list[dict[str, Any]]:
    """One row for each pair: the value (null where it is not defined) and the conventions that made it."""
    from itertools import combinations

    import numpy as np

    from visavis.align.scales import scale_of
    from visavis.align.similarity import common_items, crosstabs
    from visavis.align.similarity import measure as measured

    chosen = [table.state(state) for state in states] if states else list(table.states)
    values = table.values[:, [table.states.index(state) for state in chosen]]
    scale = scale_of(values, levels, table.values)
    asked = list(states or chosen)
    counts = crosstabs(values, scale)
    weighed = counts if table.weights is None else crosstabs(values, scale, table.weights)
    found, common = measured(weighed, measure, scale, distance, rule), common_items(counts)
    default = {"s": "absolute", "kappa": "squared", "pi": "squared"}.get(measure)
    return [
        {
            "a": asked[i],
            "b": asked[j],
            "value": float(found[i, j]) if np.isfinite(found[i, j]) else None,
            "measure": measure,
            "n": int(common[i, j]),
            "levels": list(scale),
            "distance": None if default is None else distance or default,
            "rule": rule if measure == "agreement" else None,
            "weighted": table.weights is not None,
        }
        for i, j in combinations(range(len(chosen)), 2)
    ]
