"""The types, their map from CAMEO and the algebra of verbal acts hang together, and the page that describes them is up to date."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.lexicon.ontology import (
    CESSATION,
    DEMAND,
    INTENSITY,
    INTENT,
    QUAD,
    REFUSAL,
    ROOT_CODE,
    THREAT,
    TYPES,
    compose,
    quad_of,
    type_of_cameo,
)

ROOT = Path(__file__).resolve().parents[2]
KINDS = [(INTENT, "AGREE"), (DEMAND, "REQUEST"), (REFUSAL, "REJECT"), (THREAT, "THREATEN")]


def test_there_are_sixteen_types_each_with_quad_intensity_and_a_code_of_its_own() -> None:
    assert len(TYPES) == 16
    assert set(QUAD) == set(INTENSITY) == set(ROOT_CODE)
    assert {type_of_cameo(code): name for name, code in ROOT_CODE.items()} == {name: name for name in TYPES}


def test_intensity_has_the_sign_of_the_quad_class() -> None:
    assert all((INTENSITY[name] > 0) == (quad_of(name) <= 2) for name in TYPES)
    assert all(-10 <= value <= 10 for value in INTENSITY.values())


def test_the_decisions_on_known_faults() -> None:
    assert quad_of("SANCTION") == 3
    assert INTENSITY["ACCUSE"] == -2.0
    assert {type_of_cameo(code) for code in ("20", "200", "2042")} == {"ASSAULT"}
    assert type_of_cameo("0813") == type_of_cameo("0814") == "CONCEDE"
    assert type_of_cameo("163") == "SANCTION"


def test_a_code_is_text_and_its_longest_prefix_decides() -> None:
    assert (type_of_cameo("010"), type_of_cameo("10"), type_of_cameo("02")) == (None, "REQUEST", None)
    assert (type_of_cameo("1712"), type_of_cameo("171"), type_of_cameo("191"), type_of_cameo("190")) == (
        "ASSAULT",
        "COERCE",
        "COERCE",
        "ASSAULT",
    )
    assert type_of_cameo("") is None and type_of_cameo("99") is None


@pytest.mark.parametrize(("table", "kind"), KINDS)
def test_each_table_yields_codes_of_its_own_type(table: dict[str, str], kind: str) -> None:
    assert {type_of_cameo(code) for code in table.values()} == {kind}


def test_ending_a_good_thing_is_a_sanction_and_ending_a_bad_one_gives_way() -> None:
    for inner, whole in CESSATION.items():
        good = quad_of(type_of_cameo(inner) or "") <= 2
        expected = {"SANCTION"} if good else {"CONCEDE", "RETREAT", "SUPPORT"}
        assert type_of_cameo(whole) in expected, inner


@pytest.mark.parametrize(
    ("table", "inner", "whole"),
    [
        (INTENT, "085", "0354"),
        (INTENT, "0711", "0331"),
        (DEMAND, "087", "1056"),
        (REFUSAL, "045", "126"),
        (THREAT, "196", "138"),
        (CESSATION, "07", "162"),
        (CESSATION, "01", None),
        (INTENT, None, "030"),
    ],
)
def test_the_longest_prefix_gives_the_code_of_the_whole(
    table: dict[str, str], inner: str | None, whole: str | None
) -> None:
    assert compose(table, inner) == whole


@given(st.text(alphabet="0123456789", max_size=5))
def test_any_code_has_a_whole_under_promise_demand_refusal_and_threat(code: str) -> None:
    assert all(compose(table, code) in table.values() for table, _ in KINDS)


def test_an_unknown_type_is_an_error() -> None:
    with pytest.raises(KeyError):
        quad_of("FIGHT")


def test_the_page_holds_the_tables_as_they_are() -> None:
    make = runpy.run_path(str(ROOT / "scripts" / "make_ontology_docs.py"))
    text = (ROOT / "docs" / "ontology.md").read_text(encoding="utf-8")
    assert make["page"](text) == text, "run scripts/make_ontology_docs.py"
    assert all(re.search(rf"^\| {name} \| {QUAD[name]} ", text, re.MULTILINE) for name in TYPES)
