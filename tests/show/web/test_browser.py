"""The whole chain in a real browser, over the demo record: front, dyad, mark, event, story, two versions, and back.

Screenshots go to `artefacts/` (or `$VISAVIS_ARTEFACTS`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ARTEFACTS = Path(os.environ.get("VISAVIS_ARTEFACTS", Path(__file__).resolve().parents[3] / "artefacts"))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not Path(CHROMIUM).exists(), reason=f"no browser: {CHROMIUM} is absent (apt-get install chromium)"
    ),
]


class Visit:
    """A page in the browser, with what it complained of and what it asked for."""

    def __init__(self, page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.elsewhere.append(request.url) if not self._ours(request.url) else None)

    def _ours(self, url: str) -> bool:
        return url.startswith((self.base + "/", "data:"))

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def go(self, address: str) -> None:
        self.page.goto(self.base + address)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_load_state()
        if self.page.locator("form[data-load]").count():
            self.page.locator("form[data-ready]").wait_for()
        charts = self.page.locator("[data-chart]").count()
        if charts:
            self.page.locator("[data-drawn]").nth(charts - 1).wait_for(state="attached")

    def keep(self, name: str) -> None:
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png", full_page=True)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, served_demo: str) -> Iterator[Visit]:
    with visiting(browser, served_demo) as found:
        yield found


@contextmanager
def visiting(browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    found = Visit(context.new_page(), address)
    yield found
    context.close()
    assert found.elsewhere == []


def ask(base: str, address: str) -> dict:
    with urlopen(base + address) as answer:
        return json.load(answer)


def copied_event(base: str) -> tuple[dict, tuple[str, str]]:
    """An event of a story that was copied, dated when there is such a one, and its dyad."""
    found = []
    for line in ask(base, "/stories.json")["stories"]:
        for event in ask(base, f"/story/{line['story_id']}.json")["events"] if line["articles"] > 1 else ():
            facing = [event["sources"][:1], event["targets"][:1]] if event["targets"] else [event["sources"][:2]]
            codes = sorted({label.split()[0] for side in facing for label in side})
            if len(codes) == 2 and event["status"] == "happened" and all(len(c) == 3 for c in codes):
                found.append((event, (codes[0], codes[1])))
    if not found:
        raise AssertionError("the record holds no copied story with an event between two actors")
    return next((one for one in found if one[0]["date"]), found[0])


def test_from_the_front_to_the_words_that_were_changed_and_back(visit: Visit) -> None:
    walk(visit, "")


def test_the_same_walk_over_pages_as_people_save_them(browser, served_seeds: str) -> None:
    with visiting(browser, served_seeds) as visit:
        walk(visit, "-seeds")


def walk(visit: Visit, kept_as: str) -> None:
    """From the front page to two versions of a story and back, by clicks alone."""
    page, base = visit.page, visit.base
    event, (a, b) = copied_event(base)

    visit.go("/")
    assert page.locator("h1").inner_text() == "What moved in this record"
    busiest = page.locator("section", has_text="Most active dyads").locator("tbody tr")
    assert busiest.count() == len(ask(base, "/.json")["overview"]["dyads"]) > 0
    network = ask(base, "/network.json?states=24")
    assert page.locator("#picture svg.network circle").count() == len(network["nodes"]) > 2
    assert page.locator("#picture svg.network line").count() == len(network["ties"]) > 0
    visit.keep(f"front{kept_as}")
    page.get_by_label("One actor").fill(a)
    page.get_by_label("and another").fill(b)
    page.get_by_role("button", name="Show how they stand").click()
    page.wait_for_url(f"**/dyad/{a}/{b}")

    visit.settle()
    view = ask(base, f"/dyad/{a}/{b}.json?last=500")
    happened = [line for line in view["last"] if line["status"] == "happened"]
    marks = page.locator(".chart.marks svg .mark-symbol.role-mark path")
    assert marks.count() == len(happened)  # dated ones on the line, undated ones beside each other
    per_year = page.locator("section", has=page.locator("#per-h")).locator("tbody tr")
    assert per_year.count() == len(view["periods"])
    visit.keep(f"dyad{kept_as}")
    who = " → ".join(", ".join(side) for side in (event["sources"], event["targets"]) if side)
    words = f"{event['date'] or 'undated'}: {event['type']}, {who}"
    mark = page.locator(f'.chart.marks path[aria-label="{words}"]').first
    mark.scroll_into_view_if_needed()
    mark.click(force=True)
    page.wait_for_url("**/event/*")

    reached = ask(base, visit.path + ".json")
    here = page.locator("#sentence")
    assert here.count() == 1 and " ".join(reached["event"]["quote"].split()) in words_of(here)
    for role in {role for mark in reached["event"]["marks"] for role in mark["roles"]}:
        assert here.locator(f"mark.{role}").count() >= 1, role
        assert page.locator(".legend li", has=page.locator(f"mark.{role}")).count() == 1
    assert page.locator(".because li").count() == len(reached["event"]["because"])
    visit.keep(f"event{kept_as}")
    if reached["event"]["event_id"] != event["event_id"]:  # marks of one day may lie close
        visit.go(f"/event/{event['event_id']}")

    page.get_by_role("link", name="The story: who carries it").click()
    page.wait_for_url("**/story/*")
    assert page.locator(".tree .version").count() >= 2
    visit.keep(f"story{kept_as}")
    page.get_by_role("link", name=re.compile("side by side")).first.click()
    page.wait_for_url("**/versions*")
    assert page.locator("table.versions thead th").count() == 2
    assert page.locator("table.versions tbody tr").count() >= 2
    same = int(re.search(r"(\d+) words are the same", page.locator("main").inner_text()).group(1))
    assert same > 20
    visit.keep(f"versions{kept_as}")
    page.go_back()
    assert "/story/" in page.url
    page.get_by_role("link", name="Visavis").click()
    assert visit.path == "/"
    assert visit.complaints == []


def words_of(element) -> str:
    """What stands on the page at this element, without the letters of the marks and what only screen readers read."""
    script = "e => { const c = e.cloneNode(true); c.querySelectorAll('.letter, .unseen').forEach(x => x.remove()); return c.textContent }"
    return " ".join(element.evaluate(script).split())


def test_changed_words_are_marked_in_a_spun_copy(visit: Visit) -> None:
    query = "select article_id, of_article_id, story_id from copies join stories s on list_contains(s.article_ids, article_id) where kind = 'spun' limit 1"
    (row,) = ask(visit.base, "/sql.json?q=" + query.replace(" ", "+").replace("'", "%27"))["rows"]
    visit.go(f"/story/{row['story_id']}/versions?original={row['of_article_id']}&copy={row['article_id']}")
    assert visit.page.locator("table.versions mark.changed").count() > 5
    visit.keep("versions-spun")
    assert visit.complaints == []


# The pages that a default run looks at, and those that it asks axe-core about; `make looks` asks about all, in four lights.
GLANCE = ("front", "dyad", "map", "event", "network", "timeline", "scenario", "report-written")
CHECKED = GLANCE[:3]


def test_the_busiest_pages_fit_a_dark_telephone(browser, served_demo: str) -> None:
    look(browser, served_demo, "dark", 390, only=GLANCE, checked=CHECKED)


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("record", ["served_demo", "served_seeds"])
def test_every_page_fits_and_is_quiet_in_any_light(
    browser, request: pytest.FixtureRequest, record: str, scheme: str, width: int
) -> None:
    look(browser, request.getfixturevalue(record), scheme, width, "" if record == "served_demo" else "-seeds")


def pages_of(base: str) -> dict[str, str]:
    """Name of the picture -> address, of every kind of page."""
    event, (a, b) = copied_event(base)
    story = ask(base, f"/event/{event['event_id']}.json")["event"]["story_id"]
    pair, key = f"{a} {b}", event["event_id"]
    written = f"# Two capitals\n\nIt was said [[event {key}]].\n\n[[event {key}]]\n\n[[dyad {pair}]]\n\n[[chart {pair} marks]]"
    return {
        "front": "/",
        "event": f"/event/{event['event_id']}",
        "story": f"/story/{story}",
        "versions": f"/story/{story}/versions",
        "dyad": f"/dyad/{a}/{b}",
        "actor": f"/actor/{a}",
        "actors": "/actors",
        "events": f"/events?q=talks&a={a}",
        "stories": "/stories",
        "network": "/network",
        "map": f"/map?actor={a}",
        "timeline": f"/timeline?facet=dyad&a={a}",
        "scenarios": "/scenarios",
        "scenario": "/scenario/maximin",
        "report": "/report",
        "report-written": f"/report?text={quote(written)}",
        "reviews": "/reviews",
        "watches": "/watches",
        "diff": "/diff",
        "nobody": "/events?q=xyzzy",
        "missing": "/netwrk",
        "record": "/record",
        "sql": "/sql?q=select+type,+count(*)+as+n+from+events+group+by+1+order+by+2+desc",
    }


def look(
    browser,
    base: str,
    scheme: str,
    width: int,
    kept_as: str = "",
    only: tuple[str, ...] = (),
    checked: tuple[str, ...] = (),
) -> None:
    """Every page (or those named `only`): no wider than the window, no complaint, and its picture; by axe-core nothing serious in those `checked` (or all)."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    visit = Visit(context.new_page(), base)
    for name, address in pages_of(base).items():
        if only and name not in only:
            continue
        visit.go(address)
        wider = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels too wide at {width}"
        if not checked or name in checked:
            assert serious(visit.page) == [], address
        visit.keep(f"{name}{kept_as}-{scheme}-{width}")
    context.close()
    assert [words for words in visit.complaints if "404" not in words] == []  # the missing page is one
    assert visit.elsewhere == []


