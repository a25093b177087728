"""A published record holds no text, says what it is, and holds against the pages that it was made from."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from visavis.cli.demo import PARTS, pile
from visavis.errors import InputError
from visavis.store import Record
from visavis.store.keep.against import check_against
from visavis.store.keep.figures import figures
from visavis.store.keep.publish import publish

SOURCES = [pile() / part for part in PARTS]


@pytest.fixture(scope="module")
def published(demo_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published") / "out"
    publish(Record.open(demo_record), folder, quote=40)
    return folder


def test_the_demo_record_holds_against_the_demo_pile(published: Path, demo_record: Path) -> None:
    done = check_against(published, SOURCES)
    record = Record.open(demo_record)
    assert done.findings == () and done.missing == ()
    assert (done.pages, done.articles) == (len(record.rows("pages")), len(record.rows("articles")))
    assert done.spans > 2 * len(record.rows("events"))


def test_no_piece_of_a_text_is_longer_than_was_said(published: Path, demo_record: Path) -> None:
    written = "".join(path.read_text("utf-8") for path in published.rglob("*.*"))
    for article in Record.open(demo_record).rows("articles"):
        for start in range(0, max(0, len(article.text) - 42), 31):
            assert article.text[start : start + 42] not in written


def test_the_package_describes_every_column_and_seals_every_file(published: Path) -> None:
    package = json.loads((published / "datapackage.json").read_text("utf-8"))
    assert package["visavis"]["quote_characters"] == 40
    for resource in package["resources"]:
        data = (published / resource["path"]).read_bytes()
        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest() and resource["bytes"] == len(data)
        header = next(csv.reader(data.decode().splitlines()))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        assert all(field["description"] and field["type"] != "any" for field in resource["schema"]["fields"]), resource[
            "name"
        ]


def test_a_page_that_says_otherwise_is_found(published: Path, tmp_path: Path) -> None:
    shutil.copytree(published, tmp_path / "out")
    events = tmp_path / "out" / "data" / "events.csv"
    rows = events.read_text("utf-8").splitlines(keepends=True)
    digest = next(csv.DictReader(rows))["quote_sha256"]
    events.write_text("".join(rows).replace(digest, "0" * 64), "utf-8")
    done = check_against(tmp_path / "out", SOURCES)
    assert done.findings and {f.table for f in done.findings} == {"events"}


def test_pages_under_other_names_are_known_by_their_bytes_and_those_that_lack_are_named(
    published: Path, tmp_path: Path
) -> None:
    page = sorted((pile() / "pages").glob("*.html"))[0]
    shutil.copy(page, tmp_path / "renamed.html")
    done = check_against(published, [tmp_path])
    assert (done.pages, done.findings) == (1, ()) and len(done.missing) > 50
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "a.html").write_text("<p>nothing</p>")
    with pytest.raises(InputError, match="None of the published pages"):
        check_against(published, [tmp_path / "empty"])


def test_what_cannot_be_published_or_checked_is_refused(published: Path, demo_record: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not short"):
        publish(Record.open(demo_record), tmp_path / "x", quote=3000)
    with pytest.raises(InputError, match="holds something"):
        publish(Record.open(demo_record), published)
    with pytest.raises(InputError, match="no published record"):
        check_against(demo_record, SOURCES)


def test_the_datasheet_covers_every_article_and_quotes_the_measured_figures(published: Path, demo_record: Path) -> None:
    sheet = json.loads((published / "datasheet.json").read_text("utf-8"))
    whole = Record.open(demo_record).sql("select count(*) n from articles where kind = 'article'").to_pylist()[0]["n"]
    assert (
        sum(row["articles"] for row in sheet["coverage"]) == sum(row["articles"] for row in sheet["outlets"]) == whole
    )
    assert sum(row["n"] for row in sheet["drops"]) == sheet["counts"]["drops"]
    assert sheet["accuracy"] == figures() and {row["figure"] for row in figures()["figures"]} >= {"type", "voices F1"}
    told = (published / "datasheet.md").read_text("utf-8")
    assert told.startswith("# Datasheet") and "gold/unseen" in told
