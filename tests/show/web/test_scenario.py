"""The scenario pages: an argument with sliders; the verdict, the tornado and the flips follow, and the address holds the state."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.show.web.test_browser import ARGUMENTS, CHROMIUM, serious, visiting
from visavis.reason import shipped
from visavis.show.web import make_app
from visavis.show.web.serving import serving
from visavis.store import Record

OWN = """visavis = "scenario/1"
title = "<script>alert(1)</script>"
kind = "exchange"
[claim]
text = "The \\"><img src=x onerror=alert(1)> smaller mission loses more"
expect = "loss_share.A > loss_share.B"
source = "=cmd|' /C calc'!A0"
[missions]
A = { B = [10, 20, 60] }
B = { A = 40 }
[open]
by = "A"
on = "B"
count = 4
"""
MISSIONS = "/scenario/missions"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with a scenario of its own, and one that is broken."""
    record = Record.create(tmp_path_factory.mktemp("scenarios") / "record").commit("test", {"events": []})
    (record.path / "scenarios").mkdir()
    (record.path / "scenarios" / "missions.toml").write_text(OWN, "utf-8")
    (record.path / "scenarios" / "broken.toml").write_text(
        'visavis = "scenario/1"\ntitle = "x"\nkind = "magic"\n', "utf-8"
    )
    return record.path


@pytest.fixture(scope="module")
def pages(folder: Path) -> TestClient:
    return TestClient(make_app(folder), raise_server_exceptions=False)


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


def test_the_list_has_the_records_own_first_and_says_what_is_wrong(pages: TestClient) -> None:
    lines = pages.get("/scenarios.json").json()["scenarios"]
    assert [line["name"] for line in lines[:2]] == ["broken", "missions"] and len(lines) == 2 + len(shipped())
    assert "broken.toml, line 3" in lines[0]["fault"] and lines[0]["own"]
    assert pages.get("/scenario/broken").status_code == 422


def test_the_twin_is_what_the_command_line_prints_and_follows_the_moves(pages: TestClient) -> None:
    stated = pages.get(f"{MISSIONS}.json").json()
    assert stated["holds"] == "depends" and stated["at_best"] is True
    assert stated["result"]["figures"]["loss_share.A"] == pytest.approx(0.2)
    moved = pages.get(f"{MISSIONS}.json?at=staff.A:50").json()
    assert moved["at_best"] is False
    assert moved["result"]["figures"]["loss_share.A"] == pytest.approx(0.08)
    assert moved["flips"][0]["turns_at"] == pytest.approx([40], abs=0.01)
    rows = list(csv.DictReader(io.StringIO(pages.get(f"{MISSIONS}.csv?at=staff.A:50").text)))
    assert {row["assumption"]: row["best"] for row in rows}["staff.A"] == "50.0"


@pytest.mark.parametrize(
    ("query", "words"), [("at=staff.A:90", "outside its range"), ("at=staff.C:1", "no assumption"), ("at=staff.A", "moves nothing")]
)  # fmt: skip
def test_a_move_that_cannot_be_is_one_sentence(pages: TestClient, query: str, words: str) -> None:
    answer = pages.get(f"{MISSIONS}.json?{query}")
    assert answer.status_code == 422 and words in answer.json()["error"]["what"]
    assert pages.get("/scenario/mission").status_code == 404


def test_planted_text_in_a_scenario_is_harmless(pages: TestClient) -> None:
    page = pages.get(MISSIONS).text
    assert "<script>alert" not in page and "<img" not in page and "&lt;script&gt;" in page
    assert " style=" not in page


@pytest.mark.browser
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser: {CHROMIUM} is absent")
def test_a_slider_moves_the_verdict_and_the_tornado(served: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with visiting(running, served) as visit:
            page = visit.page
            visit.go(MISSIONS)
            assert "holds at the best values" in page.locator("#verdict").inner_text()
            assert page.locator(".tornado li").count() == 1 and page.locator(".turn").inner_text() == "turns it at 40"
            page.locator("input[name='staff.A']").fill("50")
            page.wait_for_url("**/scenario/missions?at=staff.A%3A50")
            assert "fails at the best values" in page.locator("#verdict").inner_text()
            assert "from 20 to 50" in page.locator("#verdict").inner_text()
            assert page.locator(".sliders output").first.inner_text() == "50"
            visit.keep("scenario")
            assert serious(page) == []
            page.set_viewport_size({"width": 390, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            page.reload()
            assert "fails at the best values" in page.locator("#verdict").inner_text(), "the address holds the state"
            page.get_by_role("link", name="As stated").click()
            page.wait_for_url("**/scenario/missions")
            assert visit.complaints == []
        running.close()
