"""What an article has named lets its short names, pronouns and groups find their parties."""

from __future__ import annotations

import pytest

from tests.code.telling import parsed, told
from visavis.code.actors import find_actors
from visavis.code.references import Known, Memory
from visavis.lexicon import load
from visavis.records import Party

LEXICON = load()


def last(*sentences: str, home: str = "") -> dict[str, list[str]]:
    """The codes of each actor of the last sentence, by its words."""
    memory = Memory(home)
    for sentence in sentences:
        doc = parsed(sentence)
        found = find_actors(doc, 0, LEXICON, memory, None)
    return {doc[a.start : a.end].text: [p.code for p in a.parties] for a in found}


@pytest.mark.parametrize(
    ("sentences", "words", "codes"),
    [
        (("Chinese President Xi Jinping met Putin.", "He praised Russia."), "He", ["CHN"]),
        (("Iran signed the deal.", "It will open its ports."), "It", ["IRN"]),
        (("France and Germany met.", "Both countries condemned Iran."), "Both countries", ["FRA", "DEU"]),
        (("Saudi Arabia and Iran restored ties.", "The two sides exchanged envoys."), "The two sides", ["SAU", "IRN"]),
        (("Turkish rebels fled.", "They attacked a village."), "They", ["TUR"]),
        (("NATO met in Madrid.", "The alliance invited Finland."), "The alliance", ["NATO"]),
        (("The European Union met.", "The bloc sanctioned Belarus."), "The bloc", ["EUR"]),
        (("Egypt met Israel.", "Later the latter withdrew."), "the latter", ["ISR"]),
        (
            ("Bolivian Foreign Minister Zork Blatherskite spoke.", "Blatherskite attacked Peru."),
            "Blatherskite",
            ["BOL"],
        ),
        (("Poland hosted the summit.", "Its government thanked Sweden."), "Its government", ["POL"]),
    ],
)
def test_references_resolve(sentences: tuple[str, ...], words: str, codes: list[str]) -> None:
    assert last(*sentences)[words] == codes


def test_we_is_the_speaker() -> None:
    assert last("“We will answer,” Russian Foreign Minister Sergei Lavrov said.").get("We", ["RUS"]) == ["RUS"]


def test_a_pronoun_without_antecedent_is_no_actor() -> None:
    assert last("They attacked it.") == {}
    assert last("It is clear that talks failed.") == {}


def test_the_articles_own_state_fills_its_institutions() -> None:
    assert last("Parliament rejected the bill.", home="HUN")["Parliament"] == ["HUN"]


def test_memory_forgets_what_lies_far_back() -> None:
    memory = Memory()
    memory.begin()
    memory.note(Known(party=Party(code="IRN", name="Iran"), kind="state"))
    for _ in range(10):
        memory.begin()
    assert memory.it() is None
    assert memory.country() is not None


def test_a_pair_needs_two_states() -> None:
    memory = Memory()
    memory.begin()
    memory.note(Known(party=Party(code="IRN", name="Iran"), kind="state"))
    memory.note(Known(party=Party(code="IRN", name="Tehran"), kind="state"))
    assert memory.pair() == ()
    memory.note(Known(party=Party(code="IRQ", name="Iraq"), kind="state"))
    assert [k.party.code for k in memory.pair()] == ["IRN", "IRQ"]


def test_two_officials_of_a_named_state_are_nobody_who_was_named_before() -> None:
    assert told("Latvia met Estonia.", "Latvia expelled two Russian diplomats.") == [
        "CONSULT LVA EST",
        "SANCTION LVA > RUS",
    ]
    assert told("Kim Jong Un met Moon Jae-in.", "The two Korean leaders signed a treaty.") == [
        "CONSULT PRK KOR",
        "SUPPORT PRK KOR",
    ]
