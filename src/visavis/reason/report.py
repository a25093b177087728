"""All answers of a scenario together, as one frozen value that the memo, the page and the JSON are made from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from visavis.reason.form import Assumption
    from visavis.reason.outcome import Outcome
    from visavis.reason.questions import Pair, Share, Swing, Worth
    from visavis.reason.scenario import Scenario
    from visavis.reason.sources import Source


_NAMED = 3  # assumptions that the verdict names


@dataclass(frozen=True)
class Report:
    """What was asked and answered. `holds` is "true", "false", "depends", or "" when the scenario makes no claim."""

    title: str
    kind: str
    file: str
    claim: str
    claim_source: str
    expect: tuple[str, ...]
    holds: str
    at_best: bool | None
    outcome: Outcome
    swings: tuple[Swing, ...]
    pairs: tuple[Pair, ...] | None
    share: Share | None
    worth: tuple[Worth, ...]
    assumptions: tuple[Assumption, ...]
    sources: tuple[Source, ...]
    unresolved: tuple[str, ...]

    @property
    def flips(self) -> tuple[Swing, ...]:
        """The assumptions that turn the claim alone."""
        return tuple(one for one in self.swings if one.turns_at)

    @property
    def verdict(self) -> str:
        """The verdict in a sentence."""
        if not self.claim:
            return "No claim is made: the tables are the answer."
        if self.at_best is None:
            return "It depends: at the best values the options tie."
        word = "holds" if self.at_best else "fails"
        if self.holds != "depends":
            if not self.swings:
                return f"The claim {word}; no number in it has a range."
            return f"The claim {word}: no assumption, moved alone through its range, turns it.{self._drawn}"
        count, whole = len(self.flips), len(self.swings)
        alone = f"{count} of {whole} assumptions with a range {'turns' if count == 1 else 'turn'} it alone"
        return f"It depends: the claim {word} at the best values, but {alone}: {self._turning}.{self._drawn}"

    @property
    def _turning(self) -> str:
        """The assumptions that turn the claim, with where; the first three."""
        told = [f"{one.name} at {one.told}" for one in self.flips[:_NAMED]]
        rest = len(self.flips) - len(told)
        return ", ".join(told) + (f" and {rest} more" if rest else "")

    @property
    def _drawn(self) -> str:
        return (
            ""
            if self.share is None
            else f" It holds in {self.share.share:.0%} of {self.share.draws} draws from the ranges."
        )

    def json(self) -> dict[str, Any]:
        """Everything in plain types and full precision; `holds` is true, false, "depends" or null; what is not finite is null."""
        plain = {"true": True, "false": False, "": None}
        told = {
            "title": self.title, "kind": self.kind, "file": self.file,
            "claim": {"text": self.claim, "expect": list(self.expect), "source": self.claim_source},
            "holds": plain.get(self.holds, self.holds), "at_best": self.at_best, "verdict": self.verdict,
            "result": {"figures": dict(self.outcome.every), "choices": list(self.outcome.choices),
                       **to_plain(dict(self.outcome.detail))},
            "tables": [asdict(grid) for grid in self.outcome.grids],
            "flips": [asdict(one) for one in self.flips],
            "swings": [asdict(one) for one in self.swings],
            "pairs": None if self.pairs is None else [asdict(one) for one in self.pairs],
            "share": None if self.share is None else {**asdict(self.share), "share": self.share.share},
            "worth": [asdict(one) for one in self.worth],
            "assumptions": [asdict(one) for one in self.assumptions],
            "sources": [asdict(one) for one in self.sources],
            "unresolved": list(self.unresolved), "notes": list(self.outcome.notes),
        }  # fmt: skip
        return dict(to_plain(told))


def make_report(scenario: Scenario, seed: int, draws: int | None, pairs: bool) -> Report:
    """Ask everything. Shares and worth need a claim and at least one range."""
    claim = scenario.claim
    asked = claim is not None and bool(scenario.ranged)
    return Report(
        title=scenario.title,
        kind=scenario.kind.name,
        file=scenario.file,
        claim="" if claim is None else claim.text,
        claim_source="" if claim is None else claim.source,
        expect=() if claim is None else claim.expect,
        holds="" if claim is None else scenario.holds,
        at_best=scenario.at_best,
        outcome=scenario.outcome,
        swings=scenario.swings,
        pairs=scenario.pairs if pairs and scenario.kind.pairs else None,
        share=scenario.share(draws, seed) if asked else None,
        worth=scenario.worth(draws, seed) if asked else (),
        assumptions=tuple(scenario.assumptions.values()),
        sources=tuple(scenario.sources.values()),
        unresolved=scenario.unresolved,
    )


def to_plain(found: Any) -> Any:
    """The same in lists, dictionaries and numbers that JSON knows; what is not finite becomes null."""
    if isinstance(found, dict):
        return {str(key): to_plain(value) for key, value in found.items()}
    if isinstance(found, (list, tuple)):
        return [to_plain(value) for value in found]
    if isinstance(found, np.ndarray):
        return to_plain(found.tolist())
    if isinstance(found, np.generic):
        return to_plain(found.item())
    if isinstance(found, float) and not np.isfinite(found):
        return None
    return found
