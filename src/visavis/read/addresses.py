"""Addresses of pages in one canonical form."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|yclid|_ga|ref_src|cmpid|ns_campaign", re.I)


def is_url(text: str) -> bool:
    """Whether a source is an address rather than a path."""
    return re.match(r"[a-z][a-z0-9+.-]*://", text, re.I) is not None


def canonical(url: str) -> str:
    """The address without fragment, tracking parameters, default port and capitals in the host; "" when it is not http(s)."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host:
        return ""
    scheme = parts.scheme.lower()
    if ":" in host:
        host = f"[{host}]"
    place = host if port is None or (scheme, port) in (("http", 80), ("https", 443)) else f"{host}:{port}"
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])
    return urlunsplit((scheme, place, parts.path or "/", query, ""))
