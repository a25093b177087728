"""The datasheet of a record: what it was read from, how far it covers, what was left out, by what it was coded, and how good that is.

After Gebru et al., "Datasheets for Datasets" (2021), as far as a record can answer for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from visavis.lexicon.ontology import TYPES
from visavis.store.keep.figures import figures
from visavis.store.record import Record

Sheet = dict[str, Any]

_COUNTED = ("pages", "articles", "stories", "copies", "events", "happenings", "drops", "reviews", "takedowns")


def datasheet(record: Record) -> Sheet:
    """The datasheet as plain values (`datasheet.json`)."""
    run = record.run
    return {
        "record": record.path.resolve().name,
        "run": None if run is None else {"id": run.run_id, "number": run.number, "finished_at": run.finished_at},
        "visavis": None if run is None else run.visavis,
        "counts": {name: _one(record, f"select count(*) from {name}") for name in _COUNTED},
        "sources": _rows(record, "select media_type, count(*)::int as pages, sum(size)::bigint as bytes from pages group by 1 order by 2 desc, 1"),
        "outlets": _rows(record, _OUTLETS),
        "coverage": _rows(record, "select outlet, day, articles::int as articles, leads::int as leads from coverage order by outlet, day"),
        "languages": _rows(record, "select language, count(*)::int as articles from articles where kind = 'article' group by 1 order by 2 desc, 1"),
        "drops": _rows(record, "select stage, reason, count(*)::int as n from drops group by 1, 2 order by 1, 3 desc, 2"),
        "coders": _rows(record, "select coder, lexicon, count(*)::int as articles, sum(events)::int as events from codings group by 1, 2 order by 3 desc, 1, 2"),
        "types": {t: n for t in TYPES if (n := _one(record, f"select count(*) from events where type = '{t}' and status <> 'rejected'"))},
        "statuses": _rows(record, "select status, count(*)::int as events from events group by 1 order by 2 desc, 1"),
        "reviews": _rows(record, 'select verdict, state, count(*)::int as n from reviews group by 1, 2 order by 1, 2'),
        "takedowns": _rows(record, "select uri, \"at\", reason from takedowns order by uri"),
        "imports": _rows(record, "select coder, count(*)::int as events from events where article_id = '' group by 1 order by 1"),
        "accuracy": figures(),
    }  # fmt: skip


_OUTLETS = """
select outlet, outlet_country as country, count(*)::int as articles, min(published.earliest) as first_day, max(published.latest) as last_day
from articles where kind = 'article' group by 1, 2 order by 3 desc, 1
"""


def datasheet_markdown(sheet: Sheet) -> str:
    """The datasheet for people (`datasheet.md`)."""
    run = sheet["run"]
    told = "no run" if run is None else f"run {run['number']} (`{run['id']}`, {run['finished_at'][:10]})"
    accuracy = sheet["accuracy"]
    parts = [
        f"# Datasheet of the record {_cell(sheet['record'])}\n\nVisavis {sheet['visavis']}, {told}. Generated with the record; nothing here is typed by hand.\n",
        _section("What it holds", ("table", "rows"), list(sheet["counts"].items())),
        _table("What it was read from", sheet["sources"]),
        _table("Outlets", sheet["outlets"]),
        _table("Coverage: articles per outlet and day of publication", sheet["coverage"]),
        _table("Languages", sheet["languages"]),
        _table("What was left out, and why", sheet["drops"]),
        _table("By what it was coded", sheet["coders"]),
        _section("Events by type", ("type", "events"), list(sheet["types"].items())),
        _table("Events by status", sheet["statuses"]),
        _table("What people reviewed", sheet["reviews"]),
        _table("What was taken down", sheet["takedowns"]),
        _table("Events that were imported", sheet["imports"]),
        f"## How good the coding is\n\n{accuracy['note']}\n\n"
        + _section("", ("figure", *accuracy["sets"]), [(row["figure"], *row["values"]) for row in accuracy["figures"]]),
    ]
    return "\n".join(part for part in parts if part)


def _table(title: str, rows: Sequence[Sheet]) -> str:
    return (
        _section(title, tuple(rows[0]), [tuple(row.values()) for row in rows]) if rows else f"## {title}\n\nNothing.\n"
    )


def _section(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    head = [f"## {title}\n"] if title else []
    lines = [f"| {' | '.join(columns)} |", "|" + "---|" * len(columns)]
    return "\n".join([*head, *lines, *(f"| {' | '.join(map(_cell, row))} |" for row in rows)]) + "\n"


def _cell(value: object) -> str:
    """A value as a cell of a Markdown table: nothing in it is markup."""
    text = "" if value is None else str(value)
    return " ".join("".join("\\" + c if c in "\\|`*_[]<>#" else c for c in text).split())


def _rows(record: Record, query: str) -> list[Sheet]:
    found: list[Sheet] = record.sql(query).to_pylist()
    return found


def _one(record: Record, query: str) -> int:
    return int(record.sql(query).column(0)[0].as_py())
