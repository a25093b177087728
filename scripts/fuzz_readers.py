"""Throw mutated pages at the readers until one of them falls (needs `pip install atheris`).

    python scripts/fuzz_readers.py FOLDER --seconds 600

FOLDER keeps the inputs that reached new code, begun with the sample pages, a WARC, a feed and lines of JSON. An input fails that raises
anything, takes over 5 s or brings the process over 1 GiB, or whose article is not the page's text at its spans; libFuzzer then writes it
to FOLDER as crash-*, timeout-* or oom-*. What falls becomes a test in tests/read.
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["visavis.read"]):
    from visavis.read import pages, read_page
    from visavis.records import Page

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


def one_input(data: bytes) -> None:
    """Read the bytes as `visavis read -` would."""
    for item in pages(["-"], stdin=io.BytesIO(data)):
        if not isinstance(item, Page):
            continue
        reading = read_page(item)
        for article in reading.articles:
            if article.spans and not article.mended:
                found = "\n\n".join(reading.text[span.start : span.end] for span in article.spans)
                if found != article.text:
                    raise ValueError(f"{article.article_id} is not the text at its spans")


def seeds(folder: Path) -> None:
    """Put the sample pages and the heads of all forms into the folder."""
    for path in sorted(DEMO.rglob("*")):
        if path.is_file() and path.stat().st_size < 60_000:
            (folder / path.name).write_bytes(path.read_bytes())
    for number, head in enumerate(HEADS):
        (folder / f"head-{number}").write_bytes(head)


def main() -> None:
    """Fuzz for the time that is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=int, default=600)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    seeds(given.folder)
    limits = [f"-max_total_time={given.seconds}", "-timeout=5", "-rss_limit_mb=1024", "-max_len=60000"]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={given.folder}/", str(given.folder)], one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
