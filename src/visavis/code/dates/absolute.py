"""Rules for times that name the calendar: days, months, years, decades, quarters, holidays, datable events."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from visavis.code.dates.forms import Between, Either, Form, Happened, Point, Slice, Years
from visavis.code.dates.vocabulary import Vocabulary, vocabulary

Build = Callable[[re.Match[str]], Form | None]
Rule = tuple[re.Pattern[str], Build]

_YEAR = r"(?:1[0-9]|20)\d\d"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NTH = r"(?:st|nd|rd|th)?\b"
_FULL_MONTHS = frozenset({"may", "june", "july"})
_CENTURIES = {"nineteenth": 19, "twentieth": 20, "twenty-first": 21, "eighteenth": 18}
# Before a datable event: it is a time only when something is dated by it.
_BY_EVENT = re.compile(r"\b(?:[Ss]ince|[Aa]fter|[Bb]efore|[Dd]uring|[Uu]ntil|[Ff]ollowing|[Ff]rom|[Pp]rior to) ")


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _numeric(match: re.Match[str]) -> Form | None:
    """4/5/2019 reads both ways; 25/12/2019 and dotted 16.9.2021 one way."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    day_first, month_first = Point(year=year, month=two, day=one), Point(year=year, month=one, day=two)
    if match[2] == "." or one > 12:
        return day_first if two <= 12 and one <= 31 else None
    if two > 12:
        return month_first if two <= 31 else None
    return day_first if one == two else Either(day_first, month_first)


