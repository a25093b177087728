"""`/record`: the record as a thing; `/sql`: a read-only question to it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from visavis.errors import QueryError
from visavis.show.pages import fetch_about
from visavis.show.web import examples
from visavis.show.web.library import Ask
from visavis.show.web.reply import Reply, page
from visavis.store import Limits
from visavis.store.export import rows_of

router = APIRouter()

# A page is for looking; whoever wants more takes the table.
_LIMITS = Limits(rows=10_000, seconds=20.0)
_SHOWN = 500
EXAMPLES = (
    "select type, count(*) as n from events where status = 'happened' group by type order by n desc",
    "select outlet, day, articles from coverage where outlet <> '' order by day desc nulls last limit 50",
    "select story_id, len(article_ids) as n, outlets from stories where n > 1 order by n desc",
    "select stage, reason, count(*) as n from drops group by all order by n desc",
)


@page(router, "/record", examples.RECORD)
def record(request: Request, ask: Ask) -> Reply:
    """The record: tables and columns, runs, what was left out and why, how to cite it."""
    view = ask.once("about", lambda: fetch_about(ask.record))
    rows = [
        {
            "table": table.name,
            "rows": table.rows,
            "column": c.name,
            "type": c.type,
            "unit": c.unit,
            "meaning": c.meaning,
        }
        for table in view.tables
        for c in table.columns
    ]
    return Reply("record.html", f"Record {view.name}", view, rows)


@page(router, "/sql", examples.SQL)
def sql(
    request: Request,
    ask: Ask,
    q: Annotated[str, Query(max_length=4000, description="One SELECT in DuckDB's dialect.")] = "",
) -> Reply:
    """The answer to one SELECT over the record's tables; nothing is written, nothing else is read."""
    names: list[str] = []
    rows: list[dict[str, Any]] = []
    fault: QueryError | None = None
    if q.strip():
        try:
            answer = ask.record.sql(q, limits=_LIMITS)
            names, rows = answer.column_names, [{n: _plain(v) for n, v in row.items()} for row in rows_of(answer)]
        except QueryError as error:
            if not request.url.path.endswith("/sql"):
                raise  # the twins answer with a fault; the page keeps the question, so that it can be mended
            fault = error
    view = {"query": q, "columns": names, "rows": rows}
    return Reply("sql.html", "Ask in SQL", view, rows, {"fault": fault, "shown": rows[:_SHOWN], "examples": EXAMPLES})


def _plain(value: object) -> object:
    """What a page can show: bytes as their number."""
    return f"({len(value)} bytes)" if isinstance(value, bytes) else value
