"""What the coder makes of a text, as short lines that tests can state: "SANCTION POL > RUS", "AGREE FRA > GHA (future)"."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from visavis.code import Coder
from visavis.code.actors import Actor, find_actors
from visavis.code.acts import Act, ActReader
from visavis.code.interchange import code_lines
from visavis.code.parse import load_parser, parse
from visavis.code.references import Memory
from visavis.code.tree import Doc
from visavis.lexicon import load


@lru_cache(maxsize=1)
def coder() -> Coder:
    """The coder as it is shipped, made once."""
    return Coder()


def rows(*sentences: str, date: str | None = None) -> list[dict[str, Any]]:
    """The events of one article that consists of the sentences, in interchange form, whatever their status."""
    lines = [{"id": n, "doc": "d", "text": text, "date": date} for n, text in enumerate(sentences)]
    return [event for row in code_lines(lines, coder(), all_status=True) for event in row["events"]]


def told(*sentences: str, date: str | None = None) -> list[str]:
    """One short line per event: type, codes of the sources, codes of the targets, the status unless it happened."""
    return [line(event) for event in rows(*sentences, date=date)]


def line(event: dict[str, Any]) -> str:
    """An event in interchange form as one short line."""
    sources, targets = (" ".join(p["code"] or p["text"] for p in event[side]) for side in ("source", "target"))
    status = "" if event["status"] == "happened" else f" ({event['status']})"
    return f"{event['event']} {sources or '-'}" + (f" > {targets}" if targets else "") + status


def parsed(text: str) -> Doc:
    """The parse of one sentence."""
    return next(parse([text], load_parser()))


def actors_of(doc: Doc) -> tuple[Actor, ...]:
    """The actors of a parsed sentence that stands alone."""
    return find_actors(doc, 0, load(), Memory())


def act_at(text: str, word: str) -> Act | None:
    """The act that the first token spelt `word` heads."""
    doc = parsed(text)
    tokens = frozenset(i for actor in actors_of(doc) for i in range(actor.start, actor.end))
    return ActReader(load().actions, tokens).read(next(t for t in doc if t.text == word))
