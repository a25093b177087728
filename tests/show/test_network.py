"""The network shows the ties that the counts hold, at the date that was asked for, in places that stay."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.show import samples
from visavis.align.events import event_counts
from visavis.align.lift import two_axes
from visavis.errors import QueryError
from visavis.show.counted import Past, past_of, standing
from visavis.show.names import names
from visavis.show.network import GAP, HEIGHT, WIDTH, fetch_network
from visavis.show.places import places
from visavis.store import Record


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """Two friends and their common enemy; the enemy's ties are younger, one of them undated."""
    events = [samples.event(f"f{n}", "CONSULT", 1, ("CHN", "RUS"), (), f"2020-0{n + 1}-01") for n in range(6)]
    events += [samples.event(f"e{n}", sources=("USA",), targets=("RUS",), date=f"2021-0{n + 1}-01") for n in range(5)]
    events += [samples.event(f"g{n}", sources=("CHN",), targets=("USA",), date="2022-01-01") for n in range(3)]
    events += [samples.event("undated", sources=("CHN",), targets=("USA",), date=None)]
    # One story tells one pair and type once: each event gets a story of its own.
    rows = [
        type(e)(**{name: getattr(e, name) for name in e.__struct_fields__} | {"story_id": e.event_id}) for e in events
    ]
    return Record.create(tmp_path_factory.mktemp("network") / "r").commit("test", {"events": rows})


@pytest.fixture(scope="module")
def past(record: Record) -> Past:
    return past_of(record)


def test_ties_have_their_sign_and_their_counts(past: Past) -> None:
    view = fetch_network(past, names(), sure=0.0)
    ties = {(tie.a, tie.b): tie for tie in view.ties}
    assert {pair: tie.net > 0 for pair, tie in ties.items()} == {
        ("CHN", "RUS"): True,
        ("CHN", "USA"): False,
        ("RUS", "USA"): False,
    }
    assert (ties["CHN", "USA"].conflictual, ties["CHN", "RUS"].cooperative) == (4, 6)
    assert (view.good, view.bad, view.frustration, view.proven) == (1, 2, 0, True)
    assert view.camps == (("CHN", "RUS"), ("USA",)) or view.camps == (("RUS", "CHN"), ("USA",))
    assert not any(tie.against for tie in view.ties)
    triangle = next(line for line in view.balances if line.measure == "triangle")
    assert (triangle.value, triangle.null_mean) == (
        1.0,
        1.0,
    )  # one triangle with two bad ties is balanced however they lie


def test_a_date_counts_nothing_that_came_later(past: Past) -> None:
    early = fetch_network(past, names(), at="2020-12", sure=0.0)
    assert [(tie.a, tie.b) for tie in early.ties] == [("CHN", "RUS")]
    later = fetch_network(past, names(), at="2022", sure=0.0)
    assert {(tie.a, tie.b): tie.conflictual for tie in later.ties}[
        "CHN", "USA"
    ] == 3  # the undated one is in "all" only
    assert past.dates[0] == "2020-01" and past.dates[-2:] == ("2022-01", "all")
    assert fetch_network(past, names(), at="1999-01", sure=0.0).ties == ()


def test_a_tie_needs_events_and_must_be_clear(past: Past) -> None:
    pairs = [[(tie.a, tie.b) for tie in fetch_network(past, names(), sure=0.0, least=n).ties] for n in (1, 4, 5, 7)]
    assert list(map(len, pairs)) == [3, 3, 2, 0] and ("CHN", "USA") not in pairs[2]
    view = fetch_network(past, names(), least=5)
    assert all(abs(tie.net) > tie.se for tie in view.ties) and len(view.ties) + view.weak == 3


def test_places_are_the_same_at_every_date(past: Past) -> None:
    early, late = (fetch_network(past, names(), at=at) for at in ("2020-12", "2022-01"))
    assert [(node.code, node.x, node.y) for node in early.nodes] == [(node.code, node.x, node.y) for node in late.nodes]


def test_recent_memory_is_the_lift_of_all_counts(record: Record, past: Past) -> None:
    months = event_counts(record)
    assert (months.states, months.periods) == (past.months.states, past.months.periods)
    net = two_axes(months.cooperative, months.conflictual).net
    now = standing(past, months.periods[-1], "recent")
    assert np.allclose(now.net, net.value[-1]) and np.allclose(now.se, net.se[-1])


def test_what_is_no_date_and_no_memory_is_told(past: Past) -> None:
    for at, memory in (("yesterday", "whole"), ("2020-13", "whole"), ("20", "whole"), ("all", "short")):
        with pytest.raises(QueryError):
            standing(past, at, memory)


def test_a_record_without_events_has_an_empty_network(tmp_path) -> None:
    view = fetch_network(past_of(Record.create(tmp_path / "r")), names())
    assert (view.nodes, view.ties, view.camps, view.dates) == ((), (), (), ("all",))


_matrix = st.integers(0, 14).flatmap(
    lambda n: arrays(np.float64, (n, n), elements=st.sampled_from([-1.5, -0.4, 0, 0.6, 2]))
)


@settings(max_examples=40, deadline=None)
@given(_matrix)
def test_nothing_lies_outside_the_frame_or_on_top_of_another(matrix: np.ndarray) -> None:
    ties = np.triu(matrix, 1) + np.triu(matrix, 1).T
    at = places(ties, WIDTH, HEIGHT, GAP)
    assert np.isfinite(at).all() and (at >= 0).all() and (at <= (WIDTH, HEIGHT)).all()
    apart = np.linalg.norm(at[:, None] - at[None], axis=2)
    assert len(at) < 2 or apart[np.triu_indices(len(at), 1)].min() > GAP * 0.8
    assert (places(ties, WIDTH, HEIGHT, GAP) == at).all()


def test_friends_stand_nearer_than_enemies() -> None:
    ties = np.array([[0, 2, -2, 0], [2, 0, -2, 0], [-2, -2, 0, 0], [0, 0, 0, 0]], dtype=float)
    at = places(ties, WIDTH, HEIGHT, GAP)
    assert np.linalg.norm(at[0] - at[1]) < min(np.linalg.norm(at[0] - at[2]), np.linalg.norm(at[1] - at[2]))
