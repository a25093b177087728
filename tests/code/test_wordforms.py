"""The stand-in for the ruler and the lemmatizer says what they say, token for token."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from tests.code.stock import DUMPS, dumped, stock
from visavis.code import wordforms
from visavis.code.parse import load_parser, plain
from visavis.code.sentences import sentences

# Rules over several tokens, odd white space, an empty text.
ODD = ("I ain't gonna go, y'all gotta come; let's see  it.", "There is a war. C'm on!", "   two  spaces", "")


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.dep_, t.pos_, str(t.morph), t.lemma_) for t in doc]


def test_every_token_is_what_the_pipes_themselves_make_it() -> None:
    texts = [*dumped(), *ODD]
    nlp = load_parser()
    known = {nlp.vocab.strings[form] for form in nlp.get_pipe(wordforms.NAME)._overrule._lemmas}
    for ours, theirs in zip(nlp.pipe(texts), stock().pipe(texts), strict=True):
        overruled = any(t.lower_ in known or "-" in t.text for t in ours)
        assert overruled or told(ours) == told(theirs)


def test_a_full_table_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordforms, "_KEPT", 20)
    texts = [plain(s.text) for s in sentences(DUMPS[0].read_text("utf-8"))]
    nlp = load_parser()
    assert [told(doc) for doc in nlp.pipe(texts)] == [told(doc) for doc in nlp.pipe(texts[::-1])][::-1]


def test_pipes_of_another_make_are_kept_and_our_lemmas_come_last() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(wordforms.NAME, config={"lemmas": {"air-strikes": "airstrike"}})
    nlp.tokenizer.add_special_case("air-strikes", [{"ORTH": "air-strikes"}])
    assert [t.lemma_ for t in nlp("The air-strikes stopped")] == ["", "airstrike", ""]
    assert not nlp.disabled
