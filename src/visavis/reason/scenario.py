"""A scenario: an argument written down, run, and asked what carries it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visavis.errors import ScenarioError
from visavis.reason import questions
from visavis.reason.claim import Claim, read_claim
from visavis.reason.evidence import Resolver
from visavis.reason.form import Assumption, Book, Form
from visavis.reason.kinds import KINDS
from visavis.reason.lines import Lines
from visavis.reason.outcome import Grid, Kind, Outcome
from visavis.reason.references import CircleError
from visavis.reason.sources import Source, read_sources
from visavis.reason.trace import Trace, known, trace

if TYPE_CHECKING:
    from collections.abc import Callable

    from visavis.reason.report import Report
    from visavis.store import Record

FORM = "scenario/1"
TRUE, FALSE, DEPENDS = "true", "false", "depends"


@dataclass(frozen=True)
class Scenario:
    """One scenario file, read and resolved. All questions are answered from the stated ranges; none touches a file."""

    file: str
    title: str
    kind: Kind
    claim: Claim | None
    assumptions: Mapping[str, Assumption]
    sources: Mapping[str, Source]
    unresolved: tuple[str, ...]
    record: Record | None
    solve: Callable[[Mapping[str, float]], Outcome]

    @cached_property
    def best(self) -> dict[str, float]:
        """Every assumption at its best value."""
        return {name: one.best for name, one in self.assumptions.items()}

    @cached_property
    def ranged(self) -> tuple[Assumption, ...]:
        """The assumptions that have a range."""
        return tuple(one for one in self.assumptions.values() if one.ranged)

    @cached_property
    def outcome(self) -> Outcome:
        """The answer at the best values."""
        return self.solve(self.best)

    @cached_property
    def at_best(self) -> bool | None:
        """Whether the claim holds at the best values; None: a tie decides, or there is no claim."""
        return None if self.claim is None else self.claim.judge(self.outcome)[0]

    @cached_property
    def holds(self) -> str:
        """ "true" or "false" when no single assumption inside its range turns the claim, else "depends" (also: a tie)."""
        if self.at_best is None or any(one.turns_at for one in self.swings):
            return DEPENDS
        return TRUE if self.at_best else FALSE

    def table(self) -> tuple[Grid, ...]:
        """What the model answers at the best values, as tables for people."""
        return self.outcome.grids

    @cached_property
    def swings(self) -> tuple[questions.Swing, ...]:
        """Each assumption moved through its range alone, the widest swing of the claim's margin first."""
        if self.claim is None:
            return ()
        found = [
            questions.swing(self._judge, self.best, one, self.kind.steps, self.kind.tolerance) for one in self.ranged
        ]
        return tuple(sorted(found, key=lambda one: (-abs(one.margin_high - one.margin_low), one.name)))

    def flips(self) -> tuple[questions.Swing, ...]:
        """The assumptions that alone turn the claim inside their ranges, with the value at which it turns."""
        return tuple(one for one in self.swings if one.turns_at)

    @cached_property
    def pairs(self) -> tuple[questions.Pair, ...]:
        """Pairs of assumptions that only together turn the claim; cheap kinds only."""
        if self.claim is None or not self.kind.pairs:
            return ()
        alone = {one.name for one in self.flips()}
        return questions.pairs(self._judge, self.best, [one for one in self.ranged if one.name not in alone])

    def share(self, n: int | None = None, seed: int = 1) -> questions.Share:
        """How often the claim holds in `n` seeded draws over the stated ranges."""
        truth = self._draw(n, seed)[1]
        holds = sum(one is True for one in truth)
        low, high = questions.wilson(holds, len(truth))
        return questions.Share(len(truth), holds, sum(one is None for one in truth), low, high, seed)

    def worth(self, n: int | None = None, seed: int = 1) -> tuple[questions.Worth, ...]:
        """What learning each unknown would be worth, greatest first."""
        drawn, truth = self._draw(n, seed)
        return questions.worths(self.ranged, drawn, truth, seed)

    def trace(self, name: str) -> Trace:
        """What one assumption rests on: source, rule, events, sentences, pages. Raises ScenarioError for an unknown name."""
        return trace(self.assumptions, name, self.record)

    def run(self, seed: int = 1, draws: int | None = None, pairs: bool = False) -> Report:
        """All answers together; with `pairs`, also the pairs of assumptions that turn the claim."""
        from visavis.reason.report import make_report

        return make_report(self, seed, draws, pairs)

    def at(self, values: Mapping[str, float]) -> Scenario:
        """The same argument with other best values, each inside its stated range; raises ScenarioError for one that is not."""
        moved = dict(self.assumptions)
        for name, value in values.items():
            one = known(self.assumptions, name)
            if not one.low <= value <= one.high:
                raise ScenarioError(
                    f"{name} = {value:g} lies outside its range.", f"It runs from {one.low:g} to {one.high:g}."
                )
            moved[name] = replace(one, best=value)
        return replace(self, assumptions=moved)

    def _judge(self, values: Mapping[str, float]) -> tuple[bool | None, float]:
        if self.claim is None:
            raise ScenarioError(f"{self.file} makes no claim.", "Write a [claim] table with text and expect.")
        return self.claim.judge(self.solve(values))

    def _draw(self, n: int | None, seed: int) -> tuple[questions.Floats, tuple[bool | None, ...]]:
        """The draws and whether the claim held in each; kept for the last (n, seed)."""
        count = self.kind.draws if n is None else n
        if count < 1:
            raise ScenarioError(f"{count} draws tell nothing.", "Ask for at least one.")
        kept: dict[tuple[int, int], Any] = self.__dict__.setdefault("_drawn", {})
        if (count, seed) not in kept:
            drawn = questions.draw(self.ranged, count, seed)
            names = [one.name for one in self.ranged]
            rows = (dict(zip(names, row, strict=True)) for row in drawn.tolist())
            kept.clear()
            kept[count, seed] = drawn, tuple(self._judge({**self.best, **row})[0] for row in rows)
        found: tuple[questions.Floats, tuple[bool | None, ...]] = kept[count, seed]
        return found


