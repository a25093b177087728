"""The view of a record as a thing: its tables and columns, its runs, what was left out, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from visavis.show.views.overview import Unused
from visavis.show.views.tex import tex
from visavis.store.describe import Column
from visavis.store.tables.runs import Run


class TableLine(Struct, frozen=True, kw_only=True):
    """One table: what a row of it is, how many there are, its columns."""

    name: str
    one_row: str
    rows: int
    columns: tuple[Column, ...]


class About(Struct, frozen=True, kw_only=True):
    """A record and its state. `unused` and `furniture` are the rows of `drops` by reason: what was given but not used, and what
    was cut from around the texts."""

    name: str
    run: Run | None
    runs: tuple[Run, ...]
    tables: tuple[TableLine, ...]
    unused: tuple[Unused, ...]
    furniture: Mapping[str, int]
    citation: str
    bibtex: str


def cite_record(name: str, run: Run | None) -> tuple[str, str]:
    """How to cite a record at a run: a sentence, and a BibTeX entry."""
    if run is None:
        return f"Visavis record “{name}”, without any run.", ""
    day, key = run.finished_at[:10], "".join(c for c in name if c.isalnum() and c.isascii()) or "record"
    made = f"coder {run.coder or 'none'}, lexicon {run.lexicon or 'none'}, Visavis {run.visavis}"
    sentence = f"Visavis record “{name}”, run {run.number} ({run.run_id}), {day}; {made}."
    fields = (
        ("title", f"Visavis record: {name}"),
        ("year", day[:4]),
        ("version", f"run {run.number} ({run.run_id})"),
        ("note", made),
    )
    body = "\n".join(f"  {field} = {{{tex(value)}}}," for field, value in fields)
    return sentence, f"@misc{{{key}-{run.run_id[:8]},\n{body}\n}}"


def table_lines(
    counts: Mapping[str, int], rows: Mapping[str, str], columns: Mapping[str, Sequence[Column]]
) -> tuple[TableLine, ...]:
    """The tables in the order of `counts`."""
    return tuple(
        TableLine(name=name, one_row=rows[name], rows=number, columns=tuple(columns[name]))
        for name, number in counts.items()
    )
