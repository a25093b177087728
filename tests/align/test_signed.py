"""Balance says how far a network is from two camps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.align.samples import field_file
from visavis.align.signed import sign_null, signed_from_matrix, signed_graph, triangle_balance, walk_balance
from visavis.errors import InputError
from visavis.store.imports.signed import read_signed

TWO_CAMPS = [("a", "b", 1), ("c", "d", 1), ("a", "c", -1), ("a", "d", -1), ("b", "c", -1), ("b", "d", -1)]


def test_two_camps_are_balanced_in_every_way() -> None:
    graph = signed_graph(TWO_CAMPS)
    assert triangle_balance(graph) == 1.0
    assert walk_balance(graph) == pytest.approx(1.0)


def test_three_enemies_are_not() -> None:
    graph = signed_graph([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    assert triangle_balance(graph) == 0.0
    assert walk_balance(graph) < 1.0


def test_a_network_without_triangles_has_no_triangle_balance() -> None:
    assert triangle_balance(signed_graph([("a", "b", -1), ("b", "c", 1)])) is None


def test_walk_balance_holds_where_the_exponential_would_overflow() -> None:
    size = 900
    graph = signed_from_matrix(tuple(f"s{i:03}" for i in range(size)), np.ones((size, size)))
    assert walk_balance(graph) == pytest.approx(1.0)


@pytest.mark.parametrize("edge", [("a", "a", 1), ("a", "b", 0), ("b", "a", -1)])
def test_a_tie_that_makes_no_sense_is_refused(edge: tuple[str, str, int]) -> None:
    with pytest.raises(InputError):
        signed_graph([("a", "b", 1), edge])


@given(st.lists(st.sampled_from([1, -1]), min_size=10, max_size=10), st.permutations(range(5)))
def test_names_do_not_matter(signs: list[int], order: list[int]) -> None:
    pairs = [(i, j) for i in range(5) for j in range(i)]
    one = signed_graph((f"n{i}", f"n{j}", s) for (i, j), s in zip(pairs, signs, strict=True))
    two = signed_graph((f"n{order[i]}", f"n{order[j]}", s) for (i, j), s in zip(pairs, signs, strict=True))
    assert triangle_balance(one) == triangle_balance(two)
    assert walk_balance(one) == pytest.approx(walk_balance(two))


def test_the_highland_tribes_have_the_published_balance() -> None:
    graph = signed_graph(*read_signed(field_file("signed_tribes_gahuku_gama.csv")))
    assert triangle_balance(graph) == pytest.approx(0.8676471, abs=5e-8)
    assert walk_balance(graph) == pytest.approx(0.3575761, abs=5e-8)


def test_the_null_shows_that_the_tribes_are_no_accident() -> None:
    graph = signed_graph(*read_signed(field_file("signed_tribes_gahuku_gama.csv")))
    null = sign_null(graph, 99, seed=4)
    assert null == sign_null(graph, 99, seed=4)
    assert null["triangle_p"] == 0.01
    assert null["walk_p"] == 0.01