def scenario(path: str | Path, record: str | Path | Record | None = None) -> Scenario:
    """The scenario in the file `path`; with a record, `from = "events: ..."` is answered from it.

    A name without a path that ends in ".toml" and is not a file stands for a shipped one (`shipped()` lists them).
    Raises ScenarioError, with file and line, for whatever does not hold together.
    """
    return _load(_find(Path(path)), _open(record), ())


def shipped() -> tuple[str, ...]:
    """The names of the scenarios that come with Visavis."""
    return tuple(sorted(one.name for one in files("visavis.reason").joinpath("scenarios").iterdir() if one.name.endswith(".toml")))  # fmt: skip


def _find(path: Path) -> Path:
    if not path.is_file() and path.name in shipped() and len(path.parts) == 1:
        return Path(str(files("visavis.reason").joinpath("scenarios", path.name)))
    return path


def _open(record: str | Path | Record | None) -> Record | None:
    from visavis.store import Record

    return Record.open(record) if isinstance(record, (str, Path)) else record


def _load(path: Path, record: Record | None, chain: tuple[Path, ...]) -> Scenario:
    text, data = _read(path)
    here = (*chain, path.resolve())
    resolver = Resolver(path.parent, record, here, run=lambda other, figure: _figure(other, figure, record, here))
    book = Book(path.name, path.parent, Lines(text), resolver)
    form = Form(data, book)
    if form.text("visavis", "") != FORM:
        form.fail(f"the file must say visavis = {FORM!r}.", "visavis", "That is the form that this Visavis reads.")
    title = form.text("title")
    kind = KINDS[form.text("kind", among=KINDS)]
    resolver.blocs.update(_blocs(form))
    read_sources(form, book)
    claim = read_claim(form.form("claim")) if "claim" in form else None
    solve = kind.read(form)
    form.finish()
    return Scenario(
        path.name, title, kind, claim, book.assumptions, book.sources, tuple(book.unresolved), record, solve
    )


def _read(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError as error:
        raise ScenarioError(f"There is no scenario {str(path)!r}.", f"Shipped ones: {', '.join(shipped())}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ScenarioError(f"{path} cannot be read ({error}).", "A scenario is a TOML file in UTF-8.") from error
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(
            f"{path.name} is no TOML: {error}.", "Mend it there; docs/scenario.md has examples."
        ) from error


def _blocs(form: Form) -> Iterable[tuple[str, tuple[str, ...]]]:
    table = form.form("blocs", default=True)
    return [(name, tuple(table.texts(name))) for name in table.names()]


def _figure(path: Path, figure: str, record: Record | None, chain: tuple[Path, ...]) -> float | str:
    """A figure of another scenario at its best values, or why that scenario has none; raises ScenarioError for a circle or a wrong name."""
    try:
        other = _load(path, record, chain)
        outcome = other.outcome
    except CircleError:
        raise
    except ScenarioError as error:
        return str(error)
    found = outcome.figure(figure)
    if found is None:
        near = outcome.near(figure)
        raise ScenarioError(f"{chain[-1].name}: {path.name} has no figure {figure!r}.", f"Near it: {', '.join(near)}.")
    return found
