"""The fetcher is polite and does not let itself be led into a private network."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from visavis.errors import PageError
from visavis.read.fetch import Fetcher, is_public
from visavis.read.options import ReadOptions
from visavis.read.sources import pages
from visavis.records import Drop, Page

LOCAL = ReadOptions(allow_private=True, delay=0.0, timeout=3.0, max_page_bytes=50_000, max_redirects=3)
HTML = b"<!doctype html><html><body><h1>A page</h1><p>Some words.</p></body></html>"


class _Site(BaseHTTPRequestHandler):
    agents: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        _Site.agents.append(self.headers.get("User-Agent", ""))
        path = self.path
        if path == "/robots.txt":
            self._send(200, b"User-agent: *\nDisallow: /secret/\n", {"Content-Type": "text/plain"})
        elif path == "/loop":
            self._send(302, b"", {"Location": "/loop"})
        elif path.startswith("/to/"):
            self._send(302, b"", {"Location": path[4:]})
        elif path == "/large":
            self._send(200, b"x" * 60_000, {})
        elif path == "/bomb":
            self._send(200, gzip.compress(b"\0" * 5_000_000), {"Content-Encoding": "gzip"})
        elif path == "/packed":
            self._send(
                200, gzip.compress(HTML), {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
            )
        elif path == "/slow":
            self._drip()
        elif path == "/gone":
            self._send(410, b"", {})
        else:
            self._send(
                200, HTML, {"Content-Type": "text/html; charset=ISO-8859-2", "Date": "Sun, 09 May 2021 10:00:00 GMT"}
            )

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response_only(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _drip(self) -> None:
        self.send_response_only(200)
        self.end_headers()
        try:
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def reason(url: str, options: ReadOptions = LOCAL, **more: object) -> str:
    """Why the address is refused."""
    with Fetcher(options, **more) as fetcher, pytest.raises(PageError) as caught:  # type: ignore[arg-type]
        fetcher.get(url)
    return caught.value.reason


def test_a_page_comes_with_what_http_says_of_it(site: str) -> None:
    with Fetcher(LOCAL) as fetcher:
        answer = fetcher.get(f"{site}/page")
    assert (answer.body, answer.media_type, answer.charset) == (HTML, "text/html", "ISO-8859-2")
    assert answer.fetched_at == "2021-05-09T10:00:00Z"
    assert "visavis" in _Site.agents[-1]


def test_a_compressed_page_is_unfolded_and_a_bomb_is_not(site: str) -> None:
    with Fetcher(LOCAL) as fetcher:
        assert fetcher.get(f"{site}/packed").body == HTML
    assert reason(f"{site}/bomb") in ("bomb", "too-large")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/secret/a", "robots"), ("/loop", "fetch-failed"), ("/large", "too-large"), ("/gone", "fetch-failed")],
)
def test_what_is_forbidden_endless_large_or_gone_is_refused(site: str, path: str, why: str) -> None:
    assert reason(site + path) == why


def test_a_page_that_drips_is_given_up_in_time(site: str) -> None:
    start = time.monotonic()
    assert reason(f"{site}/slow", ReadOptions(allow_private=True, timeout=0.4, obey_robots=False)) == "fetch-failed"
    assert time.monotonic() - start < 2


def test_robots_may_be_set_aside_only_when_told(site: str) -> None:
    with Fetcher(ReadOptions(allow_private=True, obey_robots=False)) as fetcher:
        assert fetcher.get(f"{site}/secret/a").body == HTML


def test_private_addresses_are_refused_unless_told(site: str) -> None:
    assert reason(f"{site}/page", ReadOptions()) == "private-address"
    assert reason("http://localhost:1/", ReadOptions()) == "private-address"
    assert reason("http://[::1]/", ReadOptions()) == "private-address"


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    assert (
        reason("http://news.example/", ReadOptions(), resolver=lambda host, port: ["93.184.216.34", "10.0.0.7"])
        == "private-address"
    )


def test_a_redirect_into_a_private_network_is_refused(site: str) -> None:
    """The first host is vetted as public; the second hop resolves anew and is vetted anew."""
    asked: list[str] = []

    class _Redirecting(Fetcher):
        def _send(self, address: str, limit: int, deadline: float) -> tuple[int, dict[str, str], bytes]:
            asked.append(address)
            if "public.example" in address:
                return 302, {"location": f"{site}/page"}, b""
            return super()._send(address, limit, deadline)

    with _Redirecting(ReadOptions(obey_robots=False)) as fetcher, pytest.raises(PageError) as caught:
        fetcher.get("http://public.example/")
    assert caught.value.reason == "private-address" and asked == ["http://public.example/", f"{site}/page"]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/a", "gopher://x/", "http://", "javascript:alert(1)", "http://[bad/"],
)
def test_only_http_is_fetched(url: str) -> None:
    assert reason(url) == "bad-address"


def test_a_redirect_to_a_file_is_refused(site: str) -> None:
    assert reason(f"{site}/to/file:///etc/passwd") == "bad-address"


def test_a_name_is_resolved_once_and_the_connection_goes_to_the_vetted_address(site: str) -> None:
    """A name server that answers otherwise the second time (rebinding) is never asked a second time for one connection."""
    calls: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"]

    port = site.rsplit(":", 1)[1]
    with Fetcher(ReadOptions(allow_private=True, obey_robots=False), resolver=resolver) as fetcher:
        assert fetcher.get(f"http://any-name.example:{port}/page").body == HTML
    assert calls == ["any-name.example"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.9.9", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "255.255.255.255", "::"],
)  # fmt: skip
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_outer_addresses_are_public() -> None:
    assert is_public("93.184.216.34") and is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_one_host_is_asked_with_pauses(site: str) -> None:
    slept: list[float] = []
    with Fetcher(ReadOptions(allow_private=True, delay=5.0, obey_robots=False), sleep=slept.append) as fetcher:
        fetcher.get(f"{site}/a")
        fetcher.get(f"{site}/b")
    assert len(slept) == 1 and 4 < slept[0] <= 5


def test_addresses_in_a_pile_are_pages_or_drops(site: str) -> None:
    items = list(pages([f"{site}/page#part", f"{site}/gone", f"{site}/page"], LOCAL))
    assert [(type(i), i.uri) for i in items] == [(Drop, f"{site}/gone"), (Page, f"{site}/page")]
