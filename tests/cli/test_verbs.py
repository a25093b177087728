"""The verbs that stand on the record and the coder, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Visavis
from tests.run.samples import write_pile

LINE = {
    "id": "s1",
    "text": "Chinese President Xi Jinping met Russian President Vladimir Putin in Moscow on Monday.",
    "date": "2023-03-21",
}


def test_sql_prints_a_table_and_json(visavis: Visavis, record: Path) -> None:
    code, out, _ = visavis("sql", record, "select type, quote from events")
    assert code == 0 and "CONSULT" in out and "Ruritania" in out
    code, out, _ = visavis("sql", record, "select type, sources from events", "--json")
    assert json.loads(out)[0]["sources"][0]["code"] == "RUR"


def test_sql_prints_every_kind_of_value(visavis: Visavis, record: Path) -> None:
    query = "select body, hint, date '2021-01-01' d, 1.5::decimal(4,2) n, null x from pages"
    assert visavis("sql", record, query)[0] == 0
    (row,) = json.loads(visavis("sql", record, query, "--json")[1])
    assert row["hint"] == {"a": "1", "b": "2"} and row["d"] == "2021-01-01" and row["x"] is None


def test_markup_in_a_value_is_printed_as_it_is(visavis: Visavis, record: Path) -> None:
    assert "[bold]x[/bold]" in visavis("sql", record, "select '[bold]x[/bold]' as v")[1]


def test_sql_that_would_write_is_refused(visavis: Visavis, record: Path) -> None:
    code, _, err = visavis("sql", record, "drop table events")
    assert code == 1 and "read-only" in err


def test_sql_asks_the_run_that_is_named(visavis: Visavis, record: Path) -> None:
    assert visavis("sql", record, "select 1", "--run", "1")[0] == 0
    code, _, err = visavis("sql", record, "select 1", "--run", "99")
    assert code == 1 and "no run '99'" in err


def test_sql_shows_many_columns_row_by_row_and_years_as_years(visavis: Visavis, record: Path) -> None:
    code, out, _ = visavis("sql", record, "select * from events")
    assert code == 0 and "row 1 of 1" in out and "\nquote " in out
    assert visavis("sql", record, "select quote from events", "--csv")[1].startswith("quote\r\n")
    assert " 2021 " in visavis("sql", record, "select 2021 as y")[1]
    assert visavis("sql", record, "select 1", "--csv", "--json")[0] == 1


def test_export_writes_files_and_says_which(visavis: Visavis, record: Path, tmp_path: Path) -> None:
    code, out, _ = visavis("export", record, "--out", tmp_path / "x", "--json")
    assert code == 0
    assert json.loads(out)[str(tmp_path / "x" / "events.jsonl")] == 1
    assert visavis("export", record, "--out", tmp_path / "y", "--as", "csv", "--table", "events")[0] == 0
    assert [path.name for path in (tmp_path / "y").iterdir()] == ["events.csv"]


def test_export_of_an_unknown_form_lists_the_known(visavis: Visavis, record: Path, tmp_path: Path) -> None:
    code, _, err = visavis("export", record, "--out", tmp_path / "x", "--as", "xls")
    assert code == 1 and "jsonl, csv, parquet" in err


def test_check_proves_a_sound_record(visavis: Visavis, record: Path) -> None:
    assert visavis("check", record)[:2] == (0, f"{record} is consistent.\n")
    assert json.loads(visavis("check", record, "--json")[1]) == []


def test_check_ends_with_one_when_something_is_wrong(visavis: Visavis, tmp_path: Path) -> None:
    from tests.store.samples import event, small_record

    record = small_record(tmp_path / "r")
    stray = event(record.rows("articles")[0], "AID", quote="something else")
    record.commit("test", {"events": [stray]})
    code, out, _ = visavis("check", tmp_path / "r", "--json")
    assert code == 1 and {"its quote is not the sentence at its offsets"} <= {
        found["problem"] for found in json.loads(out)
    }


def test_read_makes_a_record_and_sums_it_up(visavis: Visavis, tmp_path: Path) -> None:
    write_pile(tmp_path / "pile", [5, 6])
    code, out, _ = visavis("read", tmp_path / "pile", "nowhere.html", "--record", tmp_path / "r", "--json")
    told = json.loads(out)
    assert (
        code == 0 and told["total"]["articles"] == 3 and told["total"]["stories"] == 2 and told["total"]["copies"] == 1
    )
    assert {"stage": "read", "reason": "missing-path", "count": 1} in told["drops"]
    code, out, _ = visavis("read", tmp_path / "pile", "--record", tmp_path / "r")
    assert code == 0 and "run 2" in out and "articles" in out
    assert visavis("check", tmp_path / "r")[0] == 0


def test_read_names_each_input_that_was_not_used_and_what_to_do(visavis: Visavis, tmp_path: Path) -> None:
    write_pile(tmp_path / "pile", [5])
    (tmp_path / "pile" / "empty.html").touch()
    (tmp_path / "pile" / "image.png").write_bytes(bytes(range(256)))
    (tmp_path / "pile" / "lines.jsonl").write_text('{"text": \n', "utf-8")
    code, _, err = visavis("read", tmp_path / "pile", "nowhere.html", "--record", tmp_path / "r")
    told = [line for line in err.splitlines() if line.startswith("Not used: ")]
    assert code == 0 and [line.split(": ")[1:3] for line in told] == [
        ["binary", "image.png (The bytes are not text.); save it as text or HTML."],
        ["empty", "empty.html; fetch it again."],
        ["malformed-line", "lines.jsonl#1 (line 1"],
        ["missing-path", "nowhere.html; check the spelling."],
    ]


def test_read_fails_when_there_was_nothing_to_read(visavis: Visavis, tmp_path: Path) -> None:
    code, _, err = visavis("read", tmp_path / "nowhere.html", "--record", tmp_path / "r")
    assert code == 1 and "missing-path: nowhere.html" in err and "Nothing in the pile could be read." in err


def test_read_into_a_folder_that_is_no_record_is_refused(visavis: Visavis, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    code, _, err = visavis("read", tmp_path / "thesis.txt", "--record", tmp_path)
    assert code == 1 and "is not a record" in err


def test_code_answers_every_line_in_order(visavis: Visavis, tmp_path: Path) -> None:
    lines = [LINE, {"id": "s2", "text": "The lake was calm."}, {"id": 3, "text": ""}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    code, out, _ = visavis("code", tmp_path / "in.jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [row["id"] for row in rows] == ["s1", "s2", 3]
    assert rows[0]["events"][0]["event"] == "CONSULT" and rows[1]["events"] == []
    assert visavis("code", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")[0] == 0
    assert (tmp_path / "out.jsonl").read_text("utf-8") == out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "line 1: not JSON"),
        ("[1]", "line 1: no 'id' and no 'text'"),
        ('{"id": "a"}', "line 1: no 'text'"),
        ('{"id": "a", "text": 7}', "text is int"),
        ('{"id": "a", "text": "x"}\n\n{"id": "b", "text": "x", "date": "soon"}', "soon"),
        ("[" * 100_000, "line 1: not JSON"),
    ],
)
def test_code_names_the_line_that_is_at_fault(visavis: Visavis, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "in.jsonl").write_text(text, "utf-8")
    code, _, err = visavis("code", tmp_path / "in.jsonl")
    assert code == 1 and said in err and "Traceback" not in err


def test_code_names_the_file_that_cannot_be_read(visavis: Visavis, tmp_path: Path) -> None:
    assert "cannot be read" in visavis("code", tmp_path / "none.jsonl")[2]
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe\x00")
    assert "not UTF-8" in visavis("code", tmp_path / "bytes.jsonl")[2]
    (tmp_path / "in.jsonl").write_text(json.dumps(LINE))
    assert "cannot be written" in visavis("code", tmp_path / "in.jsonl", "--out", tmp_path / "no" / "where.jsonl")[2]


def test_eval_events_prints_figures_and_json(visavis: Visavis, tmp_path: Path) -> None:
    gold = {"id": "1", "events": [{"event": "AID", "source": [{"code": "RUR"}], "target": [{"code": "BOR"}]}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n")
    code, out, _ = visavis("eval", "events", tmp_path / "gold.jsonl", tmp_path / "gold.jsonl", "--boot", "10")
    assert code == 0 and "type+dyad" in out and "1.000" in out
    code, out, _ = visavis("eval", "events", tmp_path / "gold.jsonl", tmp_path / "gold.jsonl", "--boot", "10", "--json")
    assert code == 0 and json.loads(out)["micro"]["type+dyad"]["f1"] == 1.0
