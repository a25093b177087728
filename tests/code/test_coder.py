"""Documents in, events out: the grammar of who did what to whom, in sentences of our own; and what holds of every input."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.code.telling import coder, rows, told
from tests.code.telling import line as line_of
from visavis.code import Coder
from visavis.code.interchange import code_lines
from visavis.errors import InputError
from visavis.records import Document

SENTENCES = (
    "Latvia expelled two Russian diplomats.",
    "Brazil and Angola signed a fishing agreement.",
    "“We will answer,” the Iranian president told Turkey.",
    "Chad sent combat troops to Niger on 3 May 2019.",
    "Nothing happened in the valley.",
    "Kenya did not expel the Somali diplomats.",
    "Cuba thanked Mexico for the vaccines.",
    "The army of Myanmar may attack the port.",
)
STATES = "code,name,other,adjective,people,capital,seats,called,source\n"
OUR_STATE = "XFR,Freedonia,,Freedonian,,,,,made up\n"
OUR_ACTION = 'type: SANCTION\ngroups:\n  - cameo: "160"\n    verbs: [bamboozle]\n'


def test_a_passive_has_its_doer_behind_by() -> None:
    assert told("Two Belarusian diplomats were expelled by Lithuania.") == ["SANCTION LTU > BLR"]
    assert told("Finland was accused by Russia of violating its airspace.") == ["ACCUSE RUS > FIN"]


def test_a_passive_without_a_doer_has_no_source() -> None:
    assert told("Two Cuban diplomats were expelled on Monday.") == ["SANCTION - > CUB"]


def test_a_relative_clause_acts_for_its_noun() -> None:
    assert told("Armenia, which expelled the Iranian attaché, recalled its own ambassador.") == [
        "SANCTION ARM > IRN",
        "SANCTION ARM",
    ]
    assert told("The Israeli jets that bombed Syria were old.") == ["ASSAULT ISR > SYR"]


def test_a_relative_clause_with_whose_acts_for_its_owner() -> None:
    assert told("Turkey, whose army shelled northern Iraq, met Iranian officials.") == [
        "ASSAULT TUR > IRQ",
        "CONSULT TUR IRN",
    ]


def test_compounds_of_four_by_three_are_all_parties() -> None:
    assert told("Austria, Belgium, Croatia and Denmark imposed sanctions on Iran, Iraq and Syria.") == [
        "SANCTION AUT BEL HRV DNK > IRN IRQ SYR"
    ]
    assert told("Brazil and Chile condemned Nicaragua and Venezuela.") == ["ACCUSE BRA CHL > NIC VEN"]


def test_an_apposition_is_one_party() -> None:
    assert told("Aleksandar Vucic, the president of Serbia, met Viktor Orban, the prime minister of Hungary.") == [
        "CONSULT SRB HUN"
    ]
    assert told("Norway, a member of NATO, expelled a Chinese diplomat.") == ["SANCTION NOR > CHN"]


def test_an_apposition_explains_a_name_that_nobody_knows() -> None:
    assert told("Zoran Babic, the Bosnian prime minister, thanked Turkey.") == ["SUPPORT BIH > TUR"]


def test_coordinated_verbs_share_their_subject() -> None:
    assert told("Jordan condemned Syria and recalled its ambassador from Damascus.") == [
        "ACCUSE JOR > SYR",
        "SANCTION JOR > SYR",
    ]
    assert told(
        "Morocco expelled the Iranian ambassador, arrested two Spanish reporters and thanked Saudi Arabia."
    ) == ["SANCTION MAR > IRN", "COERCE MAR > ESP", "SUPPORT MAR > SAU"]


def test_coordinated_verbs_for_one_act_are_one_event() -> None:
    assert told("Estonia arrested and deported a Russian journalist.") == ["COERCE EST > RUS"]


def test_a_control_verb_passes_its_subject_on() -> None:
    assert told("Ghana managed to expel the Nigerian traders.") == ["COERCE GHA > NGA"]
    assert told("Japan offered to mediate between Iran and Saudi Arabia.") == ["AGREE JPN > IRN SAU"]


def test_an_object_control_verb_lets_its_object_act() -> None:
    assert told("Saudi Arabia forced Yemen to free the prisoners.") == ["RETREAT YEM > the prisoners"]
    assert told("Vietnam asked China to withdraw its ships.") == ["REQUEST VNM > CHN"]


def test_negation_denies_the_act_of_its_own_verb_only() -> None:
    assert told("Kenya did not expel the Somali diplomats.") == ["SANCTION KEN > SOM (denied)"]
    assert told("Pakistan condemned India but did not recall its ambassador.") == [
        "ACCUSE PAK > IND",
        "SANCTION PAK (denied)",
    ]
    assert told("Kenya has never condemned Somalia.") == ["ACCUSE KEN > SOM (denied)"]


def test_no_before_the_subject_denies_the_act() -> None:
    assert told("No Eritrean soldier attacked Ethiopia.") == ["ASSAULT ERI > ETH (denied)"]


def test_not_before_one_of_two_subjects_takes_it_out() -> None:
    assert told("Not Kenya but Uganda condemned Somalia.") == ["ACCUSE UGA > SOM"]


def test_who_denies_an_act_is_its_doer() -> None:
    assert told("Iran denied attacking the Saudi refinery.") == ["ASSAULT IRN > SAU (denied)"]


def test_a_denied_clause_with_a_pronoun_is_denied() -> None:
    assert told("Iran denied that it had attacked Israel.") == ["ASSAULT IRN > ISR (denied)"]


def test_reciprocal_acts_put_all_parties_in_the_sources() -> None:
    assert told("Ethiopian and Sudanese troops exchanged fire.") == ["ASSAULT ETH SDN"]
    assert told("The foreign ministers of Peru and Bolivia met in Lima.") == ["CONSULT PER BOL"]
    assert told("Bulgaria held talks with North Macedonia.") == ["CONSULT BGR MKD"]


def test_a_light_verb_acts_through_its_noun() -> None:
    assert told("The Greek prime minister paid a visit to Cyprus.") == ["CONSULT GRC > CYP"]
    assert told("Rwanda launched an attack on Congo.") == ["ASSAULT RWA > COD"]
    assert told("Qatar gave Lebanon financial aid.") == ["AID QAT > LBN"]


def test_a_nominal_event_has_its_doer_before_it_and_its_receiver_behind_of() -> None:
    assert told("The Bulgarian expulsion of two Russian diplomats came on Monday.") == ["SANCTION BGR > RUS"]
    assert told("The Turkish bombing of northern Syria lasted three days.") == ["ASSAULT TUR > SYR"]
    assert told("Talks between Nepal and Bhutan took place in Delhi.") == ["CONSULT NPL BTN"]


def test_a_nominal_event_may_have_its_doer_behind_by() -> None:
    assert told("The expulsion of two Russian diplomats by Bulgaria caused anger.") == ["SANCTION BGR > RUS"]


def test_a_refusal_that_somebody_owns_is_a_rejection() -> None:
    assert told("Algeria's refusal to meet the Moroccan envoy surprised the mediators.") == ["REJECT DZA > MAR"]


def test_promised_content_gives_the_code_of_the_promise() -> None:
    assert told("The United Kingdom promised to send weapons to Ukraine.") == ["AGREE GBR > UKR"]
    assert told("Ireland halted aid to Sudan.") == ["SANCTION IRL > SDN"]


def test_promised_content_gives_the_target_of_the_promise() -> None:
    assert told("Canada promised to lift its sanctions on Cuba.") == ["AGREE CAN > CUB"]


def test_threatened_content_is_a_threat() -> None:
    assert told("Iran threatened to attack Israel.") == ["THREATEN IRN > ISR"]
    assert told("China threatened to impose sanctions on Australia.") == ["THREATEN CHN > AUS"]


def test_refused_content_is_a_rejection() -> None:
    assert told("Hungary refused to give aid to Ukraine.") == ["REJECT HUN > UKR"]
    assert told("Belarus refused to receive the Polish minister.") == ["REJECT BLR > POL"]


def test_the_target_of_a_refused_extradition_is_who_asked() -> None:
    assert told("Poland refused to extradite the officer to Belarus.") == ["REJECT POL > BLR"]


def test_demanded_content_is_aimed_at_whoever_shall_act() -> None:
    assert told("Turkey demanded that Greece withdraw its troops from the island.") == ["REQUEST TUR > GRC"]


def test_a_pronoun_in_the_next_sentence_keeps_its_party() -> None:
    assert told("Lavrov arrived in Hanoi on Monday.", "He thanked Vietnam for its support.") == [
        "CONSULT RUS > VNM",
        "SUPPORT RUS > VNM",
    ]
    assert told("Chile and Peru met in Arica.", "The two countries signed a fishing treaty.") == [
        "CONSULT CHL PER",
        "SUPPORT CHL PER",
    ]


def test_a_sentence_without_a_known_party_has_no_event() -> None:
    assert told("The council agreed to meet again in spring.") == []
    assert told("Shelling peas is slow work.") == []


def test_reported_speech_names_its_voice() -> None:
    (event,) = rows("Tass reported that Tajikistan had arrested two Afghan smugglers.")
    assert (event["event"], event["voice"]) == ("COERCE", [{"text": "Tass", "code": "RUS", "kind": "media"}])
    (event,) = rows("Ukraine's army shelled a Russian village, the Kremlin said.")
    assert [(v["text"], v["code"]) for v in event["voice"]] == [("the Kremlin", "RUS")]


def test_a_village_of_a_state_stands_for_the_state() -> None:
    assert told("Ukraine's army shelled a Russian village.") == ["ASSAULT UKR > RUS"]


def test_events_come_in_the_order_of_their_words_and_say_why() -> None:
    found = rows("Jordan condemned Syria and recalled its ambassador from Damascus.")
    assert [event["start"] for event in found] == sorted(event["start"] for event in found)
    assert all(event["because"][0].startswith("rule: ") and 0 <= event["confidence"] <= 1 for event in found)


def test_a_threshold_keeps_the_surer_events_only() -> None:
    document = Document(article_id="a", text=" ".join(SENTENCES))
    (everything,) = coder().code([document])
    middle = sorted(event.confidence for event in everything)[len(everything) // 2]
    (sure,) = Coder(threshold=middle).code([document])
    assert sure == tuple(event for event in everything if event.confidence >= middle)
    assert 0 < len(sure) < len(everything)


def test_the_version_names_the_weights_and_the_fingerprint_the_lexicon(tmp_path: Path) -> None:
    assert coder().weigher.version in coder().version
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "states.csv").write_text(STATES + OUR_STATE, encoding="utf-8")
    assert Coder(lexicon=tmp_path).fingerprint != coder().fingerprint


def test_a_user_folder_adds_an_actor_and_an_action_word(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actions").mkdir()
    (tmp_path / "actors" / "states.csv").write_text(STATES + OUR_STATE, encoding="utf-8")
    (tmp_path / "actions" / "ours.yaml").write_text(OUR_ACTION, encoding="utf-8")
    line = {"id": 1, "text": "Freedonia bamboozled Sylvania and Bolivia."}
    (plain,) = code_lines([line], coder())
    (ours,) = code_lines([line], Coder(lexicon=tmp_path))
    assert plain["events"] == []
    assert [line_of(event) for event in ours["events"]] == ["SANCTION XFR > Sylvania BOL"]
    assert "ours.yaml" in ours["events"][0]["because"][0]


def test_an_unknown_parser_is_one_clear_error() -> None:
    with pytest.raises(InputError, match="No spaCy pipeline called nonsense"):
        Coder(parser="nonsense")


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_documents_changes_no_event(order: list[int]) -> None:
    documents = [Document(article_id=str(n), text=text) for n, text in enumerate(SENTENCES[:6])]
    straight = list(coder().code(documents))
    assert list(coder().code(documents[n] for n in order)) == [straight[n] for n in order]


def test_the_same_input_gives_the_same_events() -> None:
    document = Document(article_id="a", text=" ".join(SENTENCES))
    assert list(coder().code([document])) == list(coder().code([document])) == list(Coder().code([document]))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from([" ", "\n\n", "\u00a0", " “Yes.” "])
)
def test_offsets_match_the_words_of_every_event(chosen: list[str], gap: str) -> None:
    text = gap.join(chosen)
    (events,) = coder().code([Document(article_id="a", text=text)])
    for event in events:
        assert text[event.words_start : event.words_end] == event.words
        assert text[event.start : event.end] == event.quote
        assert event.start <= event.words_start < event.words_end <= event.end
        for party in event.sources + event.targets:
            assert text[party.start : party.end] == party.words


PIECES = st.sampled_from(
    [
        "Iran",
        "“",
        "”",
        '"',
        "'s",
        "(",
        "attacked",
        "Израиль",
        "中国",
        "é",
        "\u200b",
        "🙂",
        "\x00",
        "—",
        "not",
        "said",
        ",",
        ".",
        "\n",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)))
def test_no_text_brings_the_coder_down(text: str) -> None:
    (events,) = coder().code([Document(article_id="a", text=text)])
    assert all(text[event.words_start : event.words_end] == event.words for event in events)


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n\n", "Iran " * 2_000, "Iran attacked Israel, " * 60 + "and slept.", "“" * 500]
)
def test_empty_and_endless_texts_are_coded_or_left(text: str) -> None:
    assert len(list(coder().code([Document(article_id="a", text=text)]))) == 1


def test_what_was_done_is_not_dated_after_the_report_of_it() -> None:
    (line,) = code_lines(
        [{"id": 1, "text": "Russia and Serbia extended their gas agreement until 2031.", "date": "2021-05-03"}], coder()
    )
    assert [event["date"] for event in line["events"]] == [None]
