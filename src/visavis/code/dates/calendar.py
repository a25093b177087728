"""Intervals of days: the calendar arithmetic under the time rules. Everything is proleptic Gregorian."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from visavis.records import Precision

FIRST_YEAR, LAST_YEAR = 1, 9998


class Interval(NamedTuple):
    """First and last day, inclusive."""

    first: date
    last: date


def day_of(year: int, month: int, day: int) -> Interval | None:
    """That day, or None when the calendar has none (February 30)."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Interval(found, found)


def month_of(year: int, month: int) -> Interval:
    """The month; `month` may run past 1..12 and carries into the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    following = date(year + month // 12, month % 12 + 1, 1)
    return Interval(date(year, month, 1), following - timedelta(days=1))


def years_of(first: int, last: int) -> Interval:
    """Whole years from first to last."""
    first, last = (min(max(y, FIRST_YEAR), LAST_YEAR) for y in (first, last))
    return Interval(date(first, 1, 1), date(last, 12, 31))


def move_days(interval: Interval, days: int) -> Interval:
    """The interval moved by days, held inside the calendar."""
    return Interval(*(_clamped(d, days) for d in interval))


def _clamped(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def move_months(day: date, months: int) -> date:
    """The same day of the month, `months` later; the last day of the month where that day is lacking."""
    month = month_of(day.year, day.month + months)
    return date(month.first.year, month.first.month, min(day.day, month.last.day))


def unit_around(day: date, unit: str, offset: int = 0) -> Interval:
    """The day, Monday-to-Sunday week, weekend, month, quarter, year, decade or century that contains `day`, moved by `offset`."""
    if unit in ("hour", "day"):
        return move_days(Interval(day, day), offset if unit == "day" else 0)
    if unit in ("week", "fortnight", "weekend"):
        monday = move_days(Interval(day, day), -day.weekday() + (14 if unit == "fortnight" else 7) * offset).first
        first = 5 if unit == "weekend" else 0
        return Interval(*(move_days(Interval(monday, monday), n).first for n in (first, 6)))
    if unit == "month":
        return month_of(day.year, day.month + offset)
    if unit == "quarter":
        start = (day.month - 1) // 3 * 3 + 1 + 3 * offset
        return Interval(month_of(day.year, start).first, month_of(day.year, start + 2).last)
    if unit == "decade":
        first_year = day.year // 10 * 10 + 10 * offset
        return years_of(first_year, first_year + 9)
    if unit == "century":
        first_year = (day.year - 1) // 100 * 100 + 1 + 100 * offset
        return years_of(first_year, first_year + 99)
    return years_of(day.year + offset, day.year + offset)


def step(day: date, unit: str, count: int) -> date:
    """The day `count` units later (earlier when negative)."""
    days = {"hour": 0, "day": 1, "week": 7, "fortnight": 14, "weekend": 7}
    if unit in days:
        return _clamped(day, days[unit] * count)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
    return move_months(day, months[unit] * count)


def precision_of(interval: Interval) -> Precision:
    """day, month or year when the interval is exactly one, else interval."""
    first, last = interval
    if first == last:
        return "day"
    if interval == month_of(first.year, first.month):
        return "month"
    if interval == years_of(first.year, first.year):
        return "year"
    return "interval"


def hull(*intervals: Interval) -> Interval:
    """The smallest interval that holds all."""
    return Interval(min(i.first for i in intervals), max(i.last for i in intervals))


def iso_bounds(first: str, last: str) -> Interval:
    """The days from the start of one ISO prefix to the end of another."""
    return Interval(_prefix(first).first, _prefix(last).last)


def _prefix(text: str) -> Interval:
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return Interval(day, day)
    return month_of(parts[0], parts[1]) if len(parts) == 2 else years_of(parts[0], parts[0])
