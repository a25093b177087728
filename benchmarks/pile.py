"""Piles of any size, made from the sample pages: the same seed gives the same bytes.

    python benchmarks/pile.py FOLDER --articles 1000                    HTML pages, 500 a folder
    python benchmarks/pile.py pile.jsonl --articles 1000 --copies 0.05
    python benchmarks/pile.py pile.warc --megabytes 200

An article has 18 to 34 sentences. A quarter of them begin as a sentence of the sample pages does; they go on, and the others are made,
with sentences of the training set that tell of no event, joined until there are words enough. So an article has about as many words
a sentence, and events a thousand words, as reports about international relations have (26 and 9). Every noun, verb, adjective and
adverb is exchanged for another of its tag, a word with which a phrase of the action lexicon begins for another such word; states,
cities, people, numbers, months and weekdays too, the same for the same within an article. (With fewer changes most articles looked to
`sift` like reworded copies of one another, and were.) A sentence that was written before in the pile is drawn again, so that repeats
come from copies only: of `--copies` articles each repeats an earlier one under another outlet's name, half of them cut.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from visavis.code.mentions import Mention, find_mentions
from visavis.code.parse import load_parser, parse, plain
from visavis.code.sentences import sentences
from visavis.code.tree import Token
from visavis.lexicon import load
from visavis.read import pages, read_page
from visavis.records import Page

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pages", "dumps", "feeds", "articles.jsonl", "archive")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
_CHANGED = re.compile(rf"\b(?:{'|'.join(DAYS + MONTHS)}|\d[\d,.]*\d|\d)\b")
_KINDS = {"state": "name", "demonym": "demonym", "capital": "capital", "city": "city", "person": "person"}

TOPICS = """fisheries|water rights|transit fees|grain corridors|the border survey|visa rules|air traffic|prisoner lists|mine clearance|
pension debts|pipeline tariffs|a common currency|the census|customs data|radar coverage|flood relief|vaccine stocks|railway gauges|
satellite slots|undersea cables|school books|war graves|the old archive|timber quotas""".replace("\n", "").split("|")
# Sentences of an article, fewest and most.
LENGTHS = (18, 34)
# Tags of the words that are exchanged, and the least share of a sentence's letters that stand in such words and in names.
_OPEN = frozenset(("NN", "NNS", "JJ", "RB", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_LEAST = 0.45
# How often a sentence begins with one that tells of an event, how many words are enough, and what joins.
_TELLING, _ENOUGH = 0.25, 18
_JOINTS = (", while", ", and", ", although", ";", ", but", ", as")
OUTLETS = "Harbour Post|Lake Courier|Meridian Wire|Strait Observer|Plateau Daily|Delta Gazette|Northern Register|Isthmus Herald".split(
    "|"
)


class Made(NamedTuple):
    """One generated article; `copy_of` is the number of the article that it repeats, -1 for none."""

    number: int
    title: str
    text: str
    day: str
    outlet: str
    copy_of: int

    @property
    def url(self) -> str:
        """Its address at its outlet."""
        return (
            f"https://{self.outlet.lower().replace(' ', '')}.example/world/{self.day.replace('-', '/')}/{self.number}"
        )


class Template(NamedTuple):
    """A sample sentence with what can be exchanged in it, in order: mentions, and (start, end, kind) of words."""

    text: str
    mentions: tuple[Mention, ...]
    words: tuple[tuple[int, int, str], ...]


def told() -> Iterator[str]:
    """The sentences of the sample pages."""
    for page in pages([str(ROOT / "demo" / part) for part in PARTS]):
        for article in read_page(page).articles if isinstance(page, Page) else ():
            yield from (s.text for s in sentences(article.text) if article.language == "en")


def untold() -> Iterator[str]:
    """The training sentences that tell of no event."""
    for line in (ROOT / "model" / "train.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row.get("event") == "NONE":
            yield row["text"]


@cache
def templates() -> tuple[tuple[Template, ...], tuple[Template, ...]]:
    """What tells of events and what does not, each once, in alphabetical order."""
    return _templates(told()), _templates(untold())


def _templates(texts: Iterator[str]) -> tuple[Template, ...]:
    found = []
    for doc in parse(sorted({plain(text) for text in texts if 40 < len(text) < 400}), load_parser()):
        mentions = find_mentions(doc.text, load())
        inside = {i for m in mentions for i in range(m.start, m.end)}
        words = tuple((t.idx, t.idx + len(t), kind) for t in doc if t.idx not in inside and (kind := _kind(t)))
        named = tuple(m for m in mentions if _KINDS.get(m.kind) == m.how)
        changed = sum(len(m.words) for m in named) + sum(end - start for start, end, _ in words)
        if changed >= _LEAST * len(doc.text):
            found.append(Template(doc.text, named, words))
    return tuple(found)


def _kind(token: Token) -> str:
    """The kind of words of which another may stand in its place, "" for none: its tag, and whether it may begin a phrase."""
    if token.tag_ not in _OPEN or not token.text.isalpha() or token.lower_ != token.text:
        return ""
    if token.lemma in ("be", "have", "do") or (token.tag_ == "RB" and not token.text.endswith("ly")):
        return ""
    acts = any(
        load().actions.of(kind, word) for kind in ("verb", "noun", "adj") for word in (token.lower_, token.lemma)
    )
    return f"{token.tag_} of an act" if acts else token.tag_


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """{kind: the words of the samples that may be exchanged for one another}."""
    found: dict[str, set[str]] = {}
    for template in chain(*templates()):
        for start, end, kind in template.words:
            found.setdefault(kind, set()).add(template.text[start:end])
    return {kind: tuple(sorted(words)) for kind, words in found.items()}


@cache
def names() -> dict[tuple[str, str], tuple[str, ...]]:
    """{(kind, state's code or "" for all): the names that the lexicon has}."""
    found: dict[tuple[str, str], set[str]] = {}
    for forms in load().actors.forms:
        for form in forms:
            kind, how, words = form.entry.kind, form.how, form.text
            plural = kind == "demonym" and words.endswith("s") and not words.endswith("ss")
            if _KINDS.get(kind) == how and not form.weak and words.istitle() and not plural:
                found.setdefault((kind, form.entry.code), set()).add(words)
                found.setdefault((kind, ""), set()).add(words)
    return {key: tuple(sorted(words)) for key, words in found.items()}


class Maker:
    """Writes the articles of one pile, one after the other."""

    def __init__(self, seed: int, copies: float = 0.0, lengths: tuple[int, int] = LENGTHS) -> None:
        self._lengths = lengths
        self._dice = random.Random(seed)
        self._copies = copies
        self._written: set[int] = set()
        self._states = sorted(
            code
            for kind, code in names()
            if kind == "state" and code and {("demonym", code), ("capital", code)} <= names().keys()
        )
        self._kept: list[Made] = []

    def article(self, number: int) -> Made:
        """The next article."""
        dice = self._dice
        outlet = dice.choice(OUTLETS)
        if self._kept and dice.random() < self._copies:
            source = dice.choice(self._kept)
            cut = source.text.split("\n\n")
            text = "\n\n".join(cut if dice.random() < 0.5 else cut[: max(3, len(cut) * 2 // 3)])
            return Made(number, source.title, text, _later(source.day, dice.randrange(3)), outlet, source.number)
        swap: dict[tuple[str, str], str] = {}
        lines = [self._new(swap) for _ in range(dice.randint(*self._lengths))]
        title = f"{lines[0].split(',')[0][:90].rstrip(' .')}: {dice.choice(TOPICS)}"
        made = Made(number, title, _paragraphs(lines, dice), _later("2015-01-01", dice.randrange(3000)), outlet, -1)
        if len(self._kept) < 2000:
            self._kept.append(made)
        return made

    def _new(self, swap: dict[tuple[str, str], str]) -> str:
        """A sentence that this pile has not; the hash of each is kept."""
        while True:
            text = self._joined(swap)
            if (mark := zlib.crc32(text.encode()) | len(text) << 32) not in self._written:
                self._written.add(mark)
                return text

    def _joined(self, swap: dict[tuple[str, str], str]) -> str:
        """A sentence of enough words."""
        telling, quiet = templates()
        text = self._told(self._dice.choice(telling if self._dice.random() < _TELLING else quiet), swap)
        while len(text.split()) < _ENOUGH and text.endswith("."):
            more = self._told(self._dice.choice(quiet), swap)
            small = load_parser().vocab[more.split()[0].lower()].is_stop
            text = f"{text[:-1]}{self._dice.choice(_JOINTS)} {more[0].lower() if small else more[0]}{more[1:]}"
        return text[0].upper() + text[1:]

    def _told(self, template: Template, swap: dict[tuple[str, str], str]) -> str:
        """The template with other names, words and numbers."""
        changes = [(m.start, m.end, self._other(m, swap)) for m in template.mentions]
        changes += [(start, end, self._dice.choice(vocabulary()[kind])) for start, end, kind in template.words]
        pieces, at = [], 0
        for start, end, words in sorted(changes):
            pieces += [self._varied(template.text[at:start]), words]
            at = end
        return "".join(pieces) + self._varied(template.text[at:])

    def _other(self, mention: Mention, swap: dict[tuple[str, str], str]) -> str:
        """Another name of the same kind; the same state stays the same other state throughout an article."""
        if mention.kind in ("person", "city"):
            key = (mention.kind, mention.words)
            if key not in swap:
                swap[key] = self._dice.choice(names()[mention.kind, ""])
            return swap[key]
        state = swap.setdefault(("which", mention.code), self._dice.choice(self._states))
        key = (mention.kind, mention.code)
        if key not in swap:
            swap[key] = self._dice.choice(names()[mention.kind, state])
        return swap[key]

    def _varied(self, text: str) -> str:
        """The text with other numbers of as many digits, other months and weekdays."""

        def other(found: re.Match[str]) -> str:
            word = found[0]
            if word in DAYS or word in MONTHS:
                return self._dice.choice(DAYS if word in DAYS else MONTHS)
            if len(word) == 4 and word[:2] in ("19", "20"):
                return str(self._dice.randint(1990, 2023))
            return "".join(self._dice.choice("123456789") if c.isdigit() else c for c in word)

        return _CHANGED.sub(other, text)


def _paragraphs(lines: list[str], dice: random.Random) -> str:
    found = []
    while lines:
        size = dice.randint(1, 3)
        found.append(" ".join(lines[:size]))
        lines = lines[size:]
    return "\n\n".join(found)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def make(count: int | None, seed: int = 1, copies: float = 0.0, lengths: tuple[int, int] = LENGTHS) -> Iterator[Made]:
    """`count` articles (None: without end)."""
    maker, number = Maker(seed, copies, lengths), 0
    while count is None or number < count:
        yield maker.article(number)
        number += 1


def page(made: Made, more: str = "") -> str:
    """The article as a page of its outlet, between the furniture of such pages; `more` is markup at the head of the body."""
    menu = "".join(
        f'<li><a href="/{w.lower()}">{w}</a></li>'
        for w in "Home World Region Economy Energy Opinion Sport Archive".split()
    )
    read = "".join(
        f'<li><a href="/world/{n}">What to know about {html.escape(topic)}</a></li>'
        for n, topic in enumerate(TOPICS[made.number % 9 :][:8])
    )
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in made.text.split("\n\n"))
    title, outlet = html.escape(made.title), html.escape(made.outlet)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {outlet}</title>
<meta property="og:site_name" content="{outlet}"><meta property="article:published_time" content="{made.day}T08:00:00Z">
<link rel="canonical" href="{made.url}"><style>body{{margin:0}}.side{{float:right;width:30%}}</style><script>var page={{"id":{made.number}}};</script></head>
<body>{more}<header><div class="brand">{outlet}</div><nav><ul>{menu}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By the desk of the {outlet}, <time datetime="{made.day}">{made.day}</time></p>
<div class="share"><a href="#">Share</a> <a href="#">Print</a> <a href="#">Email</a></div>
{body}
</article><aside class="side"><h4>Most read</h4><ol>{read}</ol><form>Subscribe to our newsletter <input type="email"></form></aside></main>
<footer><p>Copyright {outlet}. All rights reserved.</p><p>Cookies help us. <a href="/privacy">Privacy</a> <a href="/terms">Terms</a></p></footer>
</body></html>
"""


def write_pages(folder: Path, found: Iterator[Made]) -> None:
    """One HTML file an article, 500 a folder."""
    for made in found:
        path = folder / f"{made.number // 500:04d}" / f"{made.number:07d}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(made), "utf-8")


def write_lines(path: Path, found: Iterator[Made]) -> None:
    """One JSONL line an article."""
    with path.open("w", encoding="utf-8") as out:
        for made in found:
            row = {"url": made.url, "title": made.title, "date": made.day, "outlet": made.outlet, "text": made.text}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def warc_record(made: Made, more: str = "") -> bytes:
    """One response of a WARC file."""
    body = page(made, more).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body)
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {made.url}\r\nWARC-Date: {made.day}T09:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{made.number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + len(body)}\r\n\r\n"
    )
    return head.encode() + http + body + b"\r\n\r\n"


def write_warc(path: Path, found: Iterator[Made], megabytes: float) -> None:
    """A WARC file, ended when it is as large as that (0: with the articles)."""
    with path.open("wb") as out:
        for made in found:
            out.write(warc_record(made))
            if megabytes and out.tell() >= megabytes * 1e6:
                return


def main() -> None:
    """Write a pile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="a folder, or a .jsonl or .warc file")
    parser.add_argument("--articles", type=int, default=None)
    parser.add_argument("--megabytes", type=float, default=0.0, help="of a WARC file, in place of --articles")
    parser.add_argument("--copies", type=float, default=0.0, help="share of articles that repeat an earlier one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sentences", type=int, nargs=2, default=LENGTHS, help="fewest and most of an article")
    given = parser.parse_args()
    found = make(
        given.articles if given.articles or given.megabytes else 1000, given.seed, given.copies, tuple(given.sentences)
    )
    if given.out.suffix == ".warc":
        write_warc(given.out, found, given.megabytes)
    elif given.out.suffix == ".jsonl":
        write_lines(given.out, found)
    else:
        write_pages(given.out, found)


if __name__ == "__main__":
    main()
