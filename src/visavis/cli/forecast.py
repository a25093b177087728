"""`visavis forecast`: what comes next, how likely, and because of what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from visavis.cli.console import print_json, print_table
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.forecast.ranking.rank import Ranked

app = typer.Typer(help="What comes next, how likely, and because of what.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
_RANK = """Rank who comes next: fit on one file of facts, rank the answers of another under the published protocol.

TRAIN, TEST and VALID hold one fact a line, four whole numbers `s r o t`; a fifth column is ignored, .gz is read. VALID is history too,
and chooses the settings; without it the last tenth of TRAIN does. Every answer is asked for from both sides.
--ranks-out writes JSON lines {"subject", "relation", "object", "time", "side", "rank", "best"}, one per fact and side.

Examples:

  visavis forecast rank train.txt.gz test.txt --valid valid.txt --json

  visavis forecast rank train.txt test.txt --model additive --multi-step

  visavis forecast rank train.txt valid.txt --ranks-out ranks.jsonl --filter raw --ties worst
"""


def register(to: typer.Typer) -> None:
    """Add `forecast` to the command line."""
    to.add_typer(app, name="forecast")


@app.command(help=_RANK)
def rank(
    train: Annotated[Path, typer.Argument(help="Facts to learn from.")],
    test: Annotated[Path, typer.Argument(help="Facts to be foretold.")],
    valid: Annotated[Path | None, typer.Option(help="Facts between the two, which choose the settings.")] = None,
    model: Annotated[
        Literal["additive", "stack"], typer.Option(help="Evidence alone, or reordered by trees.")
    ] = "stack",
    multi_step: Annotated[bool, typer.Option("--multi-step", help="Nothing of TEST is ever known.")] = False,
    filter: Annotated[
        Literal["time", "static", "raw"], typer.Option(help="Leave out other true answers: of the time, of any, none.")
    ] = "time",
    ties: Annotated[Literal["mean", "best", "worst"], typer.Option(help="The place of equals.")] = "mean",
    entities: Annotated[
        int | None, typer.Option(help="How many entities there are; else the highest number + 1.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of sampling and trees.")] = 0,
    ranks_out: Annotated[
        Path | None, typer.Option(help="Where every answer's place is written, as JSON lines.")
    ] = None,
    json: _Json = False,
) -> None:
    from visavis.forecast.ranking.protocol import Rules
    from visavis.forecast.ranking.quads import load_quads
    from visavis.forecast.ranking.rank import rank_files

    files = load_quads(train), load_quads(test), None if valid is None else load_quads(valid)
    rules = Rules(filter=filter, ties=ties, multi_step=multi_step)
    found, ranked = rank_files(*files, model=model, rules=rules, entities=entities, seed=seed)
    if ranks_out is not None:
        _write_ranks(ranked, ranks_out)
    if json:
        print_json(found)
    else:
        print_table(f"{test.name}, {len(ranked)} answers", ["measure", "value"], [[k, v] for k, v in found.items()])


def _write_ranks(ranked: list[Ranked], path: Path) -> None:
    import json
    from dataclasses import asdict

    try:
        with path.open("w", encoding="utf-8") as sink:
            sink.writelines(json.dumps(asdict(one)) + "\n" for one in ranked)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).", "Give another --ranks-out.") from error
