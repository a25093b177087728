"""Numbers from evidence: `from = "events: ..."`, `"run: ..."`, `"data: ..."`, each by a rule that is printed.

The grammar is frozen in docs/scenario.md. A reference that finds nothing is listed, and the number that was stated stays.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visavis.reason.form import Assumption

if TYPE_CHECKING:
    from visavis.reason.form import Form
    from visavis.store import Record


@dataclass(frozen=True)
class Cited:
    """One coded event behind a number."""

    event_id: str
    article_id: str
    type: str
    date: str
    quote: str


@dataclass(frozen=True)
class Evidence:
    """What one reference found: `figure` by `rule`; None when it found nothing, and `why` says so."""

    reference: str
    rule: str
    figure: float | None = None
    events: tuple[Cited, ...] = ()
    why: str = ""

    @property
    def basis(self) -> str:
        """events, run or data."""
        return self.reference.partition(":")[0].strip()


@dataclass
class Resolver:
    """Finds what references name: events in `record`, figures of other scenarios, columns of files in `folder`.

    `chain` holds the scenario files that are being read, so that a circle of `run:` is seen. `run` gives a figure of another scenario,
    or says why it has none.
    """

    folder: Path
    record: Record | None = None
    chain: tuple[Path, ...] = ()
    blocs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    run: Callable[[Path, str], float | str] | None = None

    def bloc(self, form: Form, name: str, key: str) -> tuple[str, ...]:
        """The members of a bloc of `[blocs]`; raises ScenarioError, with what to write, for one that is not there."""
        if name not in self.blocs:
            known = f"Blocs of this file: {', '.join(self.blocs)}." if self.blocs else "The file has no [blocs] yet."
            form.fail(
                f"there is no bloc {name!r}.", key, f'Write a table [blocs] with {name} = ["USA", "DEU"]. {known}'
            )
        return self.blocs[name]

    def look(self, form: Form, reference: str) -> list[Evidence]:
        """What the reference finds; one that finds nothing is entered in the book. Raises ScenarioError for bad grammar."""
        from visavis.reason import references

        found = references.resolve(self, form, reference)
        if found.figure is None:
            line = form.book.lines.of((*form.path, "from"))
            form.book.unresolved.append(f"line {line}: {reference!r}: {found.why}")
        return [found]


def weigh_number(form: Form, found: Any, key: str, name: str) -> Assumption:
    """The assumption that a number, a range or a table with `value`, `source`, `from`, `map` stands for."""
    line = form.book.lines.of((*form.path, key))
    if not isinstance(found, dict):
        low, best, high = _range(form, found, key)
        basis = "reading" if form.source else "analyst's"
        return Assumption(name, low, best, high, line, basis, form.source, evidence=form.evidence)
    unknown = sorted(set(found) - {"value", "source", "from", "map", "note"})
    if unknown:
        form.fail(f"unknown key {unknown[0]!r} in {name}.", key, "Known here: value, source, from, map, note.")
    own = form.book.cite(str(found.get("source", "")))
    source = own or form.source
    basis = "source" if own else "reading" if source else "analyst's"
    if "from" not in found:
        low, best, high = _range(form, found.get("value"), key)
        return Assumption(name, low, best, high, line, basis, source, evidence=form.evidence)
    evidence = form.book.resolver.look(form.at(key), str(found["from"]))
    held = Assumption(name, 0.0, 0.0, 0.0, line, basis, source, evidence=(*evidence, *form.evidence))
    return _weigh(form, held, evidence[0], found, key)


def _weigh(form: Form, held: Assumption, evidence: Evidence, found: dict[str, Any], key: str) -> Assumption:
    from dataclasses import replace

    if evidence.figure is None:
        if "value" not in found:
            form.fail(f"{held.name} has no value, and {evidence.reference!r} finds none: {evidence.why}", key)
        low, best, high = _range(form, found["value"], key)
        return replace(held, low=low, best=best, high=high)
    best = evidence.figure
    rule = evidence.rule
    if "map" in found:
        best = _mapped(form, found["map"], evidence.figure, key)
        rule += f", which the map makes {best:g}"
    low, _, high = _range(form, found["value"], key) if "value" in found else (best, best, best)
    return replace(held, low=min(low, best), best=best, high=max(high, best), basis=evidence.basis, rule=rule)


def _range(form: Form, found: Any, key: str) -> tuple[float, float, float]:
    if _is_number(found):
        return float(found), float(found), float(found)
    if not (isinstance(found, list) and len(found) == 3 and all(_is_number(one) for one in found)):
        form.fail(f"{key} must be a number or [low, best, high], not {found!r}.", key)
    low, best, high = (float(one) for one in found)
    if not low <= best <= high:
        form.fail(f"{key}: [low, best, high] must not fall, but it is {found}.", key)
    return low, best, high


def _is_number(found: Any) -> bool:
    import math

    return isinstance(found, (int, float)) and not isinstance(found, bool) and math.isfinite(found)


def _mapped(form: Form, points: Any, figure: float, key: str) -> float:
    """The value at `figure` on the broken line through `points` [[figure, value], ...]; flat beyond its ends."""
    import numpy as np

    good = isinstance(points, list) and len(points) >= 2 and all(
        isinstance(point, list) and len(point) == 2 and all(_is_number(one) for one in point) for point in points
    )  # fmt: skip
    if not good or any(a[0] >= b[0] for a, b in itertools.pairwise(points)):
        form.fail(f"{key}: map must be [[figure, value], ...] with rising figures.", key)
    return float(np.interp(figure, [point[0] for point in points], [point[1] for point in points]))
