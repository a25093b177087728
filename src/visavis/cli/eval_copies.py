"""`visavis eval copies`: how well sift finds copies, against labelled pairs."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table
from visavis.cli.jsonl import read_objects


def register(group: typer.Typer) -> None:
    """Add `copies` to `visavis eval`."""
    group.command("copies")(eval_copies)


def eval_copies(
    docs: Path = typer.Argument(..., help='Documents, JSONL with {"id", "text"} a line.'),
    pairs: Path = typer.Argument(..., help='Labels, JSONL with {"copy", "source", "kind", "span"} a line.'),
    as_json: bool = typer.Option(False, "--json", help="Print the scores as JSON."),
) -> None:
    """Sift documents and score the copies that are found against labelled pairs.

    Two documents that share a source are not counted. Core recall leaves out teasers, hosts of quotes and inserted sentences;
    F1 is of precision and core recall. `kinds` gives recall, span overlap and right directions for each kind.

    Examples:

      visavis eval copies docs.jsonl pairs.jsonl

      visavis eval copies docs.jsonl pairs.jsonl --json

      visavis eval copies docs.jsonl pairs.jsonl --json | jq .kinds
    """
    import msgspec

    from visavis.sift.evaluate import find_pairs, score_pairs

    labels = list(read_objects(pairs, "copy", "source", "kind"))
    scores = score_pairs(list(find_pairs(read_objects(docs, "id", "text"))), labels)
    if as_json:
        print_json(msgspec.to_builtins(scores))
        return
    told = [
        ("precision", scores.precision, "{:.3f}-{:.3f}".format(*scores.precision_interval)),
        ("core recall", scores.core_recall, "{:.3f}-{:.3f}".format(*scores.core_recall_interval)),
        ("recall", scores.recall, ""),
        ("F1", scores.f1, ""),
        ("span overlap", scores.span_overlap, ""),
    ]
    print_table(f"{len(labels)} labelled pairs, {scores.false_alarms} false alarms", ("measure", "value", "95 %"), told)
    rows = [(name, k.pairs, k.recall, k.span_overlap, k.direction) for name, k in scores.kinds.items()]
    print_table("By kind", ("kind", "pairs", "recall", "span overlap", "right direction"), rows)
