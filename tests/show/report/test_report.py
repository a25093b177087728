"""A report leads every footnote to its sentence, article and page, in each form, whatever the pages said."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import docx
import pytest
from lxml import etree, html

from tests.show import samples
from tests.show.web import hostile
from visavis.errors import InputError, QueryError, RecordError
from visavis.show.report import draft, write_report, write_text
from visavis.store import Record

EVENT = samples.EXPELLED.event_id
SOURCE = f"""# Two capitals

Moscow *answered* within a day [[event {EVENT[:8]}]], as it had **said** it would.
Nobody was surprised [[event {EVENT}]].

[[event {EVENT}]]

- one thing
- another [[event {samples.event("talks").event_id}]]

## Counts

[[dyad RUS USA]]

[[chart RUS USA counts]]

[[chart Russia USA marks month]]
"""


def made(record: Record, folder: Path, ending: str, source: str = SOURCE) -> Path:
    (folder / "memo.md").write_text(source, "utf-8")
    write_report(folder / "memo.md", record, folder / f"out{ending}")
    return folder / f"out{ending}"


def test_html_notes_lead_there_and_back(small_record: Record, tmp_path: Path) -> None:
    tree = html.fromstring(made(small_record, tmp_path, ".html").read_text("utf-8"))
    marks = [a.get("href") for a in tree.iterfind(".//sup/a")]
    assert marks == ["#n1", "#n1", "#n1", "#n2"]
    notes = {note.get("id"): note.text_content() for note in tree.iterfind(".//ol/li")}
    assert list(notes) == ["n1", "n2"]
    told = notes["n1"]
    assert samples.QUOTE in told and EVENT in told and samples.FIRST.article_id in told
    assert "https://meridianwire.example/first" in told
    assert {a.get("href") for a in tree.iterfind(".//ol//a")} == {
        f"#{sup.get('id')}" for sup in tree.iterfind(".//sup[@id]")
    }
    assert tree.find(".//h1").text == "Two capitals" and tree.find(".//blockquote").text == samples.QUOTE
    assert [img.get("src")[:26] for img in tree.iter("img")] == ["data:image/svg+xml;base64,"] * 2
    assert next([cell.text for cell in row] for row in tree.iterfind(".//tbody/tr"))[:4] == ["2021", "3", "1", "2"]


def test_markdown_has_footnotes_and_pictures_beside_it(small_record: Record, tmp_path: Path) -> None:
    text = made(small_record, tmp_path, ".md").read_text("utf-8")
    assert text.startswith("# Two capitals\n") and "within a day[^1], as it had **said** it would." in text
    assert text.count("[^1]: ") == text.count("[^2]: ") == 1
    for name in ("chart-1.svg", "chart-2.svg"):
        assert f"(out-files/{name})" in text
        assert "<svg" in (tmp_path / "out-files" / name).read_text("utf-8")


def test_docx_holds_the_same_words_and_pictures(small_record: Record, tmp_path: Path) -> None:
    document = docx.Document(str(made(small_record, tmp_path, ".docx")))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == "Two capitals" and f"{samples.QUOTE}1" in texts
    assert any(text.startswith("1. ") and EVENT in text for text in texts)
    assert len(document.inline_shapes) == 2 and document.tables[0].cell(0, 1).text == "events"


@pytest.mark.parametrize("ending", [".html", ".md", ".docx"])
def test_what_pages_planted_is_harmless(hostile_record: Record, tmp_path: Path, ending: str) -> None:
    source = (
        f"[[event {hostile.EVENT.event_id}]]\n\nText [[event {hostile.EVENT.event_id}]].\n\n[[chart RUS USA marks]]\n"
    )
    path = made(hostile_record, tmp_path, ending, source)
    if ending == ".docx":
        text = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    else:
        text = path.read_text("utf-8")
        charts = [base64.b64decode(found) for found in re.findall(r"data:image/svg\+xml;base64,([\w+/=]+)", text)]
        charts += [file.read_bytes() for file in tmp_path.rglob("*.svg")]
        for chart in charts:
            root = etree.fromstring(chart)
            assert not {"script", "foreignObject", "image"} & {
                etree.QName(element).localname for element in root.iter()
            }
            assert not hostile.HARMFUL.search(chart.decode())
        assert len(charts) == 1 and "<script" not in text.replace("\\<script", "")
        assert "<img src=x" not in text.replace("\\<img", "")
    assert not hostile.HARMFUL.search(text) and "expelled diplomats" in text


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("a\n\n[[dyad RUS]]", "Line 3 of the report"),
        ("[[chart RUS USA pie]]", "Line 1 of the report"),
        ("[[chart RUS USA counts week]]", "not a period"),
    ],
)
def test_a_pointer_that_cannot_be_read_is_named(small_record: Record, tmp_path: Path, source: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        made(small_record, tmp_path, ".md", source)


def test_a_draft_is_a_text_that_the_record_can_answer(
    small_record: Record, hostile_record: Record, tmp_path: Path
) -> None:
    text = draft(small_record)
    assert text.startswith("# What moved in small\n\n4 events that happened, in 1 story that 3 articles carry")
    assert "[[dyad RUS USA]]" in text and "## Last sanctions" in text
    made = write_text(text, small_record, tmp_path / "draft.html")
    assert len(made.notes) == text.count("[[event") > 0
    for ending in (".md", ".docx"):
        write_text(draft(hostile_record), hostile_record, tmp_path / f"planted{ending}")
    assert "<script" not in (tmp_path / "planted.md").read_text("utf-8").replace("\\<", "")


def test_an_empty_record_has_a_draft_without_pointers(tmp_path: Path) -> None:
    assert "[[" not in draft(Record.create(tmp_path / "r"))


def test_the_page_is_made_for_paper_too(small_record: Record, tmp_path: Path) -> None:
    text = made(small_record, tmp_path, ".html").read_text("utf-8")
    assert "@media print" in text and "@page" in text and "counter(page)" in text and "<script" not in text


def test_what_is_not_there_or_cannot_be_written_is_said(small_record: Record, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="no event"):
        made(small_record, tmp_path, ".md", "[[event ffffffff]]")
    with pytest.raises(InputError, match="ending"):
        made(small_record, tmp_path, ".odt")
    with pytest.raises(InputError, match="cannot be read"):
        write_report(tmp_path / "nothing.md", small_record, tmp_path / "x.md")
    (tmp_path / "file").write_text("x")
    (tmp_path / "memo.md").write_text("plain")
    with pytest.raises(RecordError, match="cannot be written"):
        write_report(tmp_path / "memo.md", small_record, tmp_path / "file" / "x.md")
