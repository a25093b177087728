"""Rules for times that count from publication or from what the text has dated: yesterday, two weeks ago, the following day."""

from __future__ import annotations

import re

from visavis.code.dates.absolute import Rule
from visavis.code.dates.forms import Base, Form, Point, Relative, Shift, Slice, Stretch, Unit, Weekday
from visavis.code.dates.vocabulary import Vocabulary

_OFFSET = {"last": -1, "previous": -1, "this": 0, "current": 0, "the current": 0, "next": 1, "the coming": 1}
# How far "recent" and "coming" reach: a convention of docs/time.md.
_REACH: dict[str, tuple[int, Unit]] = {
    "day": (7, "day"),
    "week": (4, "week"),
    "month": (3, "month"),
    "year": (5, "year"),
    "decade": (3, "decade"),
}
_DAYPART = r"(?:morning|afternoon|evening|night|midday|noon)"
_HEDGE = (
    r"(?:(?:just|only|about|around|some|nearly|almost|over|barely|exactly|roughly|more than|less than|at least)\s+)?"
)


def unit_of(word: str) -> Unit:
    """The unit a word names, singular or plural."""
    word = word.lower()
    if word.startswith("centur"):
        return "century"
    return word.rstrip("s")  # type: ignore[return-value]


def near_rules(v: Vocabulary) -> list[Rule]:
    """The rules of days near today, and of what is recent."""

    def rule(pattern: str, form: Form) -> Rule:
        return re.compile(pattern, re.I), lambda m: form

    return [
        rule(r"\bthe day before yesterday\b", Relative("day", -2)),
        rule(r"\bthe day after tomorrow\b", Relative("day", 2)),
        rule(rf"\byesterday(?:\s+{_DAYPART})?\b|\blast night\b", Relative("day", -1)),
        rule(rf"\b(?:today|tonight|this {_DAYPART})\b(?!['’]s (?:world|age|era|reality))", Relative("day", 0)),
        rule(rf"\btomorrow(?:\s+{_DAYPART})?\b", Relative("day", 1)),
        rule(r"\b(?:over|at|on|during) the weekend\b", Slice("weekend", Point())),
        rule(r"\b(?:recently|lately|of late|recent(?! (?:day|week|month|year|decade)s))\b", Stretch(3, "month", -1)),
    ]


def weekday_rules(v: Vocabulary) -> list[Rule]:
    """The rules of days of the week."""
    day = f"({v.weekday_part})"
    week = re.compile(rf"\b{day}(?:\s+{_DAYPART})?,?\s+(?:of\s+)?(last|this|next)\s+week\b", re.I)
    turned = re.compile(rf"\b(last|this|next|this coming|this past)\s+{day}(?:\s+{_DAYPART})?", re.I)
    plain = re.compile(rf"(?<!\b[Ee]ach )(?<!\b[Ee]very )\b{day}(?<=[a-z])(?:\s+{_DAYPART})?")
    abbreviated = re.compile(rf"(?<=\b[Oo]n ){day}")
    return [
        (week, lambda m: Weekday(v.weekday(m[1]), f"{m[2].lower()} week")),
        (turned, lambda m: Weekday(v.weekday(m[2]), _turn(m[1]))),
        (plain, lambda m: Weekday(v.weekday(m[1])) if len(m[1].rstrip(".")) > 5 else None),
        (abbreviated, lambda m: Weekday(v.weekday(m[1]))),
    ]


def _turn(words: str) -> str:
    return {"this past": "last", "this coming": "coming"}.get(words.lower(), words.lower())


