"""The words of lexicon/time.yaml as lookups and regular-expression parts, compiled once per process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from visavis.errors import LexiconError
from visavis.lexicon.yamls import parse_yaml

_WORDS = re.compile("[a-z]+")
_HAS_DIGIT = re.compile(r"\d")
_DIGIT = frozenset(("digit",))
_DAYPARTS = frozenset("morning afternoon evening night midday noon".split())


class Vocabulary:
    """`months`, `weekdays`, `numbers`, `amounts` ... map lower-case words to values; the `..._part` strings are regex alternations."""

    def __init__(self, table: dict[str, Any]) -> None:
        try:
            self.months = {w.lower(): n for n, words in table["months"].items() for w in words}
            self.weekdays = {w.lower(): n for n, words in table["weekdays"].items() for w in words}
            self.numbers: dict[str, int] = table["numbers"]
            self.amounts: dict[str, list[int]] = table["amounts"]
            self.ordinals: dict[str, int] = table["ordinals"]
            self.seasons: dict[str, list[int]] = table["seasons"]
            self.holidays = {w.lower(): day for w, day in table["holidays"].items()}
            self.events: list[dict[str, Any]] = table["events"]
            self.ambiguous_months = {w.lower() for w in table["ambiguous_months"]}
            self.month_frames = {str(w).lower() for w in table["month_frames"]}
            self.year_frames = {str(w).lower() for w in table["year_frames"]}
            self.not_year_before = {str(w).lower() for w in table["not_year_before"]}
            self.not_year_after = {str(w).lower() for w in table["not_year_after"]}
            self.future = _either(table["future_markers"])
            self.past = re.compile(r"\b(?:" + "|".join(table["past_forms"]) + r"|[a-z]{2,}ed)\b")
            self.perfect = _either(table["perfect_markers"])
        except KeyError as missing:
            raise LexiconError(f"time.yaml lacks the section {missing}.", "Restore it from the package.") from None
        names = sorted(self.months, key=lambda w: (-len(w), w))
        self.month_part = "(?:" + "|".join(f"{n.capitalize()}|{n.upper()}" for n in names) + r")\b\.?"
        days = sorted(self.weekdays, key=lambda w: (-len(w), w))
        self.weekday_part = "(?:" + "|".join(d.capitalize() for d in days) + r")\b\.?"
        self.number_part = r"(?:\d{1,3}|" + "|".join(sorted(self.numbers, key=lambda w: (-len(w), w))) + ")"
        self.amount_part = "(?:" + "|".join(sorted(self.amounts, key=lambda w: (-len(w), w))) + ")"
        self.unit_part = "(?:" + "|".join(u if u != "century" else "centur(?:y|ies)" for u in table["units"]) + ")"
        self.season_part = "(?:" + "|".join(self.seasons) + ")"
        self.holiday_part = (
            "(?:" + "|".join(re.escape(w) for w in sorted(table["holidays"], key=len, reverse=True)) + ")"
        )
        self._kinds = _kinds(self, table["units"])

    def kinds(self, text: str) -> frozenset[str]:
        """What the text has of that without which no time of a kind is told: "digit", or a word of "month", "weekday", "near" (today,
        recently), "unit", "period" (a unit, a part of the day or of the year), "named" (centuries, holidays), "event" (since, after).
        """
        words = self._kinds.keys() & set(_WORDS.findall(text.lower()))
        found = [self._kinds[word] for word in words]
        return _DIGIT.union(*found) if _HAS_DIGIT.search(text) else frozenset().union(*found)

    def month(self, words: str) -> int:
        """The number of a month's name, abbreviated or not."""
        return int(self.months[words.lower().rstrip(".")])

    def weekday(self, words: str) -> int:
        """0 Monday .. 6 Sunday."""
        return int(self.weekdays[words.lower().rstrip(".")])

    def amount(self, words: str) -> tuple[int, int]:
        """Fewest and most: "two" is (2, 2), "a few" is (2, 5)."""
        text = " ".join(words.lower().split())
        if text in self.amounts:
            low, high = self.amounts[text]
            return low, high
        number = int(text) if text.isdigit() else self.numbers[text]
        return number, number


def _kinds(v: Vocabulary, units: list[str]) -> dict[str, frozenset[str]]:
    """Each word with the kinds of times that may hold it."""
    counted = {*units, *(f"{unit}s" for unit in units), "centuries"}
    telling: dict[str, Iterable[str]] = {
        "month": v.months,
        "weekday": v.weekdays,
        "unit": counted,
        "period": {*counted, *v.seasons, *_DAYPARTS, "weekend", "half"},
        "near": {*_DAYPARTS, *"yesterday today tonight tomorrow weekend recent recently lately late".split()},
        "named": {"century", *(max(_WORDS.findall(holiday), key=len) for holiday in v.holidays)},
        "event": "since after before during until following from prior".split(),
    }
    every = sorted({word for words in telling.values() for word in words})
    return {word: frozenset(kind for kind, words in telling.items() if word in words) for word in every}


def _either(words: list[str]) -> re.Pattern[str]:
    parts = sorted((re.escape(w) for w in words), key=len, reverse=True)
    return re.compile(r"(?<![A-Za-z])(?:" + "|".join(parts) + r")(?![A-Za-z])", re.IGNORECASE)


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary."""
    text = files("visavis.lexicon").joinpath("time.yaml").read_text(encoding="utf-8")
    return Vocabulary(parse_yaml(text))