def _iso(match: re.Match[str]) -> Form | None:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    return Point(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _days(year: str | None, month: int, first: str, last: str, joint: str) -> Form | None:
    if int(last) <= int(first) or ("and" in joint and int(last) != int(first) + 1):
        return None
    return Between(
        Point(year=_year(year), month=month, day=int(first)), Point(year=_year(year), month=month, day=int(last))
    )


def _year_range(match: re.Match[str]) -> Form | None:
    first = int(match[1])
    last = int(match[3]) if len(match[3]) == 4 else first // 100 * 100 + int(match[3])
    if match[2] == "/" and last != first + 1:
        return None
    school = bool(match[4])
    if not first < last <= first + 200 or (school and last != first + 1):
        return None
    return Years(first, last - 1, 9) if school else Years(first, last)


def _decade(match: re.Match[str]) -> Form:
    first = int(match[1]) if len(match[1]) == 4 else 1900 + int(match[1])
    return Years(first, first + 9)


def _century(match: re.Match[str]) -> Form:
    number = _CENTURIES.get(match[1].lower()) or int(re.sub(r"\D", "", match[1]))
    return Years(number * 100 - 99, number * 100)


def _fiscal(match: re.Match[str]) -> Form:
    year = int(match[1]) if len(match[1]) == 4 else 2000 + int(match[1])
    return Years(year - 1, year - 1, 10)


def _day_rules(v: Vocabulary) -> list[Rule]:
    month = f"({v.month_part})"
    joint = r"\s*(-|–|—|to|through|until|till|and|&)\s*"
    compile_ = re.compile
    return [
        (compile_(rf"\b({_YEAR})([-/])(\d\d)\2(\d\d)\b"), lambda m: _iso_parts(m)),
        (compile_(rf"(?<![\d/.])(\d\d?)([/.])(\d\d?)\2({_YEAR})\b"), _numeric),
        (
            compile_(
                rf"\b{month}\s+({_DAY}){_NTH}{joint}({_DAY}){_NTH}(?!\s*(?:{v.month_part}|,\d|%|percent))(?:,?\s+({_YEAR}))?\b"
            ),
            lambda m: _days(m[5], v.month(m[1]), m[2], m[4], m[3]),
        ),
        (
            compile_(rf"\b({_DAY}){_NTH}{joint}({_DAY}){_NTH}\s+(?:of\s+)?{month}(?:,?\s+({_YEAR})\b)?"),
            lambda m: _days(m[5], v.month(m[4]), m[1], m[3], m[2]),
        ),
        (
            compile_(rf"\b{month}\s+(?:the\s+)?({_DAY}){_NTH}(?![:,.]\d)(?:,?\s+(?:of\s+)?({_YEAR})\b)?"),
            lambda m: Point(year=_year(m[3]), month=v.month(m[1]), day=int(m[2])),
        ),
        (
            compile_(rf"\b({_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?:,?\s+({_YEAR})\b)?"),
            lambda m: Point(year=_year(m[3]), month=v.month(m[2]), day=int(m[1])),
        ),
        (
            compile_(rf"\b{month},?\s+(?:of\s+)?({_YEAR})\b"),
            lambda m: Point(year=int(m[2]), month=v.month(m[1])),
        ),
        (compile_(r"(?<=\bon the )([12]\d|3[01]|[4-9])th\b(?! [a-z])"), lambda m: Point(day=int(m[1]))),
    ]


def _iso_parts(match: re.Match[str]) -> Form | None:
    month, day = int(match[3]), int(match[4])
    return Point(year=int(match[1]), month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _period_rules(v: Vocabulary) -> list[Rule]:
    fiscal = re.compile(rf"\b(?:(?:[Ff]iscal|[Ff]inancial)(?: [Yy]ear)? |FY ?)({_YEAR}|\d\d)\b")
    fiscal_after = re.compile(rf"\b({_YEAR}) (?:fiscal|financial) year\b")
    return [
        (fiscal, _fiscal),
        (fiscal_after, _fiscal),
        (
            re.compile(rf"(?<![\w-])({_YEAR})([-–/])({_YEAR}|\d\d)(\s+(?:school|academic)\s+year)?\b(?![-–/]\d)"),
            _year_range,
        ),
        (
            re.compile(
                r"(?:(?<![\w-])|(?<=mid-)|(?<=early-)|(?<=late-)|(?<=Mid-))['’]?((?:1[5-9]|20)\d0|[2-9]0)['’]?s\b"
            ),
            _decade,
        ),
        (re.compile(rf"\bQ([1-4])\s+(?:of\s+)?({_YEAR})\b"), lambda m: Slice(f"q{m[1]}", Point(year=int(m[2])))),
        (re.compile(rf"\b({_YEAR})[- ]?Q([1-4])\b"), lambda m: Slice(f"q{m[2]}", Point(year=int(m[1])))),
        (re.compile(rf"\bH([12])\s+(?:of\s+)?({_YEAR})\b"), lambda m: Slice(f"h{m[1]}", Point(year=int(m[2])))),
    ]


def named_rules(v: Vocabulary) -> list[Rule]:
    """The rules that need no digit: centuries and holidays."""
    return [
        (
            re.compile(r"\b(\d\d?(?:st|nd|rd|th)|nineteenth|twentieth|twenty-first|eighteenth)[- ][Cc]entury\b", re.I),
            _century,
        ),
        (
            re.compile(rf"\b({v.holiday_part})(?:,?\s+(?:in\s+|of\s+)?({_YEAR})\b)?"),
            lambda m: Point(year=_year(m[2]), month=v.holidays[m[1].lower()][0], day=v.holidays[m[1].lower()][1]),
        ),
    ]


@cache
def _events() -> tuple[tuple[re.Pattern[str], Form, bool], ...]:
    """(pattern, what it means, whether it is a time wherever it stands) of each datable event."""
    return tuple(
        (
            re.compile(rf"{_words(event)}\b"),
            Happened(str(event["from"]), str(event["to"])),
            bool(event.get("alone")),
        )
        for event in vocabulary().events
    )


@cache
def _any_event() -> re.Pattern[str]:
    """What some datable event begins with."""
    return re.compile("|".join(f"(?:{_words(event)})" for event in vocabulary().events))


def _words(event: dict[str, Any]) -> str:
    return str(event["words"]).replace("'", "['’]")


def events(text: str) -> list[tuple[int, int, Form]]:
    """Datable events of the world by which the text dates something ("since the fall of the Berlin Wall")."""
    starts = [lead.end() for lead in _BY_EVENT.finditer(text) if _any_event().match(text, lead.end())]
    told = ((pattern.match(text, start), form) for start in starts for pattern, form, _ in _events())
    return [(m.start(), m.end(), form) for m, form in told if m]


@cache
def _lone() -> tuple[tuple[re.Pattern[str], Form], ...]:
    return tuple((pattern, form) for pattern, form, alone in _events() if alone)


def lone_events(text: str) -> list[tuple[int, int, Form]]:
    """Datable events whose words are a time wherever they stand ("9/11")."""
    return [(m.start(), m.end(), form) for pattern, form in _lone() for m in pattern.finditer(text)]


_YEAR_ALONE = re.compile(
    rf"(?:(?<![\w$£€¥#,./-])|(?<=mid-)|(?<=early-)|(?<=late-)|(?<=Mid-)|(?<=pre-)|(?<=post-))(?<!['’]){_YEAR}(?![\w,.]*\d|%|-?[A-Za-z])(?!\s?[%°])"
)
_WORD_BEFORE = re.compile(r"([A-Za-z0-9$%’'-]+\.?)[\s(\[“\"]*$")
_WORD_AFTER = re.compile(r"\s*([A-Za-z%]+|,\d)")
_SENTENCE_START = re.compile(r"(?:^|[.!?]\s|[.!?][”\"’]\s|\n)[“\"‘(]*$")


def year_stands(text: str, start: int, end: int, v: Vocabulary) -> bool:
    """Whether four digits are a year: their neighbours must frame a time and must not count something."""
    after = _WORD_AFTER.match(text, end)
    if after and (after[1].lower() in v.not_year_after or after[1].startswith(",")):
        return False
    lead = text[max(0, start - 40) : start]
    if lead.endswith(("(", "[")) or _SENTENCE_START.search(lead):
        return True
    before = _WORD_BEFORE.search(lead)
    if before is None:
        return True
    word = before[1].lower().rstrip(".")
    if word in v.not_year_before:
        return False
    return word in v.year_frames or word in v.seasons or word.endswith(("'s", "’s", "s’", "s'"))


def years(text: str, v: Vocabulary) -> list[tuple[int, int, Form]]:
    """Bare years that stand as times."""
    return [
        (m.start(), m.end(), Point(year=int(m[0])))
        for m in _YEAR_ALONE.finditer(text)
        if year_stands(text, m.start(), m.end(), v)
    ]


def months(text: str, v: Vocabulary) -> list[tuple[int, int, Form]]:
    """Months alone. Those that are also verbs or given names need a preposition or article before them."""
    found: list[tuple[int, int, Form]] = []
    for m in _month_alone(v.month_part).finditer(text):
        words = m[0]
        turn = {"last": -1, "next": 1}.get((m["turn"] or "").lower().strip(), 0)
        before = _WORD_BEFORE.search(text[max(0, m.start("month") - 25) : m.start("month")])
        framed = bool(m["turn"]) or (before is not None and before[1].lower() in v.month_frames)
        name = m["month"].lower().rstrip(".")
        named = re.match(r"\s[A-Z][a-z]", text[m.end() : m.end() + 3])
        if name in v.ambiguous_months and not framed and not re.match(r"['’]s\b", text[m.end() :]):
            continue
        if (
            named
            and name in v.ambiguous_months
            and before is not None
            and before[1].lower() not in ("the", "in", "since", "a")
        ):
            continue
        full = name in _FULL_MONTHS or len(name) > 4
        end = m.start() + len(words.rstrip(".")) if full else m.end()
        found.append((m.start(), end, Point(month=v.month(m["month"]), turn=turn)))
    return found


@cache
def _month_alone(month_part: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<turn>(?:[Ll]ast|[Nn]ext|[Tt]his)\s+)?(?P<month>{month_part})(?!\s+\d{{1,2}}\b)(?!-)")


def numbered_rules(v: Vocabulary) -> list[Rule]:
    """The rules that need a digit, longest reading first where two begin alike."""
    return [*_day_rules(v), *_period_rules(v)]
