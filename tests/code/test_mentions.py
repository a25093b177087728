"""Names are found as texts write them, where they stand, and only there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.code.mentions import Mention, find_mentions
from visavis.lexicon import load
from visavis.lexicon.forms import fold, folded

LEXICON = load()


def codes(text: str, when: str | None = None) -> list[str]:
    return [mention.code for mention in find_mentions(text, LEXICON, when)]


def one(text: str, when: str | None = None) -> Mention:
    (mention,) = find_mentions(text, LEXICON, when)
    return mention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Türkiye and Turkey are one.", ["TUR", "TUR"]),
        ("Côte d’Ivoire", ["CIV"]),
        ("the\u00a0United\u00a0States", ["USA"]),
        ("U.S.-led, US-backed", ["USA", "USA"]),
        ("Putin’s envoys; Çavuşoğlu’s visit; Cavusoglu's visit", ["RUS", "TUR", "TUR"]),
        ("A turkey in the china shop", []),
        ("TURKEY WARNS NATO", ["TUR", "NATO"]),
        ("who asked the WHO?", ["WHO"]),
        ("Nigerians, not Nigeriens, of Niger", ["NGA", "NER", "NER"]),
        ("The West Bank is not the West.", ["PSE", "WST"]),
        ("Guinea-Bissau and Equatorial Guinea, Papua New Guinea and Guinea", ["GNB", "GNQ", "PNG", "GIN"]),
        ("South Sudan, Sudan, North Korea", ["SSD", "SDN", "PRK"]),
        ("Chinatown, Indiana, Romania", ["ROU"]),
        ("Downing Street, Zhongnanhai, Foggy Bottom, the Kremlin", ["GBR", "CHN", "USA", "RUS"]),
        ("the Shanghai Cooperation Organisation (SCO)", ["SCO", "SCO"]),
    ],
)
def test_who_is_named(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Talks between militias in Tripoli shook Lebanon.", "LBN"),
        ("Troops left Tripoli at dawn.", "LBY"),
        ("Voters in Georgia and Alabama chose a Republican.", "USA"),
        ("Voters in Georgia chose a new president.", "GEO"),
        ("Congo's capital Brazzaville was calm.", "COG"),
    ],
)
def test_company_tells_namesakes_apart(text: str, code: str) -> None:
    assert code in codes(text)


def test_a_person_is_not_a_state() -> None:
    assert codes("Michael Jordan scored.") == []
    assert codes("Jordan closed its border.") == ["JOR"]


def test_an_office_has_its_time_but_the_country_stays() -> None:
    then, later = one("Medvedev", "2010-06-01"), one("President Medvedev", "2023-06-01")
    assert (then.code, then.office, then.current) == ("RUS", "President", True)
    assert later.code == "RUS"
    assert one("Medvedev", "1999-01-01").current is False
    assert one("Medvedev").current is True


def test_namesakes_are_told_apart_by_the_date() -> None:
    assert one("Assad", "1995-01-01").name == "Hafez al-Assad"
    assert one("Assad", "2015-01-01").name == "Bashar al-Assad"
    assert one("Mr Bush", "1991-02-01").name == "George Bush"
    assert one("Mr Bush", "2003-03-01").name == "George W. Bush"


def test_a_nationality_beside_the_name_decides() -> None:
    assert [m.code for m in find_mentions("South Korean President Kim", LEXICON)] == ["KOR", "KOR"]
    assert [m.code for m in find_mentions("North Korean leader Kim", LEXICON)] == ["PRK", "PRK"]


def test_an_unknown_first_name_makes_it_somebody_else() -> None:
    assert codes("Then Ingrid Putin laughed.") == []


def test_a_surname_that_is_a_plain_word_does_not_open_a_sentence() -> None:
    assert codes("Rice prices rose.") == []
    assert codes("Secretary Rice left.") == ["USA"]


def test_attitudes_are_marked() -> None:
    assert one("pro-Russian separatists").how == "attitude"
    assert one("anti-American slogans").how == "attitude"


def test_members_follow_the_date() -> None:
    before, after = one("NATO", "1998-01-01"), one("NATO", "2023-05-01")
    assert "POL" not in before.members
    assert {"POL", "FIN"} <= set(after.members) and "SWE" not in after.members
    assert "GBR" in one("the EU", "2015-01-01").members and "GBR" not in one("the EU").members


def test_a_users_entries_are_found_too(tmp_path: Path) -> None:
    table = tmp_path / "actors" / "organisations.csv"
    table.parent.mkdir()
    table.write_text(
        "code,name,other,kind,sector,called,source\nHANSA,Hanseatic League,Hansa,bloc,,league,a test\n",
        encoding="utf-8",
    )
    assert [m.code for m in find_mentions("The Hansa warned Denmark.", load(tmp_path))] == ["HANSA", "DNK"]


@given(st.text(max_size=200))
def test_any_text_gives_ordered_separate_mentions_that_quote_it(text: str) -> None:
    found = find_mentions(text, LEXICON)
    assert all(text[m.start : m.end] == m.words for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.lists(
        st.sampled_from(["Iran", "the EU", "Çavuşoğlu", "\u00a0", "e\u0301", "\u200b", "“", " and ", "ß", "İ", "\n"]),
        max_size=15,
    )
)
def test_offsets_survive_odd_characters(parts: list[str]) -> None:
    text = " ".join(parts)
    assert all(text[m.start : m.end] == m.words for m in find_mentions(text, LEXICON))


@given(st.text(max_size=100))
def test_folding_keeps_an_offset_for_every_character(text: str) -> None:
    plain, offsets = fold(text)
    assert len(plain) == (len(text) if offsets is None else len(offsets) - 1)
    assert folded(plain) == plain
