"""What can be asked of a record through MCP. Every answer is plain data and names the run it was read from; nothing is written."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import msgspec
from pydantic import Field

from visavis.errors import BusyError
from visavis.lexicon.ontology import TYPES
from visavis.show.digest import digest_of
from visavis.show.digest.read import actors_of
from visavis.show.fetch import PERIODS, fetch_dyad
from visavis.show.maker import Say
from visavis.show.names import code_of, names
from visavis.show.pages import fetch_evidence
from visavis.show.search import STATUSES, VOICES, Filters, find, index_of
from visavis.show.views.about import cite_record
from visavis.show.web.library import Library, Shown
from visavis.store.plain import without_controls

Answer = dict[str, Any]

_Actor = Annotated[str, Field(max_length=60, description="An actor: code (CHN) or name (China).")]
_Day = Annotated[str, Field(max_length=10, description="A day: 2021, 2021-04 or 2021-04-10, itself included.")]
_EventId = Annotated[str, Field(max_length=40, description="An event's id, or the beginning of it.")]
_Rows = Annotated[int, Field(ge=1, le=100, description="How many rows at most.")]


class Tools:
    """The tools over the record in a folder, at the named run or, without one, at the latest whenever they are asked. Raises
    RecordError when there is no record. All of them raise QueryError for what names nothing, with what is near."""

    def __init__(self, path: str | Path, run: str | None = None, say: Say | None = None) -> None:
        self._library = Library(path, say)
        self._run = run
        with suppress(BusyError):
            self._shown()

    def search_events(
        self,
        words: Annotated[str, Field(max_length=200, description='Words of the sentence; "in quotes" a phrase.')] = "",
        a: _Actor = "",
        b: _Actor = "",
        type: Annotated[str, Field(max_length=20, description=f"One of {', '.join(sorted(TYPES))}.")] = "",
        status: Annotated[str, Field(max_length=20, description=f"One of {', '.join(STATUSES)}.")] = "",
        voice: Annotated[str, Field(max_length=20, description=f"The speaker's kind: {', '.join(VOICES)}.")] = "",
        since: _Day = "",
        until: _Day = "",
        after: Annotated[int, Field(ge=0, le=2**63 - 1, description="`next` of the answer before.")] = 0,
        limit: _Rows = 20,
    ) -> Answer:
        """Events by words, actors, type, status, speaker and time, newest first, each with its sentence.

        `total` counts all that fit; `next` is the cursor for more, null at the end."""
        shown = self._shown()
        codes = {name: code_of(given) if given.strip() else "" for name, given in (("a", a), ("b", b))}
        filters = Filters(
            q=words.strip(), type=type, status=status, voice=voice, since=since.strip(), until=until.strip(), **codes
        )
        return self._answer(shown, msgspec.to_builtins(find(index_of(shown.record), filters, after, limit)))

    def dyad_series(
        self,
        a: _Actor,
        b: _Actor,
        by: Annotated[str, Field(description=f"One of {', '.join(PERIODS)}.")] = "year",
        last: Annotated[int, Field(ge=0, le=100, description="How many of the last sentences.")] = 8,
    ) -> Answer:
        """How two actors deal with each other: counts per period with their denominators, closeness and hostility with standard
        errors, votes and treaties where imported, and the last sentences."""
        shown = self._shown()
        return self._answer(shown, msgspec.to_builtins(fetch_dyad(shown.record, code_of(a), code_of(b), by, last)))

    def evidence(self, event_id: _EventId) -> Answer:
        """One event with all that stands behind it: its sentence with marks, why it was coded, who says so, the article with its
        text, the page it was read from, the copies, a citation and a link to the sentence."""
        shown = self._shown()
        found = fetch_evidence(shown.record, event_id)
        text = "\n".join("".join(piece.words for piece in paragraph) for paragraph in found.paragraphs)
        event = msgspec.to_builtins(found.event)
        return self._answer(shown, {"event": event, "text": text, "citation": found.citation, "link": found.link})

    def actors(
        self,
        words: Annotated[str, Field(max_length=60, description="Part of a name or code; empty for all.")] = "",
        limit: _Rows = 50,
    ) -> Answer:
        """The record's actors, those with most events that happened first: code, name, number of events."""
        shown, wanted = self._shown(), words.strip().casefold()
        known = [(code, names().get(code, code), number) for code, number in actors_of(digest_of(shown.record))]
        fit = [row for row in known if wanted in row[0].casefold() or wanted in row[1].casefold()]
        rows = [{"code": code, "name": name, "events": number} for code, name, number in fit[:limit]]
        return self._answer(shown, {"total": len(fit), "actors": rows})

    def cite(self, event_id: _EventId = "") -> Answer:
        """How to cite: the event as a footnote, or without an id the record as it is now; the record's BibTeX entry with both."""
        shown = self._shown()
        sentence, bibtex = cite_record(shown.record.path.resolve().name, shown.run)
        if event_id:
            sentence = fetch_evidence(shown.record, event_id).citation
        return self._answer(shown, {"citation": sentence, "bibtex": bibtex})

    def _shown(self) -> Shown:
        """The run that is asked; raises BusyError while a large one is being indexed."""
        shown = self._library.at(self._run)
        shown.maker.check()
        return shown

    def _answer(self, shown: Shown, answer: Answer) -> Answer:
        run = shown.run
        return {"run": None if run is None else {"number": run.number, "run_id": run.run_id}, **_plain(answer)}


def _plain(value: Any) -> Any:
    """The value with every text in it free of characters that a reader does not see: clients print answers, and models obey them.
    Each becomes a middle dot, so that offsets hold."""
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, dict):
        return {_plain(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value
