"""Rungs of the partnership ladder from a list: two states, a date, the rung, and the sentence that names it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from visavis.errors import QueryError
from visavis.lexicon.crosswalk import only_state, translate
from visavis.lexicon.rungs import find_rung, rung_levels
from visavis.lexicon.statenames import state_named
from visavis.records import Precision, content_id
from visavis.store.events import day_of
from visavis.store.imports.events import iso_day
from visavis.store.imports.rows import Row, need, table_rows, wrong
from visavis.store.tables.facts import Rung

_PAIRS = (("state", "partner"), ("a", "b"), ("ccode1", "ccode2"))
_QUOTES = ("sentence", "quote", "text")


def read_rungs(path: Path) -> Iterator[Rung | None]:
    """The rungs of the list: state, partner (names, ISO codes or COW numbers; or a, b; or ccode1, ccode2), date (2019, 2019-06 or 2019-06-05),
    rung (a name of the ladder, or words that hold one), sentence. A row whose state is unknown gives None.

    Raises InputError with the line for a rung that the ladder has not and for a date that is none.
    """
    for line, row in table_rows(path, folded=True):
        pair = next((p for p in _PAIRS if set(p) <= set(row)), _PAIRS[0])
        need(path, row, *pair, "date", "rung")
        first, last, precision = _interval(path, line, row["date"].strip())
        a, b = (_state(row[name].strip(), int(first[:4])) for name in pair)
        level, name = _rung(path, line, row)
        quote = next((row[column].strip() for column in _QUOTES if column in row), "")
        if not a or not b or a == b:
            yield None
            continue
        a, b = min(a, b), max(a, b)
        yield Rung(
            fact_id=content_id("rung", a, b, name, first, last, quote),
            source=path.name,
            state=a,
            partner=b,
            rung=name,
            level=level,
            date_from=first,
            date_to=last,
            date_precision=precision,
            date_basis="explicit",
            quote=quote,
        )


def _rung(path: Path, line: int, row: Row) -> tuple[int, str]:
    words = row["rung"].strip()
    levels = rung_levels()
    if words.lower() in levels:
        return levels[words.lower()], words.lower()
    named = find_rung(words)
    if named is None:
        raise wrong(path, line, f"rung is {words!r}", f"one of {', '.join(levels)}")
    return named.level, named.name


def _interval(path: Path, line: int, text: str) -> tuple[str, str, Precision]:
    precision: Precision = "year" if len(text) == 4 else "month" if len(text) == 7 else "day"
    if precision == "day":
        text = iso_day(path, line, "date", text)
    try:
        return day_of(text, first=True), day_of(text, first=False), precision
    except QueryError:
        raise wrong(path, line, f"date is {text!r}", "2019, 2019-06 or 2019-06-05") from None


def _state(text: str, year: int) -> str:
    if text.isdigit():
        return translate(text, year) or only_state(text)
    return state_named(text)
