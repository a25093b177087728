"""The panel: whoever asks, for all dyads alive or for one, gets the same parts; nothing on or after the day is in them."""

from __future__ import annotations

import numpy as np
import pytest

from tests.forecast.acts import START, bursty
from visavis.forecast.chances.panel import PARTS, Moment, read_panel

ACTS = bursty()
DAY = START.toordinal() + 700


@pytest.mark.parametrize("name", ["threaten", "verbal conflict", "any"])
def test_one_dyad_has_the_parts_it_has_among_all(name: str) -> None:
    moment = Moment(ACTS, DAY)
    whole = read_panel(moment, name, 30)
    single = read_panel(Moment(ACTS, DAY), name, 30, moment.alive[:9].copy())
    assert np.allclose(whole.parts[:9], single.parts, atol=1e-12)
    assert whole.parts.shape == (len(moment.alive), len(PARTS)) and (whole.parts >= 0).all()
    assert (whole.came[:9] == single.came).all()


def test_nothing_on_or_after_the_day_is_in_the_parts() -> None:
    past, whole = Moment(ACTS.before(DAY), DAY), Moment(ACTS, DAY)
    assert (past.alive == whole.alive).all()
    assert (read_panel(past, "threaten", 30).parts == read_panel(whole, "threaten", 30).parts).all()
    assert read_panel(past, "threaten", 30).came.sum() == 0 < read_panel(whole, "threaten", 30).came.sum()


def test_a_short_history_lends_an_own_rate_few_days() -> None:
    early, late = Moment(ACTS, START.toordinal() + 20), Moment(ACTS, DAY)
    assert early.exposure < 20 < 300 < late.exposure < 347
