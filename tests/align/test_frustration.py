"""The frustration index is the fewest ties in the way of balance, and says when it is not proven."""

from __future__ import annotations

import csv
import gzip
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.align.samples import field_file
from visavis.align.frustration import frustrated, frustration_index, local_search
from visavis.align.signed import SignedGraph, signed_graph
from visavis.store.imports.signed import read_signed

Signs = dict[tuple[int, int], int]
signs_of_six = st.dictionaries(
    st.sampled_from([(i, j) for j in range(6) for i in range(j)]), st.sampled_from([1, -1]), min_size=1
)


def graph_of(signs: Signs) -> SignedGraph:
    return signed_graph((f"n{a}", f"n{b}", sign) for (a, b), sign in signs.items())


@settings(max_examples=40, deadline=None)
@given(signs_of_six)
def test_it_is_what_trying_every_division_finds(signs: Signs) -> None:
    graph = graph_of(signs)
    found = frustration_index(graph)
    every = (np.array(sides) for sides in product((0, 1), repeat=len(graph.names)))
    assert found.count == min(frustrated(graph.ends, graph.signs, sides) for sides in every)
    assert found.proven


@settings(max_examples=40, deadline=None)
@given(signs_of_six)
def test_the_division_that_is_given_attains_it(signs: Signs) -> None:
    graph = graph_of(signs)
    found = frustration_index(graph)
    assert frustrated(graph.ends, graph.signs, np.array(found.sides)) == found.count


def test_blocks_that_share_a_node_are_turned_to_fit() -> None:
    graph = signed_graph(
        [("a", "b", -1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1), ("d", "e", -1), ("c", "e", -1), ("e", "f", -1)]
    )
    found = frustration_index(graph)
    assert found.count == 0
    assert frustrated(graph.ends, graph.signs, np.array(found.sides)) == 0


def test_a_network_without_ties_has_none() -> None:
    assert frustration_index(signed_graph([], ["a"])).count == 0


def test_the_highland_tribes_have_seven() -> None:
    found = frustration_index(signed_graph(*read_signed(field_file("signed_tribes_gahuku_gama.csv"))))
    assert (found.count, found.proven) == (7, True)


def test_the_monks_of_the_monastery_have_five() -> None:
    found = frustration_index(signed_graph(*read_signed(field_file("signed_sampson_monastery.graphml"))))
    assert (found.count, found.proven) == (5, True)


def window(name: str) -> SignedGraph:
    path = field_file("signed_cow_doreian_mrvar_1946_1999.csv.gz")
    with gzip.open(path, "rt") as lines:
        return signed_graph((r["a"], r["b"], int(r["sign"])) for r in csv.DictReader(lines) if r["window"] == name)


def test_the_local_search_reaches_the_optimum_of_a_world_of_states() -> None:
    graph = window("46-49")
    found = frustration_index(graph)
    sides = local_search(len(graph.names), graph.ends, graph.signs, np.random.default_rng(0), restarts=60)
    assert frustrated(graph.ends, graph.signs, sides) == found.count == 17


def test_an_index_that_is_not_proven_says_so_and_gives_a_bound() -> None:
    rng = np.random.default_rng(7)
    size = 60
    graph = signed_graph((f"n{i:02}", f"n{j:02}", int(rng.choice([-1, 1]))) for j in range(size) for i in range(j))
    found = frustration_index(graph, seconds=0.2)
    assert not found.proven
    assert 0 < found.bound < found.count


@pytest.mark.slow
def test_every_window_of_the_interstate_networks_is_proven() -> None:
    path = field_file("signed_cow_doreian_mrvar_1946_1999.csv.gz")
    with gzip.open(path, "rt") as lines:
        names = list(dict.fromkeys(row["window"] for row in csv.DictReader(lines)))
    assert len(names) == 51
    assert all(frustration_index(window(name)).proven for name in names)
