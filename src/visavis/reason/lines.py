"""Where each key of a TOML text stands: the standard parser keeps no lines, and every error of ours names one."""

from __future__ import annotations

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?$")
_BARE = r"[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*'"
_KEY = re.compile(rf"\s*((?:{_BARE})(?:\s*\.\s*(?:{_BARE}))*)\s*=")
_WORD = re.compile(_BARE)


class Lines:
    """The line of each key of one TOML text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._known: dict[Path, int] = dict(_walk(text))

    def of(self, path: Path) -> int:
        """The line of `path`, or of the nearest table round it; 1 when nothing is known."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._known:
                return self._known[path[:end]]
        return 1


def _walk(text: str) -> Iterator[tuple[Path, int]]:
    table: Path = ()
    counts: dict[Path, int] = {}
    fence = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if fence:
            fence = "" if fence in line else fence
            continue
        header = _HEADER.match(line)
        if header is not None and "=" not in header[2]:
            table = _table(header[2], header[1] == "[[", counts)
            yield table, number
            continue
        key = _KEY.match(line)
        if key is not None:
            yield (*table, *_words(key[1])), number
        fence = next((mark for mark in ('"""', "'''") if line.count(mark) % 2), "")


def _table(words: str, listed: bool, counts: dict[Path, int]) -> Path:
    """The path of a header; an item of an array of tables ends in its number, and what is under it passes through the last one."""
    path: Path = ()
    names = _words(words)
    for at, name in enumerate(names):
        path = (*path, name)
        last = at == len(names) - 1
        if last and listed:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip("\"'") for word in _WORD.findall(text))
