#!/usr/bin/env python3
"""How fast the pages answer over a large record: makes a synthetic one, asks every kind of page, prints the 95th percentiles.

python benchmarks/serve.py --events 200000 --asks 40
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from pathlib import Path

from fastapi.testclient import TestClient

from visavis.lexicon.ontology import INTENSITY, QUAD, TYPES
from visavis.records import Article, Event, Party, Published, Span, Story, content_id
from visavis.show.search import index_of
from visavis.show.web import make_app
from visavis.store import Record

CODES = (
    "USA CHN RUS IND TUR IRN ISR UKR DEU FRA GBR JPN KOR PRK SAU EGY BRA ZAF POL HUN SRB PAK VNM AUS CAN MEX".split()
)
WORDS = (
    "minister troops border talks gas grain agreement sanctions embassy summit army border trade missile port".split()
)
OUTLETS = [f"Outlet {n}" for n in range(40)]
EVENTS_A_STORY = 5
BATCH = 100_000


def day(dice: random.Random) -> str:
    return f"{dice.randint(1995, 2024)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"


def party(code: str, words: str, at: int) -> Party:
    return Party(code=code, name=words, words=words, start=at, end=at + len(words), how="name")


def story(number: int, dice: random.Random) -> tuple[Article, Story, list[Event]]:
    """One article with its events, every sentence of its own."""
    date = day(dice)
    key = content_id("article", number)
    sentences, events, at = [], [], 0
    for place in range(EVENTS_A_STORY):
        a, b = dice.sample(CODES, 2)
        kind = dice.choice(TYPES)
        sentence = f"{a} met {b} over {' '.join(dice.choices(WORDS, k=12))} number {number}."
        events.append(
            Event(
                event_id=content_id("event", number, place), story_id=key, article_id=key, sentence_no=place, start=at,
                end=at + len(sentence), quote=sentence, type=kind, quad=QUAD[kind], intensity=INTENSITY.get(kind, 0.0),
                sources=(party(a, a, at),), targets=(party(b, b, at + 8),), words="met", words_start=at + 4, words_end=at + 7,
                date_from=date, date_to=date, date_precision="day", date_basis="published", confidence=0.8,
            )
        )  # fmt: skip
        sentences.append(sentence)
        at += len(sentence) + 1
    published = Published(earliest=date, latest=date, precision="day", basis="metadata")
    text = " ".join(sentences)
    article = Article(
        article_id=key, page_id=content_id("page", number), spans=(Span(0, len(text)),), title=f"Report {number}", text=text,
        published=published, outlet=dice.choice(OUTLETS), language="en", url=f"https://outlet.example/{number}",
    )  # fmt: skip
    return (
        article,
        Story(story_id=key, lead_id=key, article_ids=(key,), first_seen=date, outlets=(article.outlet,)),
        events,
    )


def make(folder: Path, events: int) -> Record:
    """The synthetic record, written in batches."""
    dice, record = random.Random(7), Record.create(folder)
    with record.writer() as writer:
        for first in range(0, events // EVENTS_A_STORY, BATCH // EVENTS_A_STORY):
            last = min(first + BATCH // EVENTS_A_STORY, events // EVENTS_A_STORY)
            found = [story(number, dice) for number in range(first, last)]
            writer.insert("articles", [article for article, _, _ in found])
            writer.insert("stories", [one for _, one, _ in found])
            writer.insert("events", [event for _, _, several in found for event in several])
        writer.finish("benchmark", settings={})
    return Record.open(folder)


def addresses(dice: random.Random, ids: list[str]) -> dict[str, str]:
    """One address of each kind of page, different every time."""
    a, b = dice.sample(CODES, 2)
    return {
        "front": "/",
        "dyad": f"/dyad/{a}/{b}",
        "chart": f"/dyad/{a}/{b}/chart/marks",
        "actor": f"/actor/{a}",
        "event": f"/event/{dice.choice(ids)}",
        "events": f"/events?a={a}&type={dice.choice(TYPES)}&after={dice.randrange(1000)}",
        "search": f"/events.json?q={dice.choice(WORDS)}+{dice.choice(WORDS)}",
        "rare search": f"/events.json?q={dice.randrange(1000)}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--asks", type=int, default=40, help="how often each page is asked")
    parser.add_argument("--record", type=Path, help="where the record lies, or is made and stays")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.record or Path(folder) / "record"
        start = time.perf_counter()
        record = Record.open(path) if (path / "record.json").exists() else make(path, chosen.events)
        made, start, spent = time.perf_counter() - start, time.perf_counter(), time.process_time()
        index = index_of(record)
        print(
            f"{chosen.events:,} events: record {made:.0f} s, index {time.perf_counter() - start:.0f} s "
            f"({time.process_time() - spent:.0f} s of processor) and {index.stat().st_size / 2**20:.0f} MiB"
        )
        measure(record, chosen.asks)


def measure(record: Record, asks: int) -> None:
    """Ask, and print a table: milliseconds on the clock and of the processor; the first answer stands apart, as it fills caches."""
    client, dice = TestClient(make_app(record.path)), random.Random(11)
    ids = record.sql("select event_id from events limit 1000").column(0).to_pylist()
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(asks):
        for name, address in addresses(dice, ids).items():
            start, spent = time.perf_counter(), time.process_time()
            assert client.get(address).status_code == 200, address
            taken = (1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent))
            times.setdefault(name, []).append(taken)
    print(f"{'page':<12} {'first':>8} {'median':>8} {'p95':>8}   {'processor: median':>18} {'p95':>8}   (ms)")
    for name, taken in times.items():
        clock, processor = zip(*taken[1:], strict=True)
        middle = [statistics.median(kind) for kind in (clock, processor)]
        late = [statistics.quantiles(kind, n=20)[-1] for kind in (clock, processor)]
        print(f"{name:<12} {taken[0][0]:8.0f} {middle[0]:8.1f} {late[0]:8.1f}   {middle[1]:18.1f} {late[1]:8.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process: {peak:.0f} MiB (with --record and an index that is there: the server's alone)")


if __name__ == "__main__":
    main()
