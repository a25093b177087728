"""From a record to the facts of a pair that are not events: treaties, trade, and the last forecasts of its ledger."""

from __future__ import annotations

import re
from typing import Any

from visavis.show.views.facts import FactsView, ForecastLine, TradeLine, TreatyLine
from visavis.store import Record

# What a page has room for; the tables hold all.
_YEARS, _FORECASTS, _REASONS = 15, 6, 3
_ID = re.compile(r"[0-9a-f]{16}")

_TREATIES = """
select treaty, max(name) as name, list_sort(list_distinct(flatten(list(obligations)))) as obligations, date_from, date_to, source
from treaties where (state = $a and partner = $b) or (state = $b and partner = $a)
group by treaty, date_from, date_to, source order by date_from desc nulls last, treaty
"""
# A source that gives sectors and a total is not counted twice.
_TRADE = """
with pair as (
  select *, max(sector = '') over (partition by exporter, importer, year, unit, source) as total from trade
  where (exporter = $a and importer = $b) or (exporter = $b and importer = $a)
)
select year, unit, source, sum(value) filter (exporter = $a) as forth, sum(value) filter (exporter = $b) as back
from pair where sector = '' or not total group by year, unit, source order by year, unit, source
"""
_LAST = """
select * from forecasts where (source = $a and target = $b) or (source = $b and target = $a)
qualify row_number() over (partition by source, target, event_class order by issued_at desc, date_to, forecast_id) = 1
order by issued_at desc, probability desc, forecast_id limit $most
"""


def fetch_facts(record: Record, a: str, b: str) -> FactsView:
    """The facts of the pair; the last forecast of each act and direction."""
    pair = {"a": a, "b": b}
    treaties = [
        TreatyLine(**row | {"obligations": tuple(row["obligations"])}) for row in _rows(record, _TREATIES, pair)
    ]
    trade = [TradeLine(**row) for row in _rows(record, _TRADE, pair)][-_YEARS:]
    forecasts = [_forecast(row) for row in _rows(record, _LAST, {**pair, "most": _FORECASTS})]
    return FactsView(treaties=tuple(treaties), trade=tuple(trade), forecasts=tuple(forecasts))


def _rows(record: Record, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record.sql(query, values).to_pylist()
    return found


def _forecast(row: dict[str, Any]) -> ForecastLine:
    """The row with the events among its reasons; others (a base rate, a model's term) have no page of their own."""
    reasons = [reason.rpartition(" ") for reason in row["because"]]
    events = [(name, float(share)) for name, _, share in reasons if _ID.fullmatch(name)]
    kept = {name: row[name] for name in ForecastLine.__struct_fields__ if name != "because"}
    return ForecastLine(**kept, because=tuple(sorted(events, key=lambda one: -one[1])[:_REASONS]))