def _turned_units(v: Vocabulary) -> list[Rule]:
    unit = "(week|weekend|month|quarter|year|decade|century)"
    turn = re.compile(rf"\b(last|this|next|the current)\s+{unit}\b", re.I)
    part = re.compile(r"\b(earlier|later)\s+(?:this|in the)\s+(day|week|month|quarter|year|decade|century)\b", re.I)
    whole = re.compile(
        r"\b(early|late|beginning|start|end|middle|close|first half|second half|first quarter|second quarter|third quarter|fourth quarter)"
        r"\s+(?:of|in)\s+the\s+(week|month|year|decade|century)\b",
        re.I,
    )
    season = re.compile(rf"\b(last|this|next|that)\s+({v.season_part})\b", re.I)
    bare = re.compile(
        rf"(?<=\b[Ii]n the )({v.season_part})\b(?! of)|(?<=\b[Ii]n )(spring|summer|autumn|winter)\b(?! of| \d)"
    )
    quarter = re.compile(
        r"(?<=\b[Ii]n the )(first|second|third|fourth|last) (quarter|half)\b(?! of)|(?<=\b[Ii]n the )(first|second) half\b(?= of the year)"
    )
    ofyear = re.compile(rf"\b({v.month_part}),?\s+(?:of\s+)?(last|this|next|that|the same|that same)\s+year\b")
    return [
        (turn, lambda m: Relative(unit_of(m[2]), _OFFSET[" ".join(m[1].lower().split())])),
        (part, lambda m: _part_gone(m[1], unit_of(m[2]))),
        (whole, lambda m: Slice(part_name(m[1]), Relative(unit_of(m[2]), 0))),
        (season, lambda m: _season(m[2].lower(), m[1].lower())),
        (bare, lambda m: Slice((m[1] or m[2]).lower(), Point())),
        (quarter, lambda m: Slice(part_name(m[0]), Point())),
        (ofyear, lambda m: Slice(f"m{v.month(m[1])}", _year_turned(m[2].lower()))),
    ]


def _part_gone(word: str, unit: Unit) -> Form:
    """ "Earlier this month"; "earlier in the day" is the day the text is at."""
    if unit == "day":
        return Relative("day", 0, "either")
    return Slice("elapsed" if word.lower() == "earlier" else "remaining", Relative(unit, 0))


def _season(season: str, turn: str) -> Form:
    if turn == "that":
        return Slice(season, Relative("year", 0, "narrative"))
    return Slice(season, Point(turn={"last": -1, "next": 1}.get(turn, 0)))


def _year_turned(turn: str) -> Form:
    return Relative("year", _OFFSET[turn]) if turn in _OFFSET else Relative("year", 0, "narrative")


_PARTS = {
    "beginning": "start", "start": "start", "end": "end", "close": "end", "middle": "mid", "mid": "mid", "early": "early", "late": "late",
    "first half": "h1", "second half": "h2", "first quarter": "q1", "second quarter": "q2", "third quarter": "q3", "fourth quarter": "q4",
    "last quarter": "q4", "week": "week",
}  # fmt: skip


def part_name(words: str) -> str:
    """The short name of a part: "second half" is h2; a season keeps its name."""
    text = " ".join(words.lower().replace("-", " ").split())
    return _PARTS.get(text, text)


def counted_rules(v: Vocabulary) -> list[Rule]:
    """The rules that count units ("two weeks ago"): the slowest, and none holds in a text without the name of a unit."""
    amount = f"({v.amount_part}|{v.number_part})"
    unit = f"({v.unit_part}s?)"
    to_the_day = re.compile(rf"\b{amount}\s+years?\s+ago\s+today\b", re.I)
    ago = re.compile(rf"\b({_HEDGE}){amount}\s+{unit}\s+(ago|from now|hence)\b", re.I)
    later = re.compile(
        rf"\b(?:{_HEDGE}){amount}\s+{unit}\s+(earlier|later|afterwards?|thereafter|previously|before(?=\s*[,.;:]|\s*$)|after(?=\s*[,.;:]|\s*$))",
        re.I,
    )
    ahead = re.compile(rf"(?<=\b[Ii]n )(?:{_HEDGE}){amount}\s+{unit}(?:['’]s?\s+time)?\b", re.I)
    within = re.compile(rf"\bwithin\s+(?:the\s+next\s+)?{amount}\s+{unit}\b", re.I)
    lasting = re.compile(rf"(?<=\b[Ff]or )(?:{_HEDGE}){amount}\s+{unit}\b(?!\s+(?:ago|after|before|in|of))", re.I)
    return [
        (to_the_day, lambda m: Slice("start day", Stretch(v.amount(m[1])[1], "year", -1))),
        (ago, lambda m: _ago(v, m)),
        (later, lambda m: _later(v, m)),
        (ahead, lambda m: Shift(*v.amount(m[1]), unit_of(m[2]), 1)),
        (within, lambda m: Stretch(v.amount(m[1])[1], unit_of(m[2]), 1)),
        (lasting, lambda m: Stretch(v.amount(m[1])[1], unit_of(m[2]), 0)),
    ]


