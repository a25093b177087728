"""Whatever a user names becomes pages; what cannot be read is one drop, and the rest of the pile is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.read import ReadOptions, pages, read_page
from visavis.read.reasons import REASONS
from visavis.records import Drop, Page

STORY = (
    "Ottawa summons an envoy over a surveillance balloon\n\nCanada summoned the Chinese ambassador on Thursday, the foreign ministry "
    "in Ottawa said.\n\nThe ministry told him that the flight had violated the sovereign airspace of the country.\n"
)
SMALL = ReadOptions(max_page_bytes=200_000)


def split(items: list[Page | Drop]) -> tuple[list[Page], list[Drop]]:
    return [i for i in items if isinstance(i, Page)], [i for i in items if isinstance(i, Drop)]


def warc(*bodies: bytes, status: str = "200 OK", media: str = "text/html") -> bytes:
    """A WARC file of one response a body."""
    out = b""
    for n, body in enumerate(bodies):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{n:012d}>\r\n"
            f"WARC-Date: 2021-05-10T12:00:00Z\r\nWARC-Target-URI: http://example.org/2021/05/09/item-{n}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        out += head.encode() + http + b"\r\n\r\n"
    return out


def as_html(title: str) -> bytes:
    paragraphs = "".join(f"<p>{p}</p>" for p in STORY.strip().split("\n\n")[1:] * 2)
    return f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{paragraphs}</body></html>".encode()


def test_a_folder_a_pattern_and_a_file_are_read_in_one_order_whatever_the_order_of_the_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{name}\n{STORY}")
    names = [str(tmp_path / "sub"), str(tmp_path / "*.txt")]
    one, two = list(pages(names)), list(pages(reversed(names)))
    assert [p.uri for p in one] == ["file:a.txt", "file:b.txt", "file:c.txt"]
    assert one == two
    assert all(isinstance(p, Page) and p.found_at.startswith(str(tmp_path)) for p in one)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _blank(path: Path) -> None:
    path.write_bytes(b" \n\t\n")


def _large(path: Path) -> None:
    with path.open("wb") as out:
        out.truncate(50_000_000)


def _cut_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(4000).hex().encode())[:900])


def _bomb(path: Path) -> None:
    path.write_bytes(gzip.compress(b"\0" * 30_000_000))


def _bad_gzip(path: Path) -> None:
    path.write_bytes(b"\x1f\x8b\x08\x00" + os.urandom(200))


def _pipe(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("empty.txt", _empty, "empty"),
        ("blank.html", _blank, "empty"),
        ("large.html", _large, "too-large"),
        ("cut.txt.gz", _cut_gzip, "truncated"),
        ("bomb.html.gz", _bomb, "bomb"),
        ("bad.gz", _bad_gzip, "damaged"),
        ("pipe", _pipe, "unreadable"),
    ],
)
def test_what_cannot_be_read_is_one_drop_and_the_rest_is_read(
    tmp_path: Path, name: str, make: Callable[[Path], None], reason: str
) -> None:
    make(tmp_path / name)
    (tmp_path / "good.txt").write_text(STORY)
    found, drops = split(list(pages([str(tmp_path)])))
    assert [d.reason for d in drops] == [reason]
    assert name.split(".")[0] in drops[0].uri
    assert "file:good.txt" in [p.uri for p in found]


def test_a_record_in_a_folder_of_pages_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(STORY)
    (tmp_path / "mine" / "pages").mkdir(parents=True)
    (tmp_path / "mine" / "record.json").write_text('{"visavis": "record", "format": 1}')
    (tmp_path / "mine" / "pages" / "part-0.txt").write_text(STORY)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "record.json").write_text(json.dumps({"title": "A record", "text": STORY}))
    found, drops = split(list(pages([str(tmp_path)])))
    assert [p.uri for p in found] == ["file:good.txt", "file:record.json#1"] and drops == []


def test_where_a_pile_lies_does_not_show_in_its_drops(tmp_path: Path) -> None:
    told = []
    for folder in (tmp_path / "one", tmp_path / "other" / "deep"):
        folder.mkdir(parents=True)
        (folder / "a.warc").write_bytes(warc(STORY.encode(), STORY.encode()) * 2)
        (folder / "empty.txt").touch()
        told.append([(d.reason, d.uri, d.detail) for d in split(list(pages([str(folder)])))[1]])
    assert told[0] == told[1] and {reason for reason, _, _ in told[0]} == {"duplicate-page", "empty"}


def test_a_missing_path_is_one_drop() -> None:
    found, drops = split(list(pages(["/no/such/file.txt", "no-such-*.html"])))
    assert not found and [d.reason for d in drops] == ["missing-path", "missing-path"]


def test_an_unreadable_file_is_one_drop(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(STORY)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    _, drops = split(list(pages([str(path)])))
    assert [d.reason for d in drops] == ["unreadable"]


def test_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    found, drops = split(list(pages([str(path), str(tmp_path), str(path)])))
    assert len(found) == 1 and {d.reason for d in drops} == {"duplicate-path"}


def test_the_same_page_in_two_folders_is_read_once(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(STORY)
    found, drops = split(list(pages([str(tmp_path)])))
    assert len(found) == 1 and [d.reason for d in drops] == ["duplicate-page"]


def test_jsonl_gives_a_page_a_line_and_a_drop_a_bad_line(tmp_path: Path) -> None:
    rows = [
        json.dumps(
            {"url": "https://tass.com/politics/1?utm_source=x", "title": "A title", "date": "2021-05-09", "text": STORY}
        ),
        "{not json",
        json.dumps(["a", "list"]),
        json.dumps({"title": "no text"}),
        '{"text": "\\ud800 a lone surrogate stands here, but the text is read all the same."}',
        "",
        json.dumps({"text": "One sentence only."}),
    ]
    path = tmp_path / "items.jsonl"
    path.write_text("\n".join(rows))
    found, drops = split(list(pages([str(path)])))
    assert [p.uri for p in found] == ["https://tass.com/politics/1", "file:items.jsonl#5", "file:items.jsonl#7"]
    assert [d.reason for d in drops] == ["malformed-line"] * 3
    (article,) = read_page(found[0]).articles
    assert (article.title, article.outlet, article.outlet_state_owner) == ("A title", "TASS", "RUS")
    assert (article.published.iso, article.published.basis) == ("2021-05-09", "metadata")
    assert read_page(found[2]).articles[0].text == "One sentence only."


def test_a_line_beyond_the_limit_is_dropped_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "long.jsonl"
    path.write_text(json.dumps({"text": "x" * 300_000}) + "\n" + json.dumps({"text": STORY}) + "\n")
    found, drops = split(list(pages([str(path)], SMALL)))
    assert len(found) == 1 and [d.reason for d in drops] == ["too-large"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_gives_its_pages_with_the_day_of_the_crawl(tmp_path: Path, packed: bool) -> None:
    data = warc(as_html("First title of the archive"), as_html("Second title of the archive"))
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(gzip.compress(data) if packed else data)
    found, drops = split(list(pages([str(path)])))
    assert not drops
    assert [p.uri for p in found] == ["http://example.org/2021/05/09/item-0", "http://example.org/2021/05/09/item-1"]
    article = read_page(found[0]).articles[0]
    assert (article.title, article.published.iso, article.published.basis) == (
        "First title of the archive",
        "2021-05-09",
        "url",
    )


@pytest.mark.parametrize("packed", [False, True])
def test_a_warc_that_breaks_off_gives_what_came_before(tmp_path: Path, packed: bool) -> None:
    one, two = warc(as_html("First title of the archive")), warc(as_html("Second title of the archive"))
    data = gzip.compress(one) + gzip.compress(two)[:120] if packed else one + two[: len(two) - 200]
    path = tmp_path / ("cut.warc.gz" if packed else "cut.warc")
    path.write_bytes(data)
    found, drops = split(list(pages([str(path)])))
    assert [read_page(p).articles[0].title for p in found][:1] == ["First title of the archive"]
    assert [d.reason for d in drops] == ["truncated"]


def test_an_answer_that_is_no_page_is_a_drop(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc(b"gone", status="404 Not Found"))
    (tmp_path / "b.warc").write_bytes(warc(b"\x89PNG", media="image/png"))
    _, drops = split(list(pages([str(tmp_path)])))
    assert [d.reason for d in drops] == ["not-a-page", "not-a-page"]


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>TASS</title><item><title>A feed title of news</title>
<link>https://tass.com/world/7</link><pubDate>Sun, 09 May 2021 10:00:00 GMT</pubDate>
<description>Russia and Belarus signed a plan for joint exercises, the ministry said on Sunday.</description></item>
<item><title>Nothing</title></item></channel></rss>"""


