"""The learned weigher: probabilities that sum to one, from shipped numbers alone, the same each time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.code.telling import act_at
from visavis.code.features import features
from visavis.code.weigh import NONE, Weigher, load_weigher
from visavis.lexicon.ontology import TYPES


def small() -> Weigher:
    weights = np.array([[2.0, 0.0, 0.0], [0.0, 0.0, 3.0]], dtype=np.float32)
    return Weigher({"gave": 0, "rain": 1}, ("AID", "ACCUSE", NONE), weights, np.zeros(3, dtype=np.float32), "v")


def test_labels_are_the_types_and_no_event() -> None:
    assert set(load_weigher().labels) <= {*TYPES, NONE} and NONE in load_weigher().labels


@given(st.dictionaries(st.sampled_from(["gave", "rain", "unheard of"]), st.floats(-5, 5)))
def test_probabilities_sum_to_one(found: dict[str, float]) -> None:
    p = small().probabilities(found)
    assert p.sum() == pytest.approx(1, abs=1e-5) and (p >= 0).all()


def test_no_event_is_weighed_apart_from_the_types() -> None:
    verdict = small().weigh({"rain": 1.0})
    assert verdict.type in ("AID", "ACCUSE") and verdict.none > 0.8
    assert small().weigh({"gave": 1.0}).type == "AID"


def test_features_that_nobody_learned_change_nothing() -> None:
    assert small().weigh({"unheard of": 9.0}) == small().weigh({})


def test_names_of_parties_are_masked_from_the_words_it_learns() -> None:
    told = []
    for name in ("Togo", "Mali"):
        act = act_at(f"{name} expelled a diplomat.", "expelled")
        assert act is not None
        told.append(features(act.head.doc, act, "happened", frozenset({0}), (1, 0)))
    assert told[0] == told[1]
    assert {"head=expel", "dobj=diplomat", "rule=SANCTION", "nsubj=ACTOR"} <= set(told[0])