def _ago(v: Vocabulary, match: re.Match[str]) -> Form:
    low, high = v.amount(match[2])
    unit = unit_of(match[3])
    sign = -1 if match[4].lower() == "ago" else 1
    just = match[1].lower().strip() in ("just", "only", "barely")
    base: Base = "either" if sign < 0 and unit == "day" and (just or (low == high == 1)) else "published"
    return Shift(low, high, unit, sign, base)


def _later(v: Vocabulary, match: re.Match[str]) -> Form:
    low, high = v.amount(match[1])
    sign = -1 if match[3].lower() in ("earlier", "before", "previously") else 1
    return Shift(low, high, unit_of(match[2]), sign, "narrative")


def _stretches(v: Vocabulary) -> list[Rule]:
    amount = f"({v.amount_part}|{v.number_part}|few)"
    unit = f"({v.unit_part}s?)"
    counted = re.compile(rf"\b(past|last|previous|next|coming|following)\s+{amount}\s+{unit}\b", re.I)
    single = re.compile(r"\b(past|coming)\s+(day|week|month|year|decade|century|quarter)\b(?!s)", re.I)
    framed = re.compile(r"(?<=\b[Oo]ver the )(last|next)\s+(day|week|month|year|decade|century)\b", re.I)
    vague = re.compile(r"\b(recent|coming|past|last|next)\s+(days|weeks|months|years|decades)\b", re.I)
    return [
        (counted, lambda m: Stretch(_count(v, m[2]), unit_of(m[3]), _ahead(m[1]))),
        (single, lambda m: Stretch(1, unit_of(m[2]), _ahead(m[1]))),
        (framed, lambda m: Stretch(1, unit_of(m[2]), _ahead(m[1]))),
        (vague, lambda m: Stretch(*_REACH[unit_of(m[2])], _ahead(m[1]))),
    ]


def _count(v: Vocabulary, words: str) -> int:
    return 3 if words.lower() == "few" else v.amount(words)[1]


def _ahead(word: str) -> int:
    return 1 if word.lower() in ("next", "coming", "following") else -1


def _narrative(v: Vocabulary) -> list[Rule]:
    unit = "(day|morning|evening|afternoon|night|week|month|year|decade)"
    same = re.compile(rf"\b(?:that(?: same| very)?|the same|the very same)\s+{unit}\b(?! (?:as|that))", re.I)
    moved = re.compile(rf"\b(?:the|on the)\s+(previous|preceding|following|next|subsequent)\s+{unit}\b(?!s)", re.I)
    beside = re.compile(
        r"\bthe\s+(day|week|month|year)\s+(before|after|earlier|later)(?=\s*[,.;:]|\s*$|\s+(?:and|in|at|to|when|by)\b)",
        re.I,
    )
    return [
        (same, lambda m: Relative(_day_unit(m[1]), 0, "narrative")),
        (
            moved,
            lambda m: Relative(_day_unit(m[2]), -1 if m[1].lower() in ("previous", "preceding") else 1, "narrative"),
        ),
        (beside, lambda m: Relative(_day_unit(m[1]), -1 if m[2].lower() in ("before", "earlier") else 1, "narrative")),
    ]


def _day_unit(word: str) -> Unit:
    return "day" if word.lower() in ("morning", "evening", "afternoon", "night") else unit_of(word)


def turned_rules(v: Vocabulary) -> list[Rule]:
    """The relative rules that name a unit, a part of the day or of the year without counting."""
    return [*_stretches(v), *_turned_units(v), *_narrative(v)]
