"""Who may write through the pages: whoever knows the token that the server was started with, from a page of the server itself.

A form carries the token; a page from elsewhere can neither read it nor send it along, and is refused by where it comes from besides.
Browsers that once gave the right token keep it in a cookie that is sent nowhere else, so that forms are filled in with it.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlsplit

from fastapi import Request, Response

from visavis.errors import InputError

COOKIE = "visavis-token"
# A review is a few lines; whoever sends more means harm.
_LONGEST = 20_000


class Refused(InputError):
    """A write that is not allowed."""


def token_of(request: Request) -> str | None:
    """The token that the server was started with; None when it writes nothing."""
    token: str | None = getattr(request.app.state, "token", None)
    return token or None


def may_write(request: Request) -> bool:
    """Whether the pages offer forms."""
    return token_of(request) is not None


def known_token(request: Request) -> str:
    """The token for the forms of a browser that has given it before, else ""."""
    token, given = token_of(request), request.cookies.get(COOKIE, "")
    return token if token is not None and _same(given, token) else ""


async def form_of(request: Request) -> dict[str, list[str]]:
    """The fields of a form that may write; raises Refused when it may not, InputError when it is too long."""
    token = token_of(request)
    if token is None:
        raise Refused("These pages only read.", "Start the server with --token to review through them.")
    fields = await fields_of(request, _LONGEST)
    given = request.headers.get("x-visavis-token") or fields.get("token", [""])[0]
    if not _same(given, token):
        raise Refused(
            "The token is not the one that the server was started with.", "It was printed where the server runs."
        )
    return fields


async def fields_of(request: Request, longest: int) -> dict[str, list[str]]:
    """The fields of a form of ours; raises Refused when it comes from elsewhere, InputError for more than `longest` bytes."""
    if not _from_here(request):
        raise Refused("The form came from another page.", "Use the form on a page of this server.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise InputError("The form is too long.", f"At most {longest:,} bytes.")
    try:
        return parse_qs(body.decode("utf-8", "replace"), keep_blank_values=False, max_num_fields=50)
    except ValueError as error:
        raise InputError("The form has too many fields.", "At most 50.") from error


def remember(response: Response, token: str) -> None:
    """Let this browser keep the token until it is closed."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")


def _same(given: str, token: str) -> bool:
    return secrets.compare_digest(given.encode(), token.encode())


def _from_here(request: Request) -> bool:
    """Whether a browser says that the request comes from a page of this server; programs say nothing of the kind."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
