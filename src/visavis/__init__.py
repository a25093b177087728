"""Visavis: who stands where, vis-à-vis whom, and how do we know?

>>> import visavis as vv
>>> record = vv.read(["pages/"], record="my-record").record         # doctest: +SKIP
>>> record = vv.open("my-record")                                   # doctest: +SKIP
>>> record.events("CHN", "RUS", since="2021").arrow()               # doctest: +SKIP
>>> list(vv.code([{"id": "1", "text": "Wang Yi visited Moscow."}]))  # doctest: +SKIP

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # to a type checker the verbs are functions
    from visavis.align.dyads import dyads
    from visavis.reason import scenario
    from visavis.run import read_pile as read
    from visavis.store import Record

__version__ = "0.1.0"
__all__ = ["Record", "code", "dyads", "open", "read", "scenario"]

# Rooms of the house that are verbs too: `visavis.read(...)` does what `visavis read` does, `visavis.read.pages` is inside the room.
_VERBS = {
    "read": "visavis.run:read_pile",
    "code": "visavis:_code",
}
_NAMES = {"Record": "visavis.store:Record", "dyads": "visavis.align.dyads:dyads", "scenario": "visavis.reason:scenario"}


def open(path: str | Path, run: str | int | None = None) -> Record:
    """The record in folder `path` as its last run, or the one named by id or number, left it.

    Raises RecordError when there is no record, QueryError for an unknown run.
    """
    from visavis.store import Record

    return Record.open(path, run)


def _code(lines: Iterable[Mapping[str, Any]], all_status: bool = False, **coder: Any) -> Iterator[dict[str, Any]]:
    """What `visavis code` writes for lines of {"id", "text", "date"?, "doc"?}; `coder` are the settings of `visavis.code.Coder`."""
    from visavis.code import Coder
    from visavis.code.interchange import code_lines

    return code_lines(lines, Coder(**coder), all_status=all_status)


if TYPE_CHECKING:
    code = _code


class _Verb(ModuleType):
    """A module that can be called."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return _find(_VERBS[self.__name__.rpartition(".")[2]])(*given, **named)


class _Face(ModuleType):
    """This package: a room that is a verb becomes callable when it is imported, whoever imports it."""

    def __setattr__(self, name: str, value: object) -> None:
        if name in _VERBS and isinstance(value, ModuleType):
            value.__class__ = _Verb
        super().__setattr__(name, value)


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        return import_module(f"visavis.{name}")
    if name in _NAMES:
        return _find(_NAMES[name])
    raise AttributeError(f"module 'visavis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _find(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


sys.modules[__name__].__class__ = _Face
