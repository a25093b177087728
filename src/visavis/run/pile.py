"""`visavis read`: a pile of pages becomes a record, or a record grows by a pile."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

from visavis.run import passes
from visavis.run.progress import Progress, Silent
from visavis.run.settings import Settings
from visavis.run.spread import Spread
from visavis.run.tasks import coder
from visavis.store import Record, Run, Writer
from visavis.store.keep.settle import settle_events
from visavis.store.keep.stubs import held_codings

_COUNTED = ("pages", "articles", "teasers", "stories", "copies", "events", "happenings", "drops")


class Summary(Struct, frozen=True, kw_only=True):
    """What a run did: `given` pages were offered; `total` rows are in each table now, `added` more than before.

    "teasers" are the rows of `articles` that are no whole article (kind teaser or feed-item).
    """

    record: Record
    run: Run
    given: int
    total: dict[str, int]
    added: dict[str, int]


def read_pile(
    sources: Sequence[str | Path],
    record: str | Path,
    settings: Settings | None = None,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    verb: str = "read",
    take: Callable[[Writer], None] | None = None,
) -> Summary:
    """Read, sift and code the pages of `sources` into the record in folder `record`, which is made when it is not there.

    `take` brings rows in from elsewhere before the first pass. Safe to repeat and to resume: the same pile gives the same rows, in any order, with any number of workers, killed or not.
    Raises RecordError when the record cannot be written, LexiconError when the lexicon is broken.
    """
    settings, progress = settings or Settings(), progress or Silent()
    found = Record.create(record)
    with found.writer() as writer, Spread(settings.workers, settings.on) as spread:
        before = _count(writer)
        if sources:
            spread.begin()
        clock, maker = Clock(), coder(settings)  # first of all, so that a faulty lexicon or parser costs no reading
        if writer.resumed:
            passes.tidy(writer)
        if take is not None:
            take(writer)
        with clock("read"):
            given = passes.read_pages(writer, [str(s) for s in sources], stdin, settings, spread, progress)
        with clock("sift"):
            passes.link(writer, progress)
        with clock("code"):
            documents = passes.documents(writer)
            wanted = {key: passes.coding(d, maker.version, maker.fingerprint) for key, d in documents.items()}
            wanted |= held_codings(writer)
            passes.code(writer, documents, wanted, settings, spread, progress)
            naming = passes.naming(documents)
        del documents, wanted  # all the texts: joining needs the room
        with clock("join"):
            settle_events(writer)
            passes.join(writer, progress)
        with clock("climb"):
            passes.climb(writer, naming, settings.lexicon)
        total = _count(writer)
        run = writer.finish(
            verb,
            settings={"workers": str(settings.workers), "parser": settings.parser, "lexicon": settings.lexicon or ""},
            counts={"given": given, **total},
            seconds=clock.seconds,
            coder=maker.version,
            lexicon=maker.fingerprint,
        )
    added = {name: total[name] - before[name] for name in _COUNTED}
    return Summary(record=Record.open(record), run=run, given=given, total=total, added=added)


class Clock:
    """Wall-clock seconds of named passes."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[str, float] = {}
        self._now = now

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        begun = self._now()
        yield
        self.seconds[name] = round(self._now() - begun, 3)


def _count(writer: Writer) -> dict[str, int]:
    found = {name: writer.count(name) for name in _COUNTED if name != "teasers"}
    whole = sum(kind == "article" for (kind,) in writer.pick("articles", "kind"))
    return {name: {**found, "articles": whole, "teasers": found["articles"] - whole}[name] for name in _COUNTED}
