"""The sample pile is what its truth says, and its archive is what its script makes."""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from visavis.cli.demo import PARTS, pile

PILE = pile()
TRUTH: dict[str, Any] = json.loads((PILE / "TRUTH.json").read_text("utf-8"))
ARTICLES = {article["id"]: article for entry in TRUTH["files"].values() for article in entry["articles"]}
CHARSETS = {"rhine": "latin-1", "volzhsky": "cp1251", "bohemia": "cp1250"}


def text_of(name: str) -> str:
    data = (PILE / name).read_bytes()
    data = gzip.decompress(data) if data.startswith(b"\x1f\x8b") and name.endswith(".gz") else data
    text = data.decode(CHARSETS.get(Path(name).name.split("-")[0], "utf-8"))
    return html.unescape(text.replace("\\n", "\n").replace('\\"', '"'))


def test_every_file_of_the_pile_has_its_truth() -> None:
    there = {
        str(path.relative_to(PILE))
        for part in PARTS
        for path in [PILE / part, *(PILE / part).glob("*")]
        if path.is_file()
    }
    assert there == {entry["filename"] for entry in TRUTH["files"].values()}
    assert len(there) >= 34


@pytest.mark.parametrize("name", sorted(TRUTH["files"]))
def test_titles_and_bodies_stand_in_their_file(name: str) -> None:
    entry = TRUTH["files"][name]
    if not entry["articles"]:
        assert entry["n_articles_with_body"] == 0
        return
    text = text_of(entry["filename"])
    for article in entry["articles"]:
        for part in (article["title"]["value"], article["begins"], article["ends"]):
            assert part in text
        if "body" in article:
            start, end = article["body"]
            assert text[start:end].startswith(article["begins"]) and text[start:end].endswith(article["ends"])


def test_stories_part_the_articles_and_copies_stay_inside_them() -> None:
    grouped = [one for story in TRUTH["stories"] for one in story["article_ids"]]
    assert sorted(grouped) == sorted(ARTICLES)
    story_of = {one: at for at, story in enumerate(TRUTH["stories"]) for one in story["article_ids"]}
    for relation in TRUTH["relations"]:
        assert story_of[relation["a"]] == story_of[relation["b"]]
    for a, b in TRUTH["distinct_pairs_not_copies"]:
        assert story_of[a] != story_of[b]
    assert TRUTH["summary"]["distinct_articles_with_body"] == len(TRUTH["stories"])


def test_all_addresses_are_of_a_reserved_domain() -> None:
    for part in PARTS:
        for path in [PILE / part, *(PILE / part).glob("*")]:
            if path.is_file() and path.suffix in (".html", ".xml", ".jsonl") and path.name != "broken.html":
                hosts = set(re.findall(r"https?://([^/\"\s<]+)", text_of(str(path.relative_to(PILE)))))
                assert all(host.endswith((".example", "schema.org", "purl.org")) for host in hosts), path


def test_the_archive_is_what_its_script_makes() -> None:
    script = Path(__file__).resolve().parents[2] / "scripts" / "make_demo_warc.py"
    spec = importlib.util.spec_from_file_location("make_demo_warc", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert gzip.decompress(module.build()) == gzip.decompress((PILE / "archive" / "pacific.warc.gz").read_bytes())
