"""`visavis align` takes plain files and prints what was promised."""

from __future__ import annotations

import json
import random
from itertools import permutations
from pathlib import Path

import pytest

from visavis.cli import main
from visavis.records import Party
from visavis.store import Record
from visavis.store.imports.events import imported_event


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
    assert "USA, RUS" in fails(capsys, "similarity", str(file), "--states", "USA", "PER")


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


XML = '<graphml {space}><key id="k" for="edge" attr.name="{name}" attr.type="double">{default}</key><graph edgedefault="directed">{inside}</graph></graphml>'
NODES = '<node id="2"/><node id="365"/><node id="710"/>'


def edge(a: str, b: str, value: str | None) -> str:
    told = "" if value is None else f'<data key="k">{value}</data>'
    return f'<edge source="{a}" target="{b}">{told}</edge>'


@pytest.mark.parametrize(
    "text",
    [
        "A,B,Sign\n2,365,-1\n365,710,1\n2,710,-1\n",
        "from;to;weight;year\n2.0;365.0;-0.5;1990\n365;710;2.5;1990\n2;710;-3;1990\n",
        "\ufeffccode1\tccode2\tsign\tname\n2\t365\t-\tx\n365\t710\t+\ty\n710\t365\t1\tz\n2\t710\tnegative\t\n",
        XML.format(space="", name="Weight", default="", inside=NODES + edge("2", "365", "-1.0") + edge("365", "710", "1") + edge("2", "710", "-2")),
        XML.format(
            space='xmlns="http://graphml.graphdrawing.org/xmlns"', name="sign", default="<default>-1</default>",
            inside=NODES + edge("2", "365", None) + edge("365", "2", "-1") + edge("365", "710", "1") + edge("2", "710", "-1"),
        ),
    ],
)  # fmt: skip
def test_a_network_may_come_in_many_forms(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / ("net.graphml" if text.startswith("<") else "net.csv")
    file.write_text(text, "utf-8")
    found = run(capsys, "frustration", str(file), "--json")
    assert isinstance(found, dict)
    assert (found["nodes"], found["edges"], found["negative"], found["frustration"]) == (3, 3, 2, 0)
    assert found["triangle_balance"] == 1.0


def test_loops_and_several_networks_in_a_file_are_for_the_user_to_decide(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "nets.csv"
    file.write_text("window,a,b,sign\n46-49,x,y,1\n46-49,x,x,1\n50-53,x,y,-1\n")
    assert "line 3: 'x' is tied to itself" in fails(capsys, "frustration", str(file), "--mixed", "drop")
    assert "both signs" in fails(capsys, "frustration", str(file), "--loops", "drop")
    found = run(capsys, "frustration", str(file), "--loops", "drop", "--where", "Window=46-49")
    assert isinstance(found, dict)
    assert (found["nodes"], found["edges"], found["negative"]) == (2, 1, 0)
    assert "no row with window 60" in fails(capsys, "frustration", str(file), "--where", "window=60")
    assert "One of refuse" in fails(capsys, "frustration", str(file), "--mixed", "maybe")


@pytest.mark.parametrize(
    ("text", "states", "value", "n"),
    [
        ("Nation,Cap,USA,RUS\nx,.2,1,3\ny,.1,1,3\nz,.7,0,0\n", ("usa", "Rus"), 1 - 2 * 4 / 9, 3),
        ("RCID,CCODE,Vote,Session\n1,2,1,9\n1,365,3,9\n2,2,1,9\n2,365,1,9\n", ("USA", "RUS"), 0.0, 2),
        ("rcid,ccode,vote\n1.0,2.0,1.0\n1.0,365.0,3.0\n1.0,20.0,8.0\n1,365,3\n", ("2", "365"), -1.0, 1),
        ("rcid,country,country_code,vote\n1,United States,US,yes\n1,Mexico,MX,abstain\n", ("USA", "mexico"), 0.0, 1),
        ("rcid,date,me,nu,USA,RUS,MEX\n1,1990-10-01,1,0,1,3,9\n2,1990-10-01,0,1,3,3,8\n", ("USA", "RUS"), 0.0, 2),
    ],
)
def test_a_table_of_portfolios_may_come_in_many_forms(
    text: str, states: tuple[str, str], value: float, n: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(text)
    found = run(capsys, "similarity", str(file), "--states", *states, "--json")
    assert isinstance(found, dict)
    assert (found["a"], found["b"], found["n"]) == (*states, n)
    assert found["value"] == pytest.approx(value)


def test_columns_that_are_no_states_are_not_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "table.csv"
    file.write_text("Nation,Cap,USA,UK,FRN\nx,.2,1,3,0\ny,.1,1,3,0\n")
    found = run(capsys, "similarity", str(file), "--json")
    assert isinstance(found, list)
    assert [(row["a"], row["b"]) for row in found] == [("USA", "UK"), ("USA", "FRN"), ("UK", "FRN")]


def test_a_vote_told_twice_in_two_ways_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("rcid,ccode,session,vote\n1,2,1,1\n1,20,1,1\n1,2,1,3\n")
    assert "line 4: 2 has another vote" in fails(capsys, "similarity", str(file))
    assert "line 4: 2 has another vote" in fails(capsys, "idealpoints", str(file))


def test_promises_of_a_year_are_a_portfolio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, system = tmp_path / "atop.csv", tmp_path / "system.csv"
    file.write_text(
        "ccode1,ccode2,year,atop_defense,atop_nonagg,atop_consul\n255,300,1913,1,0,0\n300,255,1913,1,0,1\n365,220,1913,0,1,0\n"
        "255,365,1912,1,0,0\n"
    )
    system.write_text(
        "stateabb,ccode,styear,endyear\nA,255,1816,1945\nB,300,1816,1918\nC,365,1816,2016\nD,220,1816,2016\n"
    )
    assert "Choose one: --where year=" in fails(capsys, "similarity", str(file))
    words = ("similarity", str(file), "--where", "year=1913", "--states", "DEU", "RUS", "--json")
    found = run(capsys, *words, "--system", str(system))
    assert isinstance(found, dict)
    # Items 220, 255, 300, 365: Germany 0, 3, 3, 0; Russia 2, 0, 0, 3.
    assert (found["n"], found["value"]) == (4, pytest.approx(1 - 2 * 11 / 12))
    wider = run(capsys, *words)
    assert isinstance(wider, dict) and wider["n"] > 40


def test_sessions_may_stand_in_a_second_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    votes, calls = tmp_path / "votes.csv", tmp_path / "calls.csv"
    votes.write_text("rcid,ccode,vote\n1,2,1\n1,20,3\n2,2,1\n2,20,1\n")
    calls.write_text("rcid,date\n1,1990-10-04\n2,1992-11-04\n")
    words = (
        "similarity",
        str(votes),
        "--rollcalls",
        str(calls),
        "--states",
        "2",
        "20",
        "--json",
        "--measure",
        "agreement",
    )
    for choice, value in (("session=45", 0.0), ("year=1992", 1.0)):
        found = run(capsys, *words, "--where", choice)
        assert isinstance(found, dict) and found["value"] == value
    assert "no rows of session 3" in fails(capsys, *words, "--session", "3")


def test_ideal_points_come_as_csv_or_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "votes.csv", tmp_path / "points.csv"
    cast = {"USA": "1131", "GBR": "1133", "CUB": "3323", "RUS": "3313"}
    rows = [f"{call},2001-10-0{call + 1}," + ",".join(votes[call] for votes in cast.values()) for call in range(4)]
    file.write_text("rcid,date," + ",".join(cast) + "\n" + "\n".join(rows) + "\n")
    points = run(capsys, "idealpoints", str(file), "--sweeps", "20", "--burn", "5", "--out", str(out), "--json")
    assert isinstance(points, list)
    assert [list(point) for point in points] == [["state", "session", "mean", "q5", "q95"]] * 4
    assert {point["session"] for point in points} == {56}
    assert out.read_text().splitlines()[0] == "state,session,mean,q5,q95"
    kept = ("--chain", str(tmp_path / "c.npz"), "--sweeps", "10", "--burn", "5", "--json")
    run(capsys, "idealpoints", str(file), *kept)
    again = run(capsys, "idealpoints", str(file), *kept)
    assert isinstance(again, list) and len(again) == 4
    file.write_text(file.read_text() + "9,2003-11-01,1,3,3,1\n")
    grown = run(capsys, "idealpoints", str(file), *kept)
    assert isinstance(grown, list)
    assert {(point["state"], point["session"]) for point in grown} == {(s, t) for s in cast for t in (56, 58)}
    file.write_text("rcid,session,ccode,vote\n1,1,20,1\n1,1,40,3\n")
    assert "--high, --low" in fails(capsys, "idealpoints", str(file))


def test_pressure_names_who_presses_a_pair(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rng = random.Random(2)
    states = ("CHN", "RUS", "USA", "JPN", "IND")
    events = [
        imported_event(
            "sample", f"{month}-{at}", f"2020-{month:02d}-05", (Party(code=a),), (Party(code=b),), type=rng.choice(("CONSULT", "ACCUSE", "AID"))
        )
        for month in range(1, 9)
        for at, (a, b) in enumerate(rng.sample(list(permutations(states, 2)), 14))
    ]  # fmt: skip
    Record.create(tmp_path / "r").commit("test", {"events": events})
    words = ("pressure", "--record", str(tmp_path / "r"), "--draws", "3", "--pair", "CHN", "RUS", "--json")
    found = run(capsys, *words)
    assert isinstance(found, dict)
    assert [term["term"] for term in found["terms"]][:2] == ["pressure", "friend of friend"]
    shares = list(found["pressing"].values())
    assert shares == sorted(shares, reverse=True) and {"CHN", "RUS"}.isdisjoint(found["pressing"])
    assert "not among the states" in fails(capsys, *words[:-3], "PER", "RUS")
