"""What is wrong with the lexicon's files, and what an editor should know: one finding a line, errors before notes.

An error breaks the coder or misleads it (a code that no table defines, a ragged line, a term that ends before it begins). A warning is
most likely a slip (two presidents at once, a line that repeats another). A note is a fact of life (a name that several may bear).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal

from msgspec import Struct

from visavis.errors import LexiconError
from visavis.lexicon.actions import check_actions
from visavis.lexicon.entries import Form
from visavis.lexicon.forms import lowered
from visavis.lexicon.loader import HOME, actor_tables, read_forms
from visavis.lexicon.tables import Row, read_table

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_SHARED = frozenset(("NGO", "IMG", "MNC"))
_ONE_HOLDER = frozenset(
    ("President", "Prime Minister", "Foreign Minister", "Chancellor", "Secretary-General", "Secretary of State")
)
_DEFINING = ("states.csv", "regions.csv", "organisations.csv")
_FILLED = ("code", "name", "kind", "office", "source")
_ORDER = {"error": 0, "warning": 1, "note": 2}


class Finding(Struct, frozen=True, order=True):
    """One thing to look at: `level` is error, warning or note, `where` a file and line."""

    level: Literal["error", "warning", "note"]
    where: str
    message: str


def check(extra: Path | None = None, notes: bool = False) -> list[Finding]:
    """The findings of the package's lexicon, or, with `extra`, those of the user's folder read on top of it.

    Sorted: errors, warnings, then (with `notes`) notes. Raises LexiconError when `extra` is not a folder.
    """
    if extra is not None and not extra.is_dir():
        raise LexiconError(f"{extra} is not a folder.", "Give the folder that holds actors/ or actions/.")
    tables, found = _read(extra if extra is not None else HOME)
    known = tables if extra is None else [*_read(HOME)[0], *tables]
    codes = _SHARED | {row.one("code") for name, rows in known if name in _DEFINING for row in rows}
    sectors = {row.one("sector") for name, rows in known if name == "sectors.csv" for row in rows}
    for name, rows in tables:
        for row in rows:
            found.extend(_check_row(name, row, codes, sectors))
        found.extend(_check_order(name, rows))
        found.extend(_check_terms(name, rows))
    for line in check_actions(extra):
        found.append(Finding("warning" if "the same phrase" in line else "error", "actions", line))
    if not any(f.level == "error" for f in found):
        forms = read_forms((HOME,) if extra is None else (HOME, extra))
        own = {row.where for _, rows in tables for row in rows}
        found.extend(
            f for f in _check_forms(forms) if (notes or f.level != "note") and (extra is None or f.where in own)
        )
    return sorted(set(found), key=lambda f: (_ORDER[f.level], f.where, f.message))


def _read(folder: Path) -> tuple[list[tuple[str, list[Row]]], list[Finding]]:
    """The tables of a folder by name ("people" for all of people/), and an error for each that cannot be read."""
    tables, found = [], []
    for path, kind in actor_tables(folder):
        try:
            tables.append((kind, read_table(path)))
        except LexiconError as error:
            found.append(Finding("error", path.name, str(error)))
    return tables, found


def _check_row(name: str, row: Row, codes: frozenset[str] | set[str], sectors: set[str]) -> Iterator[Finding]:
    for column in _FILLED:
        if column in row.cells and not row.one(column):
            yield Finding("error", row.where, f"the cell `{column}` is empty.")
    code = row.one("code")
    if code and code != "-" and not _CODE.fullmatch(code):
        yield Finding("error", row.where, f"{code!r} is not a code: capitals and digits, two to ten.")
    elif code and code not in codes and name != "contexts.csv":
        yield Finding("error", row.where, f"no state, region or organisation has the code {code}.")
    sector = row.one("sector")
    if sector and name != "sectors.csv" and sector not in sectors:
        yield Finding("error", row.where, f"{sector!r} is no sector; sectors.csv has {', '.join(sorted(sectors))}.")
    for column in ("from", "to"):
        if row.one(column) and not _DATE.fullmatch(row.one(column)):
            yield Finding("error", row.where, f"{row.one(column)!r} is no date: write 2012, 2012-05 or 2012-05-07.")
    start, end = row.one("from"), row.one("to")
    if start and end and end < start[: len(end)]:
        yield Finding("error", row.where, f"the term ends ({end}) before it begins ({start}).")
    for state in row.many("members"):
        if state not in codes:
            yield Finding("error", row.where, f"no state has the code {state}.")
    for column, cell in row.cells.items():
        if cell != " ".join(cell.split()):
            yield Finding("warning", row.where, f"`{column}` holds more white space than it needs.")


def _check_order(name: str, rows: list[Row]) -> Iterator[Finding]:
    """Tables are sorted by their first column, so that people find an entry and a change shows as one line."""
    for before, row in pairwise(rows):
        first = next(iter(row.cells))
        if row.one(first) < before.one(first):
            yield Finding(
                "warning",
                row.where,
                f"{row.one(first)} stands after {before.one(first)}; the table is sorted by `{first}`.",
            )


def _check_terms(name: str, rows: list[Row]) -> Iterator[Finding]:
    """Two holders of an office that has one, and the same person twice in it at once."""
    if name != "people":
        return
    offices: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        offices[row.one("code"), row.one("office")].append(row)
    for (code, office), holders in sorted(offices.items()):
        ordered = sorted(holders, key=lambda row: row.one("from"))
        for before, row in pairwise(ordered):
            same = before.one("name") == row.one("name")
            if (same or office in _ONE_HOLDER) and (before.one("to") or "9999") > row.one("from"):
                yield Finding(
                    "warning",
                    row.where,
                    f"{code} {office}: {row.one('name')} begins before {before.one('name')} ends ({before.where}).",
                )


def _check_forms(forms: list[Form]) -> Iterator[Finding]:
    """Words that name several entries: in one state a repetition, across states an ambiguity that context must settle."""
    by_key: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        by_key[lowered(form.text)].append(form)
    for _, same in sorted(by_key.items()):
        yield from _check_length(same[0])
        for kind, test in _SAME.items():
            group = [form for form in same if test(form)]
            strong = sorted({form.entry.code for form in group if not form.weak})
            if len(strong) > 1:
                places = ", ".join(sorted({form.entry.where for form in group}))
                level: Literal["warning", "note"] = "note" if kind == "person" else "warning"
                yield Finding(
                    level, group[-1].entry.where, f"{group[-1].text!r} may be {' or '.join(strong)} ({places})."
                )
        if (
            len({form.entry.where for form in same if form.entry.kind != "person"}) > 1
            and len({form.entry.code for form in same}) == 1
        ):
            yield Finding("note", same[-1].entry.where, f"{same[-1].text!r} stands in {same[0].entry.where} too.")


_SAME: dict[str, Callable[[Form], bool]] = {
    "person": lambda form: form.entry.kind == "person",
    "other": lambda form: form.entry.kind != "person",
}


def _check_length(form: Form) -> Iterator[Finding]:
    if len(form.text.strip(".")) < 2:
        yield Finding("error", form.entry.where, f"the form {form.text!r} is too short to be told from other words.")
