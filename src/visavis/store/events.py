"""A selection of events: asked by dyad, time and type, answered as Arrow or as typed records."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from visavis.errors import QueryError
from visavis.records import Event
from visavis.store.tables import TABLES

if TYPE_CHECKING:
    from visavis.store.query import Shelf

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_SOURCES = "list_transform(sources, lambda p: p.code)"
_TARGETS = "list_transform(targets, lambda p: p.code)"


@dataclass(frozen=True)
class Events:
    """Events in the order of their first day, or newest first by their last day; undated ones last, then in the order of their ids."""

    table: pa.Table

    @classmethod
    def of(
        cls,
        shelf: Shelf,
        a: str | None,
        b: str | None,
        since: str | None,
        until: str | None,
        type: str | None,
        directed: bool,
        newest: int | None = None,
    ) -> Events:
        """The events that meet every condition given, without those that a person rejected; raises QueryError for a date that is
        none."""
        tests, values = _who(a, b, directed)
        tests.append("status <> 'rejected'")
        if since is not None:
            tests.append("date_to >= $since")
            values["since"] = day_of(since, first=True)
        if until is not None:
            tests.append("date_from <= $until")
            values["until"] = day_of(until, first=False)
        if type is not None:
            tests.append("type = $type")
            values["type"] = type.upper()
        where = " and ".join(tests) or "true"
        order = "date_from nulls last, event_id"
        if newest is not None:
            order = f"coalesce(date_to, date_from) desc nulls last, event_id limit {int(newest)}"
        query = f"select * from events where {where} order by {order}"
        return cls(shelf.ask(query, values))

    def arrow(self) -> pa.Table:
        """The events as an Arrow table, a column for each attribute of `visavis.records.Event`."""
        return self.table

    def __iter__(self) -> Iterator[Event]:
        return TABLES["events"].from_arrow(self.table)

    def __len__(self) -> int:
        return len(self.table)


def _who(a: str | None, b: str | None, directed: bool) -> tuple[list[str], dict[str, object]]:
    """The conditions on the parties. Those of a reciprocal event are all in `sources`, whoever is asked for first."""
    values: dict[str, object] = {name: code.upper() for name, code in (("a", a), ("b", b)) if code is not None}
    forth = [f"list_contains({side}, ${name})" for name, side in (("a", _SOURCES), ("b", _TARGETS)) if name in values]
    if directed or not values:
        return forth, values
    back = [f"list_contains({side}, ${name})" for name, side in (("a", _TARGETS), ("b", _SOURCES)) if name in values]
    ways = [forth, back]
    if a is not None and b is not None:
        ways.append([f"len({_TARGETS}) = 0", *(f"list_contains({_SOURCES}, ${name})" for name in ("a", "b"))])
    return ["(" + " or ".join("(" + " and ".join(way) + ")" for way in ways) + ")"], values


def day_of(text: str, first: bool) -> str:
    """The first or last day of an ISO date or prefix: ("2021-02", last) is 2021-02-28."""
    found = _ISO.fullmatch(text)
    if found is None:
        raise QueryError(f"{text!r} is not a date.", "Write 2021, 2021-04 or 2021-04-10.")
    year, month, day = found.groups()
    month = month or ("01" if first else "12")
    if not 1 <= int(month) <= 12 or int(year) == 0:
        raise QueryError(f"{text!r} is not a date.", "Write 2021, 2021-04 or 2021-04-10.")
    day = day or ("01" if first else f"{calendar.monthrange(int(year), int(month))[1]:02d}")
    return f"{year}-{month}-{day}"
