"""What pages carry cannot harm a reader: escaped, isolated, neutralised; and nothing comes from elsewhere."""

from __future__ import annotations

import csv
import io
import re

import pytest
from fastapi.testclient import TestClient
from lxml import etree, html

from tests.show.web import hostile
from visavis.show.web.html import href, shown, web_address

EVENT = f"/event/{hostile.EVENT.event_id}"


def twin(address: str, form: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{form}{mark}{query}"


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_no_page_lets_planted_text_become_markup(hostile_web: TestClient, address: str) -> None:
    answer = hostile_web.get(address)
    assert answer.status_code in (200, 400, 404)
    tree = html.fromstring(answer.text)
    assert all(script.get("src", "").startswith(("/static/", "/assets/")) for script in tree.iter("script"))
    assert all(not (script.text or "").strip() for script in tree.iter("script"))
    assert not list(tree.iter("img", "style", "iframe", "object", "embed"))
    for element in tree.iter():
        for name, value in element.items():
            assert not name.startswith("on") and name != "style", (element.tag, name)
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#", "?", "https://", "http://")), value


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_no_page_and_no_twin_lets_planted_text_turn_the_direction_of_ours(
    hostile_web: TestClient, address: str
) -> None:
    for one in (address, twin(address, "json"), twin(address, "csv")):
        assert not hostile.HARMFUL.search(hostile_web.get(one).text), one


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_no_json_twin_can_be_taken_for_a_page(hostile_web: TestClient, address: str) -> None:
    answer = hostile_web.get(twin(address, "json"))
    assert answer.headers["content-type"] == "application/json" and answer.json()
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("address", hostile.ADDRESSES)
def test_no_cell_of_a_csv_twin_is_a_formula(hostile_web: TestClient, address: str) -> None:
    answer = hostile_web.get(twin(address, "csv"))
    assert answer.headers["content-type"].startswith("text/csv") or answer.status_code == 404
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert cells or answer.status_code == 200
    # A number may be negative; anything else must not begin as a formula does.
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"-?[\d.]+", c)]


@pytest.mark.parametrize("place", hostile.PLANTS)
def test_planted_text_stays_readable_and_whole_in_the_data(hostile_web: TestClient, place: str) -> None:
    answer = hostile_web.get(EVENT + ".json")
    assert answer.headers["content-type"] == "application/json"
    assert hostile.PLANTS[place] in answer.json()["event"]["article"]["authors"][0]
    page = html.fromstring(hostile_web.get(EVENT).text).text_content()
    assert hostile.HARMFUL.sub("·", hostile.PLANTS[place]) in page


def test_the_feed_holds_planted_text_as_text(hostile_web: TestClient) -> None:
    answer = hostile_web.get("/watch.atom")
    root = etree.fromstring(answer.content)
    assert root.findall("{*}entry"), "the watch found the planted event"
    assert {etree.QName(element).namespace for element in root.iter()} == {"http://www.w3.org/2005/Atom"}
    assert not {"script", "img"} & {etree.QName(element).localname for element in root.iter()}
    assert all(link.get("href").startswith("http://testserver/") for link in root.iter("{*}link"))
    assert hostile.PLANTS["script"] in "".join(root.itertext()) and not hostile.HARMFUL.search(answer.text)


@pytest.mark.parametrize("name", ["marks", "undated"])
def test_a_picture_of_a_chart_holds_planted_text_as_text(hostile_web: TestClient, name: str) -> None:
    answer = hostile_web.get(f"/dyad/RUS/USA/chart/{name}.svg")
    root = etree.fromstring(answer.content)
    assert answer.status_code == 200 and not hostile.HARMFUL.search(answer.text)
    assert not {"script", "foreignObject", "image", "a"} & {etree.QName(element).localname for element in root.iter()}


def test_a_chart_is_data_and_its_marks_lead_to_pages_of_ours(hostile_web: TestClient) -> None:
    answer = hostile_web.get("/dyad/RUS/USA/chart/marks")
    assert answer.headers["content-type"] == "application/json" and not hostile.HARMFUL.search(answer.text)
    links = [row["href"] for data in answer.json()["datasets"].values() for row in data if "href" in row]
    assert links and all(link.startswith("/event/") for link in links)


def test_an_address_that_is_not_of_the_web_is_never_a_link(hostile_web: TestClient) -> None:
    assert "javascript:" not in hostile_web.get(EVENT).text
    assert hostile_web.get(EVENT + ".json").json()["link"] == ""
    assert [web_address(url) for url in ("javascript:alert(1)", "https://x.example/", "data:text/html,x", "")] == [
        "",
        "https://x.example/",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "address", ["/", "/events.json", "/events.csv", "/nothing", "/static/visavis.css", "/dyad/RUS/RUS"]
)
def test_every_answer_forbids_scripts_from_elsewhere_and_inline(web: TestClient, address: str) -> None:
    answer = web.get(address)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_a_name_that_was_made_to_mean_this_machine_is_refused(web: TestClient) -> None:
    assert web.get("/", headers={"host": "evil.example"}).status_code == 400


def test_nothing_can_be_written(web: TestClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert web.request(method, "/events").status_code == 405
    assert web.get("/sql.json", params={"q": "delete from events"}).status_code == 400
    assert web.get("/sql.json", params={"q": "select * from read_text('/etc/hostname')"}).status_code == 400


def test_a_file_outside_the_static_folder_is_not_served(web: TestClient) -> None:
    assert web.get("/static/../app.py").status_code == 404
    assert web.get("/static/%2e%2e/app.py").status_code == 404


def test_control_characters_are_shown_as_dots_one_for_one() -> None:
    assert shown("a\u202eb\x1b[31m\x00") == "a·b·[31m·"
    assert shown("שלום עולם\n") == "שלום עולם\n"
    assert href("story", "a/b", run="", q="x y") == "/story/a%2Fb?q=x+y"
