"""Who can act: one actor for one phrase, with the code and sector that its words tell."""

from __future__ import annotations

import pytest

from tests.code.telling import parsed
from visavis.code.actors import Actor, find_actors, find_places
from visavis.code.mentions import find_mentions
from visavis.code.references import Memory
from visavis.lexicon import load

LEXICON = load()


def actors(text: str, when: str | None = None, memory: Memory | None = None) -> tuple[Actor, ...]:
    return find_actors(parsed(text), 0, LEXICON, memory or Memory(), when)


def told(text: str, when: str | None = None) -> list[tuple[str, str, str]]:
    """(root word, code, sector) of each party."""
    doc = parsed(text)
    found = find_actors(doc, 0, LEXICON, Memory(), when)
    return [(doc[a.root].text, p.code, p.sector) for a in found for p in a.parties]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Turkish Foreign Minister Mevlüt Çavuşoğlu visited Moscow.",
            [("Çavuşoğlu", "TUR", "GOV"), ("Moscow", "RUS", "GOV")],
        ),
        ("Russian diplomats left.", [("diplomats", "RUS", "GOV")]),
        ("Russian troops attacked Syrian rebels.", [("troops", "RUS", "MIL"), ("rebels", "SYR", "REB")]),
        ("The Russian invasion of Ukraine continued.", [("Russian", "RUS", ""), ("Ukraine", "UKR", "")]),
        ("Beijing's decision angered Washington.", [("Beijing", "CHN", "GOV"), ("Washington", "USA", "GOV")]),
        ("EU foreign ministers condemned Belarus.", [("ministers", "EUR", "GOV"), ("Belarus", "BLR", "")]),
        ("Iran's parliament rejected the bill.", [("parliament", "IRN", "LEG")]),
        ("Wang Yi, China's foreign minister, met Sergei Lavrov.", [("Yi", "CHN", "GOV"), ("Lavrov", "RUS", "GOV")]),
        ("Chinese Foreign Ministry spokesman Zhao Lijian left.", [("Lijian", "CHN", "GOV")]),
        (
            "Ukraine's President Volodymyr Zelenskyy thanked Britain.",
            [("Zelenskyy", "UKR", "GOV"), ("Britain", "GBR", "")],
        ),
        ("Hundreds of Iranian students gathered.", [("Hundreds", "IRN", "EDU")]),
        ("Israeli soldiers arrested 40 Palestinians.", [("soldiers", "ISR", "MIL"), ("Palestinians", "PSE", "CVL")]),
        ("Rebels in Darfur seized a town.", [("Rebels", "SDN", "REB")]),
        ("The president of Armenia spoke.", [("president", "ARM", "GOV")]),
        ("Gazprom officials met Hamas fighters.", [("officials", "RUS", "BUS"), ("fighters", "PSE", "REB")]),
        ("The Azerbaijan-Turkmenistan agreement was signed.", [("Azerbaijan", "AZE", ""), ("Turkmenistan", "TKM", "")]),
        ("Former Georgian President Mikheil Saakashvili returned.", [("Saakashvili", "GEO", "ELI")]),
    ],
)
def test_an_actor_is_read_from_its_phrase(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text) == expected


def test_conjoined_nationalities_share_their_head() -> None:
    assert told("Turkish and Azerbaijani officials agreed.") == [
        ("officials", "TUR", "GOV"),
        ("officials", "AZE", "GOV"),
    ]
    assert told("The leaders of France and Germany agreed.") == [("leaders", "FRA", "GOV"), ("leaders", "DEU", "GOV")]


def test_a_nationality_in_the_words_beats_the_lexicon() -> None:
    assert told("Belgian Foreign Minister Sergei Lavrov resigned.")[0][1] == "BEL"


def test_an_unknown_name_keeps_what_grammar_tells() -> None:
    ((_, code, sector),) = told("Qatari Defense Minister Khalid Al-Nobody resigned.")
    assert (code, sector) == ("QAT", "GOV")
    (found,) = actors("Yesterday President Zork Blatherskite resigned.")
    assert (found.parties[0].code, found.parties[0].sector, found.parties[0].how) == ("", "GOV", "title")


def test_attitudes_and_backers_are_not_nationalities() -> None:
    assert ("separatists", "RUS", "REB") not in told("Russian-backed separatists shelled the town.")
    assert all(code != "USA" for _, code, _ in told("Anti-American protesters burned flags."))


def test_a_place_is_not_an_actor_but_is_told() -> None:
    text = "The Czech embassy in Moscow protested after talks in Vienna and a summit in the Uzbek city of Samarkand."
    doc = parsed(text)
    found = find_actors(doc, 0, LEXICON, Memory(), None)
    assert [p.code for a in found for p in a.parties] == ["CZE"]
    assert {p.code for p in find_places(doc, find_mentions(text, LEXICON), found)} >= {"RUS", "AUT", "UZB"}


def test_offsets_are_those_of_the_article() -> None:
    article = "Quiet day. Russian troops left Syria."
    doc = parsed(article[11:])
    (party,) = find_actors(doc, 11, LEXICON, Memory(), None)[0].parties
    assert article[party.start : party.end] == party.words == "Russian troops"


def test_the_date_decides_who_is_in_office() -> None:
    assert told("Angela Merkel spoke.", "2015-01-01")[0][2] == "GOV"
    assert told("Angela Merkel spoke.", "2023-01-01")[0][2] == "ELI"
