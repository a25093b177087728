"""One view, three forms: a page, JSON, CSV. A route returns a `Reply`; `Pages.add` registers its three addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, StreamingResponse

from visavis.show.web.html import html_response
from visavis.store.export import csv_lines
from visavis.store.plain import escaped_json

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reply:
    """What a route found: the view (JSON), its rows (CSV), and the template with whatever else it needs."""

    template: str
    title: str
    view: Any
    rows: Iterable[Row] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def page(
    router: APIRouter, path: str, example: Mapping[str, Any] | None = None
) -> Callable[[Callable[..., Reply]], Callable[..., Reply]]:
    """Register a route at `path`, `path.json` and `path.csv`. The function must have a parameter `request`."""

    def register(make: Callable[..., Reply]) -> Callable[..., Reply]:
        stem = "" if path == "/" else path
        summary = (make.__doc__ or "").strip().split("\n")[0]
        for suffix, render in ((".json", _as_json), (".csv", _as_csv), ("", _as_html)):
            router.add_api_route(
                (stem or "/") + suffix if suffix else path,
                _wrapped(make, render),
                methods=["GET"],
                summary=summary,
                name=f"{make.__name__}{suffix}",
                operation_id=f"{make.__name__}{suffix.replace('.', '_')}",
                response_class=HTMLResponse if not suffix else Response,
                responses=_responses(suffix, example),
                tags=["pages" if not suffix else suffix[1:]],
            )
        return make

    return register


def form_of(request: Request) -> str:
    """The form that the address asks for: json, csv or html."""
    _, dot, suffix = request.url.path.rpartition(".")
    return suffix if dot and suffix in ("json", "csv") else "html"


def json_response(value: Any, status: int = 200) -> Response:
    """The value as JSON, structs as objects."""
    return Response(escaped_json(msgspec.json.encode(value, enc_hook=str)), status, media_type="application/json")


def csv_response(rows: Iterable[Row], status: int = 200) -> Response:
    """The rows as CSV, with the columns of the first; cells that a spreadsheet would run are neutralised."""
    plain = [msgspec.to_builtins(dict(row), enc_hook=str) for row in rows]
    columns = list(plain[0]) if plain else []
    lines = csv_lines(columns, ([row.get(name) for name in columns] for row in plain))
    return StreamingResponse(lines, status, media_type="text/csv; charset=utf-8")


def _wrapped(make: Callable[..., Reply], render: Callable[[Request, Reply], Response]) -> Callable[..., Response]:
    @wraps(make)
    def answer(request: Request, **given: Any) -> Response:
        return render(request, make(request=request, **given))

    return answer


def _as_html(request: Request, reply: Reply) -> Response:
    return html_response(request, reply.template, title=reply.title, view=reply.view, **reply.more)


def _as_json(request: Request, reply: Reply) -> Response:
    return json_response(reply.view)


def _as_csv(request: Request, reply: Reply) -> Response:
    return csv_response(reply.rows)


_ERROR = {"error": {"status": 404, "what": "There is no event ffff in this record.", "hint": "Near: ...", "near": []}}


def _responses(suffix: str, example: Mapping[str, Any] | None) -> dict[int | str, dict[str, Any]]:
    media = {".json": "application/json", ".csv": "text/csv", "": "text/html"}[suffix]
    content: dict[str, Any] = {media: {"schema": {"type": "object" if suffix == ".json" else "string"}}}
    if example is not None and suffix == ".json":
        content[media]["example"] = example
    wrong: dict[str, Any] = {media: {"schema": content[media]["schema"]}}
    if suffix == ".json":
        wrong[media]["example"] = _ERROR
    faults: dict[int | str, dict[str, Any]] = {
        code: {"description": what, "content": wrong} for code, what in _FAULTS.items()
    }
    return {200: {"description": "What was asked for", "content": content}, **faults}


_FAULTS = {400: "A parameter does not hold", 404: "Not in this record", 422: "A parameter has the wrong form"}
