"""Every page has its twins, says what it should, and keeps its state in the address."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient
from lxml import html

from tests.show import samples
from visavis.show.web import make_app
from visavis.store import Record

EVENT = f"/event/{samples.EXPELLED.event_id}"
STORY = f"/story/{samples.STORY.story_id}"
PAGES = (
    "/",
    EVENT,
    STORY,
    f"{STORY}/versions",
    "/dyad/RUS/USA",
    "/actor/RUS",
    "/actors",
    "/events",
    "/stories",
    "/network",
    "/network?at=2021-05&sure=0",
    "/map",
    "/timeline",
    "/timeline?by=quarter&facet=dyad",
    "/record",
    "/sql",
)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_links_to_its_twins_and_they_answer(web: TestClient, address: str) -> None:
    tree = html.fromstring(web.get(address).text)
    twins = {link.get("type"): link.get("href") for link in tree.iterfind(".//link[@rel='alternate']")}
    assert web.get(twins["application/json"]).json()
    assert web.get(twins["text/csv"]).status_code == 200
    assert tree.find(".//h1").text_content().strip()
    assert tree.get("lang") == "en"


@pytest.fixture(scope="module")
def arrived() -> set[str]:
    """The links that were followed: pages share most of theirs."""
    return set()


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_inner_link_arrives(web: TestClient, arrived: set[str], address: str) -> None:
    tree = html.fromstring(web.get(address).text)
    for field in tree.iter("input", "select", "textarea"):
        labelled = field.get("aria-label") or field.get("type") == "hidden"
        assert (
            labelled
            or list(field.iterancestors("label"))
            or tree.find(f".//label[@for='{field.get('id')}']") is not None
        )
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in {a.get("href") for a in tree.iter("a") if a.get("href", "").startswith("/")} - arrived:
        arrived.add(link)
        assert web.get(link).status_code in (200, 400), link  # 400: SQL examples over what this record lacks


def test_an_event_stands_highlighted_in_its_article(web: TestClient) -> None:
    tree = html.fromstring(web.get(EVENT).text)
    (here,) = tree.findall(".//p[@id='sentence']")
    marks = {mark.get("class"): mark.find("bdi").text for mark in here.iter("mark")}
    assert marks == {
        "date": "On Friday",
        "source": "Russia",
        "action": "expelled",
        "target": "American diplomats",
        "speaker": "Tass",
    }
    assert [li.find("mark").get("class") for li in tree.findall(".//ul[@class='legend']/li")] == [
        "source",
        "action",
        "target",
        "speaker",
        "date",
    ]
    assert "The move was expected." in here.text_content()
    assert (
        tree.find(".//a[@rel='noopener noreferrer']")
        .get("href")
        .startswith("https://meridianwire.example/first#:~:text=")
    )
    assert "run 1" in tree.find(".//*[@id='citation']").text_content()


def test_a_prefix_of_an_id_is_enough(web: TestClient) -> None:
    assert web.get(EVENT[:16]).status_code == 200


def test_events_are_filtered_searched_and_counted(web: TestClient) -> None:
    assert web.get("/events.json").json()["total"] == 5
    assert {line["type"] for line in web.get("/events.json?type=consult").json()["events"]} == {"CONSULT"}
    assert web.get("/events.json?a=RUS&b=USA").json()["total"] == 4
    assert web.get("/events.json?a=Russia&b=China").json()["total"] == 1
    assert web.get("/events.json?since=2021-04-16&until=2021").json()["total"] == 2
    assert web.get("/events.json?q=diplomat").json()["total"] == 5
    assert web.get('/events.json?q="diplomat"').json()["total"] == 0
    assert web.get("/events.json?q=expelled+ten&status=hypothetical").json()["total"] == 1
    assert web.get("/events.json?voice=media").json()["total"] == 1
    assert web.get("/events.json?q=NEAR(%22+OR+*").json()["total"] == 0


def test_cursors_walk_all_events_once(web: TestClient) -> None:
    seen, after = [], 0
    while after is not None:
        page = web.get(f"/events.json?limit=2&after={after}").json()
        seen += [line["event_id"] for line in page["events"]]
        after = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert [line["date"] for line in web.get("/events.json").json()["events"]][-1] is None


def test_a_dyad_has_a_mark_for_each_dated_event_with_its_address(web: TestClient) -> None:
    spec = web.get("/dyad/RUS/USA/chart/marks").json()
    links = {row["href"] for data in spec["datasets"].values() for row in data if "href" in row}
    assert EVENT in links and len(links) == 3
    assert all(web.get(link).status_code == 200 for link in links)
    assert rows(web.get("/dyad/RUS/USA.csv").text)[0] | {"mean_intensity": ""} == {
        "period": "2021",
        "events": "3",
        "cooperative": "1",
        "conflictual": "2",
        "balance": "-0.333",
        "mean_intensity": "",
        "articles": "3",
    }


@pytest.mark.parametrize("name", ["marks", "counts", "lift", "undated"])
def test_a_chart_leaves_as_a_picture_that_says_what_it_is(web: TestClient, name: str) -> None:
    answer = web.get(f"/dyad/Russia/USA/chart/{name}.svg")
    assert answer.headers["content-type"] == "image/svg+xml" and "RUS-USA" in answer.headers["content-disposition"]
    told = " ".join(html.fromstring(answer.content).itertext())
    assert "Russia and United States" in told and "Visavis record small, run 1" in told
    assert "<script" not in answer.text and "href" not in answer.text


def test_a_chart_leaves_as_png_too(web: TestClient) -> None:
    assert web.get("/dyad/RUS/USA/chart/counts.png").content.startswith(b"\x89PNG")
    assert web.get("/dyad/RUS/USA/chart/counts.gif").status_code == 422


def test_a_period_without_events_has_its_place_in_the_bars(small_record: Record) -> None:
    from visavis.show.charts import dyad_charts
    from visavis.show.fetch import fetch_dyad

    view = fetch_dyad(small_record, "RUS", "USA", "month", last=0)
    axis = dyad_charts(view, str)["counts"]["encoding"]["x"]["scale"]["domain"]
    assert [p.period for p in view.periods] == ["2021-04", "2021-06"] and axis == ["2021-04", "2021-05", "2021-06"]


def test_actors_may_be_given_by_name_and_are_suggested(web: TestClient) -> None:
    assert web.get("/actor/russia.json").json()["code"] == "RUS"
    answer = web.get("/actor/Rusia")
    assert answer.status_code == 404
    assert "/actor/RUS" in {a.get("href") for a in html.fromstring(answer.text).iter("a")}
    assert web.get("/dyad?a=Russia&b=China", follow_redirects=False).headers["location"] == "/dyad/RUS/CHN"


@pytest.mark.parametrize(
    ("asked", "meant"), [("/evnts.json", "/events"), ("/netwrk.json", "/network"), ("/stroies.json", "/stories")]
)
def test_a_page_that_is_not_there_suggests_one_that_is(web: TestClient, asked: str, meant: str) -> None:
    answer = web.get(asked)
    assert (answer.status_code, [one["href"] for one in answer.json()["error"]["near"]]) == (404, [meant])


def test_errors_have_one_shape(web: TestClient) -> None:
    for address, status in (
        ("/event/ffffffff.json", 404),
        ("/nothing.json", 404),
        ("/events.json?type=NONSENSE", 400),
        ("/events.json?since=yesterday", 400),
        ("/events.json?limit=0", 422),
        ("/events.json?run=99", 400),
        ("/sql.json?q=select", 400),
        ("/dyad/RUS/RUS.json", 404),
    ):
        answer = web.get(address)
        assert (answer.status_code, set(answer.json()["error"])) == (status, {"status", "what", "hint", "near"}), (
            address
        )
        assert answer.json()["error"]["what"]


def test_an_address_may_pin_the_run_and_links_stay_at_it(small_record: Record, web: TestClient) -> None:
    run = small_record.run.run_id
    tree = html.fromstring(web.get(f"/?run={run}").text)
    inner = [a.get("href") for a in tree.iter("a") if a.get("href", "").startswith(("/dyad", "/events", "/story"))]
    assert inner and all(f"run={run}" in link for link in inner)


def test_a_new_run_is_seen_at_once_and_the_old_one_can_still_be_asked(tmp_path) -> None:
    record = Record.create(tmp_path / "r").commit("one", {"events": [samples.EXPELLED], "articles": [samples.FIRST]})
    client = TestClient(make_app(record.path))
    assert client.get("/events.json").json()["total"] == 1
    record.commit("two", {"events": [samples.event("talks", "CONSULT", 1, ("RUS", "USA"), ())]})
    assert client.get("/events.json").json()["total"] == 2
    assert client.get("/events.json?run=1").json()["total"] == 1


EMPTY = (
    "/",
    "/events",
    "/stories",
    "/actors",
    "/record",
    "/actor/CHN",
    "/dyad/CHN/RUS",
    "/network",
    "/map",
    "/timeline",
)


def test_an_empty_record_says_what_to_do(tmp_path) -> None:
    client = TestClient(make_app(Record.create(tmp_path / "r").path))
    for address in EMPTY:
        answer = client.get(address)
        assert answer.status_code == 200
        assert html.fromstring(answer.text).find_class("empty"), address


def test_the_sql_box_keeps_a_question_that_failed(web: TestClient) -> None:
    tree = html.fromstring(web.get("/sql?q=select+nothing+from+events").text)
    assert tree.find(".//textarea").text == "select nothing from events"
    assert "nothing" in tree.find(".//*[@role='alert']").text_content()
    assert web.get("/sql.json?q=select+count(*)+as+n+from+events").json()["rows"] == [{"n": 5}]
