"""`visavis code`: sentences in, events out; and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from visavis.cli.console import plain_json, print_json, print_table, say
from visavis.cli.jsonl import read_objects
from visavis.errors import InputError

if TYPE_CHECKING:
    from visavis.code import Coder
    from visavis.code.explain import Explained
    from visavis.records import Event


def register(app: typer.Typer) -> None:
    """Add `code` to the command line."""
    app.command("code")(code)


def code(
    file: Path | None = typer.Argument(
        None, help='JSONL with {"id", "text", "date"?, "doc"?} a line; - is standard input.'
    ),
    out: Path | None = typer.Option(None, "--out", "-o", help="Where to write; standard output when left out."),
    all_status: bool = typer.Option(False, "--all-status", help="Also hypothetical events."),
    threshold: float = typer.Option(0.0, min=0, max=1, help="The least confidence of an event that is given out."),
    parser: str = typer.Option("", help="An installed spaCy pipeline for English, in place of the usual one."),
    lexicon: Path | None = typer.Option(None, help="A folder with a lexicon of your own."),
    explain: str = typer.Option("", help="Instead of a file: a text to code and explain step by step."),
    date: str = typer.Option("", help="With --explain: when the text was published (2021, 2021-04, 2021-04-10)."),
    as_json: bool = typer.Option(False, "--json", help="With --explain: print everything as JSON."),
) -> None:
    """Code sentences: one line out for each line in, in the same order; or explain how one text is coded.

    Consecutive lines with the same `doc` are sentences of one article, so that pronouns and short names resolve. A line out is
    {"id", "events": [{"event", "mode", "cameo", "quad", "source", "target", "status", "date", "voice", "words", "start", "end",
    "confidence", "because"}]}.

    Examples:

      visavis code sentences.jsonl --out events.jsonl --threshold 0.5

      head -3 sentences.jsonl | visavis code - --all-status | visavis eval events gold.jsonl -

      visavis code --explain "Tass said that Latvia had expelled two Russian diplomats on Monday." --date 2021-04-14
    """
    from visavis.code import Coder
    from visavis.code.interchange import code_lines
    from visavis.run import Settings

    if (file is None) == (not explain):
        raise InputError("Give either a file or --explain with a text.", "See visavis code --help.")
    coder = Coder(lexicon=lexicon, parser=parser or Settings().parser, threshold=threshold)
    if file is None:
        _explain(explain, date, coder, as_json)
        return
    with _sink(out) as sink:
        for row in code_lines(read_objects(file, "id", "text"), coder, all_status=all_status):
            sink.write(plain_json(row) + "\n")


def _explain(text: str, date: str, coder: Coder, as_json: bool) -> None:
    import msgspec

    from visavis.code.explain import explain
    from visavis.code.interchange import published_on
    from visavis.records import Document

    found = explain(Document(article_id="text", text=text, published=published_on(date)), coder)
    if as_json:
        print_json(msgspec.to_builtins(found))
        return
    for one in found:
        _show(one)


def _show(one: Explained) -> None:
    say(f"\n{one.text}\n")
    rows = [(w.text, w.lemma, w.pos, w.relation, w.head) for w in one.words]
    print_table("The parse", ("word", "lemma", "part of speech", "is the", "of"), rows)
    actors = [(a.words, " ".join(a.codes), " ".join(a.sectors), a.how) for a in one.actors]
    print_table("The actors", ("words", "code", "sector", "how"), actors)
    tried = [(t.trigger, t.phrase, t.type, t.cameo, t.weight, t.outcome) for t in one.tried]
    print_table("The phrases tried", ("at", "phrase", "type", "CAMEO", "weight", "outcome"), tried)
    readings = [
        (
            r.words,
            r.rule,
            r.type,
            r.cameo,
            r.status,
            " ".join(r.sources),
            " ".join(r.targets),
            r.how,
            r.model,
            r.outcome,
        )
        for r in one.readings
    ]
    columns = ("act", "rule", "type", "CAMEO", "status", "sources", "targets", "target by", "model", "outcome")
    print_table("The acts", columns, readings)
    for event in one.events:
        _tell(event)
    if not one.events:
        typer.echo("No event.")


def _tell(event: Event) -> None:
    parties = [
        ", ".join(f"{p.words} ({p.code or '?'})" for p in side) or "-" for side in (event.sources, event.targets)
    ]
    voices = " < ".join(f"{v.words or v.name} ({v.kind})" for v in event.voices) or "the author"
    days = event.date_from if event.date_from == event.date_to else f"{event.date_from} to {event.date_to}"
    told = {
        "event": f"{event.type} {event.cameo or ''} {event.mode or ''}".rstrip(),
        "source": parties[0],
        "target": parties[1],
        "status": event.status,
        "date": f"{days or 'unknown'} ({event.date_basis}{': ' + event.date_words if event.date_words else ''})",
        "voice": voices,
        "place": event.place or "-",
        "confidence": f"{event.confidence:.2f}",
        "because": "; ".join(event.because),
    }
    print_table("The event", ("", ""), list(told.items()))


@contextmanager
def _sink(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8") as sink:
            yield sink
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).", "Give another --out.") from error
