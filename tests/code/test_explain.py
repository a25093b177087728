"""The explanation is the coder's own story: parse, actors, phrases tried, what became of each act, the events."""

from __future__ import annotations

from tests.code.telling import coder
from visavis.code.explain import Explained, explain
from visavis.code.interchange import published_on
from visavis.records import Document


def explained(text: str) -> Explained:
    (one,) = explain(Document(article_id="a", text=text, published=published_on("2021-04-14")), coder())
    return one


def test_it_shows_the_parse_the_actors_and_how_they_were_known() -> None:
    one = explained("Tass said that Latvia had expelled two Russian diplomats on Monday.")
    assert [(w.text, w.relation, w.head) for w in one.words if w.pos == "VERB"][1] == ("expelled", "ccomp", "said")
    assert [(a.words, a.codes, a.how) for a in one.actors][1] == ("Latvia", ("LVA",), "name")


def test_it_names_the_phrase_that_fired_and_why_the_others_did_not() -> None:
    outcomes = {t.phrase: t.outcome for t in explained("Latvia expelled two Russian diplomats.").tried}
    assert outcomes['SANCTION.yaml "expel @diplomats"'] == "fires"
    assert {"fires", "its other words are not there"} <= set(outcomes.values())


def test_its_events_are_those_of_the_coder_with_date_and_voice() -> None:
    text = "Tass said that Latvia had expelled two Russian diplomats on Monday."
    one = explained(text)
    (events,) = coder().code([Document(article_id="a", text=text, published=published_on("2021-04-14"))])
    assert one.events == events
    assert (events[0].date_from, [v.name for v in events[0].voices]) == ("2021-04-12", ["Tass"])
    assert [r.outcome for r in one.readings if r.status] == ["coded as SANCTION"]


def test_it_says_why_an_act_is_no_event() -> None:
    assert [r.outcome for r in explained("Should France expel the Russian ambassador?").readings] == [
        "the sentence does not assert it"
    ]
    outcomes = [r.outcome for r in explained("Poland promised to send weapons to Ukraine.").readings]
    assert "coded as AGREE" in outcomes and "part of another act" in outcomes


def test_every_sentence_is_explained_and_a_pronoun_keeps_its_party() -> None:
    document = Document(article_id="a", text="Lavrov arrived in Hanoi on Monday. He thanked Vietnam. It rained.")
    found = explain(document, coder())
    assert [len(one.events) for one in found] == [1, 1, 0]
    assert ("He", ("RUS",), "pronoun") in [(a.words, a.codes, a.how) for a in found[1].actors]