def serious(page) -> list[str]:
    """What axe-core finds serious or critical on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


def test_the_keyboard_reaches_the_content_first(visit: Visit) -> None:
    visit.go("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the content"
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_walks_along_the_marks_of_a_chart(visit: Visit) -> None:
    _, (a, b) = copied_event(visit.base)
    visit.go(f"/dyad/{a}/{b}")
    visit.page.locator('.chart.marks path[tabindex="0"]').first.focus()
    first = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
    visit.page.keyboard.press("End")
    last = visit.page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first < last  # labels begin with the date
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/event/*")
    assert ask(visit.base, visit.path + ".json")["event"]["date"]["iso"] == last.partition(":")[0]
    assert visit.complaints == []


def test_the_slider_moves_the_network_and_the_address_keeps_the_date(visit: Visit) -> None:
    view = ask(visit.base, "/network.json")
    visit.go("/network")
    assert visit.page.locator("svg.network line").count() == len(view["ties"])
    early = ask(visit.base, f"/network.json?at={view['dates'][0]}")
    assert len(early["ties"]) < len(view["ties"])
    visit.page.get_by_role("slider", name="Date").focus()
    visit.page.keyboard.press("Home")
    visit.page.wait_for_url(f"**at={view['dates'][0]}*")
    assert visit.page.locator("svg.network line").count() == len(early["ties"])
    assert visit.page.locator("svg.network circle").count() == len(view["nodes"])
    visit.page.reload()
    assert visit.page.locator("svg.network line").count() == len(early["ties"])
    assert visit.page.get_by_role("slider", name="Date").get_attribute("aria-valuetext") == view["dates"][0]
    assert visit.complaints == []


def test_a_square_of_the_map_and_a_bar_of_the_timeline_lead_to_what_they_count(visit: Visit) -> None:
    view = ask(visit.base, "/map.json?actor=CHN&measure=events")
    known = [tile for tile in view["tiles"] if tile["value"] is not None]
    visit.go("/map?actor=CHN&measure=events")
    assert visit.page.locator("svg.map a").count() == len(known)
    assert visit.page.locator("svg.map rect").count() == len(view["tiles"])
    visit.page.locator('svg.map a[aria-label^="Russia:"]').focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/dyad/CHN/RUS")
    visit.go("/timeline?facet=quad&a=CHN")
    bar = visit.page.locator("svg.bars a").first
    number = sum(map(int, re.findall(r"(\d+) co", bar.locator("title").text_content())))
    visit.page.goto(visit.base + bar.get_attribute("href"))
    assert int(visit.page.locator("main p strong").first.inner_text()) == number > 0
    assert visit.complaints == []


def test_on_paper_the_sentence_stays_and_the_controls_go(visit: Visit) -> None:
    event, _ = copied_event(visit.base)
    visit.page.emulate_media(media="print")
    visit.go(f"/event/{event['event_id']}")
    assert visit.page.locator("#sentence").is_visible() and visit.page.locator("#citation").is_visible()
    assert not visit.page.locator("header nav").is_visible() and not visit.page.get_by_role("button").first.is_visible()


def test_a_draft_report_is_read_taken_away_and_printed(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    visit.go("/report")
    page.get_by_role("link", name="Begin with a draft").click()
    page.locator(".preview").wait_for()
    shown = page.locator(".preview")
    notes = shown.locator("ol.notes li").count()
    assert notes > 0 and shown.locator("img").count() == shown.locator("table").count() > 0
    assert shown.locator("img").first.evaluate("e => e.naturalWidth") > 300, "the chart is drawn"
    with page.expect_download() as coming:
        page.get_by_role("button", name="HTML").click()
    coming.value.save_as(tmp_path / "report.html")
    alone = page.context.new_page()
    alone.goto((tmp_path / "report.html").as_uri())
    alone.emulate_media(media="print")
    assert alone.locator("ol.notes li").count() == notes and not alone.get_by_text("↩").first.is_visible()
    alone.locator("sup a").first.click()
    assert alone.url.endswith("#n1")
    printed = alone.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert printed.startswith(b"%PDF") and sheets >= 2
    assert visit.complaints == []


def test_the_citation_can_be_copied(visit: Visit) -> None:
    event, _ = copied_event(visit.base)
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.go(f"/event/{event['event_id']}")
    visit.page.get_by_role("button", name="Copy the citation").click()
    visit.page.get_by_role("button", name="Copied").wait_for()
    assert event["event_id"] in visit.page.evaluate("navigator.clipboard.readText()")


def test_planted_scripts_never_run(browser, hostile_web) -> None:
    from tests.show.web import hostile

    context = browser.new_context()
    page = context.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    for address in hostile.ADDRESSES:
        page.set_content(hostile_web.get(address).text)  # without the policy: escaping alone must hold
    context.close()
    assert alarms == []
