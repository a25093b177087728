"""Who acts and who receives: grammar first, the prepositions of the type next, and no guess of direction."""

from __future__ import annotations

import pytest

from tests.code.telling import act_at, actors_of, told
from visavis.code.roles import RoleFinder, Roles


def roles(text: str, word: str) -> Roles:
    act = act_at(text, word)
    assert act is not None
    return RoleFinder(actors_of(act.head.doc)).roles(act)


def codes(text: str, word: str) -> tuple[list[str], list[str]]:
    found = roles(text, word)
    sources, targets = ([p.code for a in side for p in a.parties] for side in (found.sources, found.targets))
    return sources, targets


@pytest.mark.parametrize(
    ("text", "word", "sources", "targets"),
    [
        ("Togo condemned Mali.", "condemned", ["TGO"], ["MLI"]),
        ("Mali was condemned by Togo.", "condemned", ["TGO"], ["MLI"]),
        ("Togo imposed sanctions on Mali.", "imposed", ["TGO"], ["MLI"]),
        ("Togo and Mali met in Accra.", "met", ["TGO", "MLI"], []),
        ("Togo met Mali.", "met", ["TGO", "MLI"], []),
        ("Togo demanded that Mali free the prisoners.", "demanded", ["TGO"], ["MLI"]),
        ("Togo gave Mali aid.", "gave", ["TGO"], ["MLI"]),
        ("Togo suffered an attack by Mali.", "suffered", ["MLI"], ["TGO"]),
        ("US forces bombed Syria.", "bombed", ["USA"], ["SYR"]),
        ("A group of Iranian soldiers attacked Iraq.", "attacked", ["IRN"], ["IRQ"]),
        ("The Turkish bombing of Syria lasted.", "bombing", ["TUR"], ["SYR"]),
    ],
)
def test_sources_and_targets(text: str, word: str, sources: list[str], targets: list[str]) -> None:
    assert codes(text, word) == (sources, targets)


def test_the_way_to_the_target_is_told() -> None:
    assert roles("Togo condemned Mali.", "condemned").how == "object"
    assert roles("Togo imposed sanctions on Mali.", "imposed").how != "object"


def test_whoever_receives_is_the_target() -> None:
    assert told("Togo received aid from Mali.") == ["AID MLI > TGO"]


def test_an_act_with_nobody_around_has_parties_without_codes() -> None:
    sources, targets = codes("Troops were withdrawn.", "withdrawn")
    assert not any(sources + targets)


def test_the_last_of_a_list_belongs_to_it_though_the_parse_gives_it_to_the_next_verb() -> None:
    text = (
        "As the expulsions of Iranian diplomats from Peru, Chile, Ghana and the Czech Republic show, patience is short."
    )
    assert told(text) == ["SANCTION PER CHL GHA CZE > IRN"]
