"""`visavis eval`: how good the stages are, against a truth."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from visavis.cli import eval_copies, eval_pages
from visavis.cli.console import print_json, print_table
from visavis.cli.jsonl import read_objects

if TYPE_CHECKING:
    from visavis.code.evaluate import Report


def register(app: typer.Typer) -> None:
    """Add `eval` and the measures under it to the command line."""
    group = typer.Typer(
        no_args_is_help=True, help="Score a stage against a truth: precision, recall, F1, 95 % intervals."
    )
    group.command("events")(events)
    group.command("pages")(pages)
    eval_copies.register(group)
    app.add_typer(group, name="eval")


def events(
    gold: Path = typer.Argument(..., help="Gold events, JSONL."),
    pred: Path = typer.Argument(..., help="Predicted events, JSONL; - is standard input."),
    strict: bool = typer.Option(False, "--strict", help="Only the first gold label and the very codes count."),
    keep_leaked: bool = typer.Option(
        False, "--keep-leaked", help="Keep records whose text stands in a development file."
    ),
    skip_doubtful: bool = typer.Option(False, "--skip-doubtful", help="Leave out gold records marked doubtful."),
    boot: int = typer.Option(1000, min=0, help="Resamples of records for the intervals."),
    as_json: bool = typer.Option(False, "--json", help="Print the whole report as JSON."),
) -> None:
    """Score coded events against gold events.

    A gold record without a prediction counts as "no event". Compound actors are expanded to pairs; pairs are unordered for
    AGREE, CONSULT and COOPERATE; organisations count as IGO unless --strict.

    Examples:

      visavis eval events gold.jsonl events.jsonl

      visavis code sentences.jsonl | visavis eval events gold.jsonl - --skip-doubtful

      visavis eval events gold.jsonl events.jsonl --strict --json
    """
    import msgspec

    from visavis.code.evaluate import Rules, score_events

    rules = Rules(strict=strict, keep_leaked=keep_leaked, skip_doubtful=skip_doubtful, boot=boot)
    report = score_events(list(read_objects(gold, "id", "events")), list(read_objects(pred, "id", "events")), rules)
    if as_json:
        print_json(msgspec.to_builtins(report))
    else:
        _show(report)


def pages(
    directory: Path = typer.Argument(..., help="The folder with the pages that the truth names."),
    truth: Path = typer.Argument(..., help="What is in them, JSON."),
    as_json: bool = typer.Option(False, "--json", help="Print the whole report as JSON."),
) -> None:
    """Score reading: articles, teasers, titles, authors, dates and body spans against a truth file.

    Examples:

      visavis eval pages pages/ truth.json

      visavis eval pages pages/ truth.json --json

      visavis eval pages pages/ truth.json --json | python -m json.tool
    """
    eval_pages.eval_pages(directory, truth, as_json)


def _show(report: Report) -> None:
    typer.echo(
        f"{report.records} records, {report.with_prediction} with a prediction; "
        f"{report.false_alarms} false alarms on {report.no_event} records without an event"
    )
    rows = [
        (
            name,
            s.precision,
            s.recall,
            s.f1,
            "" if s.low is None else f"{s.low:.3f}-{s.high:.3f}",
            s.hits,
            s.predicted,
            s.gold,
        )
        for name, s in report.micro.items()
    ]
    print_table("", ("measure", "P", "R", "F1", "95 %", "hits", "predicted", "gold"), rows)
    found = report.details
    told = {"status macro-F1": found.status_macro_f1, "voices F1": found.voices_f1, "dates exact": found.dates_exact}
    told |= {"calibration error": found.ece, "AUC of confidence": found.auc}
    for name, single in report.single.items():
        told |= {f"{name} accuracy": single.accuracy, f"{name} macro-F1": single.macro_f1}
    extra = [(name, value) for name, value in told.items() if value is not None]
    print_table(f"On {found.matched} matched events", ("measure", "value"), extra)
    types = [(name, t.precision, t.recall, t.predicted, t.gold) for name, t in found.types.items()]
    print_table("By type", ("type", "P", "R", "predicted", "gold"), types)
