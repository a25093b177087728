"""What is held of a pair beside events: promises, trade, the last forecast of each act."""

from __future__ import annotations

from itertools import count

from visavis.records import content_id
from visavis.show.charts import lift_chart
from visavis.show.facts import fetch_facts
from visavis.show.views.alignment import LiftPoint
from visavis.show.views.facts import FactsView
from visavis.store import Record
from visavis.store.tables.facts import Trade, Treaty
from visavis.store.tables.keep import Forecast

_number = count()


def key() -> str:
    return content_id("fact", next(_number))


def sold(exporter: str, importer: str, year: int, value: float, sector: str = "") -> Trade:
    return Trade(
        fact_id=key(),
        source="made",
        exporter=exporter,
        importer=importer,
        year=year,
        value=value,
        unit="USD",
        sector=sector,
    )


def promise(state: str, partner: str, what: str) -> Treaty:
    return Treaty(
        fact_id=key(),
        source="made",
        treaty="7",
        name="Pact",
        state=state,
        partner=partner,
        obligations=(what,),
        date_from="1950-01-01",
    )


def foretold(issued: str, probability: float, source: str = "CHN", what: str = "CONSULT") -> Forecast:
    return Forecast(
        forecast_id=key(),
        issued_at=issued,
        source=source,
        target="RUS",
        event_class=what,
        date_from="2022-01-01",
        date_to="2022-01-30",
        probability=probability,
        base_rate=0.01,
        model="test 1",
        run_id="",
        because=("0123456789abcdef 0.2", "fedcba9876543210 0.5", "base 0.3"),
        hash=key(),
    )


def test_facts_of_a_pair_whoever_is_named_first(tmp_path) -> None:
    rows = {
        "treaties": [
            promise("CHN", "RUS", "defence"),
            promise("RUS", "CHN", "consultation"),
            promise("CHN", "PRK", "defence"),
        ],
        "trade": [
            sold("CHN", "RUS", 2020, 5.0),
            sold("CHN", "RUS", 2020, 4.0, "oil"),
            sold("RUS", "CHN", 2020, 2.0, "oil"),
            sold("RUS", "CHN", 2020, 3.0, "grain"),
            sold("CHN", "USA", 2020, 9.0),
        ],
        "forecasts": [
            foretold("2021-12-01", 0.2),
            foretold("2021-12-30", 0.3),
            foretold("2021-12-30", 0.1, what="AID"),
            foretold("2021-12-30", 0.4, source="USA"),
        ],
    }
    record = Record.create(tmp_path / "r").commit("test", rows)
    there, back = fetch_facts(record, "CHN", "RUS"), fetch_facts(record, "RUS", "CHN")
    assert [(t.name, t.obligations) for t in there.treaties] == [("Pact", ("consultation", "defence"))]
    assert [(t.year, t.forth, t.back) for t in there.trade] == [(2020, 5.0, 5.0)]
    assert [(t.forth, t.back) for t in back.trade] == [(5.0, 5.0)]
    assert [(f.event_class, f.probability) for f in there.forecasts] == [("CONSULT", 0.3), ("AID", 0.1)]
    assert there.forecasts[0].because == (("fedcba9876543210", 0.5), ("0123456789abcdef", 0.2))


def test_a_record_without_imports_says_nothing(small_record: Record) -> None:
    assert fetch_facts(small_record, "RUS", "USA") == FactsView()


def test_the_chart_of_lift_shows_one_standard_error_on_either_side() -> None:
    point = LiftPoint(
        period="2021", events=3, closeness=0.5, closeness_se=0.2, hostility=-1.0, hostility_se=0.4, net=1.5, net_se=0.45
    )
    (rows,) = [data for data in lift_chart([point])["datasets"].values() if "axis" in data[0]] or [[]]
    assert [(row["axis"], round(row["low"], 2), round(row["high"], 2)) for row in rows] == [
        ("closeness", 0.3, 0.7),
        ("hostility", -1.4, -0.6),
    ]
