"""FollowTheMoney and GeoJSON: every entity and point says what it stands for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.show import samples
from tests.store.exports.test_round_trip import EVENTS, RUS, USA, event
from visavis.lexicon.centres import centres
from visavis.store import Record
from visavis.store.exports.ftm import write_ftm
from visavis.store.exports.geojson import write_geojson

# The properties that FollowTheMoney's schemata have, of those that we write; Organization and PublicBody share theirs.
SCHEMATA = {
    "Article": {"title", "author", "publisher", "publishedAt", "language", "sourceUrl", "bodyText"},
    "Organization": {"name", "country", "topics"},
    "PublicBody": {"name", "country", "topics"},
    "Event": {
        "name", "summary", "description", "recordId", "startDate", "endDate", "location", "country", "involved", "proof",
        "sourceUrl", "publisher",
    },
}  # fmt: skip


@pytest.fixture()
def entities(tmp_path: Path) -> list[dict[str, object]]:
    rows = {"articles": [samples.FIRST, samples.SECOND], "stories": [samples.STORY], "events": [samples.EXPELLED]}
    write_ftm(Record.create(tmp_path / "r").commit("test", rows), tmp_path / "x.json")
    return [json.loads(line) for line in (tmp_path / "x.json").read_text("utf-8").splitlines()]


def test_entities_have_their_schemas_properties_and_stand_once(entities: list[dict[str, object]]) -> None:
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    for entity in entities:
        properties = entity["properties"]
        assert isinstance(properties, dict) and set(properties) <= SCHEMATA[str(entity["schema"])]
        assert all(values and all(isinstance(v, str) and v for v in values) for values in properties.values())


def test_events_point_at_their_actors_and_their_article(entities: list[dict[str, object]]) -> None:
    known = {str(entity["id"]): entity for entity in entities}
    told = known[f"event-{samples.EXPELLED.event_id}"]["properties"]
    assert isinstance(told, dict)
    assert [known[one]["schema"] for one in told["involved"]] == ["PublicBody", "PublicBody"]
    assert [known[one]["schema"] for one in told["proof"]] == ["Article"]
    assert (told["startDate"], told["country"]) == (["2021-04-16"], ["ru", "us"])


def test_a_point_says_how_it_was_found(tmp_path: Path) -> None:
    events = [
        event("named", (RUS,), (USA,), place="Geneva"),
        event("target", (RUS,), (USA,), place="the hall"),
        event("source", (RUS,)),
        event("nothing", ()),
    ]
    record = Record.create(tmp_path / "r").commit("test", {"events": events})
    assert write_geojson(record, tmp_path / "x.geojson").rows == 4
    found = json.loads((tmp_path / "x.geojson").read_text("utf-8"))
    told = {
        f["properties"]["sentence"].split("\t")[0]: (f["properties"]["located_by"], f["geometry"])
        for f in found["features"]
    }
    assert {name: basis for name, (basis, _) in told.items()} == {
        "named": "place", "target": "target", "source": "source", "nothing": "nothing",
    }  # fmt: skip
    assert told["named"][1] == {"type": "Point", "coordinates": [8.0, 47.0]} and told["nothing"][1] is None


def test_a_record_without_events_is_an_empty_collection(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "r").commit("test", {"events": EVENTS[:0]})
    write_geojson(record, tmp_path / "x")
    assert json.loads((tmp_path / "x").read_text("utf-8")) == {"type": "FeatureCollection", "features": []}


def test_centres_lie_on_the_globe_and_codes_are_of_one_state_each() -> None:
    assert all(-90 <= c.north <= 90 and -180 <= c.east <= 180 for c in centres().values())
    assert len({c.alpha2 for c in centres().values()}) == len(centres()) > 200
    assert centres()["DEU"].alpha2 == "de"
