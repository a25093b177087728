"""Codes of actors and the names people use for them, from the lexicon."""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

from rapidfuzz import process

from visavis.errors import QueryError

_FILES = ("states.csv", "organisations.csv", "regions.csv")
# How alike (0..100) a name must be to be suggested.
_ALIKE = 60.0


@cache
def names() -> dict[str, str]:
    """{code: name} of the states, organisations and regions that the lexicon knows."""
    found: dict[str, str] = {}
    for row in _rows():
        found.setdefault(row["code"], row["name"])  # the organs of an organisation share its code and follow it
    return found


def code_of(given: str) -> str:
    """The code of an actor given as code ("TUR"), name or other form ("Turkey", "Türkiye"); raises QueryError that suggests."""
    wanted = given.strip()
    if wanted.upper() in names():
        return wanted.upper()
    found = _by_form().get(wanted.casefold())
    if found is not None:
        return found
    near = process.extract(wanted.casefold(), list(_by_form()), limit=3, score_cutoff=_ALIKE)
    hints = list(dict.fromkeys(f"{_by_form()[form]} ({names()[_by_form()[form]]})" for form, _, _ in near))
    raise QueryError(
        f"There is no actor {given!r}.",
        f"Near: {', '.join(hints)}." if hints else "Give a code (CHN) or a name (China).",
    )


@cache
def _by_form() -> dict[str, str]:
    forms: dict[str, str] = {}
    for row in _rows():
        for form in (row["name"], *(row.get("other") or "").split("|")):
            if form.strip("~ "):
                forms.setdefault(form.strip("~ ").casefold(), row["code"])
    return forms


def _rows() -> list[dict[str, str]]:
    folder = resources.files("visavis.lexicon") / "actors"
    rows: list[dict[str, str]] = []
    for name in _FILES:
        lines = (folder / name).read_text("utf-8").splitlines()
        rows += list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return rows
