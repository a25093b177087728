"""`visavis align` takes plain files and prints what was promised."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from visavis.cli import main


def run(capsys: pytest.CaptureFixture[str], *words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["align", *words])
    assert end.value.code == 0
    return json.loads(capsys.readouterr().out)


def fails(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["align", *words])
    assert end.value.code == 1
    return capsys.readouterr().err


def test_frustration_prints_the_promised_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "net.csv"
    file.write_text("a,b,sign\nx,y,1\ny,z,-1\nx,z,1\n")
    found = run(capsys, "frustration", str(file))
    assert isinstance(found, dict)
    assert list(found) == ["nodes", "edges", "negative", "frustration", "proven", "triangle_balance", "walk_balance"]
    assert (found["nodes"], found["edges"], found["negative"], found["frustration"]) == (3, 3, 1, 1)
    assert found["triangle_balance"] == 0.0


def test_frustration_reads_graphml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "net.graphml"
    file.write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><key id="d" for="edge" attr.name="sign" attr.type="int"/>'
        '<graph edgedefault="undirected"><node id="x"/><node id="y"/><node id="w"/>'
        '<edge source="x" target="y"><data key="d">-1</data></edge></graph></graphml>'
    )
    found = run(capsys, "frustration", str(file))
    assert isinstance(found, dict)
    assert (found["nodes"], found["edges"], found["negative"], found["triangle_balance"]) == (3, 1, 1, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b,sign\nx,y,maybe\n", "line 2"),
        ("a,b\nx,y\n", "'sign'"),
        ("a,b,sign\nx,y,1\ny,x,-1\n", "both signs"),
        ("", "empty"),
    ],
)
def test_a_bad_network_is_refused_in_a_sentence(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "net.csv"
    file.write_text(text)
    assert told in fails(capsys, "frustration", str(file))


def test_similarity_of_two_states_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_text("who,weight,USA,RUS\nx,1,0,3\ny,1,3,3\nz,2,0,0\n")
    found = run(capsys, "similarity", str(file), "--states", "USA", "RUS", "--json")
    assert isinstance(found, dict)
    assert found["value"] == pytest.approx(1 - 2 / 3)
    weighed = run(capsys, "similarity", str(file), "--states", "USA", "RUS", "--weight", "weight", "--json")
    assert isinstance(weighed, dict)
    assert weighed["value"] == pytest.approx(0.5)


def test_similarity_of_a_roll_call_list_leaves_absences_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("rcid,session,ccode,vote\n1,1,2,1\n1,1,20,1\n2,1,2,3\n2,1,20,8\n3,2,2,1\n3,2,20,3\n")
    found = run(capsys, "similarity", str(file), "--measure", "agreement", "--session", "1", "--json")
    assert found == [
        {
            "a": "2", "b": "20", "value": 1.0, "measure": "agreement", "n": 1, "levels": [1.0, 2.0, 3.0],
            "distance": None, "rule": "qss", "weighted": False,
        }
    ]  # fmt: skip


def test_an_unknown_state_is_answered_with_the_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "portfolio.csv"
    file.write_text("who,USA,RUS\nx,0,3\ny,3,0\n")
    assert "USA, RUS" in fails(capsys, "similarity", str(file), "--states", "USA", "SUN")


def test_a_record_s_lift_and_camps_are_printed(demo_record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(capsys, "lift", "--record", str(demo_record), "--json", "--top", "3")
    assert isinstance(found, list)
    assert all(row["net_se"] > 0 for row in found)
    assert 1 <= len(found) <= 3
    camps = run(capsys, "camps", "--record", str(demo_record), "--json", "--draws", "5", "--sure", "0")
    assert isinstance(camps, dict)
    assert {"camps", "quality", "frustration", "proven", "null"} <= set(camps)


def test_add_and_a_refusal_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("ccode,year,cinc\n2,1990,0.14\n")
    bad.write_text("ccode,year,cinc\n2,1990,USA\n")
    with pytest.raises(SystemExit):
        main(["add", "capabilities", str(good), "--record", str(tmp_path / "r"), "--json"])
    assert json.loads(capsys.readouterr().out) == {"table": "capabilities", "read": 1, "new": 1, "left_out": 0}
    with pytest.raises(SystemExit) as end:
        main(["add", "capabilities", str(bad), "--record", str(tmp_path / "r")])
    assert end.value.code == 1
    told = capsys.readouterr().err
    assert "bad.csv, line 2: cinc is 'USA'" in told
    assert "Traceback" not in told
