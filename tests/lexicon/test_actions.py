"""The action lexicon: its files are clean, a phrase is read as its README says, a user's folder adds to it, faults are named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from visavis.errors import LexiconError
from visavis.lexicon.actions import HERE, Phrase, check_actions, load_actions, parse_phrase
from visavis.lexicon.ontology import TYPES

CLASSES = {"diplomats": frozenset({"diplomat", "envoy"})}


def one(text: str, pos: str) -> Phrase:
    return parse_phrase(text, Phrase("SANCTION", "166", None, pos, "", line="x.yaml"), CLASSES)[0]


def write(folder: Path, body: str, name: str = "ours.yaml") -> Path:
    (folder / name).write_text(body, encoding="utf-8")
    return folder


def test_every_type_has_its_file_and_the_linter_finds_nothing() -> None:
    assert {f"{name}.yaml" for name in TYPES} <= {path.name for path in HERE.glob("*.yaml")}
    assert check_actions() == []


def test_every_type_can_be_said_with_a_verb() -> None:
    actions = load_actions()
    assert {p.type for (pos, _), found in actions.phrases.items() if pos == "verb" for p in found} == set(TYPES)


def test_a_verb_has_its_object_and_preposition() -> None:
    phrase = one("throw out @diplomats", "verb")
    assert (phrase.lemma, phrase.preposition, phrase.prep_objects) == ("throw", "out", CLASSES["diplomats"])
    phrase = one("expel @diplomats", "verb")
    assert (phrase.lemma, phrase.objects, phrase.weight) == ("expel", CLASSES["diplomats"], 3)


def test_a_noun_has_its_modifiers_before_it_and_its_complement_behind() -> None:
    phrase = one("hunger strike", "noun")
    assert (phrase.lemma, phrase.modifiers) == ("strike", ("hunger",))
    phrase = one("expulsion of @diplomats", "noun")
    assert (phrase.lemma, phrase.preposition, phrase.prep_objects) == ("expulsion", "of", CLASSES["diplomats"])


def test_a_class_as_the_head_of_a_noun_phrase_stands_for_each_of_its_words() -> None:
    found = parse_phrase("angry @diplomats", Phrase("PROTEST", "140", None, "noun", "", line="x"), CLASSES)
    assert [p.lemma for p in found] == ["diplomat", "envoy"]


def test_the_longer_phrase_is_heavier() -> None:
    weights = [
        one(text, "verb").weight for text in ("expel", "expel from", "expel @diplomats", "expel @diplomats from city")
    ]
    assert weights == sorted(weights) and len(set(weights)) == 4


def test_a_users_folder_adds_phrases_and_changes_the_fingerprint(tmp_path: Path) -> None:
    write(tmp_path, 'type: SANCTION\ngroups:\n  - cameo: "160"\n    verbs: [bamboozle, snub @snubbed]\n')
    write(tmp_path, "snubbed: [handshake]\n", "classes.yaml")
    ours, plain = load_actions(tmp_path), load_actions()
    assert [p.cameo for p in ours.of("verb", "bamboozle")] == ["160"] and plain.of("verb", "bamboozle") == ()
    assert ours.of("verb", "snub")[0].objects == {"handshake"}
    assert ours.fingerprint != plain.fingerprint and "bamboozle" in ours.lemmas


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("type: SANCTION\ngroups:\n  - cameo: 160\n    verbs: [x]\n", "without a CAMEO code in quotes"),
        ('type: FIGHT\ngroups:\n  - cameo: "190"\n    verbs: [x]\n', "unknown type FIGHT"),
        ('type: SANCTION\ngroups:\n  - cameo: "160"\n    frame: odd\n    verbs: [x]\n', "unknown frame odd"),
        ('type: SANCTION\ngroups:\n  - cameo: "160"\n    verbs: ["expel @nobody"]\n', "unknown class @nobody"),
        ('type: SANCTION\ngroups:\n  - cameo: "160"\n    verbs: ["  "]\n', "empty phrase"),
        ("type: [\n", "cannot be read"),
    ],
)
def test_a_fault_is_named_with_its_file(tmp_path: Path, body: str, said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        load_actions(write(tmp_path, body))
    assert any("ours.yaml" in line for line in check_actions(tmp_path))


def test_the_linter_sees_a_code_of_another_type(tmp_path: Path) -> None:
    write(tmp_path, 'type: AID\ngroups:\n  - cameo: "160"\n    verbs: [bamboozle]\n')
    assert any("CAMEO 160 is SANCTION, the file says AID" in line for line in check_actions(tmp_path))


def test_phrases_stand_in_the_same_order_in_every_process() -> None:
    program = "from visavis.lexicon.actions import load_actions as l; print([(p.line, p.cameo, p.mode) for _, f in sorted(l().phrases.items()) for p in f])"
    said = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1
