"""The gold set is what its README says: well formed, large enough, and its halves are kept apart."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import check_gold  # noqa: E402
import split_gold  # noqa: E402

ROWS = {name: check_gold.load(name) for name in ("dev", "unseen")}


def event(**changes: Any) -> dict[str, Any]:
    """A well-formed event of the sentence below, with `changes`."""
    made: dict[str, Any] = {
        "event": "SANCTION",
        "mode": "expel",
        "cameo": "166",
        "quad": 3,
        "source": [{"text": "Malta", "code": "MLT", "sector": None}],
        "target": [],
        "status": "happened",
        "date": None,
        "voice": [],
        "words": "expelled two envoys",
    }
    return made | changes


def row(**changes: Any) -> dict[str, Any]:
    """A well-formed row with one event, with `changes` to the event."""
    text = "Malta expelled two envoys."
    return {"id": "x", "text": text, "date": None, "style": "wire", "events": [event(**changes)]}


def test_every_row_is_well_formed_and_every_quota_holds() -> None:
    assert check_gold.faults() == []


def test_no_sentence_or_document_stands_in_both_halves() -> None:
    sides = [{r.get("doc") or r["id"] for r in ROWS[name]} | {r["text"] for r in ROWS[name]} for name in ROWS]
    assert not sides[0] & sides[1]


def test_the_halves_are_about_equal() -> None:
    share = len(ROWS["dev"]) / sum(map(len, ROWS.values()))
    assert 0.44 < share < 0.56


def test_a_rows_half_depends_on_its_document_only() -> None:
    one = {"id": "a.01", "doc": "a", "text": "one"}
    assert split_gold.half(one) == split_gold.half({**one, "id": "a.02", "text": "two"})


def test_the_sentences_of_a_document_stand_together_and_in_order() -> None:
    for rows in ROWS.values():
        ids = [(r["doc"], r["id"]) for r in rows if "doc" in r]
        documents = list(dict.fromkeys(d for d, _ in ids))
        assert ids == [pair for d in documents for pair in sorted(p for p in ids if p[0] == d)]


def test_a_good_row_passes() -> None:
    assert check_gold.row_faults(row(), row()["text"]) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"event": "EXPEL"},
        {"quad": 4},
        {"mode": "riot"},
        {"cameo": "010"},
        {"status": "past"},
        {"date": "2020-1"},
        {"words": "threw out"},
        {"event_alt": ["SANCTION"]},
        {"source": [{"text": "Gozo", "code": "MLT", "sector": None}]},
        {"target": [{"text": "envoys", "code": "Mlt", "sector": None}]},
        {"target": [{"text": "envoys", "code": "MLT", "sector": "DIP"}]},
        {"voice": [{"text": "Malta", "code": "MLT", "kind": "official"}]},
    ],
)
def test_a_bad_event_is_named(changes: dict[str, Any]) -> None:
    assert check_gold.row_faults(row(**changes), row()["text"])


def test_near_duplicates_are_found() -> None:
    twice = [{"id": i, "text": f"The {i} envoys of Malta were expelled by the new government"} for i in ("two", "nine")]
    assert check_gold.duplicates(twice) == ["near-duplicates: two nine"]
