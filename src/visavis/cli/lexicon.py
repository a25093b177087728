"""`visavis lexicon`: the words the coder knows, checked."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add `lexicon` with its own verbs to the command line."""
    group = typer.Typer(help="The words the coder knows: check them, look one up.", no_args_is_help=True)
    group.command("check")(check)
    group.command("find")(find)
    app.add_typer(group, name="lexicon")


def check(
    folder: Path | None = typer.Argument(None, help="Your own lexicon folder; the package's lexicon when left out."),
    notes: bool = typer.Option(False, "--notes", help="List ambiguous names too."),
    as_json: bool = typer.Option(False, "--json", help="Print the findings as JSON."),
) -> None:
    """Check the lexicon's files: their form, codes, dates, repetitions and ambiguous names. Exit 1 when there are errors.

    Examples:

      visavis lexicon check

      visavis lexicon check my-lexicon

      visavis lexicon check --notes --json
    """
    from visavis.lexicon.linter import check as lint

    found = lint(folder, notes)
    if as_json:
        print_json([{"level": f.level, "where": f.where, "message": f.message} for f in found])
    elif found:
        print_table("", ["level", "where", "message"], [[f.level, f.where, f.message] for f in found])
    else:
        typer.echo("The lexicon is in order.")
    if any(f.level == "error" for f in found):
        raise typer.Exit(1)


def find(
    words: str = typer.Argument(..., help="A name as it stands in a text."),
    folder: Path | None = typer.Option(None, "--lexicon", help="Your own lexicon folder, read on top."),
    when: str | None = typer.Option(
        None, "--when", help="The date (2010, 2010-05, 2010-05-01) that chooses a term of office."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the mentions as JSON."),
) -> None:
    """Show whom the coder takes the words for, and which file says so.

    Examples:

      visavis lexicon find "Foggy Bottom"

      visavis lexicon find "President Medvedev" --when 2010

      visavis lexicon find "the Kremlin and the EU" --json
    """
    import msgspec

    from visavis.code.mentions import find_mentions
    from visavis.lexicon import load

    found = find_mentions(words, load(folder), when)
    if as_json:
        print_json([msgspec.to_builtins(mention) for mention in found])
    else:
        rows = [
            [m.words, m.code, m.sector, m.name, m.kind, m.how, m.office, "yes" if m.current else "no"] for m in found
        ]
        print_table("", ["words", "code", "sector", "name", "kind", "how", "office", "in office"], rows)
