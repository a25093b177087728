"""Dates as pages write them: in bylines, datelines, addresses and sentences. An expression becomes an interval of days.

Only what is written counts: a numeric date that could be read two ways gives the interval of both readings, a date without a year
gives no day by itself.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from visavis.records import Precision

_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = r"(?P<{}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_YEAR = r"(?P<{}>(?:19|20)\d{{2}})(?!\d)"
_DAY = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)"


def _form(template: str, tag: str) -> str:
    return template.format(M=_MONTH.format("m" + tag), D=_DAY.format("d" + tag), Y=_YEAR.format("y" + tag))


_FORMS = re.compile(
    "|".join(
        (
            r"(?<![\d/.-])(?P<y0>(?:19|20)\d{2})[-/.](?P<m0>\d{1,2})[-/.](?P<d0>\d{1,2})(?=\D|$)",
            _form(r"\b{M}\s+{D}(?:\s*(?:[-–]|to|and)\s*\d{{1,2}})?,?\s+(?:of\s+)?{Y}", "1"),
            _form(r"(?<![\d.])\b(?:\d{{1,2}}\s*[-–]\s*)?{D}\s+(?:of\s+)?{M},?\s+{Y}", "2"),
            _form(r"\b{M}(?:\s+of)?,?\s+{Y}", "3"),
            r"(?<![\d/.-])(?P<a4>\d{1,2})(?:[-/.]|\. )(?P<b4>\d{1,2})(?:[-/.]|\. )(?P<y4>(?:19|20)\d{2})(?!\d)",
            _form(r"\b{M}\s+{D}(?:\s*[-–]\s*\d{{1,2}})?(?![\d.]*%)", "5"),
            _form(r"(?<![\d.])\b{D}\s+{M}", "6"),
        )
    ).replace("{{", "{").replace("}}", "}"),
    re.IGNORECASE,
)  # fmt: skip


class Written(Struct, frozen=True):
    """A date as written: its offsets and words, the days it may mean (ISO; "" when no year stands there) and month and day."""

    start: int
    end: int
    words: str
    earliest: str
    latest: str
    precision: Precision
    month: int = 0
    day: int = 0


def find_dates(text: str) -> Iterator[Written]:
    """Every date in `text`, in order. A month with a day but no year comes with `earliest` and `latest` empty."""
    for match in _FORMS.finditer(text):
        found = _read(match)
        if found is not None:
            yield found


def first_date(text: str) -> Written | None:
    """The first date of `text` that has a year, or None."""
    return next((d for d in find_dates(text) if d.earliest), None)


def iso_day(text: str) -> str | None:
    """The day in a machine-written time stamp ("2021-05-09T10:00:00+03:00", "Sun, 09 May 2021 …", "20210509"), or None."""
    packed = re.match(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\D|\d{6}$|$)", text.strip())
    if packed is not None:
        return _day(int(packed[1]), int(packed[2]), int(packed[3]))
    found = first_date(text)
    return found.earliest if found is not None and found.precision == "day" else None


def url_date(url: str) -> Written | None:
    """The date in an address: `/2021/05/09/`, `/2021-05-09-`, `/20210509/`, `/2021/may/09/`, `/2021/05/`; None without one."""
    path = re.sub(r"^\w+://[^/]*", "", url)
    for form in (
        r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3,9})[/-](\d{1,2})(?=[/_.-]|$)",
        r"[/_-]((?:19|20)\d{2})-?(\d{2})-?(\d{2})(?=[/_.-]|$)",
        r"[/_-]((?:19|20)\d{2})(\d{2})(\d{2})\d{4,6}(?=[/_.-]|$)",
        r"/((?:19|20)\d{2})/(\d{2})()(?=/|$)",
        r"/((?:19|20)\d{2})()()/",
    ):
        match = re.search(form, path, re.I)
        found = _of_url(match) if match else None
        if found is not None:
            return found
    return None


def month_span(year: int, month: int) -> tuple[str, str]:
    """First and last day of a month, ISO."""
    return f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{monthrange(year, month)[1]:02d}"


def _of_url(match: re.Match[str]) -> Written | None:
    year, month, day = match[1], match[2], match[3]
    where = (match.start(), match.end(), match[0])
    if not month:
        return Written(*where, f"{year}-01-01", f"{year}-12-31", "year")
    number = int(month) if month.isdigit() else _month_number(month)
    if not 1 <= number <= 12:
        return None
    if not day:
        return Written(*where, *month_span(int(year), number), "month")
    iso = _day(int(year), number, int(day))
    return Written(*where, iso, iso, "day") if iso else None


def _read(match: re.Match[str]) -> Written | None:
    group = {k: v for k, v in match.groupdict().items() if v is not None}
    tag = next(k[1] for k in group)
    where = (match.start(), match.end(), match[0])
    if tag == "4":
        if ". " in match[0]:  # written so only where the day comes first
            iso = _day(int(group["y4"]), int(group["b4"]), int(group["a4"]))
            return Written(*where, iso, iso, "day", int(group["b4"]), int(group["a4"])) if iso else None
        return _numeric(where, int(group["a4"]), int(group["b4"]), int(group["y4"]))
    raw = group["m" + tag]
    month = int(raw) if raw.isdigit() else _month_number(raw)
    if not 1 <= month <= 12:
        return None
    if tag == "3":
        return Written(*where, *month_span(int(group["y3"]), month), "month", month)
    day = int(group["d" + tag])
    if tag in "56":
        if raw.islower() or _day(2000, month, day) is None:
            return None
        return Written(*where, "", "", "unknown", month, day)
    iso = _day(int(group["y" + tag]), month, day)
    return Written(*where, iso, iso, "day", month, day) if iso else None


def _numeric(where: tuple[int, int, str], a: int, b: int, year: int) -> Written | None:
    """Day first, month first, or both: then the interval that holds both readings."""
    readings = sorted({iso for iso in (_day(year, b, a), _day(year, a, b)) if iso})
    if not readings:
        return None
    precision: Precision = "day" if len(readings) == 1 else "interval"
    return Written(*where, readings[0], readings[-1], precision)


def _month_number(name: str) -> int:
    low = name.lower()
    return next((i for i, full in enumerate(_NAMES, 1) if len(low) >= 3 and full.startswith(low[:3])), 0)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
