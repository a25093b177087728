"""A reply kernel: how states answered expulsions before, fitted on pairs (sent, replied) and, where known, mission sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from visavis.reason import files
from visavis.reason.outcome import Grid, Row

if TYPE_CHECKING:
    from pathlib import Path

    from visavis.reason.form import Form

# Ratio replied/sent up to which a reply counts as the rule. "share" is told apart only where both missions are known and
# equal shares differ from equal numbers.
_BOUNDS = (("none", 0.1), ("half", 0.75), ("match", 1.25), ("escalate", float("inf")))
_JEFFREYS = 0.5
_COLUMNS = {"sent": ("sent", "n_sent"), "replied": ("replied", "n_reply"), "sender_staff": ("sender_staff", "sender_mission_in_target"),
            "target_staff": ("target_staff", "target_mission_in_sender")}  # fmt: skip


@dataclass(frozen=True)
class Exchange:
    """One past exchange: numbers of people; staff is None when unknown."""

    sent: float
    replied: float
    sender_staff: float | None = None
    target_staff: float | None = None


@dataclass(frozen=True)
class Kernel:
    """`ranges` {rule: (low, mean, high)}: probabilities with 95% intervals (Beta, Jeffreys' prior); `slope` (low, best, high) of log(1 +
    replied) on log(1 + sent): 1 is proportional; `ratio` the median of replied/sent; `rule` says in words what it rests on."""

    counts: dict[str, int]
    ranges: dict[str, tuple[float, float, float]]
    slope: tuple[float, float, float]
    ratio: float
    rule: str

    def figures(self) -> dict[str, float]:
        """The kernel's figures for claims."""
        found = {f"kernel.{rule}": mean for rule, (_, mean, _) in self.ranges.items()}
        return {**found, "kernel.slope": self.slope[1], "kernel.ratio": self.ratio}

    def grid(self) -> Grid:
        """The kernel for people."""
        rows: list[Row] = [(rule, float(self.counts[rule]), *self.ranges[rule]) for rule in self.counts]
        rows.append(("elasticity of reply", float(sum(self.counts.values())), *self.slope))
        return Grid(f"How states replied before ({self.rule})", ("reply", "cases", "low", "mean", "high"), tuple(rows))

    def detail(self) -> dict[str, object]:
        """The kernel for the JSON."""
        return {
            "counts": self.counts,
            "ranges": self.ranges,
            "slope": self.slope,
            "median_ratio": self.ratio,
            "rule": self.rule,
        }


def classify(one: Exchange) -> str:
    """The rule that a past reply followed; equal shares win over numbers only where the two differ."""
    if one.sender_staff and one.target_staff and one.replied:
        equal = one.sent / one.target_staff * one.sender_staff
        near = abs(one.replied - equal) < min(1.0, 0.1 * max(equal, 1.0)) + 1e-9
        if near and abs(one.replied - one.sent) > 1:
            return "share"
    ratio = one.replied / one.sent
    return next(rule for rule, bound in _BOUNDS if ratio <= bound)


def fit(exchanges: Sequence[Exchange], told: str) -> Kernel:
    """The kernel of at least one exchange: rule shares with Beta intervals, and a least-squares elasticity with Student's interval."""
    from scipy.special import betaincinv  # scipy.stats takes seconds to import

    rules = ("none", "half", "match", "share", "escalate")
    found = [classify(one) for one in exchanges]
    counts = {rule: found.count(rule) for rule in rules}
    total, weight = len(found), _JEFFREYS * len(rules)
    ranges = {}
    for rule, count in counts.items():
        a, b = count + _JEFFREYS, total - count + weight - _JEFFREYS
        low, high = betaincinv(a, b, (0.025, 0.975))
        ranges[rule] = (float(low), a / (a + b), float(high))
    ratio = float(np.median([one.replied / one.sent for one in exchanges]))
    return Kernel(counts, ranges, _elasticity(exchanges), ratio, f"{total} exchanges, {told}")


