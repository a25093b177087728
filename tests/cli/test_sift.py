"""`visavis sift` and `visavis eval copies` from documents to scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Visavis
from tests.sift.samples import reworded, text


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    base = text(12, 1)
    texts = {"a": base, "b": f"Menu\n\nHome\n\n{base}\n\nShare this", "c": reworded(base, 0.3, 2), "d": text(9, 3)}
    path = tmp_path / "docs.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": words}) + "\n" for name, words in texts.items()))
    return path


def test_pairs_are_written_a_line_each(docs: Path, tmp_path: Path, visavis: Visavis) -> None:
    out = tmp_path / "pairs.jsonl"
    assert visavis("sift", docs, "--pairs-out", out) == (0, "", "")
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert {(row["copy"], row["source"], row["kind"]) for row in rows} >= {("b", "a", "identical"), ("c", "a", "spun")}
    assert all(set(row) == {"copy", "source", "kind", "score", "span", "direction", "why"} for row in rows)


def test_scores_are_printed(docs: Path, tmp_path: Path, visavis: Visavis) -> None:
    pairs = tmp_path / "labels.jsonl"
    labels = [{"copy": "b", "source": "a", "kind": "verbatim"}, {"copy": "c", "source": "a", "kind": "spin30"}]
    pairs.write_text("".join(json.dumps(label) + "\n" for label in labels))
    scores = json.loads(visavis("eval", "copies", docs, pairs, "--json")[1])
    assert {"precision", "recall", "core_recall", "f1", "kinds"} <= set(scores)
    assert (scores["precision"], scores["core_recall"], scores["kinds"]["spin30"]["recall"]) == (1.0, 1.0, 1.0)
    assert "spin30" in visavis("eval", "copies", docs, pairs)[1]


def test_one_id_with_two_texts_is_one_sentence_and_exit_1(tmp_path: Path, visavis: Visavis) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_text('{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\n')
    code, _, told = visavis("sift", path)
    assert code == 1 and "'a' stands twice" in told
