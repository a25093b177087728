"""The page of reports previews a text and hands out its files; it keeps nothing and trusts nothing."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import quote, urlencode

import docx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from tests.show import samples
from tests.show.web import hostile
from visavis.store import Record

EVENT = samples.EXPELLED.event_id
TEXT = f"# Two capitals\r\n\r\nMoscow answered [[event {EVENT[:8]}]].\r\n\r\n[[dyad RUS USA]]\r\n"
CHART = TEXT + "\r\n[[chart RUS USA counts]]"
HERE = {"sec-fetch-site": "same-origin"}


def post(web: TestClient, text: str, form: str = "preview", **headers: str):
    return web.post("/report", data={"text": text, "as": form}, headers=HERE | headers)


def test_a_preview_shows_the_text_its_notes_and_its_charts_and_nothing_is_kept(
    web: TestClient, small_record: Record
) -> None:
    def files() -> list[tuple[Path, int]]:
        return [(path, path.stat().st_mtime_ns) for path in sorted(small_record.path.rglob("*")) if path.is_file()]

    before = files()
    answer = post(web, CHART)
    assert answer.status_code == 200
    tree = html.fromstring(answer.text)
    (shown,) = tree.find_class("preview")
    assert shown.find(".//h1").text == "Two capitals"
    assert samples.QUOTE in shown.find(".//ol/li").text_content()
    assert [img.get("src")[:26] for img in shown.iter("img")] == ["data:image/svg+xml;base64,"]
    assert tree.find(".//textarea").text.strip() == CHART.replace("\r\n", "\n").strip()
    assert files() == before


def test_the_files_are_those_of_the_command(web: TestClient) -> None:
    answer = post(web, TEXT, ".md")
    assert answer.headers["content-disposition"] == 'attachment; filename="report.md"'
    assert answer.text.startswith("# Two capitals") and "[^1]: " in answer.text and samples.QUOTE in answer.text
    assert "<blockquote" not in post(web, TEXT, ".html").text and "Two capitals</h1>" in post(web, TEXT, ".html").text
    word = docx.Document(io.BytesIO(post(web, TEXT, ".docx").content))
    assert word.paragraphs[0].text == "Two capitals" and len(word.tables) == 1
    packed = post(web, CHART, ".md")
    assert packed.headers["content-disposition"].endswith('"report.zip"')
    with zipfile.ZipFile(io.BytesIO(packed.content)) as pack:
        assert pack.namelist() == ["report-files/chart-1.svg", "report.md"]


def test_pages_of_events_and_dyads_lead_to_a_report_that_points_at_them(web: TestClient) -> None:
    for address, wanted in ((f"/event/{EVENT}", samples.QUOTE), ("/dyad/RUS/USA", "Russia and United States")):
        (link,) = [a.get("href") for a in html.fromstring(web.get(address).text).iter("a") if a.text == "report"]
        assert wanted in html.fromstring(web.get(link).text).find_class("preview")[0].text_content()
    assert web.get(f"/report.json?text={quote(TEXT)}").json()["title"] == "Two capitals"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[event ffffffff]]", "no event"),
        ("one\n\n[[chart RUS]]", "Line 3"),
        ("[[dyad RUS USA]]\n" * 21, "At most 20"),
        ("a" * 40_001, "At most 40,000"),
    ],
)
def test_a_text_that_cannot_be_read_is_given_back_with_what_is_wrong(web: TestClient, text: str, told: str) -> None:
    for form in ("preview", ".docx"):
        answer = post(web, text, form)
        assert answer.status_code == 400
        tree = html.fromstring(answer.text)
        assert told in tree.find_class("empty")[0].text_content()
        assert tree.find(".//textarea").text.strip() == text[:40_000].strip()
    assert web.get(f"/report.json?text={quote(text[:3000])}").status_code in (200, 400)


_PIECES = (
    "[[event ",
    EVENT,
    "]]",
    "[[dyad RUS USA]]",
    "[[chart RUS USA ",
    "counts",
    "# ",
    "- ",
    "*",
    "**",
    "\n",
    "\x00",
    "\ud800",
    "\u202e",
    "[^1]",
    "|",
    "x ",
)


@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.sampled_from(_PIECES), max_size=14).map("".join),
    st.sampled_from(["preview", ".md", ".html", ".docx", ".pdf", ""]),
)
def test_no_text_makes_the_page_fail(web: TestClient, text: str, form: str) -> None:
    sent = urlencode({"text": text, "as": form}, errors="surrogatepass")
    headers = HERE | {"content-type": "application/x-www-form-urlencoded"}
    assert web.post("/report", content=sent, headers=headers).status_code in (200, 400)


def test_forms_from_elsewhere_and_forms_without_end_are_refused(web: TestClient) -> None:
    assert post(web, TEXT, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert post(web, "a" * 400_000).status_code == 413
    assert web.post("/report", content="&" * 100, headers=HERE).status_code == 413
    # A run of blanks is read once, not once from each of its blanks.
    assert post(web, "a" + " " * 39_000 + "b", ".md").elapsed.total_seconds() < 5


def test_hostile_words_of_the_text_and_of_its_events_stay_words(hostile_web: TestClient) -> None:
    text = f"# {hostile.ALL}\n\n{hostile.ALL} [[event {hostile.EVENT.event_id}]]\n\n[[event {hostile.EVENT.event_id}]]"
    for answer in (post(hostile_web, text), post(hostile_web, text, ".html")):
        assert answer.status_code == 200
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        tree = html.fromstring(answer.text)
        assert not list(tree.iter("script", "img", "iframe"))
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text)
        assert hostile.PLANTS["script"] in tree.text_content()
    assert "<script" not in post(hostile_web, text, ".md").text.replace("\\<", "")
