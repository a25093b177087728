"""What the sentence of an event holds besides type and parties: the details by which two reports are compared."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from visavis.records import Event, Party

from .words import common_words

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME_RUN = re.compile(r"[A-Z][\w’'-]+(?: (?:of|and|for|the|on) (?=[A-Z])| )?(?:[A-Z][\w’'-]+ ?)*")
_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "hundred": "100", "dozen": "12"}
# Words of a stem: the rest is inflection, near enough for one language and for comparing two sentences.
_STEM = 5
# Offices that meet at their own level: presidents and foreign ministers of two states may both meet on one day.
_LEVELS = {
    "head": r"president|prime minister|premier|chancellor|king|emir|heads? of state|leader",
    "foreign": r"foreign minist|secretary of state|diplomat|ambassador|envoy|foreign secretary",
    "defence": r"defen[cs]e|military|army|navy|chief of staff|general",
    "trade": r"trade|commerce|finance|economy",
}


class Details(NamedTuple):
    """`stems` and `numbers` of the sentence without its parties and dates, `names` other than the parties, `long_names` of three
    words or more ("global security initiative"), `levels` of the offices, `days` as ordinals (None when unknown)."""

    sources: frozenset[str]
    targets: frozenset[str]
    stems: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    long_names: frozenset[str]
    levels: frozenset[str]
    days: tuple[int, int] | None


def details(event: Event) -> Details:
    """The details of one event."""
    own = _own_words(event)
    names, long_names = _names(event.quote, own)
    stems = {w.lower()[:_STEM] for w in _WORD.findall(event.quote) if _tells(w.lower(), own)}
    return Details(
        frozenset(map(_label, event.sources)),
        frozenset(map(_label, event.targets)),
        frozenset(stems),
        _numbers(event, own),
        names,
        long_names,
        _levels(event),
        _days(event),
    )


def _label(party: Party) -> str:
    return party.code or f"?{(party.name or party.words).casefold()}"


def _own_words(event: Event) -> set[str]:
    """The words of the parties and of the date: every report of the event has them, so they prove nothing."""
    parts = [f"{p.words} {p.name}" for p in (*event.sources, *event.targets)]
    return {
        w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(" ".join([*parts, event.date_words]))
    }


def _tells(word: str, own: set[str]) -> bool:
    plain = word.removesuffix("'s").removesuffix("’s")
    return len(plain) > 2 and not plain[0].isdigit() and plain not in own and plain not in common_words()


def _numbers(event: Event, own: set[str]) -> frozenset[str]:
    """Numbers that are no dates: years, and the days and years of the date words, are left out."""
    found = {m.group().replace(",", "").rstrip(".") for m in _NUMBER.finditer(event.quote)}
    spelt = {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", event.quote.lower()) if w in _NUMBER_WORDS}
    return frozenset(n for n in found | spelt - {"1"} if n not in own and not re.fullmatch(r"(?:19|20)\d\d", n))


def _names(quote: str, own: set[str]) -> tuple[frozenset[str], frozenset[str]]:
    single: set[str] = set()
    long: set[str] = set()
    for match in _NAME_RUN.finditer(quote):
        words = [w.lower().removesuffix("'s").removesuffix("’s") for w in match.group().split()]
        if match.start() == 0 and len(words) == 1:
            continue
        kept = [w for w in words if w not in own and w not in common_words()]
        single.update(kept)
        if len(kept) >= 3:
            long.add(" ".join(kept[-3:]))
    return frozenset(single), frozenset(long)


def _levels(event: Event) -> frozenset[str]:
    words = " ".join(f"{p.words} {p.name}" for p in (*event.sources, *event.targets)).lower()
    return frozenset(level for level, pattern in _LEVELS.items() if re.search(rf"\b(?:{pattern})", words))


def _days(event: Event) -> tuple[int, int] | None:
    first, last = event.date_from or event.date_to, event.date_to or event.date_from
    if first is None or last is None:
        return None
    try:
        return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()
    except ValueError:
        return None
