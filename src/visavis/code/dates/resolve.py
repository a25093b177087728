"""Time expression -> interval of days, given when the article was published and what its text has dated so far.

When publication is itself only known as an interval, the expression is resolved at both ends and the answer is the interval that
holds both: nothing is made more exact than what is known.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from visavis.code.dates import calendar as cal
from visavis.code.dates.calendar import Interval
from visavis.code.dates.forms import (
    NO_ANCHOR,
    Anchor,
    Base,
    Between,
    Either,
    Form,
    Happened,
    Mentioned,
    Point,
    Relative,
    Shift,
    Slice,
    Stretch,
    Tense,
    TimeExpression,
    Weekday,
    When,
    Years,
)  # fmt: skip
from visavis.code.dates.vocabulary import vocabulary
from visavis.records import Published

UNKNOWN = When()
_ROUND_WEEKS = 8  # from here on a count of weeks names a month, no day
_SLACK = 1  # days that a past date may lie after publication: time zones and dates of upload


class _Frame(NamedTuple):
    day: date
    anchor: Anchor
    tense: Tense | None


def resolve(
    expression: TimeExpression, published: Published, anchor: Anchor = NO_ANCHOR, tense: Tense | None = None
) -> When:
    """When the expression points to. Unknown (precision "unknown", both ends None) when it cannot be told from what is given.

    Precision is day, month or year when the interval is exactly one, else interval; basis is explicit for a time of the calendar,
    relative for one that counts from publication or from the text.
    """
    days = _publication_days(published)
    if not days and not _absolute(expression.form):
        return UNKNOWN
    intervals = [_value(expression.form, _Frame(day, anchor, tense)) for day in days or (date(2000, 1, 1),)]
    known = [i for i in intervals if i is not None]
    if not known or len(known) < len(intervals):
        return UNKNOWN
    basis = "explicit" if _of_calendar(expression.form) else "relative"
    return as_when(cal.hull(*known), basis, expression.words)


def as_when(interval: Interval, basis: str, words: str = "") -> When:
    """The interval as a record."""
    first, last = (d.isoformat() for d in interval)
    return When(date_from=first, date_to=last, precision=cal.precision_of(interval), basis=basis, words=words)


def _publication_days(published: Published) -> tuple[date, ...]:
    if published.earliest is None or published.latest is None:
        return ()
    return tuple(sorted({date.fromisoformat(published.earliest), date.fromisoformat(published.latest)}))


def _absolute(form: Form) -> bool:
    """True when publication has no say in the value."""
    match form:
        case Point(year=year, month=month, day=day):
            return year is not None and (day is None or month is not None)
        case Years() | Happened() | Either():
            return True
        case Slice(of=of, part=part):
            return part not in ("elapsed", "remaining") and _absolute(of)
        case Between(first=first, last=last):
            return _absolute(first) and _absolute(last)
        case Shift(base=base):
            return not isinstance(base, str) and _absolute(base)
        case Relative():
            return False
        case Mentioned():
            return True
        case Weekday() | Stretch():
            return False


def _of_calendar(form: Form) -> bool:
    match form:
        case Slice(of=of):
            return _of_calendar(of)
        case Between(first=first, last=last):
            return _of_calendar(first) and _of_calendar(last)
        case Point() | Years() | Either() | Happened():
            return True
        case _:
            return False


def _value(form: Form, frame: _Frame) -> Interval | None:
    match form:
        case Point():
            return _point(form, frame)
        case Years(first=first, last=last, first_month=month):
            return Interval(
                cal.month_of(first, month).first, cal.month_of(last + (month > 1), month - 1 if month > 1 else 12).last
            )
        case Weekday():
            return _weekday(form, frame)
        case Relative(unit=unit, offset=offset, base=base):
            start = _relative_base(base, unit, offset, frame)
            return None if start is None else cal.unit_around(start, unit, offset)
        case Shift():
            return _shift(form, frame)
        case Stretch():
            return _stretch(form, frame)
        case Slice():
            return _slice(form, frame)
        case Between(first=first, last=last):
            return _between(first, last, frame)
        case Either(one=one, other=other):
            both = [i for i in (_value(one, frame), _value(other, frame)) if i is not None]
            return cal.hull(*both) if both else None
        case Happened(first=first_iso, last=last_iso):
            return cal.iso_bounds(first_iso, last_iso)
        case Mentioned(noun=noun):
            return _mentioned(noun, frame.anchor)


def _relative_base(base: Base | Form, unit: str, offset: int, frame: _Frame) -> date | None:
    """The day counted from. "The day before" in a text that has named no day counts from publication."""
    said = (
        _narrated_day(frame.anchor, unit)
        if base != "published" and (base == "narrative" or frame.anchor.near)
        else None
    )
    return frame.day if said is None and (base != "narrative" or offset < 0) else said


def _candidate(options: list[Interval], frame: _Frame) -> Interval | None:
    """Of the same date in several years: the last that has begun (past), the first that has not ended (future)."""
    past = [i for i in options if cal.move_days(i, -_SLACK).first <= frame.day]
    coming = [i for i in options if i.last >= frame.day]
    if frame.tense == "future":
        return coming[0] if coming else None
    return past[-1] if past else None


def _point(form: Point, frame: _Frame) -> Interval | None:
    if form.month is None and form.day is not None:
        return _day_of_some_month(form.day, frame)
    if form.year is not None:
        return _in_year(form, form.year)
    if form.month is None:
        return None
    if form.turn == 0 and frame.anchor.year is not None and frame.tense != "future":
        return _in_year(form, frame.anchor.year)
    span = (-8, 9) if (form.month, form.day) == (2, 29) else (-1, 2)
    options = [i for n in range(*span) if (i := _in_year(form, frame.day.year + n)) is not None]
    if form.turn:
        options = [i for i in options if (i.last < frame.day if form.turn < 0 else i.first > frame.day)]
        return (options[-1] if form.turn < 0 else options[0]) if options else None
    return _candidate(options, frame)


def _in_year(form: Point, year: int) -> Interval | None:
    if form.month is None:
        return cal.years_of(year, year)
    return cal.month_of(year, form.month) if form.day is None else cal.day_of(year, form.month, form.day)


def _day_of_some_month(day: int, frame: _Frame) -> Interval | None:
    said = _narrated_day(frame.anchor, "month") if frame.anchor.near else None
    if said is not None:
        return cal.day_of(said.year, said.month, day)
    months = [cal.month_of(frame.day.year, frame.day.month + n).first for n in (-1, 0, 1)]
    return _candidate([i for m in months if (i := cal.day_of(m.year, m.month, day)) is not None], frame)


def _weekday(form: Weekday, frame: _Frame) -> Interval:
    monday = cal.unit_around(frame.day, "week").first
    this = cal.move_days(Interval(monday, monday), form.day)
    weeks = {"this": 0, "this week": 0, "next": 7, "next week": 7, "last week": -7}
    if form.turn in weeks:
        return cal.move_days(this, weeks[form.turn])
    if form.turn == "last":
        return this if this.first < frame.day else cal.move_days(this, -7)
    if frame.tense == "future" or form.turn == "coming":
        return this if this.first >= frame.day else cal.move_days(this, 7)
    return this if this.first <= frame.day else cal.move_days(this, -7)


_FINE = {"hour": 1, "day": 1, "week": 7, "fortnight": 14, "weekend": 7, "month": 31, "quarter": 92}


def _narrated(anchor: Anchor, unit: str) -> Interval | None:
    """The last date the text named that is at least as fine as the unit counted in."""
    for _, when in reversed(anchor.dated):
        if when.date_from is None or when.date_to is None:
            continue
        interval = cal.iso_bounds(when.date_from, when.date_to)
        if (interval.last - interval.first).days < _FINE.get(unit, 3660) * (1 if unit not in ("hour", "day") else 10):
            return interval
    return None


def _narrated_day(anchor: Anchor, unit: str) -> date | None:
    interval = _narrated(anchor, unit)
    return None if interval is None else interval.last


def _shift(form: Shift, frame: _Frame) -> Interval | None:
    if form.base == "published" and form.sign > 0 and frame.tense != "future":
        return None
    start = _shift_base(form, frame)
    if start is None:
        return None
    ends = [_moved(start, form.unit, form.sign * n) for n in (form.low, form.high)]
    if form.unit == "hour":
        ends = [start, cal.move_days(start, form.sign)]
    return cal.hull(*ends)


def _shift_base(form: Shift, frame: _Frame) -> Interval | None:
    here = Interval(frame.day, frame.day)
    if form.base == "published":
        return here
    if form.base == "either":
        said = _narrated(frame.anchor, form.unit) if frame.anchor.near else None
        return here if said is None or said.first > frame.day else said
    if form.base == "narrative":
        said = _narrated(frame.anchor, form.unit) or (here if form.sign < 0 else None)
        return said if said is None or form.sign < 0 else Interval(said.last, said.last) if form.unit == "day" else said
    assert not isinstance(form.base, str)
    return _value(form.base, frame)


def _moved(start: Interval, unit: str, count: int) -> Interval:
    """Days and weeks keep the day; months and longer give the month, year ... that the moved day falls in."""
    first, last = (cal.step(d, unit, count) for d in start)
    if unit == "week" and abs(count) >= _ROUND_WEEKS:
        unit = "month"
    if unit in ("hour", "day", "week", "fortnight", "weekend"):
        return Interval(first, last)
    grain = {"quarter": "month", "decade": "year", "century": "year"}.get(unit, unit)
    return cal.hull(cal.unit_around(first, grain), cal.unit_around(last, grain))


def _stretch(form: Stretch, frame: _Frame) -> Interval | None:
    sign = form.sign
    if sign > 0 and frame.tense == "past":
        return None
    if sign == 0:
        if frame.tense == "past":
            return None
        sign = 1 if frame.tense == "future" else -1
    other = cal.step(frame.day, form.unit, sign * form.count)
    return Interval(min(frame.day, other), max(frame.day, other))


def _between(first: Form, last: Form, frame: _Frame) -> Interval | None:
    head, tail = _value(first, frame), _value(last, frame)
    if head is None or tail is None:
        return None
    if head.first > tail.last:  # "from December 20 to January 5", "from Friday to Monday"
        unit = "week" if isinstance(first, Weekday) else "year"
        ahead = frame.tense == "future"
        day = cal.step(tail.last if ahead else head.first, unit, 1 if ahead else -1)
        return Interval(head.first, day) if ahead else Interval(day, tail.last)
    return Interval(head.first, tail.last)


def _mentioned(noun: str, anchor: Anchor) -> Interval | None:
    word = re.compile(rf"\b{re.escape(noun)}")
    for sentence, when in reversed(anchor.dated):
        if when.date_from is not None and when.date_to is not None and word.search(sentence):
            return cal.iso_bounds(when.date_from, when.date_to)
    return None


def _slice(form: Slice, frame: _Frame) -> Interval | None:
    if isinstance(form.of, Point) and form.of.year is None and form.of.month is None and form.of.day is None:
        return _slice_of_some_year(form.part, form.of.turn, frame)
    whole = _value(form.of, frame)
    return None if whole is None else _part(form.part, whole, frame.day)


def _slice_of_some_year(part: str, turn: int, frame: _Frame) -> Interval | None:
    if part == "weekend":
        options = [cal.unit_around(frame.day, "weekend", n) for n in (-1, 0, 1)]
    else:
        options = [
            i
            for n in (-2, -1, 0, 1, 2)
            if (i := _part(part, cal.years_of(frame.day.year + n, frame.day.year + n), frame.day))
        ]
    if turn:
        options = [i for i in options if (i.last < frame.day if turn < 0 else i.first > frame.day)]
        return (options[-1] if turn < 0 else options[0]) if options else None
    return _candidate(options, frame)


def _part(part: str, whole: Interval, published: date) -> Interval | None:
    seasons = vocabulary().seasons
    if part in seasons:
        first, length = seasons[part]
        year = whole.first.year
        return Interval(cal.month_of(year, first).first, cal.month_of(year, first + length - 1).last)
    if part == "elapsed":
        return Interval(whole.first, max(whole.first, min(published, whole.last)))
    if part == "remaining":
        return Interval(min(whole.last, max(published, whole.first)), whole.last)
    if part == "start day":
        return Interval(whole.first, whole.first)
    if part == "week":
        return cal.unit_around(whole.first, "week")
    if part[0] == "m" and part[1:].isdigit():
        return cal.month_of(whole.first.year, int(part[1:]))
    return _fraction(part, whole)


def _fraction(part: str, whole: Interval) -> Interval | None:
    """Halves and quarters exactly; early, mid and late as thirds of a year or month, as 0-3, 4-6 and 7-9 of a decade."""
    months = (whole.last.year - whole.first.year) * 12 + whole.last.month - whole.first.month + 1
    if part[0] in "hq" and part[1:].isdigit():
        number, length = int(part[1:]), months // (2 if part[0] == "h" else 4)
        start = whole.first.month + (number - 1) * length
        return (
            _months(whole, start, length)
            if length
            else _days(whole, 14 * (number - 1), 14 * number if number == 1 else 31)
        )
    if months >= 12 and part in ("start", "end") and months < 120:
        return _months(whole, whole.first.month if part == "start" else whole.first.month + months - 1, 1)
    place = {"early": 0, "start": 0, "mid": 1, "late": 2, "end": 2}.get(part)
    if place is None:
        return None
    if months == 120:
        first, length = ((0, 48), (48, 36), (84, 36))[place]
        return _months(whole, whole.first.month + first, length)
    if months >= 3:
        return _months(whole, whole.first.month + place * (months // 3), months // 3)
    days = (whole.last - whole.first).days + 1
    third = max(days // 3, 1)
    return _days(whole, place * third, days if place == 2 else (place + 1) * third)


def _months(whole: Interval, first: int, count: int) -> Interval:
    year = whole.first.year
    return Interval(cal.month_of(year, first).first, cal.month_of(year, first + count - 1).last)


def _days(whole: Interval, first: int, end: int) -> Interval:
    start = cal.move_days(Interval(whole.first, whole.first), first).first
    return Interval(
        min(start, whole.last), min(cal.move_days(Interval(whole.first, whole.first), end - 1).first, whole.last)
    )
