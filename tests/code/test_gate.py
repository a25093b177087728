"""What is not parsed holds no event: coding with the gate and without it gives the same rows."""

from __future__ import annotations

import random

import pytest

from tests.code.stock import DUMPS
from visavis.code import Coder
from visavis.code.gate import LONGEST, gate, may_mean_somebody
from visavis.code.sentences import sentences
from visavis.lexicon import load
from visavis.records import Document

# Sentences in which nobody is named, nobody is meant, or somebody is meant only by what was said before.
AROUND = (
    "the talks went on until late at night, as expected.",
    "Prices rose again.",
    "Police fired tear gas and arrested thirty people.",
    "According to Melendez, they had been warned twice.",
    "The bloc then imposed sanctions; both sides recalled ambassadors.",
    "Authorities seized 21 aircraft.",
    "melons, plums and cherries were sold by the road.",
    "De Grazia has denounced the army.",
)


def article(seed: int) -> Document:
    dice = random.Random(seed)
    pool = [s.text for path in DUMPS for s in sentences(path.read_text("utf-8")) if len(s.text) < 300]
    told = [dice.choice(AROUND) if dice.random() < 0.5 else dice.choice(pool) for _ in range(24)]
    return Document(article_id=f"{seed:016x}", text=" ".join(told))


def test_the_gate_changes_no_row() -> None:
    documents = [article(seed) for seed in range(4)]
    gated, thorough = list(Coder().code(documents)), list(Coder(thorough=True).code(documents))
    assert gated == thorough
    assert sum(map(len, gated)) > 20


def test_the_gate_leaves_something_out() -> None:
    documents = [article(seed) for seed in range(4)]
    kept = sum(len(gate(d.text, load())) for d in documents)
    assert kept < 0.95 * sum(len(sentences(d.text)) for d in documents)


def test_an_article_that_names_nobody_known_is_not_parsed() -> None:
    assert gate("He met Mr Melendez. Police arrested them both.", load()) == []
    assert len(gate("He met Mr Melendez in Oslo. Police arrested them both.", load())) == 2


def test_a_table_is_no_sentence() -> None:
    assert gate("Norway " * LONGEST, load(), thorough=True) == []


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("prices rose again.", False),
        ("Prices rose again.", True),
        ("However, prices rose.", False),
        ("However, Smith rose.", True),
        ("However, its price rose.", True),
        ("However, the police came.", True),
        ("the kingdom grew.", True),
        ("1998: none.", False),
        ("", False),
    ],
)
def test_who_may_be_meant(text: str, may: bool) -> None:
    assert may_mean_somebody(text, load()) is may
