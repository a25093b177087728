"""`visavis forecast`: what comes next, how likely, and because of what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from visavis.cli.console import print_json, print_table, say
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.forecast import Answer
    from visavis.forecast.chances.acts import Acts
    from visavis.forecast.ledger import Settled
    from visavis.forecast.ranking.rank import Ranked
    from visavis.forecast.sides import Terms
    from visavis.store import Record

app = typer.Typer(help="What comes next, how likely, and because of what.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
_Record = Annotated[Path, typer.Option("--record", "-r", help="The record whose events are the history.")]
_On = Annotated[
    str | None, typer.Option("--on", help="Know nothing on or after this day; else the day after the last event.")
]
_Within = Annotated[str, typer.Option("--within", help="The window: 7d, 30d, 90d ...")]
_SHOWN = 12  # rows of `next` that are printed
_FIT = """What can be foretold from a record: for each class of acts the cases, the base rate, and whether skill was shown.

The gain is the mean log score over the shrunken own rate on the windows held out (later than those learned from).

Examples:

  visavis forecast fit my-record

  visavis forecast fit my-record --within 90d --json

  visavis forecast fit my-record --on 2022-02-01
"""
_ASK = """The chance that one actor does something to another within so many days, and the past acts it rests on.

A side is a code, "*" for anybody, several codes, or an organisation, which stands for its member states too. Beside the chance: its 80 % interval, the base rate of the class among dyads alive, the dyad's own rate, cases, and what would change
it. Classes: a PLOVER type ("sanction"), a mode ("expel"), a quad class ("material conflict"), "any". --issue seals the answer in the
record's ledger.

Examples:

  visavis forecast ask "RUS -> USA" --class expel --within 30d --record my-record

  visavis forecast ask "FRA,GBR -> *" --class sanction --within 90d --on 2020-05-01 --record my-record --json

  visavis forecast ask "NATO -> RUS" --class "material conflict" --record my-record --issue
"""
_NEXT = """What may come next between two actors, either way, likeliest first.

Examples:

  visavis forecast next CHN RUS --record my-record

  visavis forecast next IRN ISR --within 7d --record my-record --json

  visavis forecast next CHN RUS --on 2021-01-01 --record my-record --issue
"""
_LEDGER = """Every forecast issued from a record, checked against its seals, with what came of it.

Examples:

  visavis forecast ledger my-record

  visavis forecast ledger my-record --json

  visavis forecast ledger my-record --on 2023-01-01
"""
_SCORE = """Score the ledger's forecasts whose time has come: Brier and log score, skill over the base rate, reliability.

Examples:

  visavis forecast score my-record

  visavis forecast score my-record --json

  visavis forecast score my-record --on 2023-01-01