def test_a_feed_gives_a_page_an_entry(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS)
    found, drops = split(list(pages([str(tmp_path)])))
    assert [d.reason for d in drops] == ["empty"]
    article = read_page(found[0]).articles[0]
    assert (article.kind, article.title, article.outlet, article.published.iso) == (
        "feed-item",
        "A feed title of news",
        "TASS",
        "2021-05-09",
    )


def test_a_feed_with_entities_of_its_own_is_refused(tmp_path: Path) -> None:
    lol = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    (tmp_path / "feed.xml").write_text(RSS.replace("<rss", lol + "<rss", 1).replace("Nothing", "&b;"))
    found, drops = split(list(pages([str(tmp_path)])))
    assert not found and [d.reason for d in drops] == ["damaged"]


def test_standard_input_is_read_as_a_file_is() -> None:
    found, _ = split(list(pages(["-"], stdin=io.BytesIO(STORY.encode()))))
    assert [p.uri for p in found] == ["file:stdin"]
    assert read_page(found[0]).articles[0].title == "Ottawa summons an envoy over a surveillance balloon"


class Pipe(io.RawIOBase):
    """A stream that cannot go back."""

    def __init__(self, data: bytes) -> None:
        self._data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:
        return self._data.readinto(buffer)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_an_archive_may_come_through_a_pipe(pack: Callable[[bytes], bytes]) -> None:
    """Found by the fuzzer: the reader of archives seeks, and panicked where it could not."""
    data = warc(STORY.encode(), STORY.encode())
    if pack is bytes:
        found, drops = split(list(pages(["-"], stdin=io.BufferedReader(Pipe(data)))))
        assert len(found) == 2 and not drops
    else:
        found, drops = split(list(pages(["-"], stdin=io.BytesIO(pack(data)))))
        assert len(found) == 2 and not drops


