"""`visavis forecast` as a user types it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np

from tests.cli.conftest import Visavis
from tests.forecast.synthetic import draw_history


def test_rank_prints_the_measures_and_writes_every_place(visavis: Visavis, tmp_path: Path) -> None:
    facts = draw_history(days=40)
    train, test, out = (tmp_path / name for name in ("train.txt", "test.txt", "ranks.jsonl"))
    late = facts[:, 3] >= 34 * 24
    np.savetxt(train, facts[~late], fmt="%d")
    np.savetxt(test, facts[late], fmt="%d")
    words = ("forecast", "rank", str(train), str(test), "--model", "additive", "--ranks-out", str(out), "--json")
    code, printed, _ = visavis(*words)
    found = json.loads(printed)
    assert code == 0 and set(found) == {"mrr", "hits1", "hits3", "hits10", "fit_cpu_s", "apply_cpu_s"}
    assert 0.3 < found["mrr"] <= found["hits10"] <= 1
    places = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(places) == 2 * late.sum()
    assert found["mrr"] == np.mean([1 / place["rank"] for place in places])


def test_rank_reads_packed_files_with_a_fifth_column_and_holds_out_a_third(visavis: Visavis, tmp_path: Path) -> None:
    facts = draw_history(days=30)
    wide = np.column_stack([facts, np.full(len(facts), -1)])
    parts = {"train.txt.gz": (0, 22), "valid.txt.gz": (22, 25), "test.txt.gz": (25, 31)}
    for name, (first, stop) in parts.items():
        np.savetxt(tmp_path / name, wide[(facts[:, 3] >= first * 24) & (facts[:, 3] < stop * 24)], fmt="%d")
    words = [str(tmp_path / name) for name in ("train.txt.gz", "test.txt.gz")]
    words += ["--valid", str(tmp_path / "valid.txt.gz"), "--model", "additive", "--json"]
    single, multi = (json.loads(visavis("forecast", "rank", *words, *more)[1]) for more in ((), ("--multi-step",)))
    assert 0.3 < multi["mrr"] < single["mrr"] <= 1


def test_a_forecast_is_issued_kept_and_settled(visavis: Visavis, record: Path, tmp_path: Path) -> None:
    record = shutil.copytree(record, tmp_path / "copy")
    asked = ("forecast", "ask", "AAA -> BBB", "--class", "any", "--on", "2020-01-01", "--record", str(record))
    code, out, err = visavis(*asked, "--issue", "--json")
    assert code == 0 and "sealed" in err, err
    answer = json.loads(out)
    assert abs(sum(reason["share"] for reason in answer["reasons"]) - 1) < 1e-9
    assert any("is in no act" in note for note in answer["notes"])
    code, out, _ = visavis("forecast", "ledger", str(record), "--json")
    (row,) = json.loads(out)
    assert code == 0 and row["came"] is False and row["probability"] == answer["probability"]
    assert json.loads(visavis("forecast", "score", str(record), "--json")[1])["due"] == 1


def test_next_prints_what_is_likeliest_and_says_what_it_knows_little_of(visavis: Visavis, record: Path) -> None:
    code, out, _ = visavis("forecast", "next", "AAA", "USA,NATO", "--record", str(record))
    assert code == 0 and "NATO,USA" in out
    assert "Little history, hence near the base rate and wide: " in out and out.count("Little history") == 1


def test_faults_are_one_sentence(visavis: Visavis, record: Path) -> None:
    for words in (("A and B",), ("AAA -> BBB", "--within", "soon"), ("AAA -> BBB", "--on", "yesterday")):
        code, out, err = visavis("forecast", "ask", *words, "--record", str(record))
        assert code == 1 and not out and err.startswith("Error: ") and "Traceback" not in err
