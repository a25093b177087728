"""Sessions and days of roll calls in the General Assembly: from a date, or from a second file that lists the roll calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from visavis.errors import InputError
from visavis.store.imports.rows import columns_named, need, plain_id, table_rows, whole


class Call(NamedTuple):
    """What is known of a roll call: its session (0: not told) and its ISO day ("": not told)."""

    session: int
    date: str


Calls = Callable[[str], Call | None]


def no_calls(_: str) -> Call | None:
    """No file lists the roll calls."""
    return None


def session_of(day: str) -> int:
    """The regular session of the General Assembly on an ISO day: the 1st opened in 1946, each later one in September."""
    year, month = int(day[:4]), int(day[5:7])
    return max(1, year - 1945 if month >= 9 or year == 1946 else year - 1946)


def read_calls(path: Path | None) -> Calls:
    """The roll calls of a file with rcid and session, date or both. Raises InputError with the line."""
    if path is None:
        return no_calls
    found: dict[str, Call] = {}
    for line, row in table_rows(path):
        names = columns_named(row)
        need(path, names, "rcid")
        if "session" not in names and "date" not in names:
            raise InputError(f"{path.name} has neither a session nor a date.", f"It has {', '.join(list(row)[:12])}.")
        day = iso_prefix(row[names["date"]]) if "date" in names else ""
        session = (
            whole(path, line, row, names["session"], 1, 200) if "session" in names else session_of(day) if day else 0
        )
        found[plain_id(row[names["rcid"]])] = Call(session, day)
    return found.get


def iso_prefix(text: str) -> str:
    """The day with which a text begins ("1974-10-02 00:00:00"); "" when it begins with none."""
    day = text.strip()[:10]
    parts = day.split("-")
    return day if [len(part) for part in parts] == [4, 2, 2] and "".join(parts).isdigit() else ""
