"""The ledger: every forecast that was issued, sealed in a chain, scored when its time has come.

Each row's hash covers the row and the hash of the row before, so no row can be changed, removed from the middle or slipped in unseen;
the run that issued a row holds the chain's head and length, so its end cannot be cut off either.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import msgspec
import numpy as np

from visavis.errors import ForecastError
from visavis.forecast.answers import Answer
from visavis.forecast.chances.acts import Acts
from visavis.forecast.chances.scores import crps_counts
from visavis.forecast.sides import Terms, read_side, take_sides
from visavis.records import content_id
from visavis.store import Record
from visavis.store.tables.keep import Forecast


def seal(row: Forecast) -> str:
    """The SHA-256 over every column of the row but its own hash, in hex."""
    # What a row does not say is not sealed: rows from before a column was there keep their hash.
    values = {name: value for name, value in msgspec.structs.asdict(row).items() if value is not None}
    values.pop("hash")
    return hashlib.sha256(msgspec.json.encode(sorted(values.items()))).hexdigest()


def issue(record: Record, answers: Sequence[Answer], issued_at: str | None = None) -> Record:
    """The record with the answers added to its ledger, in one run. Raises ForecastError when the ledger was tampered with."""
    when = issued_at or datetime.now(UTC).isoformat(timespec="milliseconds")
    with record.writer() as writer:
        chain = verify(writer.rows("forecasts"), _head(Record.open(record.path)))
        rows, previous = [], chain[-1].hash if chain else ""
        for answer in answers:
            row = _row(answer, when, previous, "" if record.run is None else record.run.run_id)
            previous = row.hash
            rows.append(row)
        writer.insert("forecasts", rows)
        writer.finish("forecast", {"ledger_head": previous, "ledger_length": str(len(chain) + len(rows))})
    return Record.open(record.path)


def _row(answer: Answer, when: str, previous: str, run_id: str) -> Forecast:
    because = tuple(f"{reason.event_id or reason.what} {reason.share:.6f}" for reason in answer.reasons)
    row = Forecast(
        forecast_id=content_id(
            when, previous, answer.source, answer.target, answer.event_class, answer.date_from, answer.date_to
        ),
        issued_at=when,
        source=answer.source,
        target=answer.target,
        event_class=answer.event_class,
        date_from=answer.date_from,
        date_to=answer.date_to,
        probability=answer.probability,
        base_rate=answer.base_rate,
        low=answer.low,
        high=answer.high,
        expected=answer.expected,
        shape=answer.shape,
        own_rate=answer.own_rate,
        model=answer.model,
        run_id=run_id,
        because=because,
        previous=previous,
    )
    return msgspec.structs.replace(row, hash=seal(row))


def read_ledger(record: Record) -> list[Forecast]:
    """The forecasts issued, oldest first, checked; raises ForecastError when one was changed, removed or slipped in."""
    return verify(record.rows("forecasts"), _head(record))


def verify(rows: Sequence[Forecast], head: tuple[str, int] | None = None) -> list[Forecast]:
    """The rows in the order of the chain. `head` is the last hash and the number of rows that there must be."""
    after = {row.previous: row for row in rows}
    chain: list[Forecast] = []
    previous = ""
    while previous in after and len(chain) < len(rows):
        row = after[previous]
        if seal(row) != row.hash:
            raise ForecastError(
                f"Forecast {row.forecast_id} was changed after it was issued.", "Restore the record from a copy."
            )
        chain.append(row)
        previous = row.hash
    if len(chain) != len(rows):
        raise ForecastError(
            "A forecast was removed from the ledger or slipped into it.", "Restore the record from a copy."
        )
    if head is not None and (previous, len(chain)) != head:
        raise ForecastError("The end of the ledger was cut off or added to.", "Restore the record from a copy.")
    return chain


def _head(record: Record) -> tuple[str, int] | None:
    last = None if record.run is None else record.run.number
    for run in reversed(record.runs):
        if "ledger_head" in run.settings and (last is None or run.number <= last):
            return run.settings["ledger_head"], int(run.settings["ledger_length"])
    return ("", 0) if record.runs else None


@dataclass(frozen=True)
class Settled:
    """One forecast of the ledger and what came of it: `came` is None while its window is open. `brier`, `log` and `crps` (of the number
    of acts, in acts; None for rows that hold no numbers) are losses; `own_brier` is the unshrunken own rate's."""

    forecast_id: str
    issued_at: str
    source: str
    target: str
    event_class: str
    date_from: str
    date_to: str
    probability: float
    base_rate: float
    came: bool | None
    brier: float | None
    log: float | None
    base_brier: float | None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    count: int | None = None
    own_brier: float | None = None
    crps: float | None = None


def settle(chain: Sequence[Forecast], acts: Acts, today: int, members: Terms | None = None) -> list[Settled]:
    """What came of each forecast by the acts of a record that is read up to the day before `today` (proleptic ordinal). `members` are
    the organisations' states, as the forecasts were asked with."""
    return [_settled(row, acts, today, members or {}) for row in chain]


def _settled(row: Forecast, acts: Acts, today: int, members: Terms) -> Settled:
    first, last = (date.fromisoformat(day).toordinal() for day in (row.date_from, row.date_to))
    open_ = Settled(
        *(row.forecast_id, row.issued_at, row.source, row.target, row.event_class, row.date_from, row.date_to),
        *(row.probability, row.base_rate, None, None, None, None),
        low=row.low,
        high=row.high,
        expected=row.expected,
    )
    if last >= today:
        return open_
    count = _came(row, acts, first, last, members)
    came = count > 0
    chance = min(max(row.probability, 1e-9), 1 - 1e-9)
    return replace(
        open_,
        came=came,
        count=count,
        brier=(row.probability - came) ** 2,
        log=-math.log(chance if came else 1 - chance),
        base_brier=(row.base_rate - came) ** 2,
        own_brier=None if row.own_rate is None else (row.own_rate - came) ** 2,
        crps=None if row.expected is None or row.shape is None else _crps(row.shape, row.expected, count),
    )


def _came(row: Forecast, acts: Acts, first: int, last: int, members: Terms) -> int:
    """The acts of the forecast's class in its window."""
    seen, _ = take_sides(acts, *(read_side(side, first, members) for side in (row.source, row.target)))
    names = {name: at for at, name in enumerate(seen.actors)}
    hits = seen.is_of(row.event_class) & (seen.day >= first) & (seen.day <= last)
    hits &= (seen.source == names.get(row.source, -1)) & (seen.target == names.get(row.target, -1))
    return int(hits.sum())


def _crps(shape: float, mean: float, count: int) -> float:
    return crps_counts(*(np.array([value], np.float64) for value in (shape, max(mean, 1e-12), count)))
