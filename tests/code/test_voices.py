"""Voices: who says so, through how many mouths, named or not, quoted or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visavis.code.parse import load_parser, parse
from visavis.code.quotes import find_quotations
from visavis.code.voices import Speech, find_voices, vouching
from visavis.records import Party, Voice

_SENTENCES = Path(__file__).resolve().parent / "voice_sentences.jsonl"


def voices(text: str, word: str) -> tuple[Voice, ...]:
    doc = next(parse([text], load_parser()))
    return find_voices(doc, next(t.i for t in doc if t.text == word), (), Speech.of(text))


def names(text: str, word: str) -> list[str]:
    return [v.name for v in voices(text, word)]


def f1(half: str) -> float:
    right = given = gold = 0
    for row in map(json.loads, _SENTENCES.read_text(encoding="utf-8").splitlines()):
        if row["half"] != half:
            continue
        left = [name.lower() for name in names(row["text"], row["trigger"])]
        given, gold = given + len(left), gold + len(row["voices"])
        for expected in row["voices"]:
            hit = next((name for name in left if expected.lower() in name), None)
            if hit is not None:
                left.remove(hit)
                right += 1
    return 2 * right / (given + gold)


def test_speakers_of_the_half_that_rules_were_written_on() -> None:
    assert f1("tune") >= 0.9


def test_speakers_of_the_unseen_half() -> None:
    assert f1("unseen") >= 0.7


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Tass had quoted Lavrov as saying that Moscow would close two consulates.", "close", ["Tass", "Lavrov"]),
        ("As Wang Yi said, China has opened its market to foreign banks.", "opened", ["Wang Yi"]),
        ("Lavrov accused Washington of arming the rebels.", "accused", []),
        ("The militia claims to have shot down a drone.", "shot", ["The militia"]),
        ("The prime minister's message was that Athens will defend its airspace.", "defend", ["The prime minister"]),
    ],
)
def test_chains_and_forms_of_attribution(text: str, word: str, expected: list[str]) -> None:
    assert [name.removesuffix("'s") for name in names(text, word)] == expected


def test_nobody_vouches_for_what_was_not_said() -> None:
    assert names("Riyadh did not say whether it had financed the group.", "financed") == []


def test_a_source_without_a_name_is_anonymous_and_a_known_office_is_not() -> None:
    assert voices("Officials who spoke on condition of anonymity said the army had shelled the village.", "shelled")[
        0
    ].anonymous
    assert not voices("The foreign minister said the army had shelled the village.", "shelled")[0].anonymous


def test_a_quotation_keeps_its_speaker_in_the_next_sentence() -> None:
    text = "“The blockade is over,” Haftar told the parliament. “Our troops have left the port.”"
    found = voices(text, "left")
    assert [(v.name, v.quoted) for v in found] == [("Haftar", True)]


def test_unbalanced_and_running_quotations_end_where_they_should() -> None:
    unbalanced = (
        "Wang said that “Both have forged a fortress against the “virus” and stand together. Nobody else spoke."
    )
    (quotation,) = find_quotations(unbalanced)
    assert unbalanced[quotation.start : quotation.end].endswith("stand together.")
    running = "The minister added: “We have closed the straits.\n\n“We have told our allies about it.” He left."
    (quotation,) = find_quotations(running)
    assert quotation.speaker == "The minister"
    assert running[quotation.end :].startswith("” He left")


def test_an_actor_is_no_witness_to_his_own_words_but_his_spokesman_is() -> None:
    georgia = Voice(name="Georgia", code="GEO", start=0, end=7)
    assert vouching((georgia,), (Party(code="GEO", how="pronoun", start=23, end=25),), "SANCTION") == ()
    minister = Voice(name="its minister", code="SVK", start=50, end=62)
    assert vouching((minister,), (Party(code="SVK", start=0, end=8),), "REQUEST") == (minister,)
    assert vouching((georgia,), (Party(code="GEO", how="pronoun", start=23, end=25),), "SANCTION", "denied") == (
        georgia,
    )
