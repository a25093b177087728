"""What the sentence of an event holds besides type and parties: the details by which two reports are compared."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property

from visavis.lexicon import load
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
# A date of so few days is a day of the year, or a handful of them.
_FEW_DAYS = 8
# Words of a stem: the rest is inflection, near enough for one language and for comparing two sentences.
_STEM = 5
_MONTHS = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_CALENDAR = re.compile(
    rf"\b(?:({_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?! ?%)|(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH})\b)", re.I
)
_RELATIVE = re.compile(
    r"\b(?:yesterday|today|tomorrow|(?:on|last|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.I
)
_ORDINAL = re.compile(
    r"\b(?:the|their|its|a) (first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)) [a-z]",
    re.I,
)
# A war between two states: an attack is one of many, a war is one however often it is told.
_WAR = re.compile(
    r"\bwars?\b|\binva(?:ded?|des|ding|sions?)\b|\b(?:military|armed) (?:operation|campaign|intervention|aggression)|\baggression\b",
    re.I,
)
# Offices that meet at their own level: presidents and foreign ministers of two states may both meet on one day.
_LEVELS = {
    "state": r"president|king|emir|heads? of state",
    "government": r"prime minister|premier|chancellor|heads? of government",
    "foreign": r"foreign minist|secretary of state|diplomat|ambassador|envoy|foreign secretary",
    "defence": r"defen[cs]e|military|army|navy|chief of staff|general",
    "trade": r"trade|commerce|finance|economy",
}


class Details:
    """The details of one event, each worked out when it is first asked for: most events are compared with none."""

    def __init__(self, event: Event) -> None:
        self._event = event

    @cached_property
    def _own(self) -> set[str]:
        return _own_words(self._event)

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources, by code or name."""
        return frozenset(map(_label, self._event.sources))

    @cached_property
    def targets(self) -> frozenset[str]:
        """The targets, by code or name."""
        return frozenset(map(_label, self._event.targets))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the sentence without its parties and dates."""
        return _stems(self._event.quote, self._own)

    @cached_property
    def acts(self) -> frozenset[str]:
        """The stems of the action words."""
        return _stems(self._event.words, self._own)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of the sentence that are no dates."""
        return _numbers(self._event, self._own)

    @cached_property
    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        return _names(self._event.quote, self._own)

    @property
    def names(self) -> frozenset[str]:
        """The names other than the parties, word by word."""
        return self._names[0]

    @property
    def long_names(self) -> frozenset[str]:
        """Names of three words or more ("global security initiative")."""
        return self._names[1]

    @cached_property
    def levels(self) -> frozenset[str]:
        """The levels of the offices."""
        return _levels(self._event)

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """First and last day as ordinals, None when unknown."""
        return _days(self._event)

    @cached_property
    def calendar(self) -> frozenset[tuple[int, int]]:
        """The (month, day) pairs that the sentence names, with or without a year."""
        return _calendar(self._event.date_words or self._event.quote, self.days)

    @cached_property
    def ordinals(self) -> frozenset[str]:
        """What the sentence counts ("the second patrol")."""
        return frozenset(match.group(1).lower() for match in _ORDINAL.finditer(self._event.quote))

    @cached_property
    def people(self) -> dict[str, frozenset[str]]:
        """The surnames of its people by party code."""
        return _people(self._event)

    @cached_property
    def war(self) -> bool:
        """Whether the action words speak of a war."""
        return _WAR.search(self._event.words) is not None

    @cached_property
    def relative(self) -> frozenset[str]:
        """The words for its day that count from another ("yesterday")."""
        return frozenset(match.group().lower() for match in _RELATIVE.finditer(self._event.quote))


def _stems(text: str, own: set[str]) -> frozenset[str]:
    return frozenset(w.lower()[:_STEM] for w in _WORD.findall(text) if _tells(w.lower(), own))


def _people(event: Event) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for party in (*event.sources, *event.targets):
        if party.how in ("person", "short") and party.name:
            found.setdefault(party.code, set()).add(party.name.split()[-1].casefold())
    return {code: frozenset(names) for code, names in found.items()}


def _calendar(text: str, days: tuple[int, int] | None) -> frozenset[tuple[int, int]]:
    """The days of the year that `text` names; those of a known short interval instead, where there is one."""
    if days is not None and days[1] - days[0] < _FEW_DAYS:
        return frozenset((d.month, d.day) for d in map(date.fromordinal, range(days[0], days[1] + 1)))
    found = [(m.group(1) or m.group(4), m.group(2) or m.group(3)) for m in _CALENDAR.finditer(text)]
    return frozenset((_MONTHS[month.lower()], int(day)) for month, day in found)


def _label(party: Party) -> str:
    return party.code or f"?{(party.name or party.words).casefold()}"


def _own_words(event: Event) -> set[str]:
    """The words of the parties and of the date: every report of the event has them, so they prove nothing."""
    parties = (*event.sources, *event.targets)
    parts = [f"{p.words} {p.name}" for p in parties]
    said = {
        w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(" ".join([*parts, event.date_words]))
    }
    codes, named = {p.code for p in parties if p.code}, load().actors.named
    capitals = {w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(event.quote) if w[0].isupper()}
    return said | {
        w for w in capitals if any(form.entry.code in codes and form.how in ("name", "demonym") for form in named(w))
    }


def _tells(word: str, own: set[str]) -> bool:
    plain = word.removesuffix("'s").removesuffix("’s")
    return len(plain) > 2 and not plain[0].isdigit() and plain not in own and plain not in common_words()


def _numbers(event: Event, own: set[str]) -> frozenset[str]:
    """Numbers that are no dates: years, days of a month, and the days and years of the date words, are left out."""
    quote = _CALENDAR.sub(" ", event.quote) if _NUMBER.search(event.quote) else event.quote
    found = {m.group().replace(",", "").rstrip(".") for m in _NUMBER.finditer(quote)}
    spelt = {_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", quote.lower()) if w in _NUMBER_WORDS and w not in own}
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