@pytest.mark.parametrize("data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nWARC-Type: response\r\n", b"WARC/"])
def test_the_head_of_an_archive_alone_is_a_drop(data: bytes) -> None:
    """Found by the fuzzer."""
    for stream in (io.BytesIO(data), io.BufferedReader(Pipe(data))):
        found, drops = split(list(pages(["-"], stdin=stream)))
        assert not found and len(drops) == 1


def test_a_feed_whose_encoding_has_no_name_is_a_drop() -> None:
    """Found by the fuzzer."""
    feed = b"<?xml version='1.0' encoding='utf\0\0'?><rss><channel><item><title>A</title></item></channel></rss>"
    found, drops = split(list(pages(["-"], stdin=io.BytesIO(feed))))
    assert not found and [drop.reason for drop in drops] == ["damaged"]


def test_gzip_is_unfolded_whatever_the_name(tmp_path: Path) -> None:
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    found, drops = split(list(pages([str(tmp_path)])))
    assert not drops and found[0].uri == "file:page.txt" and found[0].body == STORY.encode()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["x.txt", "x.gz", "x.warc.gz", "x.jsonl", "x.html"]), st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"<rss>", b"<html>", b"{"]))  # fmt: skip
def test_no_bytes_make_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, name: str, head: bytes
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / name
    path.write_bytes(head + body)
    found, drops = split(list(pages([str(path)], SMALL)))
    assert all(d.reason in REASONS for d in drops)
    for page in found:
        assert all(d.reason in REASONS for d in read_page(page).drops)


def test_a_zlib_bomb_in_an_archive_stops_at_the_limit(tmp_path: Path) -> None:
    body = zlib.compress(b"a" * 5_000_000, 9)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n\r\n" + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/b\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    (tmp_path / "b.warc").write_bytes(head.encode() + http + b"\r\n\r\n")
    found, drops = split(list(pages([str(tmp_path)])))
    assert not found and [d.reason for d in drops] == ["bomb"]


def test_a_json_document_of_articles_is_read_and_another_is_a_drop(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"title": "A title", "text": STORY}, {"title": "no text"}]))
    (tmp_path / "b.json").write_text('{"settings": {"a": 1}}')
    (tmp_path / "c.json").write_text("{broken")
    found, drops = split(list(pages([str(tmp_path)])))
    assert [p.uri for p in found] == ["file:a.json#1"]
    assert [d.reason for d in drops] == ["malformed-line"] * 3


def test_a_feed_whose_full_texts_are_no_page(tmp_path: Path) -> None:
    item = "<item><title>T{0}</title><link>https://x.example/{0}</link><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded></item>"
    head = '<?xml version="1.0"?><!-- made by hand --><rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    file = tmp_path / "feed.xml"
    file.write_text(head + item.format(1) + item.format(2) + "</channel></rss>")
    assert [page.hint["title"] for page in pages([str(file)]) if isinstance(page, Page)] == ["T1", "T2"]


def test_a_file_that_only_seems_to_begin_as_a_feed_is_told_quickly(tmp_path: Path) -> None:
    file = tmp_path / "hostile.xml"
    file.write_text("<??>" * 5000 + "<html><body><p>No feed.</p></body></html>")
    assert len(list(pages([str(file)]))) == 1


def test_a_feed_whose_entries_hold_html_is_a_feed(tmp_path: Path) -> None:
    body = (
        "<content:encoded><![CDATA[<html><body><p>"
        + "The two sides agreed to meet again in the spring of the next year. " * 12
        + "</p></body></html>]]></content:encoded>"
    )
    feed = RSS.replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ').replace(
        "</item>", body + "</item>", 1
    )
    (tmp_path / "feed.xml").write_text(feed)
    found, _ = split(list(pages([str(tmp_path)])))
    (article,) = read_page(found[0]).articles
    assert (article.kind, article.title, article.published.iso) == ("article", "A feed title of news", "2021-05-09")
