"""Fetching of addresses, on guard: robots.txt, a pause per host, limits of size, time and redirects, no private networks.

A host name is resolved once per hop and every address it has is vetted; the connection then goes to a vetted address, so that DNS
cannot answer otherwise in between (DNS rebinding). The same is done again after each redirect.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from msgspec import Struct
from protego import Protego

from visavis.errors import PageError
from visavis.read.addresses import canonical
from visavis.read.options import ReadOptions
from visavis.read.unpack import unfold_http

_ROBOTS_BYTES = 500_000
_LONGEST_DELAY = 30.0
_HINT = "Check the address, or save the page and give the file."
Resolver = Callable[[str, int], list[str]]


class Answer(Struct, frozen=True, kw_only=True):
    """A fetched page: its body without compression, what HTTP says of it, the address that answered, when (ISO, UTC)."""

    url: str
    body: bytes
    media_type: str
    charset: str
    fetched_at: str


def resolve(host: str, port: int) -> list[str]:
    """Every IP address of a host. Raises OSError when it has none."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: str) -> bool:
    """Whether an IP address lies in the public internet: not private, loopback, link-local, reserved, multicast, nor mapped to one."""
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class _Guard(httpcore.NetworkBackend):
    """Connects to vetted addresses only. The TLS handshake still names the host, so certificates hold."""

    def __init__(self, allow_private: bool, resolver: Resolver) -> None:
        self._allow_private = allow_private
        self._resolver = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        try:
            addresses = self._resolver(host, port)
        except OSError as error:
            raise PageError("fetch-failed", f"The host '{host}' has no address.", _HINT) from error
        if not self._allow_private and not all(is_public(a) for a in addresses):
            raise PageError(
                "private-address", f"'{host}' leads to a private network.", "Use --allow-private to fetch from it."
            )
        if not addresses:
            raise PageError("fetch-failed", f"The host '{host}' has no address.", _HINT)
        return self._inner.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        raise PageError("private-address", "Sockets of this machine are not fetched from.", _HINT)


class Fetcher:
    """Fetches pages one at a time. Use as a context manager."""

    def __init__(
        self,
        options: ReadOptions = ReadOptions(),
        resolver: Resolver = resolve,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, Protego | None] = {}
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            network_backend=_Guard(options.allow_private, resolver),
            max_connections=4,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def get(self, url: str) -> Answer:
        """The page at `url`, redirects followed. Raises PageError with the reason of the drop."""
        deadline = time.monotonic() + self._options.timeout
        for _ in range(self._options.max_redirects + 1):
            address = canonical(url)
            if not address:
                raise PageError("bad-address", f"'{url}' is not an http(s) address.", _HINT)
            self._ask_robots(address, deadline)
            self._pause(address)
            status, headers, body = self._send(address, self._options.max_page_bytes, deadline)
            if status in (301, 302, 303, 307, 308) and headers.get("location"):
                url = urljoin(address, headers["location"])
                continue
            if not 200 <= status < 300:
                raise PageError("fetch-failed", f"{address} answered {status}.", _HINT)
            return self._answer(address, headers, body)
        raise PageError("fetch-failed", f"{url}: more than {self._options.max_redirects} redirects.", _HINT)

    def _answer(self, address: str, headers: dict[str, str], body: bytes) -> Answer:
        unfolded = unfold_http(
            body, headers.get("content-encoding", ""), self._options.max_page_bytes, self._options.max_ratio
        )
        if unfolded.fault in ("bomb", "too-large", "damaged"):
            raise PageError(unfolded.fault, f"{address}: its compressed body cannot be used.", _HINT)
        media, _, parameters = headers.get("content-type", "").partition(";")
        charset = parameters.partition("charset=")[2].split(";")[0].strip(" \"'")
        when = _http_date(headers.get("date", ""))
        return Answer(
            url=address, body=unfolded.body, media_type=media.strip().lower(), charset=charset, fetched_at=when
        )

    def _send(self, address: str, limit: int, deadline: float) -> tuple[int, dict[str, str], bytes]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise PageError("fetch-failed", f"{address}: no answer within {self._options.timeout:g} seconds.", _HINT)
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), left)
        send: dict[bytes | str, bytes | str] = {"User-Agent": self._options.user_agent, "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5", "Accept-Encoding": "gzip, deflate, br"}  # fmt: skip
        send["Host"] = urlsplit(address).netloc
        try:
            with self._pool.stream("GET", address, headers=send, extensions={"timeout": timeouts}) as response:
                headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in response.headers}
                body = bytearray()
                for chunk in response.iter_stream():
                    body += chunk
                    if len(body) > limit:
                        raise PageError(
                            "too-large", f"{address} is larger than {limit:,} bytes.", "Raise the limit to read it."
                        )
                    if time.monotonic() > deadline:
                        raise PageError(
                            "fetch-failed", f"{address}: not done within {self._options.timeout:g} seconds.", _HINT
                        )
                return response.status, headers, bytes(body)
        except (
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            httpcore.UnsupportedProtocol,
            OSError,
        ) as error:
            raise PageError("fetch-failed", f"{address}: {error or type(error).__name__}.", _HINT) from error

    def _ask_robots(self, address: str, deadline: float) -> None:
        if not self._options.obey_robots:
            return
        site = "://".join(urlsplit(address)[:2])
        if site not in self._robots:
            self._robots[site] = self._read_robots(site, deadline)
        rules = self._robots[site]
        if rules is not None and not rules.can_fetch(address, self._options.user_agent):
            raise PageError(
                "robots",
                f"robots.txt of {site} forbids {address}.",
                "Ask the site, or save the page and give the file.",
            )

    def _read_robots(self, site: str, deadline: float) -> Protego | None:
        """The rules of a site; none when it has no robots.txt; all forbidden while the site fails (RFC 9309)."""
        url = f"{site}/robots.txt"
        for _ in range(self._options.max_redirects + 1):
            status, headers, body = self._send(url, _ROBOTS_BYTES, deadline)
            if status in (301, 302, 303, 307, 308) and canonical(urljoin(url, headers.get("location", ""))):
                url = canonical(urljoin(url, headers["location"]))
                continue
            break
        if status >= 500:
            return Protego.parse("User-agent: *\nDisallow: /")
        if not 200 <= status < 300:
            return None
        unfolded = unfold_http(body, headers.get("content-encoding", ""), _ROBOTS_BYTES, self._options.max_ratio)
        return Protego.parse(unfolded.body.decode("utf-8", "replace"))

    def _pause(self, address: str) -> None:
        """Wait until the host may be asked again: the user's delay or the site's own, whichever is longer (at most 30 seconds)."""
        site = "://".join(urlsplit(address)[:2])
        rules = self._robots.get(site)
        asked = rules.crawl_delay(self._options.user_agent) if rules is not None else None
        delay = min(max(self._options.delay, float(asked or 0.0)), _LONGEST_DELAY)
        host = urlsplit(address).hostname or ""
        if host in self._last:
            left = self._last[host] + delay - time.monotonic()
            if left > 0:
                self._sleep(left)
        self._last[host] = time.monotonic()


def _http_date(text: str) -> str:
    try:
        when = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError):
        when = datetime.now(UTC)
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