def _elasticity(exchanges: Sequence[Exchange]) -> tuple[float, float, float]:
    from scipy.special import stdtrit

    x = np.log1p([one.sent for one in exchanges])
    y = np.log1p([one.replied for one in exchanges])
    if len(x) < 3 or np.ptp(x) == 0:
        return (float("nan"),) * 3
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum() / spread)
    rest = y - y.mean() - slope * (x - x.mean())
    half = float(stdtrit(len(x) - 2, 0.975)) * math.sqrt(float(rest @ rest) / (len(x) - 2) / spread)
    return slope - half, slope, slope + half


def read_replies(form: Form, rules: Form) -> Kernel | None:
    """The kernel of `[replies]`: `data = "FILE.csv"`, `pairs = [[sent, replied], ...]`, or `table = "expulsions"` of the record.

    `rules.prior` with `from = "data: FILE.csv, REPLIED/SENT"` and no numbers stands for the same. None when neither is there.
    """
    if "replies" not in form:
        return _from_prior(rules)
    table = form.form("replies")
    if "data" in table:
        path = files.find_file(table, "data")
        exchanges, told = _from_file(table, path), path.name
    elif "pairs" in table:
        exchanges, told = _from_pairs(table), table.source or "stated in the scenario"
    else:
        exchanges, told = _from_record(table), "the record's table of expulsions"
    return _fitted(table, exchanges, told)


def _fitted(table: Form, exchanges: list[Exchange], told: str) -> Kernel:
    good = [one for one in exchanges if one.sent > 0]
    if not good:
        table.fail("no past exchange has both numbers.", None, "Give data, pairs, or a record with expulsions.")
    return fit(good, told)


def _from_prior(rules: Form) -> Kernel | None:
    """The kernel that `prior = { from = "data: FILE.csv, REPLIED/SENT" }` asks for."""
    table = rules.form("prior", default=True)
    if table.names() or "from" not in table:
        return None
    words = re.fullmatch(r"data:\s*([^,]+?)\s*,\s*(\w+)\s*/\s*(\w+)", table.text("from"))
    path = None if words is None else files.locate(table.book.folder, words[1])
    if words is None or path is None:
        table.fail(f"prior cannot be fitted on {table.text('from')!r}.", "from",
                   'Write from = "data: FILE.csv, REPLIED/SENT", the two columns of a file beside the scenario.')  # fmt: skip
    return _fitted(table, _from_file(table, path, sent=words[3], replied=words[2]), path.name)


def _from_file(table: Form, path: Path, **named: str) -> list[Exchange]:
    """The exchanges of a file; `named` are columns that are called otherwise than in `_COLUMNS`."""
    rows = files.read_rows(table, path, list(named.values()))
    columns = _COLUMNS | {name: (column,) for name, column in named.items()}
    found = []
    for row in rows:
        cells = {name: next((row[k] for k in known if row.get(k)), "") for name, known in columns.items()}
        if cells["sent"] and cells["replied"]:
            found.append(Exchange(*(float(cell) if cell else None for cell in cells.values())))  # type: ignore[arg-type]
    return found


def _from_pairs(table: Form) -> list[Exchange]:
    found = []
    for pair in table.items("pairs"):
        if not (
            isinstance(pair, list) and len(pair) == 2 and all(isinstance(n, (int, float)) and n >= 0 for n in pair)
        ):
            table.fail(f"{pair!r} is no pair [sent, replied].", "pairs")
        found.append(Exchange(float(pair[0]), float(pair[1])))
    return found


def _from_record(table: Form) -> list[Exchange]:
    table.text("table", among=("expulsions",))
    record = table.book.resolver.record
    if record is None:
        table.fail("past replies are to come from a record, and none was given.", "table", "Give --record DIR.")
    rows = record.sql(
        "select sent, replied, sender_staff, target_staff from expulsions where sent > 0 and replied is not null"
    )
    return [Exchange(**{k: None if v is None else float(v) for k, v in row.items()}) for row in rows.to_pylist()]  # type: ignore[arg-type]
