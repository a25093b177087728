"""One shape for every error: `{"error": {"status", "what", "hint", "near"}}`, or a page that says the same and suggests."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from msgspec import Struct
from starlette.exceptions import HTTPException

from visavis.errors import BusyError, QueryError, ScenarioError, VisavisError
from visavis.show.web.html import html_response
from visavis.show.web.reply import csv_response, form_of, json_response
from visavis.show.web.suggest import Link, near

_TITLES = {int(HTTPStatus.NOT_FOUND): "Not found", int(HTTPStatus.SERVICE_UNAVAILABLE): "Not yet"}


class Fault(Struct, frozen=True, kw_only=True):
    """What went wrong, what to do, and addresses near the one that was asked for."""

    status: int
    what: str
    hint: str = ""
    near: tuple[Link, ...] = ()


def install(app: FastAPI) -> None:
    """Answer expected errors, bad parameters and unknown addresses in one shape."""
    app.add_exception_handler(VisavisError, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)


def _expected(request: Request, error: Exception) -> Response:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, QueryError):
        status = HTTPStatus.NOT_FOUND if _names_a_thing(request) else HTTPStatus.BAD_REQUEST
    elif isinstance(error, BusyError):
        status = HTTPStatus.SERVICE_UNAVAILABLE
    elif isinstance(error, ScenarioError):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    what, hint = (error.message, error.hint) if isinstance(error, VisavisError) else (str(error), "")
    response = answer(request, int(status), what, hint)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "30"
    return response


def _names_a_thing(request: Request) -> bool:
    """Whether the path itself names what was not found, rather than a parameter being wrong."""
    return bool(request.path_params) and "run" not in request.query_params


def _invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    what = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in found)
    return answer(request, int(HTTPStatus.UNPROCESSABLE_ENTITY), what or "Bad parameters.", "See /openapi.json.")


def _plain(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else int(HTTPStatus.INTERNAL_SERVER_ERROR)
    what = "There is no such page." if status == HTTPStatus.NOT_FOUND else HTTPStatus(status).phrase + "."
    return answer(request, status, what, "")


def answer(request: Request, status: int, what: str, hint: str) -> Response:
    """The error in the form that the address asks for."""
    links = near(request) if status == HTTPStatus.NOT_FOUND else ()
    fault = Fault(status=status, what=what, hint=hint, near=links)
    form = form_of(request)
    if form == "json":
        return json_response({"error": fault}, status)
    if form == "csv":
        return csv_response([{"status": status, "what": what, "hint": hint}], status)
    title = _TITLES.get(status, "This cannot be shown")
    return html_response(request, "fault.html", title=title, status=status, fault=fault)
