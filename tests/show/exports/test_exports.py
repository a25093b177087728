"""Networks, references, and every export at once: readable by others, harmless whatever pages said."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import networkx
import pytest
from lxml import etree

from tests.show import samples
from tests.show.web import hostile
from visavis.errors import QueryError, RecordError
from visavis.show.exports import SHAPES, write_shape
from visavis.show.exports.graph import network
from visavis.show.views.tex import tex
from visavis.store import Record
from visavis.store.export import FORMATS, export
from visavis.store.plain import escaped_json, without_controls

FORMS = (*(form for form in FORMATS if form != "parquet"), *SHAPES)


def texts_of(record: Record, form: str, folder: Path) -> list[str]:
    if form in SHAPES:
        return [write_shape(record, folder / "out", form)[0].read_text("utf-8")]
    export(record, folder, form)
    return [path.read_text("utf-8") for path in sorted(folder.iterdir())]


@pytest.mark.parametrize("form", FORMS)
def test_no_export_holds_a_character_that_turns_the_text_round(
    hostile_record: Record, tmp_path: Path, form: str
) -> None:
    texts = texts_of(hostile_record, form, tmp_path)
    assert (any(texts) or form == "gold") and not any(hostile.HARMFUL.search(text) for text in texts)


@pytest.mark.parametrize("form", ["csv", "icews", "gdelt", "polecat"])
def test_no_cell_of_an_export_is_a_formula(hostile_record: Record, tmp_path: Path, form: str) -> None:
    for text in texts_of(hostile_record, form, tmp_path):
        quoting = {"quoting": csv.QUOTE_MINIMAL} if form == "csv" else {"delimiter": "\t", "quoting": csv.QUOTE_NONE}
        cells = [cell for row in csv.reader(text.splitlines(), **quoting) for cell in row]  # type: ignore[arg-type]
        assert not [
            c for c in cells if c.lstrip(" ").startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?[\d.]+", c)
        ]


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_no_element_of_an_export_was_planted(hostile_record: Record, tmp_path: Path, form: str) -> None:
    (text,) = texts_of(hostile_record, form, tmp_path)
    root = etree.fromstring(text.encode())
    assert not {"script", "img"} & {etree.QName(element).localname for element in root.iter()}


def test_no_planted_text_is_a_command_in_the_references(hostile_record: Record, tmp_path: Path) -> None:
    (text,) = texts_of(hostile_record, "bibtex", tmp_path)
    entry = text[text.index(f"@misc{{article-{hostile.FIRST.article_id}") :]
    assert entry.count("{") - entry.count(r"\{") == entry.count("}") - entry.count(r"\}")
    assert tex(r"\input{/etc/passwd} 50% $x_1^2$ #&~") == (
        r"\textbackslash{}input\{/etc/passwd\} 50\% \$x\_1\textasciicircum{}2\$ \#\&\textasciitilde{}"
    )


@pytest.mark.parametrize("form", ["jsonl", "ftm", "geojson"])
def test_planted_text_stays_whole_in_json(hostile_record: Record, tmp_path: Path, form: str) -> None:
    texts = texts_of(hostile_record, form, tmp_path)
    lines = [line for text in texts for line in ([text] if form == "geojson" else text.splitlines())]
    found = "\n".join(json.dumps(json.loads(line), ensure_ascii=False) for line in lines)
    for planted_text in hostile.PLANTS.values():
        assert json.dumps(planted_text, ensure_ascii=False)[1:-1] in found


def test_json_means_the_same_after_escaping() -> None:
    odd = {"a": "\\\u202e\\\\\u2066", "\u202b": ["‮", "\u2029", "é"]}
    encoded = json.dumps(odd, ensure_ascii=False).encode()
    assert json.loads(escaped_json(encoded)) == odd and not hostile.HARMFUL.search(escaped_json(encoded).decode())
    assert without_controls("a\u202eb\n") == "a·b\n"


def test_the_network_is_read_by_networkx_with_its_measures(small_record: Record, tmp_path: Path) -> None:
    edges = {(edge.a, edge.b): edge for edge in network(small_record)}
    assert list(edges) == [("CHN", "RUS"), ("RUS", "USA")]
    assert (edges["RUS", "USA"].events, edges["RUS", "USA"].first, edges["RUS", "USA"].last) == (
        3,
        "2021-04-15",
        "2021-06-16",
    )
    for form, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph = read(write_shape(small_record, tmp_path / f"n.{form}", form)[0])
        assert sorted(map(sorted, graph.edges)) == [["CHN", "RUS"], ["RUS", "USA"]]
        told = graph.edges["RUS", "USA"]
        assert (told["weight"], told["conflictual"], told["last"]) == (3, 2, "2021-06-16")
        assert told["hostility_se"] > 0 and isinstance(told["closeness"], float)
        assert graph.nodes["RUS"]["label"] == "Russia" and graph.nodes["RUS"]["events"] == 4


def test_the_lifts_of_the_network_are_those_of_the_dyad_s_page(demo_record: Path) -> None:
    from visavis.show.fetch import fetch_dyad

    record = Record.open(demo_record)
    edge = max((edge for edge in network(record) if edge.closeness is not None), key=lambda edge: edge.events)
    view = fetch_dyad(record, edge.a, edge.b)
    assert view.alignment is not None
    last = view.alignment.series[-1]
    assert last.closeness == pytest.approx(edge.closeness, abs=1e-3)
    assert last.hostility_se == pytest.approx(edge.hostility_se, abs=1e-3)
    assert view.total.events == edge.events


def test_references_name_the_record_its_articles_and_the_methods(small_record: Record, tmp_path: Path) -> None:
    text = write_shape(small_record, tmp_path / "x.bib", "bibtex")[0].read_text("utf-8")
    keys = re.findall(r"^@\w+\{([^,]+),", text, re.MULTILINE)
    assert len(keys) == len(set(keys)) and f"article-{samples.FIRST.article_id}" in keys
    assert {"oeda2023", "dumouchel1999"} <= set(keys)
    assert "author = {{Peter Novak}}" in text and "date = {2021-04-17}" in text


def test_a_shape_goes_into_a_folder_under_its_own_name(small_record: Record, tmp_path: Path) -> None:
    path, _ = write_shape(small_record, tmp_path / "folder", "icews")
    assert path == tmp_path / "folder" / "events.icews.tab"
    assert [one.name for one in path.parent.iterdir()] == ["events.icews.tab"]


def test_the_same_record_is_the_same_file(hostile_record: Record, tmp_path: Path) -> None:
    for form in SHAPES:
        first, second = (write_shape(hostile_record, tmp_path / name, form)[0] for name in ("a.x", "b.x"))
        assert first.read_bytes() == second.read_bytes(), form


def test_what_cannot_be_written_is_said(small_record: Record, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Shapes: icews"):
        write_shape(small_record, tmp_path / "x.y", "stata")
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError, match="cannot be written"):
        write_shape(small_record, tmp_path / "file" / "x.icews", "icews")