"""
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


@app.command(help=_FIT)
def fit(
    record: Annotated[Path, typer.Argument(help="The record.")],
    within: _Within = "30d",
    on: _On = None,
    json: _Json = False,
) -> None:
    from visavis.forecast import fit_class
    from visavis.forecast.chances.panel import Moment
    from visavis.forecast.report import chance_in

    _, acts, day = _history(record, on)
    window = _window(within)
    moment = Moment(acts, day)
    rates = [fit_class(acts, name, window, day) for name in sorted({name for path in acts.paths for name in path})]
    rows = [
        {
            "class": rate.name,
            "cases": rate.cases,
            "base_rate": chance_in(moment.base_rate(rate.name), window),
            "skill": rate.skill,
            "gain": round(rate.gain, 5),
        }
        for rate in sorted(rates, key=lambda rate: (-rate.cases, rate.name))
    ]
    if json:
        print_json(rows)
        return
    said = [
        [r["class"], r["cases"], r["base_rate"], "shown" if r["skill"] else "no skill shown", r["gain"]] for r in rows
    ]
    print_table(f"{len(acts)} acts, windows of {window} days", ["class", "cases", "base rate", "skill", "gain"], said)


@app.command(help=_ASK)
def ask(
    dyad: Annotated[str, typer.Argument(help='Who to whom, by code: "RUS -> USA", "RUS -> *", "NATO -> RUS".')],
    record: _Record,
    name: Annotated[
        str, typer.Option("--class", help="What is done: sanction, expel, material conflict, any ...")
    ] = "any",
    within: _Within = "30d",
    on: _On = None,
    issue: Annotated[bool, typer.Option("--issue", help="Seal the answer in the record's ledger.")] = False,
    json: _Json = False,
) -> None:
    from visavis.forecast import ask as ask_one
    from visavis.forecast import find_class
    from visavis.forecast.report import describe

    sides = [side.strip() for side in dyad.split("->")]
    if len(sides) != 2:
        raise InputError(f"{dyad!r} does not name two sides.", 'Write "RUS -> USA".')
    opened, acts, day = _history(record, on)
    answer = ask_one(acts, sides[0], sides[1], find_class(acts, name), _window(within), day, _members())
    if issue:
        _issue(opened, [answer])
    if json:
        print_json(_plain(answer))
    else:
        say(describe(answer))


@app.command("next", help=_NEXT)
def next_(
    one: Annotated[str, typer.Argument(help="An actor's code.")],
    other: Annotated[str, typer.Argument(help="Another's.")],
    record: _Record,
    within: _Within = "30d",
    on: _On = None,
    issue: Annotated[bool, typer.Option("--issue", help="Seal the answers in the record's ledger.")] = False,
    json: _Json = False,
) -> None:
    from visavis.forecast import ask_next

    opened, acts, day = _history(record, on)
    answers = ask_next(acts, one, other, _window(within), day, members=_members())
    if issue:
        _issue(opened, answers)
    if json:
        print_json([_plain(answer) for answer in answers])
        return
    _print_next(answers)


def _print_next(answers: list[Answer]) -> None:
    from visavis.forecast.report import notes_of_all

    shown = answers[:_SHOWN]
    rows = [
        [
            f"{a.source} -> {a.target}",
            a.event_class,
            f"{a.probability:.1%}",
            f"{a.low:.1%} .. {a.high:.1%}",
            f"{a.base_rate:.1%}",
            a.own_acts,
            "shown" if a.skill else "none",
        ]
        for a in shown
    ]
    window = f"{answers[0].date_from} to {answers[0].date_to}" if answers else "nothing"
    print_table(window, ["who", "class", "chance", "80 %", "base rate", "own acts", "skill"], rows)
    if len(answers) > len(shown):
        typer.echo(f"- {len(answers) - len(shown)} more, none above {shown[-1].probability:.1%}: --json lists them.")
    for note in notes_of_all(answers):
        say(f"- {note}")


@app.command(help=_LEDGER)
def ledger(record: Annotated[Path, typer.Argument(help="The record.")], on: _On = None, json: _Json = False) -> None:
    settled = _settled(record, on)
    if json:
        print_json([_plain(one) for one in settled])
        return
    came = {None: "open", True: "came", False: "did not come"}
    rows = [
        [
            s.issued_at[:10],
            f"{s.source} -> {s.target}",
            s.event_class,
            s.date_from,
            s.date_to,
            s.probability,
            came[s.came],
        ]
        for s in settled
    ]
    print_table(
        f"{len(settled)} forecasts, seals whole", ["issued", "who", "class", "from", "to", "chance", "outcome"], rows
    )


@app.command(help=_SCORE)
def score(record: Annotated[Path, typer.Argument(help="The record.")], on: _On = None, json: _Json = False) -> None:
    from visavis.forecast.report import score_settled

    found = score_settled(_settled(record, on))
    if json:
        print_json(found)
        return
    print_table(
        "Forecasts whose time has come", ["measure", "value"], [[k, v] for k, v in found.items() if k != "reliability"]
    )
    if found["reliability"]:
        print_table("Reliability", ["forecast", "came", "forecasts"], found["reliability"])


def _history(path: Path, on: str | None) -> tuple[Record, Acts, int]:
    from datetime import date

    from visavis.forecast import acts_of
    from visavis.store import Record

    record = Record.open(path)
    acts = acts_of(record)
    if on is None:
        return record, acts, int(acts.day[-1]) + 1
    try:
        return record, acts, date.fromisoformat(on).toordinal()
    except ValueError as error:
        raise InputError(f"{on!r} is not a day.", "Write 2021-04-10.") from error


def _members() -> Terms:
    from visavis.lexicon import load

    return load().actors.members


def _window(words: str) -> int:
    number = words.strip().lower().removesuffix("d")
    if not number.isdigit() or not 1 <= int(number) <= 3650:
        raise InputError(f"{words!r} is not a window.", "Write days, such as 7d, 30d or 90d.")
    return int(number)


def _issue(record: Record, answers: list[Answer]) -> None:
    from visavis.forecast import issue

    issue(record, answers)
    typer.echo(f"{len(answers)} forecasts sealed in the ledger of {record.path}.", err=True)


def _settled(path: Path, on: str | None) -> list[Settled]:
    from visavis.forecast import read_ledger, settle

    record, acts, day = _history(path, on)
    return settle(read_ledger(record), acts, day, _members())


def _plain(value: Answer | Settled) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(value)
