"""Reads a scenario's tables with the line of everything at hand, and collects every number as an assumption."""

from __future__ import annotations

import copy
import difflib
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from visavis.errors import ScenarioError
from visavis.reason import lines

if TYPE_CHECKING:
    from visavis.reason.evidence import Evidence, Resolver
    from visavis.reason.sources import Source


@dataclass(frozen=True)
class Assumption:
    """One number of the scenario: its range, and what it rests on.

    `basis`: "source" (a page gives the number), "reading" (the analyst's number for what a page says), "events", "run", "data"
    (computed, see `rule`), "analyst's" (nobody but the analyst), or "default" (not stated). `whole`: only whole numbers mean anything.
    """

    name: str
    low: float
    best: float
    high: float
    line: int
    basis: str = "analyst's"
    source: str = ""
    rule: str = ""
    evidence: tuple[Evidence, ...] = ()
    whole: bool = False

    @property
    def ranged(self) -> bool:
        """Whether a range is stated."""
        return self.high > self.low


@dataclass
class Book:
    """What reading a scenario collects: the assumptions by name, and references that found nothing."""

    file: str
    folder: Path
    lines: lines.Lines
    resolver: Resolver
    assumptions: dict[str, Assumption] = field(default_factory=dict)
    unresolved: list[str] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def cite(self, words: str) -> str:
        """The source in words: an id of `[[sources]]` becomes its page, lines and quote; anything else stands as it is."""
        found = self.sources.get(words)
        return words if found is None else found.cited


class Form:
    """One table of the file. Every key must be asked for; `finish` refuses what nobody knows."""

    def __init__(self, data: dict[str, Any], book: Book, path: lines.Path = (), parent: Form | None = None) -> None:
        self.data = data
        self.book = book
        self.path = path
        self._asked: set[str] = {"source", "from", "note"} if path else set()
        self._children: dict[lines.Path, Form] = {}
        self.source: str = self._shared_source("" if parent is None else parent.source) if path else ""
        self.evidence: tuple[Evidence, ...] = (() if parent is None else parent.evidence) + (
            self._shared_evidence() if path else ()
        )

    def fail(self, words: str, key: str | None = None, hint: str = "") -> NoReturn:
        """Raise ScenarioError at the line of `key` (or of this table)."""
        at = self.path if key is None else (*self.path, key)
        raise ScenarioError(f"{self.book.file}, line {self.book.lines.of(at)}: {words}", hint)

    def at(self, key: str) -> Form:
        """This table for errors that stand at the line of `key`."""
        found = copy.copy(self)
        found.path = (*self.path, key)
        return found

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def names(self) -> list[str]:
        """The keys in the order of the file, without those that say what the table rests on."""
        return [key for key in self.data if key not in ("source", "from", "note")]

    def text(self, key: str, default: str | None = None, among: Collection[str] = ()) -> str:
        """A string; with `among`, one of those."""
        found = self._take(key, default)
        if not isinstance(found, str):
            self.fail(f"{self._called(key)} must be words in quotes, not {found!r}.", key)
        if among and found not in among:
            self.fail(f"{found!r} is no {key}.", key, f"Known: {', '.join(among)}.{_near(found, among)}")
        return found

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        found = self._take(key, default)
        if not isinstance(found, bool):
            self.fail(f"{self._called(key)} must be true or false, not {found!r}.", key)
        return found

    def count(self, key: str, default: int | None = None, least: int = 0) -> int:
        """A whole number that is a setting, not an assumption."""
        found = self._take(key, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < least:
            self.fail(f"{self._called(key)} must be a whole number from {least}, not {found!r}.", key)
        return found

    def texts(self, key: str, default: Sequence[str] | None = None) -> list[str]:
        """A list of strings; one string alone is a list of one."""
        found = self._take(key, None if default is None else list(default))
        found = [found] if isinstance(found, str) else found
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.fail(f"{self._called(key)} must be a list of words.", key)
        return found

    def items(self, key: str, default: list[Any] | None = None) -> list[Any]:
        """A list of anything."""
        found = self._take(key, default)
        if not isinstance(found, list):
            self.fail(f"{self._called(key)} must be a list, not {found!r}.", key)
        return found

    def form(self, key: str, default: bool = False) -> Form:
        """The table under `key`; with `default`, an empty one when there is none."""
        found = self._take(key, {} if default else None)
        if not isinstance(found, dict):
            self.fail(f"{self._called(key)} must be a table.", key)
        return self._child(found, (*self.path, key))

    def forms(self, key: str, default: bool = False) -> list[Form]:
        """The tables of the array `[[key]]`."""
        found = self._take(key, [] if default else None)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.fail(f"{self._called(key)} must be written as [[{key}]].", key)
        return [self._child(one, (*self.path, key, at)) for at, one in enumerate(found)]

    def number(
        self,
        key: str,
        default: float | None = None,
        low: float = -math.inf,
        high: float = math.inf,
        name: str = "",
        whole: bool = False,
    ) -> str:
        """The name of the assumption under `key`: `3`, `[low, best, high]` or a table with `value`, `source`, `from`, `map`."""
        name = self.assume(self._take(key, default), key, low, high, name)
        book = self.book.assumptions
        book[name] = replace(book[name], whole=whole, basis=book[name].basis if key in self.data else "default")
        return name

    def assume(self, found: Any, key: str, low: float, high: float, name: str = "") -> str:
        """Enter the number `found` that stands at `key`; its bounds are what the model can bear."""
        from visavis.reason.evidence import weigh_number

        name = name or ".".join(str(part) for part in (*self.path, key))
        entered = weigh_number(self, found, key, name)
        if not low <= entered.low <= entered.high <= high:
            bounds = " to ".join("any" if math.isinf(one) else f"{one:g}" for one in (low, high))
            self.fail(f"{name} must lie in {bounds}; its range is {entered.low:g} to {entered.high:g}.", key)
        if name in self.book.assumptions:
            self.fail(f"there are two numbers called {name}.", key, "Give each table of the list a name of its own.")
        self.book.assumptions[name] = entered
        return name

    def finish(self) -> None:
        """Raise ScenarioError for the first key that nobody asked for, here or below."""
        for key in self.data:
            if key not in self._asked:
                known = sorted(self._asked)
                self.fail(f"unknown key {key!r}.", key, f"Known here: {', '.join(known)}.{_near(key, known)}")
        for child in self._children.values():
            child.finish()

    def _take(self, key: str, default: Any) -> Any:
        self._asked.add(key)
        if key in self.data:
            return self.data[key]
        if default is None:
            self.fail(f"{self._called(key)} is missing.", None, "docs/scenario.md lists what each kind needs.")
        return default

    def _child(self, data: dict[str, Any], path: lines.Path) -> Form:
        if path not in self._children:
            self._children[path] = Form(data, self.book, path, self)
        return self._children[path]

    def _called(self, key: str) -> str:
        return ".".join(str(part) for part in (*self.path, key))

    def _shared_source(self, inherited: str) -> str:
        own = self.data.get("source", "")
        if not isinstance(own, str):
            self.fail(f"{self._called('source')} must be words in quotes, not {own!r}.", "source")
        return self.book.cite(own) or inherited

    def _shared_evidence(self) -> tuple[Evidence, ...]:
        found = self.data.get("from")
        if not isinstance(found, str):
            return ()
        return tuple(self.book.resolver.look(self, found))


def _near(word: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean {close[0]!r}?" if close else ""
