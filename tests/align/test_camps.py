"""Camps are found where there are some, and a state between them has a small margin."""

from __future__ import annotations

import numpy as np
import pytest

from visavis.align.camps import Array, find_camps


def blocks(sizes: tuple[int, ...], noise: float = 0.0, seed: int = 0) -> Array:
    member = np.repeat(np.arange(len(sizes)), sizes)
    ties = np.where(member[:, None] == member[None, :], 1.0, -1.0)
    shaken = np.triu(np.random.default_rng(seed).random(ties.shape) < noise, 1)
    ties[shaken | shaken.T] *= -1
    np.fill_diagonal(ties, 0.0)
    return ties


def test_three_camps_are_found_through_noise() -> None:
    found = find_camps(blocks((12, 9, 7), noise=0.1))
    assert found.member.tolist() == [0] * 12 + [1] * 9 + [2] * 7
    assert (found.margin > 0).all()


def test_a_state_that_stands_between_has_the_smallest_margin() -> None:
    ties = blocks((6, 6))
    ties[0, 1:6] = ties[1:6, 0] = [1, 1, -1, 0, 0]
    ties[0, 6:] = ties[6:, 0] = [1, -1, 0, 0, 0, 0]
    found = find_camps(ties)
    assert int(found.margin.argmin()) == 0


def test_the_same_seed_gives_the_same_camps_and_order_does_not_matter() -> None:
    ties = blocks((8, 7), noise=0.15, seed=2)
    one, two = find_camps(ties, seed=5), find_camps(ties, seed=5)
    assert np.array_equal(one.member, two.member)
    order = np.random.default_rng(1).permutation(15)
    turned = find_camps(ties[order][:, order], seed=5)
    assert turned.quality == pytest.approx(one.quality)


def test_without_ties_everybody_is_undecided() -> None:
    found = find_camps(np.zeros((4, 4)))
    assert found.quality == 0.0
    assert np.all(found.margin == 0)
