"""The grammar of `from`: which events, whose figure, which column; and the one sentence that says by which rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import TYPE_CHECKING

from visavis.errors import ScenarioError
from visavis.reason import events
from visavis.reason.evidence import Evidence

if TYPE_CHECKING:
    from visavis.reason.evidence import Resolver
    from visavis.reason.form import Form

_DATA = re.compile(r"(?P<file>[^,]+),\s*(?:(?P<rule>[a-z]+) of )?(?P<of>[\w ]+?)(?:\s*/\s*(?P<per>[\w ]+?))?(?:\s+where (?P<col>\w+)\s*=\s*(?P<value>.+))?$")  # fmt: skip
_RULES: dict[str, Callable[[Sequence[float]], float]] = {"mean": fmean, "median": median, "sum": sum, "min": min, "max": max, "count": len, "last": lambda found: found[-1]}  # fmt: skip


class CircleError(ScenarioError):
    """Scenarios that take figures from each other in a circle."""


def resolve(resolver: Resolver, form: Form, reference: str) -> Evidence:
    """What `reference` finds. Raises ScenarioError when it does not follow the grammar."""
    kind, _, rest = (part.strip() for part in reference.partition(":"))
    if kind == "events":
        return events.look_up(resolver, form, reference, rest)
    if kind == "run":
        return _run(resolver, form, reference, rest)
    if kind == "data":
        return _data(resolver, form, reference, rest)
    form.fail(f"from = {reference!r} starts with {kind!r}.", "from", "It must start with events:, run: or data:.")


def _run(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    name, _, figure = rest.partition("#")
    if not figure:
        form.fail(f"{reference!r} names no figure.", "from", "Write run: other.toml#real_income.CHN.")
    path = (resolver.folder / name.strip()).resolve()
    if path in resolver.chain:
        circle = " -> ".join([*(one.name for one in resolver.chain[resolver.chain.index(path) :]), path.name])
        where = f"{form.book.file}, line {form.book.lines.of((*form.path, 'from'))}"
        raise CircleError(f"{where}: {reference!r} closes a circle: {circle}.", "Let one of them state its number.")
    if not path.exists() or resolver.run is None:
        return Evidence(reference, "", why=f"there is no file {name.strip()}")
    found = resolver.run(path, figure.strip())
    if isinstance(found, str):
        return Evidence(reference, "", why=f"that scenario does not run: {found}")
    return Evidence(reference, f"{figure} of {path.name} at its best values", found)


def _data(resolver: Resolver, form: Form, reference: str, rest: str) -> Evidence:
    from visavis.reason.files import locate, read_rows

    found = _DATA.match(rest)
    if found is None or (found["rule"] or "mean") not in _RULES:
        form.fail(f"{reference!r} is no reference to data.", "from",
                  f"Write data: FILE.csv, [RULE of] COLUMN[/COLUMN] [where COLUMN=VALUE]; rules: {', '.join(_RULES)}.")  # fmt: skip
    path = locate(resolver.folder, found["file"].strip())
    if path is None:
        return Evidence(reference, "", why=f"there is no file {found['file'].strip()}")
    rows = read_rows(form, path, [c for c in (found["of"], found["per"], found["col"]) if c])
    if found["col"]:
        rows = [row for row in rows if row[found["col"]] == found["value"].strip()]
    figures = [ratio for row in rows if (ratio := _ratio(row, found["of"], found["per"])) is not None]
    words = rest.partition(",")[2].strip()
    rule = f"{'' if found['rule'] else 'mean of '}{words}, {len(figures)} rows of {path.name}"
    if not figures:
        return Evidence(reference, rule, why="no row has a number there")
    return Evidence(reference, rule, float(_RULES[found["rule"] or "mean"](figures)))


def _ratio(row: dict[str, str], of: str, per: str | None) -> float | None:
    try:
        return float(row[of]) / (float(row[per]) if per else 1.0)
    except (ValueError, ZeroDivisionError):
        return None
