"""The evaluation follows its rules, and gives the figures of the script that defines them."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.code.evaluate import Rules, score_events
from visavis.code.evaluate.counting import pairing
from visavis.lexicon.ontology import TYPES

SHARED = Path(__file__).resolve().parents[4] / "shared"

Row = dict[str, Any]


def event(kind: str, a: str, b: str = "", **more: Any) -> Row:
    sides = [[{"code": code, "sector": "GOV"} for code in side.split()] for side in (a, b)]
    return {"event": kind, "source": sides[0], "target": sides[1], **more}


def line(name: str, *events: Row, **more: Any) -> Row:
    return {"id": name, "events": list(events), **more}


def f1(gold: list[Row], pred: list[Row], measure: str = "type+dyad", **rules: Any) -> float:
    return score_events(gold, pred, Rules(boot=0, **rules)).micro[measure].f1


VISIT = line("1", event("CONSULT", "RUR", "BOR"))


def test_the_gold_standard_scores_one_against_itself() -> None:
    report = score_events([VISIT], [VISIT], boot=10)
    assert {score.f1 for score in report.micro.values()} == {1.0}
    assert report.micro["type"].low == report.micro["type"].high == 1.0


def test_a_record_without_a_prediction_counts_as_no_event() -> None:
    assert f1([VISIT], []) == 0.0


def test_compounds_are_expanded() -> None:
    gold = [line("1", event("ACCUSE", "USA FRA", "RUS"))]
    assert f1(gold, [line("1", event("ACCUSE", "USA", "RUS"), event("ACCUSE", "FRA", "RUS"))]) == 1.0


def test_a_reciprocal_list_is_every_pair_in_no_order() -> None:
    gold = [line("1", event("AGREE", "HUN ROU"))]
    assert f1(gold, [line("1", event("AGREE", "ROU", "HUN"))]) == 1.0


def test_direction_counts_for_a_directed_type_only() -> None:
    for kind, wanted in (("ASSAULT", 0.0), ("CONSULT", 1.0)):
        assert f1([line("1", event(kind, "RUR", "BOR"))], [line("1", event(kind, "BOR", "RUR"))]) == wanted


def test_alternative_labels_count_unless_strict() -> None:
    gold = [line("1", event("ASSAULT", "ISR", "PSE", event_alt=["COERCE"]))]
    pred = [line("1", event("COERCE", "ISR", "PSE"))]
    assert (f1(gold, pred), f1(gold, pred, strict=True)) == (1.0, 0.0)


def test_organisations_are_one_code_unless_strict() -> None:
    gold, pred = [line("1", event("REQUEST", "UNO", "IRN"))], [line("1", event("REQUEST", "IGO", "IRN"))]
    assert (f1(gold, pred), f1(gold, pred, strict=True)) == (1.0, 0.0)


def test_old_labels_are_renamed() -> None:
    assert f1([line("1", event("REQUEST", "RUR", "BOR"))], [line("1", event("DEMAND", "RUR", "BOR"))]) == 1.0


def test_false_alarms_are_counted_on_records_without_an_event() -> None:
    report = score_events([line("1"), line("2"), VISIT | {"id": "3"}], [line("1", event("AID", "RUR", "BOR"))], boot=0)
    assert (report.no_event, report.false_alarms) == (2, 1)


def test_leaked_and_doubtful_records_can_be_left_out() -> None:
    gold = [VISIT, line("2", doubtful=True), line("3", leak=["dev_or_train"])]
    assert score_events(gold, [], Rules(boot=0)).records == 3
    assert score_events(gold, [], Rules(boot=0, keep_leaked=False, skip_doubtful=True)).records == 1


def test_status_voices_and_dates_are_scored_on_matched_events() -> None:
    told = {"status": "denied", "date": "2021-03", "voice": [{"text": "the minister of Ruritania", "code": ""}]}
    gold = [line("1", event("ACCUSE", "RUR", "BOR", **told)), line("2", event("ACCUSE", "BOR", "SYL", **told))]
    right = {**told, "voice": [{"text": "Ruritania minister", "code": "RUR"}]}
    wrong = {"status": "happened", "date": "2021-03-01", "voice": []}
    pred = [line("1", event("ACCUSE", "RUR", "BOR", **right)), line("2", event("ACCUSE", "BOR", "SYL", **wrong))]
    found = score_events(gold, pred, boot=0).details
    assert found.matched == 2 and found.dated == 2 and found.dates_exact == 0.5
    assert found.status_macro_f1 == pytest.approx(2 / 3)
    assert found.voices_precision == 1.0 and found.voices_recall == 0.5 and found.voices_f1 == pytest.approx(2 / 3)


def test_confidence_that_tells_right_from_wrong_has_an_area_of_one() -> None:
    gold = [line(str(n), event("AID", "RUR", "BOR")) for n in range(4)]
    pred = [line(str(n), event("AID", "RUR", "BOR" if n < 2 else "SYL", confidence=0.9 - n / 10)) for n in range(4)]
    found = score_events(gold, pred, boot=0).details
    assert found.auc == 1.0
    assert found.ece == pytest.approx((0.1 + 0.2 + 0.7 + 0.6) / 4)


def test_types_are_scored_one_by_one() -> None:
    gold = [line("1", event("AID", "RUR", "BOR"), event("ACCUSE", "RUR", "BOR"))]
    found = score_events(
        gold, [line("1", event("AID", "SYL", "BOR"), event("AID", "RUR", "BOR"))], boot=0
    ).details.types
    assert (found["AID"].precision, found["AID"].recall) == (0.5, 1.0)
    assert (found["ACCUSE"].recall, found["ACCUSE"].predicted) == (0.0, 0)


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=5))
def test_a_pairing_is_one_to_one_and_as_large_as_can_be(table: list[list[bool]]) -> None:
    from itertools import permutations

    found = pairing(len(table), 4, lambda i, j: table[i][j])
    assert all(table[i][j] for i, j in found)
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found)
    slots = [*range(4), *[None] * len(table)]
    best = max(
        (sum(j is not None and table[i][j] for i, j in enumerate(order)) for order in permutations(slots, len(table))),
        default=0,
    )
    assert len(found) == best


def _script() -> Any:
    path = SHARED / "tools" / "score_events.py"
    if not path.is_file():
        pytest.skip("the script that defines the rules is not beside this checkout")
    spec = importlib.util.spec_from_file_location("score_events", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _guess(gold: list[Row], dice: random.Random) -> list[Row]:
    """Predictions that are wrong in many ways: dropped, retyped, turned round, invented."""
    labels = [*TYPES, "DEMAND", "YIELD", None]
    found = []
    for row in gold:
        events = [dict(e, confidence=dice.random()) for e in row["events"] if dice.random() < 0.7]
        for one in events:
            if dice.random() < 0.3:
                one["event"] = dice.choice(labels)
            if dice.random() < 0.3:
                one["source"], one["target"] = one["target"], one["source"]
        if dice.random() < 0.2:
            events.append(event(dice.choice(labels) or "AID", "USA", "CHN RUS", cameo="042"))
        found.append({"id": row["id"], "events": events})
    return found


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("name", ["plover_gsr_dev.jsonl", "seeds_gold_dev.jsonl"])
def test_the_figures_are_those_of_the_script(name: str, strict: bool) -> None:
    script = _script()
    gold = [json.loads(text) for text in (SHARED / "data" / "events" / name).read_text("utf-8").splitlines()]
    pred = _guess(gold, random.Random(len(name)))
    theirs = script.score(gold, pred, strict, 50)
    ours = score_events(gold, pred, Rules(strict=strict, boot=50))
    assert list(theirs["micro"]) == list(ours.micro)
    for measure, score in theirs["micro"].items():
        mine = ours.micro[measure]
        assert (score["tp"], score["pred"], score["gold"]) == (mine.hits, mine.predicted, mine.gold), measure
        assert (score["F1"], *score["F1_95"]) == pytest.approx((mine.f1, mine.low, mine.high)), measure
    assert theirs["counts"]["false_alarms"] == ours.false_alarms


@pytest.mark.parametrize("family", ["plv", "cameo_class"])
def test_single_label_figures_are_those_of_the_script(family: str) -> None:
    script, dice = _script(), random.Random(2)
    gold = [
        line(str(n), event(dice.choice(TYPES), "RUR", "BOR", penta=dice.randrange(5)), set=family) for n in range(60)
    ]
    pred = _guess(gold, dice)
    for row in pred:
        for one in row["events"]:
            if dice.random() < 0.5:
                one.pop("penta", None)
    theirs, ours = script.score(gold, pred)["single_label"], score_events(gold, pred, boot=0).single
    assert set(theirs) == set(ours)
    for name, score in theirs.items():
        assert (score["accuracy"], score["macro_F1"], score["n"]) == pytest.approx(
            (ours[name].accuracy, ours[name].macro_f1, ours[name].n)
        )
