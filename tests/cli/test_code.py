"""`visavis code` as a user types it: a file or a text to explain, a folder of one's own, a threshold, another parser."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Visavis

TEXT = "Latvia expelled two Russian diplomats on Monday."


def test_explain_shows_every_step(visavis: Visavis) -> None:
    code, out, _ = visavis("code", "--explain", TEXT, "--date", "2021-04-14")
    assert code == 0
    for part in (
        "The parse",
        "The actors",
        "The phrases tried",
        "fires",
        "The acts",
        "The event",
        "2021-04-12",
        "the author",
    ):
        assert part in out, part


def test_explain_speaks_json_too(visavis: Visavis) -> None:
    code, out, _ = visavis("code", "--explain", TEXT, "--json")
    (one,) = json.loads(out)
    assert code == 0 and one["events"][0]["type"] == "SANCTION" and one["actors"][0]["codes"] == ["LVA"]


def test_a_folder_of_ones_own_adds_an_actor_and_an_action_word(visavis: Visavis, tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actions").mkdir()
    (tmp_path / "actors" / "states.csv").write_text(
        "code,name,other,adjective,people,capital,seats,called,source\nXFR,Freedonia,,Freedonian,,,,,made up\n",
        encoding="utf-8",
    )
    (tmp_path / "actions" / "ours.yaml").write_text(
        'type: SANCTION\ngroups:\n  - cameo: "160"\n    verbs: [bamboozle]\n', encoding="utf-8"
    )
    text = "Freedonia bamboozled Sylvania and Bolivia."
    assert "No event." in visavis("code", "--explain", text)[1]
    code, out, _ = visavis("code", "--explain", text, "--lexicon", tmp_path, "--json")
    (event,) = json.loads(out)[0]["events"]
    assert code == 0 and event["type"] == "SANCTION"
    assert [p["code"] for p in event["sources"] + event["targets"]] == ["XFR", "", "BOL"]


def test_a_threshold_leaves_out_what_is_less_sure(visavis: Visavis, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}) + "\n", encoding="utf-8")
    assert len(json.loads(visavis("code", tmp_path / "in.jsonl")[1])["events"]) == 1
    assert json.loads(visavis("code", tmp_path / "in.jsonl", "--threshold", "1")[1])["events"] == []


def test_one_sentence_says_what_is_wrong(visavis: Visavis, tmp_path: Path) -> None:
    code, _, err = visavis("code", "--explain", TEXT, "--parser", "nonsense")
    assert code == 1 and "No spaCy pipeline called nonsense" in err
    code, _, err = visavis("code")
    assert code == 1 and "either a file or --explain" in err
    code, _, err = visavis("code", "--explain", TEXT, "--date", "yesterday")
    assert code == 1 and "is not a date" in err
