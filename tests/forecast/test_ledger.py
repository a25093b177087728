"""The ledger survives tampering: whatever is changed, removed or slipped in is found."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

from tests.forecast.acts import START, bursty
from visavis.errors import ForecastError
from visavis.forecast import ask, issue, read_ledger, settle
from visavis.forecast.ledger import seal, verify
from visavis.forecast.report import score_settled
from visavis.store import Record
from visavis.store.tables.keep import Forecast

ACTS = bursty()
DAY = START.toordinal() + 900


def _issued(path: Path) -> Record:
    record = Record.create(path / "record")
    for at, target in enumerate(("A02", "A03", "A04")):
        record = issue(record, [ask(ACTS, "A01", target, "consult", 30, DAY + at)], f"2020-06-1{at}T00:00:00+00:00")
    return record


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> list[Forecast]:
    return read_ledger(_issued(tmp_path_factory.mktemp("ledger")))


def test_what_is_issued_is_read_back_in_order(chain: list[Forecast]) -> None:
    assert [row.target for row in chain] == ["A02", "A03", "A04"]
    assert [row.previous for row in chain] == ["", chain[0].hash, chain[1].hash]


@pytest.mark.parametrize(
    "column",
    ["probability", "issued_at", "date_to", "because", "base_rate", "model", "event_class", "low", "high", "expected"],
)
def test_a_changed_column_is_found(chain: list[Forecast], column: str) -> None:
    other: dict[str, object] = {"probability": 0.99, "base_rate": 0.5, "because": ("nothing 1.0",), "low": None}
    other |= {"high": 0.99, "expected": 9.0}
    changed = msgspec.structs.replace(chain[1], **{column: other.get(column, "2001-01-01")})
    with pytest.raises(ForecastError, match="was changed"):
        verify([chain[0], changed, chain[2]])


@pytest.mark.parametrize("rows", [lambda c: [c[0], c[2]], lambda c: c[1:], lambda c: c[:2], lambda c: []])
def test_a_missing_row_is_found(chain: list[Forecast], rows: Callable[[list[Forecast]], Sequence[Forecast]]) -> None:
    with pytest.raises(ForecastError):
        verify(rows(chain), (chain[-1].hash, len(chain)))


def test_the_interval_is_issued_with_the_chance(chain: list[Forecast]) -> None:
    for row in chain:
        assert row.low is not None and row.high is not None and row.expected is not None
        assert row.low <= row.probability <= row.high


def test_a_row_from_before_there_were_intervals_keeps_its_seal(chain: list[Forecast]) -> None:
    late = ("low", "high", "expected", "shape", "own_rate")
    old = msgspec.structs.replace(chain[0], **dict.fromkeys(late))
    values = {name: value for name, value in msgspec.structs.asdict(old).items() if name not in {*late, "hash"}}
    assert seal(old) == hashlib.sha256(msgspec.json.encode(sorted(values.items()))).hexdigest()


def test_the_order_in_the_table_does_not_matter(chain: list[Forecast]) -> None:
    assert verify(chain[::-1]) == chain


def test_tampering_on_disk_is_found_and_stops_the_next_issue(tmp_path: Path) -> None:
    record = _issued(tmp_path)
    row = msgspec.structs.replace(record.rows("forecasts")[0], probability=0.5)
    record = record.commit("edit", {"forecasts": [row]})
    with pytest.raises(ForecastError, match="was changed"):
        read_ledger(record)
    with pytest.raises(ForecastError, match="was changed"):
        issue(record, [ask(ACTS, "A01", "A05", "consult", 30, DAY)])


def test_forecasts_are_scored_when_their_time_has_come(chain: list[Forecast]) -> None:
    open_, closed = settle(chain, ACTS, DAY + 10), settle(chain, ACTS, DAY + 60)
    assert [one.came for one in open_] == [None, None, None]
    assert all(one.came is not None and one.brier == (one.probability - one.came) ** 2 for one in closed)
    assert all(one.crps is not None and one.crps >= 0 for one in closed)
    assert score_settled(closed)["crps"] == sum(one.crps or 0 for one in closed) / 3
    assert score_settled(open_)["due"] == 0 and score_settled(closed)["due"] == 3
