"""`visavis takedown`: a page's or an outlet's text out of every version of a record."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.cli.console import print_json, print_table


def register(app: typer.Typer) -> None:
    """Add `takedown` to the command line."""
    app.command("takedown")(takedown)


def takedown(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    pages: list[str] = typer.Option([], "--page", help="A page's id or address, or an article's id; may be repeated."),
    outlets: list[str] = typer.Option([], "--outlet", help="All pages that carry this outlet; may be repeated."),
    copies: bool = typer.Option(False, "--copies", help="The other articles of the same stories too."),
    reason: str = typer.Option("", help="Why; it stands in the stub."),
    by: str = typer.Option("", help="Who does it; $VISAVIS_AUTHOR or your user name when left out."),
    as_json: bool = typer.Option(False, "--json", help="Print what was taken down as JSON."),
) -> None:
    """Remove texts from every file and every version of a record. Ids, offsets, codes and counts stay, with a stub that says who and why.

    It cannot be undone. A page that carries several articles goes as a whole. What was exported or published before is not reached.

    Examples:

      visavis takedown my-record --page https://example.org/story --reason "The author asked" --by "A. Editor"

      visavis takedown my-record --outlet "Example Post" --copies

      visavis takedown my-record --page 3f9a1c22d0b7e845 --json
    """
    import msgspec

    from visavis.cli.review import author
    from visavis.show.made import forget
    from visavis.store import Record

    opened = Record.open(record)
    done = opened.takedown(pages, outlets, author=by or author(), reason=reason, copies=copies)
    forget()
    if as_json:
        print_json(msgspec.to_builtins(done))
        return
    rows = [(p.page_id, p.uri, ", ".join(p.outlets), len(p.article_ids), p.events) for p in done.pages]
    print_table(
        f"Taken down from {record} ({done.files} files rewritten)",
        ("page", "address", "outlets", "articles", "events"),
        rows,
    )
    if done.copies:
        typer.echo(f"{len(done.copies)} articles that still stand carry copies of it: {', '.join(done.copies[:5])}"
                   f"{' ...' if len(done.copies) > 5 else ''} (take them down with --copies).")  # fmt: skip
