"""Throw mutated pages at the readers until one of them falls.

    python scripts/fuzz_readers.py FOLDER --seconds 600                      hypothesis: cuts, splices and repeats of the sample pages
    python scripts/fuzz_readers.py FOLDER --seconds 600 --by atheris         whatever reaches new code (needs `pip install atheris`)

Both begin with the sample pages, a WARC, a feed and lines of JSON. An input fails that raises anything, takes over 5 s (of processor time) or brings the
process over 1 GiB, or whose article is not the page's text at its spans; it is written to FOLDER as fallen-* (atheris: crash-*, timeout-*
or oom-*). What falls becomes a test in tests/read.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import json
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

DEMO = Path(__file__).resolve().parents[1] / "demo"
HEADS = (
    b"",
    b"<!doctype html><html>",
    b"WARC/1.0\r\n",
    b"\x1f\x8b\x08",
    b"<?xml version='1.0'?><rss>",
    b'{"text": "',
    b"\xff\xfe",
    b"\x00",
)
# What breaks readers elsewhere: deep tags, open comments, entities, lone surrogates, directions, huge attributes, other charsets.
HARD = (
    *(
        b"<div>",
        b"<table><tr><td>",
        b"</p>",
        b"<!--",
        b"<![CDATA[",
        b"&#x110000;",
        b"&lt;",
        b"<script>",
        b"<svg><math>",
        b"<a href='",
    ),
    *(
        b"\xed\xa0\x80",
        "\u202e\u0000\ufeff".encode(),
        b"\r\n\r\n",
        b"=" * 99,
        b"\xc3",
        b"<meta charset=utf-7>",
        b"\\ud800",
        b"{",
        b"[",
    ),
    *(
        b"<!ENTITY a '&b;&b;'>",
        b"Content-Length: 999999999\r\n",
        b"Content-Encoding: gzip\r\n",
        b"1.1.2021 ",
        b"(",
        "»".encode(),
        b"\t",
    ),
)
SECONDS, BYTES = 5, 1 << 30


def one_input(data: bytes) -> None:
    """Read the bytes as `visavis read -` would."""
    from visavis.read import pages, read_page
    from visavis.records import Page

    for item in pages(["-"], stdin=io.BytesIO(data)):
        if not isinstance(item, Page):
            continue
        reading = read_page(item)
        for article in reading.articles:
            if article.spans and not article.mended:
                found = "\n\n".join(reading.text[span.start : span.end] for span in article.spans)
                if found != article.text:
                    raise ValueError(f"{article.article_id} is not the text at its spans")


def seeds() -> dict[str, bytes]:
    """The sample pages and the heads of all forms."""
    found = {path.name: path.read_bytes() for path in sorted(DEMO.rglob("*")) if path.is_file()}
    small = {name: data for name, data in found.items() if len(data) < 60_000}
    return small | {f"head-{number}": head for number, head in enumerate(HEADS)}


def by_atheris(folder: Path, seconds: int) -> None:
    """Fuzz by coverage."""
    import atheris

    with atheris.instrument_imports(include=["visavis.read"]):
        import visavis.read  # noqa: F401
    for name, data in seeds().items():
        (folder / name).write_bytes(data)
    limits = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", f"-rss_limit_mb={BYTES >> 20}", "-max_len=60000"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(folder)], one_input)
    atheris.Fuzz()


def mutated() -> Any:
    """A strategy: one sample with cuts, splices of another, repeats and hard pieces in it, now and then packed."""
    from hypothesis import strategies as st

    samples = st.sampled_from(sorted(seeds().values()))
    piece = st.one_of(
        st.sampled_from(HARD),
        st.binary(max_size=40),
        st.text(max_size=40).map(lambda t: t.encode("utf-8", "surrogatepass")),
    )

    @st.composite
    def draw_one(draw: Any) -> bytes:
        data = draw(samples)
        for _ in range(draw(st.integers(1, 6))):
            at, to = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
            how = draw(st.sampled_from(("cut", "put", "put", "many", "splice", "again", "turn")))
            if how == "cut":
                data = data[:at] + data[to:]
            elif how == "put":
                data = data[:at] + draw(piece) + data[at:]
            elif how == "many":
                data = data[:at] + draw(piece) * draw(st.integers(2, 5_000)) + data[at:]
            elif how == "splice":
                data = data[:at] + draw(samples)[at:to] + data[to:]
            elif how == "again":
                data = data[:at] + data[at:to] * draw(st.integers(2, 8)) + data[to:]
            else:
                data = data[:at] + bytes(255 - byte for byte in data[at : min(to, at + 16)]) + data[at + 16 :]
            data = data[:400_000]
        return gzip.compress(data, 1) if draw(st.integers(0, 19)) == 0 else data

    return draw_one()


class TooSlow(Exception):
    """An input took longer than it may."""


def _late(number: int, frame: FrameType | None) -> None:
    raise TooSlow(f"over {SECONDS} s of processor time")


def guarded(data: bytes, folder: Path) -> None:
    """Read the input within the limits; one that falls is kept, and the error goes on."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        one_input(data)
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > BYTES:
            raise MemoryError(f"over {BYTES >> 20} MB")
    except BaseException:
        signal.setitimer(signal.ITIMER_PROF, 0)
        (folder / f"fallen-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def by_hypothesis(folder: Path, seconds: int) -> None:
    """Fuzz by mutation until the time is over or an input falls; prints what was done."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    signal.signal(signal.SIGPROF, _late)
    begun, took, rounds = time.monotonic(), list[float](), 0

    def a_round() -> Callable[[bytes], None]:
        def look(data: bytes) -> None:
            started = time.process_time()
            if time.monotonic() - begun < seconds:
                guarded(data, folder)
                took.append(time.process_time() - started)

        return look

    calm = settings(
        max_examples=200,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    inputs = given(mutated())
    while time.monotonic() - begun < seconds:
        rounds += 1
        seed(rounds)(calm(inputs(a_round())))()
        print(f"{len(took)} inputs in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    figures = {"inputs": len(took), "seconds": round(time.monotonic() - begun), "slowest s": round(max(took), 2)}
    print(json.dumps({**figures, "peak MiB": peak}))


def main() -> None:
    """Fuzz for the time that is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--by", choices=("hypothesis", "atheris"), default="hypothesis")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    (by_atheris if given.by == "atheris" else by_hypothesis)(given.folder, given.seconds)


if __name__ == "__main__":
    main()
