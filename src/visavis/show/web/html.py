"""Templates: everything that is printed is escaped, and characters that could disturb the text's direction are shown as a dot."""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from visavis.show.names import names
from visavis.show.views.timeline import bounds_of
from visavis.store.plain import without_controls


def shown(value: Any) -> Any:
    """Text without control characters and bidirectional overrides, each one a middle dot; anything else as it is."""
    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return without_controls(value)


def web_address(url: str) -> str:
    """The address if a browser may follow it (http, https), else nothing."""
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def href(*parts: str, **query: Any) -> str:
    """An address of ours: path segments quoted, empty parameters left out."""
    path = "/" + "/".join(quote(str(part), safe="") for part in parts)
    wanted = {name: value for name, value in query.items() if value not in (None, "", ())}
    return f"{path}?{urlencode(wanted, doseq=True)}" if wanted else path


def html_response(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """The template as a page, with the state that every page's frame needs."""
    from visavis.show.web.frame import frame_of

    made = templates().get_template(template).render(frame=frame_of(request), **values)
    return HTMLResponse(made.encode("utf-8", "replace"), status)


@cache
def templates() -> jinja2.Environment:
    """The environment of all templates: autoescape on, undefined names are errors."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("visavis.show.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"web": web_address, "signed": _signed, "thousands": _thousands, "percent": _percent, "pair": _pair}
    env.filters["amount"] = _amount
    env.globals |= {"ROLES": ROLES, "NAMES": names(), "HOW": _HOW, "cell": _cell, "bounds": bounds_of}
    return env


# The part, its mark's letter, and what it is called in the legend.
ROLES = {
    "source": ("S", "Source: who acts"),
    "action": ("A", "Action: what is done"),
    "target": ("T", "Target: to whom"),
    "speaker": ("V", "Voice: who says so"),
    "date": ("D", "Date: when"),
}


# How words became an actor's code, as a reader may be told.
_HOW = {
    "name": "by its name",
    "demonym": "by the name of its people",
    "capital": "by its capital",
    "seat": "by the seat of its government",
    "office": "by the office",
    "title": "by the title",
    "pronoun": "by a pronoun",
    "group": "by a group that was named before",
    "short": "by a short form of a name that was given before",
    "unknown": "not known to the lexicon",
}


def _signed(value: float | None, digits: int = 1) -> str:
    """ "+1.5", "−2.0" with a true minus, "0.0" without a sign, "–" for nothing."""
    if value is None:
        return "–"
    told = f"{value:+.{digits}f}"
    return told.replace("-", "−") if float(told) else told[1:]


def _thousands(value: int) -> str:
    return f"{value:,}"


def _amount(value: float) -> str:
    """A count that may be a fraction, without needless digits: "3", "1,200", "0.4"."""
    return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"


def _percent(value: float) -> str:
    return f"{value:.0%}"


def _pair(value: str) -> tuple[str, str]:
    """An option of a list that is called what it means."""
    return value, value


# Longer cells of a table are cut; the twins hold them whole.
_CELL = 400


def _cell(value: object) -> str:
    """A value of any type as it is shown in a table; the ends of long ones are left out."""
    words = "" if value is None else str(value)
    return words if len(words) <= _CELL else f"{words[:_CELL]} …"
