#!/usr/bin/env python3
"""How fast the pages answer over a large record: makes a synthetic one, asks every kind of page, prints the 95th percentiles.

python benchmarks/serve.py --events 200000 --asks 40
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

from fastapi.testclient import TestClient

from visavis.lexicon.ontology import INTENSITY, QUAD, TYPES
from visavis.records import Article, Event, Party, Published, Span, Story, content_id
from visavis.show.digest import digest_of
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


def addresses(dice: random.Random, ids: list[str], stories: list[str]) -> dict[str, str]:
    """One address of each kind of page, different every time."""
    a, b = dice.sample(CODES, 2)
    return {
        "front": "/",
        "dyad": f"/dyad/{a}/{b}",
        "dyad by month": f"/dyad/{b}/{a}?by=month",
        "chart of marks": f"/dyad/{a}/{b}/chart/marks",
        "chart of lift": f"/dyad/{a}/{b}/chart/lift?by=month",
        "actor": f"/actor/{a}",
        "actors": "/actors",
        "event": f"/event/{dice.choice(ids)}",
        "story": f"/story/{dice.choice(stories)}",
        "stories": f"/stories?after={dice.randrange(1000)}",
        "events": f"/events?a={a}&type={dice.choice(TYPES)}&after={dice.randrange(1000)}",
        "events between": f"/events?a={a}&b={b}&since={dice.randrange(1995, 2010)}&until={dice.randrange(2010, 2024)}-06",
        "all events": f"/events?after={dice.randrange(1_000_000)}",
        "search": f"/events.json?q={dice.choice(WORDS)}+{dice.choice(WORDS)}",
        "rare search": f"/events.json?q={dice.randrange(1000)}",
        "search of a dyad": f"/events.json?q={dice.choice(WORDS)}&a={a}&b={b}",
        "phrase": f"/events.json?q=%22{dice.choice(WORDS)}+{dice.choice(WORDS)}%22",
        "network": f"/network?at={dice.randrange(1996, 2024)}-06",
        "map": f"/map?actor={a}&at={dice.randrange(1996, 2024)}",
        "timeline": f"/timeline?a={a}",
        "timeline of dyads": f"/timeline?facet=dyad&by=month&since={dice.randrange(1996, 2024)}",
        "record": "/record",
    }


class Said:
    """Tells on standard error how far it is, and remembers what each step took."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._name, self._start = "", time.perf_counter()

    def start(self, name: str, total: int | None) -> None:
        """A step begins."""
        self.end()
        self._name, self._start = name, time.perf_counter()
        print(f"{name} ...", file=sys.stderr, flush=True)

    def advance(self, count: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """The last step is done."""
        if self._name:
            self.steps[self._name] = time.perf_counter() - self._start


def make_index(path: Path) -> None:
    """Digest and index of the record, with what they took."""
    record, said = Record.open(path), Said()
    start, spent = time.perf_counter(), time.process_time()
    files = [digest_of(record, said), index_of(record, said)]
    said.end()
    whole, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    steps = ", ".join(f"{name} {seconds:.0f}" for name, seconds in said.steps.items()) or "they were there"
    sizes = " and ".join(f"{file.stat().st_size / 2**20:,.0f}" for file in files)
    print(
        f"digest and index: {whole:.0f} s ({steps}), {time.process_time() - spent:.0f} s of processor, {sizes} MiB, "
        f"peak memory {peak:,.0f} MiB, {state()}",
        flush=True,
    )


def state() -> str:
    """When and on what this was measured, and how busy that was."""
    return f"{time.strftime('%Y-%m-%d %H:%M')}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--asks", type=int, default=40, help="how often each page is asked")
    parser.add_argument("--record", type=Path, help="where the record lies, or is made and stays")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.record or Path(folder) / "record"
        start = time.perf_counter()
        if not (path / "record.json").exists():
            make(path, chosen.events)
            print(f"{chosen.events:,} events: record {time.perf_counter() - start:.0f} s")
        # In a process of its own, so that the server's memory is the server's alone.
        maker = get_context("spawn").Process(target=make_index, args=(path,))
        maker.start()
        maker.join()
        measure(path, chosen.asks)


def measure(path: Path, asks: int) -> None:
    """Ask, and print a table: milliseconds on the clock and of the processor; the first answer stands apart, as it fills caches."""
    record, dice = Record.open(path), random.Random(11)
    ids, stories = (
        [row[key] for row in record.sql(f"select {key} from {table} using sample reservoir(1000 rows) repeatable (7)").to_pylist()]
        for table, key in (("events", "event_id"), ("stories", "story_id"))
    )  # fmt: skip
    client = TestClient(make_app(path))
    times: dict[str, list[tuple[float, float]]] = {}
    for _ in range(asks):
        for name, address in addresses(dice, ids, stories).items():
            start, spent = time.perf_counter(), time.process_time()
            assert client.get(address).status_code == 200, address
            taken = (1000 * (time.perf_counter() - start), 1000 * (time.process_time() - spent))
            times.setdefault(name, []).append(taken)
    total = record.sql("select count(*) from events").column(0)[0].as_py()
    print(f"{total:,} events, {asks} asks of each page, {state()}")
    print("| page | first | median | p95 | processor: median | p95 (ms) |\n|---|---|---|---|---|---|")
    for name, taken in times.items():
        clock, processor = zip(*taken[1:], strict=True)
        middle = [statistics.median(kind) for kind in (clock, processor)]
        late = [statistics.quantiles(kind, n=20)[-1] for kind in (clock, processor)]
        print(f"| {name} | {taken[0][0]:,.0f} | {middle[0]:.0f} | {late[0]:.0f} | {middle[1]:.0f} | {late[1]:.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the server: {peak:,.0f} MiB, {state()}")


if __name__ == "__main__":
    main()
