"""No figure of the coder falls below its floor; a floor falls only when somebody says so aloud.

A fall fails. To accept one: VISAVIS_LOWER_FLOORS=1 python -m tests.accuracy.figures --raise, and say why in the commit.
"""

from __future__ import annotations

import pytest

from tests.accuracy.figures import CORPORA, figures, fingerprint, floor_for, floors, holds, raised, report

pytestmark = pytest.mark.accuracy


@pytest.mark.parametrize("name", CORPORA)
def test_no_figure_falls_below_its_floor(name: str) -> None:
    corpus = CORPORA[name]
    if not corpus.path.exists():
        pytest.skip(f"needs {name}.jsonl in ../shared/data/events beside the checkout")
    known = floors()[name]
    assert known["fingerprint"] == fingerprint(corpus), f"{name} has changed: python -m tests.accuracy.figures --raise"
    found = figures(report(corpus))
    assert set(found) == set(known["floors"])
    fallen = {n: (v, known["floors"][n]) for n, v in found.items() if not holds(n, v, known["floors"][n])}
    assert not fallen, f"below the floor (figure, floor): {fallen}"


def test_floors_rise_by_themselves_and_fall_only_when_told() -> None:
    old = {"fingerprint": "a", "floors": {"type": 0.7, "false alarms": 0.05}}
    worse = {"fingerprint": "a", "floors": {"type": 0.6, "false alarms": 0.09}}
    better = {"fingerprint": "a", "floors": {"type": 0.8, "false alarms": 0.03}}
    assert raised(old, worse, may_fall=False) == old
    assert raised(old, worse, may_fall=True) == worse
    assert raised(old, better, may_fall=False) == better
    assert raised(old, worse | {"fingerprint": "b"}, may_fall=False)["floors"] == worse["floors"]


def test_a_floor_stands_clear_of_noise_on_the_right_side() -> None:
    assert floor_for("type", 0.75) == 0.73 and holds("type", 0.74, 0.73) and not holds("type", 0.72, 0.73)
    assert floor_for("false alarms", 0.05) == 0.07 and not holds("false alarms", 0.08, 0.07)
