"""Reading the digest: events per period, as timelines need them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from visavis.show.digest.read import kept, reading
from visavis.store.events import day_of

# The period of a cell, and which cells have one: those whose first and last month lie in it.
_QUARTER = "substr({0}, 1, 4) || '-Q' || ((cast(substr({0}, 6, 2) as int) + 2) / 3)"
_PERIODS = {"year": "substr({0}, 1, 4)", "quarter": _QUARTER, "month": "{0}"}
_KEYS = {"none": "''", "dyad": "a || '/' || b", "type": "type", "quad": "cast(quad as text)"}
_DAYS = (
    "quad between 1 and 4 and (:since = '' or till >= :since) and (:until = '' or (month <> '' and month <= :until))"
)


def whole_months(since: str, until: str) -> bool:
    """Whether no month is cut by these days ("" for none): cells are counted by month."""
    return since[8:] in ("", "01") and (not until or until == day_of(until[:7], first=False))


def cells_of(
    digest: Path, by: str, facet: str, values: Mapping[str, str], most: int
) -> tuple[list[dict[str, Any]], int, int]:
    """The cells {key, period, cooperative, conflictual}, sorted; the number of events without a date as fine as `by`; and of the dyads
    that are left out when there are more than `most`, the fullest kept. `values`: a, b (codes), type, since, until (days), each "" for
    any; without `a` there is no `b`."""
    a, b = sorted((values["a"], values["b"])) if values["b"] else (values["a"], "")
    given: dict[str, str | int] = {"a": a, "b": b, "since": values["since"][:7], "until": values["until"][:7]}
    kinds = [values["type"]] if values["type"] else kept(digest, "types", list[str])
    # Naming all types lets the rows of one pair be found by their key.
    types = ", ".join("'" + kind.replace("'", "''") + "'" for kind in kinds)
    table, where = "cells", f"type in ({types}) and a = :a and b = :b"
    if facet == "dyad" and not b:
        where = "(:a = '' or a = :a or b = :a)"
        table, where = ("cells", f"type in ({types}) and b <> '' and {where}") if values["type"] else ("months", where)
    period = _PERIODS[by].format("month")
    dated = f"(month <> '' and till <> '' and {period} = {_PERIODS[by].format('till')})"
    several = facet == "dyad" and not b
    full = f"""select a, b, count(*) over () from {table} where {where} and {_DAYS} and {dated}
        group by a, b order by sum(n) desc, a || '/' || b limit :most"""
    query = f"""select {_KEYS[facet]} as key, {period} as period, coalesce(sum(n) filter (where quad <= 2), 0) as cooperative,
        coalesce(sum(n) filter (where quad > 2), 0) as conflictual from {table} where {where} and {_DAYS} and {dated} group by 1, 2 order by 1, 2"""
    # An event of several pairs is one event.
    missing = f"""select coalesce(sum({"faced" if several else "n"}), 0) from cells
        where type in ({types}) and a = :a and b = :b and {_DAYS} and not {dated}"""
    with reading(digest) as database:
        fullest = database.execute(full, given | {"most": most}).fetchall() if several else []
        if several:
            given |= {f"{side}{n}": pair[at] for n, pair in enumerate(fullest) for at, side in enumerate("xy")}
            pairs = ", ".join(f"(:x{n}, :y{n})" for n in range(len(fullest)))
            query = query.replace(" where ", f" where (a, b) in (values {pairs or '(null, null)'}) and ", 1)
        found = database.execute(query, given).fetchall()
        (undated,) = database.execute(missing, given).fetchone()
    cells = [dict(zip(("key", "period", "cooperative", "conflictual"), row, strict=True)) for row in found]
    return cells, undated, fullest[0][2] - len(fullest) if fullest else 0
