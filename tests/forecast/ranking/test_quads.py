"""Quadruple files in all their forms, and what is said of bad ones."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from visavis.errors import InputError
from visavis.forecast.ranking.quads import describe_graph, load_quads


def test_a_fifth_column_and_gzip_are_read(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.txt", tmp_path / "a.txt.gz"
    plain.write_text("0\t1\t2\t24\t-1\n3\t0\t1\t48\t-1\n")
    packed.write_bytes(gzip.compress(b"0 1 2 24\n3 0 1 48\n"))
    assert load_quads(plain).tolist() == load_quads(packed).tolist() == [[0, 1, 2, 24], [3, 0, 1, 48]]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no facts"),
        (b"0 1 2 3\n0 1 x 3\n", "line 2"),
        (b"0 1 2\n", "line 1"),
        (b"0 1 -2 3\n", "negative"),
        (b"\x1f\x8b\x00", "damaged"),
    ],
)
def test_bad_files_are_one_clear_error(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=said):
        load_quads(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt"):
        load_quads(tmp_path / "nowhere.txt")


def test_both_directions_and_periods(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0 1 2 24\n3 0 1 48\n")
    quads = load_quads(path)
    graph = describe_graph(quads)
    assert (graph.entities, graph.relations, graph.step) == (4, 2, 24)
    assert graph.periods(quads).tolist() == [[0, 1, 2, 1], [3, 0, 1, 2], [2, 3, 0, 1], [1, 2, 3, 2]]


def test_too_few_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0 1 9 24\n")
    with pytest.raises(InputError, match="name 10 entities"):
        describe_graph(load_quads(path), entities=5)
