"""Reviews through the pages: only with the token and from here; one of each kind, in a browser, over a coding with another lexicon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.run.samples import PlainCoder, write_pile
from tests.run.test_reviews import SMALL, Changed
from tests.show.web.test_browser import ARGUMENTS, CHROMIUM, Visit
from visavis.run import read_pile
from visavis.show.web import make_app
from visavis.show.web.serving import serving
from visavis.store import Record
from visavis.store.export import export

TOKEN = "open sesame"


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """Six reports, two of them copied, coded plainly."""
    use(PlainCoder, monkeypatch)
    write_pile(tmp_path / "pile", range(6))
    return read_pile([tmp_path / "pile"], tmp_path / "r", SMALL).record


def use(coder: type[PlainCoder], monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pile", "tasks", "reviews"):
        monkeypatch.setattr(f"visavis.run.{module}.coder", lambda settings: coder())


def client(record: Record, token: str | None = TOKEN) -> TestClient:
    return TestClient(make_app(record.path, token=token), raise_server_exceptions=False, follow_redirects=False)


def form(record: Record, **more: str) -> dict[str, str]:
    key = record.rows("events")[0].event_id
    return {"row": key, "verdict": "accept", "author": "A", "token": TOKEN, "back": f"/event/{key}", **more}


@pytest.mark.parametrize(
    ("headers", "given", "token", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, {}, TOKEN, 303),
        ({"x-visavis-token": TOKEN}, {"token": ""}, TOKEN, 303),
        ({}, {"token": "guess"}, TOKEN, 403),
        ({}, {"token": ""}, TOKEN, 403),
        ({"sec-fetch-site": "cross-site"}, {}, TOKEN, 403),
        ({"sec-fetch-site": "same-site"}, {}, TOKEN, 403),
        ({"origin": "https://evil.example"}, {}, TOKEN, 403),
        ({"cookie": f"visavis-token={TOKEN}"}, {"token": ""}, TOKEN, 403),
        ({}, {}, None, 403),
        ({}, {"verdict": "praise"}, TOKEN, 400),
        ({}, {"reason": "x" * 30_000}, TOKEN, 400),
    ],
)
def test_only_who_has_the_token_writes_and_only_from_here(
    small_record: Record, headers: dict[str, str], given: dict[str, str], token: str | None, status: int, tmp_path: Path
) -> None:
    import shutil

    shutil.copytree(small_record.path, tmp_path / "r")
    record = Record.open(tmp_path / "r")
    answer = client(record, token).post("/review", data=form(record, **given), headers=headers)
    assert answer.status_code == status
    assert len(Record.open(record.path).rows("reviews")) == (status == 303)


def test_pages_without_a_token_offer_no_form_and_those_with_one_do_not_tell_it(small_record: Record) -> None:
    address = f"/event/{small_record.rows('events')[0].event_id}"
    assert 'action="/review"' not in client(small_record, None).get(address).text
    page = client(small_record).get(address).text
    assert 'action="/review"' in page and TOKEN not in page


def test_the_way_back_leads_nowhere_else(record: Record) -> None:
    web = client(record)
    for at, back in enumerate(
        ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "")
    ):
        answer = web.post("/review", data=form(record, back=back, reason=str(at)))
        assert answer.headers["location"] == "/reviews"


class Desk:
    """A person at the pages."""

    def __init__(self, visit: Visit) -> None:
        self.visit, self.first = visit, True

    def say(self, address: str, summary: str, button: str, **fields: str) -> None:
        page = self.visit.page
        self.visit.go(address)
        page.locator("summary", has_text=summary).first.click()
        section = page.locator("details[open] form", has=page.get_by_role("button", name=button)).first
        for name, value in {"author": "A. Reader", "reason": button, **fields}.items():
            box = section.locator(f"[name={name}]")
            box.select_option(value) if box.evaluate("e => e.tagName") == "SELECT" else box.fill(value)
        if self.first:
            section.locator("[name=token]").fill(TOKEN)
            self.first = False
        section.get_by_role("button", name=button).click()
        self.visit.settle()


@pytest.fixture
def visit(record: Record) -> Iterator[Visit]:
    from playwright.sync_api import sync_playwright

    if not Path(CHROMIUM).exists():
        pytest.skip(f"no browser: {CHROMIUM} is absent (apt-get install chromium)")
    with sync_playwright() as tools, serving(record.path, TOKEN) as address:
        browser = tools.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Visit(browser.new_context(viewport={"width": 1280, "height": 900}).new_page(), address)
        browser.close()


@pytest.mark.browser
def test_a_review_of_each_kind_survives_another_lexicon_and_one_that_fits_no_more_is_open(
    record: Record, visit: Visit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lost, a, b, c, d, e = (f"/event/{event.event_id}" for event in record.rows("events"))
    homes = {f"/event/{event.event_id}": event.article_id for event in record.rows("events")}
    desk = Desk(visit)
    desk.say(lost, "Accept or reject", "It is right")
    desk.say(a, "Accept or reject", "It is right")
    assert visit.path == a and "accepted by a person" in visit.page.locator(".over").inner_text()
    desk.say(b, "Correct it", "Correct it", type="AID", targets="BOR MIL", date="2021-02")
    assert "AID" in visit.page.locator(".over").inner_text()
    desk.say(c, "Accept or reject", "Reject it")
    desk.say(d, "Merge or split", "The same happening", others=e.removeprefix("/event/"))
    desk.say(b, "Merge or split", "The same happening", others=a.removeprefix("/event/"))
    desk.say(b, "Merge or split", "This event is another happening")
    edges = list(record.rows("copies"))
    stories = {key: f"/story/{story.story_id}" for story in record.rows("stories") for key in story.article_ids}
    desk.say(stories[edges[0].article_id], "a copy of", "It is a copy")
    desk.say(stories[edges[1].article_id], "a copy of", "It is no copy")
    visit.go(b)
    visit.keep("event-reviewed")
    assert visit.complaints == []

    class Lexicon(Changed):
        """Another lexicon: every event has another id, and one is not found any more."""

        version = PlainCoder.version

        def event(self, document: Any, event: Any) -> Any:
            return super().event(document, event)

        def code(self, documents: Any) -> Any:
            for document in documents:
                found = next(iter(super().code([document])))
                yield () if document.article_id == homes[lost] else found

    before = Record.open(record.path)
    assert {row.state for row in before.rows("reviews")} == {"applied"} and len(before.rows("reviews")) == 9
    use(Lexicon, monkeypatch)
    after = read_pile([], record.path, SMALL).record
    rows = {event.article_id: event for event in after.rows("events")}
    now = [rows[homes[address]] for address in (a, b, c)]
    assert [row.reviewed for row in now] == ["accepted", "corrected", "rejected"]
    assert (now[1].type, now[1].date_from, now[2].status) == ("AID", "2021-02-01", "rejected")
    merged = {rows[homes[d]].event_id, rows[homes[e]].event_id}
    assert merged in [set(row.event_ids) for row in after.rows("happenings")]
    assert [row.reviewed for row in after.rows("copies")] == ["confirmed"]

    export(after, tmp_path / "out")
    exported = [json.loads(line) for line in (tmp_path / "out" / "events.jsonl").read_text("utf-8").splitlines()]
    assert sorted(row["reviewed"] for row in exported if row["reviewed"]) == ["accepted", "corrected", "rejected"]

    visit.go("/reviews?state=open")
    assert (
        visit.page.locator("tbody tr").count() == 1
        and "no event of the record" in visit.page.locator("tbody").inner_text()
    )
    visit.keep("reviews-open")
    last = after.runs[-1].number
    visit.go(f"/diff?a=1&b={last - 1}")
    causes = set(visit.page.locator("section table").first.locator("tbody td:nth-child(3)").all_inner_texts())
    assert causes == {"review"}
    visit.go(f"/diff?a={last - 1}&b={last}")
    causes = set(visit.page.locator("section table").first.locator("tbody td:nth-child(3)").all_inner_texts())
    assert causes == {"new lexicon"}
    visit.keep("diff")
    assert visit.complaints == []
