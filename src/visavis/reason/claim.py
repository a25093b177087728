"""The claim: an option that is expected, or comparisons between figures; and whether an outcome bears it out."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from visavis.errors import ScenarioError
from visavis.reason.outcome import Outcome

if TYPE_CHECKING:
    from visavis.reason.form import Form

_COMPARED = re.compile(r"(\S+)\s*(>=|<=|!=|==|=|>|<)\s*(\S+)$")
# Two figures that differ by less than this, relative to their size, are equal: solvers stop near 1e-10.
_EQUAL = 1e-9


@dataclass(frozen=True)
class Comparison:
    """`left` and `right` are names of figures or numbers."""

    left: str
    sign: str
    right: str

    def judge(self, left: float, right: float) -> tuple[bool, float]:
        """Whether it holds, and by how much (negative when it fails)."""
        equal = math.isclose(left, right, rel_tol=_EQUAL, abs_tol=_EQUAL)
        if self.sign in ("=", "=="):
            return equal, -abs(left - right)
        if self.sign == "!=":
            return not equal, abs(left - right)
        margin = left - right if ">" in self.sign else right - left
        return (margin > 0 and not equal) or (equal and "=" in self.sign), margin


@dataclass(frozen=True)
class Claim:
    """What the scenario is about: `option` or `comparisons`, all of which must hold."""

    text: str
    source: str
    option: str
    comparisons: tuple[Comparison, ...]
    file: str
    line: int

    @property
    def expect(self) -> tuple[str, ...]:
        """The expectation in words."""
        return (self.option,) if self.option else tuple(f"{c.left} {c.sign} {c.right}" for c in self.comparisons)

    def judge(self, outcome: Outcome) -> tuple[bool | None, float]:
        """Whether the outcome bears it out (None: a tie decides) and by what margin. Raises ScenarioError for unknown names."""
        if self.option:
            return self._judge_option(outcome)
        judged = [
            one.judge(self._value(outcome, one.left), self._value(outcome, one.right)) for one in self.comparisons
        ]
        # An equality that holds has no room to spare: it says nothing about the margin of the others.
        moving = [
            margin for (_, margin), one in zip(judged, self.comparisons, strict=True) if one.sign != "=" or margin < 0
        ]
        return all(holds for holds, _ in judged), min(moving, default=0.0)

    def _judge_option(self, outcome: Outcome) -> tuple[bool | None, float]:
        if self.option not in outcome.margins:
            self._fail(self.option, "option", sorted(outcome.margins))
        margin = outcome.margins[self.option]
        if self.option in outcome.choices and len(outcome.choices) > 1:
            return None, 0.0
        return outcome.choices == (self.option,), margin

    def _value(self, outcome: Outcome, name: str) -> float:
        try:
            return float(name)
        except ValueError:
            found = outcome.figure(name)
            return self._fail(name, "figure", outcome.near(name)) if found is None else found

    def _fail(self, name: str, what: str, near: list[str]) -> NoReturn:
        raise ScenarioError(
            f"{self.file}, line {self.line}: expect names {name!r}, and there is no such {what}.",
            f"Near it: {', '.join(near)}." if near else f"This kind has no {what}s.",
        )


def read_claim(form: Form) -> Claim:
    """The `[claim]` table. Raises ScenarioError for an expectation that is neither an option nor a comparison."""
    expected = form.texts("expect")
    single = len(expected) == 1 and not re.search(r"[<>=]", expected[0])
    comparisons = [] if single else [_compared(form, words) for words in expected]
    return Claim(
        text=form.text("text"),
        source=form.source,
        option=expected[0].strip() if single else "",
        comparisons=tuple(comparisons),
        file=form.book.file,
        line=form.book.lines.of((*form.path, "expect")),
    )


def _compared(form: Form, words: str) -> Comparison:
    found = _COMPARED.match(words.strip())
    if found is None:
        form.fail(f"{words!r} is no comparison.", "expect",
                  "Write FIGURE > FIGURE or FIGURE > NUMBER (signs: > >= < <= = !=); there are no other expressions.")  # fmt: skip
    return Comparison(found[1], found[2], found[3])
