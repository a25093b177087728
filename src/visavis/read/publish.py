"""When an article was published: the narrowest interval that the page, its address and its crawl prove, and how it is known."""

from __future__ import annotations

import re
from datetime import date, timedelta

from msgspec import Struct

from visavis.read.dates import Written, find_dates, first_date, iso_day, url_date
from visavis.records import Precision, Published

_PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|held|took|made|gave|met|came|went|began|became|saw|sent|won|lost|fell|rose|broke|left|led|"
    r"\w{3,}ed)\b(?! to be\b)",
    re.I,
)
# A sentence that holds one of these may speak of days to come; no date in it bounds the publication from below.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|(?-i:may)|might|could|should|must|until|till|by|before|through|plans?|planned|planning|due|scheduled|expect\w*|"
    r"set to|going to|to be|deadline|expires?|expiry|next|upcoming|forthcoming|goals?|targets?|visions?|agenda|proposed|forecasts?|"
    r"predict\w*|estimat\w*|projected|if|postponed|promised|pledged|vowed|aims?|aimed|hopes?|hoped|from now|ahead|later this|"
    r"run-up|bid|candidate|campaign for|slated|extended|extend|ratified until|valid|commit\w*|not later|no later|invit\w+|intend\w*)\b",
    re.I,
)
_YEAR = re.compile(
    r"(?<![\d$€£.,/-])\b(?:in|since|during|throughout)\s+(?:early |late |mid-?)?(?P<year>(?:19[5-9]|20[0-4])\d)\b(?![\d%-])",
    re.I,
)
_SENTENCE = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"A-Z])")
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-Þ][\w.'’-]*(?:[ ,/]+[A-ZÀ-Þ][\w.'’-]*){0,5}?),?\s*(?:[(/][A-Z][\w .-]{1,30}[)/]\s*)?[,(]?\s*"
    r"(?P<when>(?:\d{1,2}\s+[A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?)(?:,?\s+\d{4})?)"
    r"\)?\s*[.,]?\s*(?:[(/][A-Z][\w .-]{1,30}[)/][.:]?\s*|[-–—:]|--)"
)
_AGE = re.compile(r"\b(?P<number>\d+|an?|one|two|three)\s*(?P<unit>s(?:ec)?|min|hr|hour|day|week|month|year)", re.I)
_AGE_DAYS = {"s": 0.0, "m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "month": 31.0, "y": 366.0}
_NONE = Published(evidence="no date in the page, its address or its metadata")


class Clues(Struct, frozen=True, kw_only=True):
    """What may tell an article's date. `metadata`: (name, time stamp) pairs; `head`: the lines round its title; `crawled`: the day on
    which the page was fetched; `crawled_floor`: a day before which it cannot have been; `age`: "9 hours ago"."""

    metadata: tuple[tuple[str, str], ...] = ()
    urls: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    text: str = ""
    crawled: str = ""
    crawled_floor: str = ""
    age: str = ""


def published(clues: Clues) -> Published:
    """The publication date. A stated day wins, in the order metadata, line under the title, address, dateline; what is left is an
    interval between the latest past day that the text names and the crawl, either end open when nothing is known."""
    floor, words = text_floor(clues.text, clues.crawled)
    for found in (_of_metadata(clues), _of_head(clues), _of_urls(clues), _of_dateline(clues, floor)):
        if found is not None and not _after(found.earliest, clues.crawled):
            return _narrow(found, floor, clues.crawled)
    return _interval(clues, floor, words)


def text_floor(text: str, crawled: str = "") -> tuple[str, str]:
    """The latest day that `text` tells of in the past, with the words: an article is no older than what it reports. ("", "") if none.

    Only dates with a year count, in sentences in the past tense that speak of nothing to come.
    """
    best, words = "", ""
    for sentence in _SENTENCE.split(text):
        if not re.search(r"\d{4}", sentence) or not _PAST.search(sentence) or _AHEAD.search(sentence):
            continue
        days = [(d.earliest, d.words) for d in find_dates(sentence) if d.earliest and d.precision != "interval"]
        days += [(f"{m['year']}-01-01", m[0]) for m in _YEAR.finditer(sentence)]
        for day, said in days:
            if best < day <= (crawled or "2100"):
                best, words = day, said
    return best, words


def age_days(age: str) -> tuple[float, float] | None:
    """The least and most days that an age such as "9 hours ago" stands for; None when it is none."""
    low = age.lower()
    if low in ("today", "just now"):
        return 0.0, 1.0
    if low == "yesterday":
        return 1.0, 2.0
    found = _AGE.search(low)
    if found is None:
        return None
    number = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}.get(found["number"], 0) or int(found["number"])
    unit = found["unit"]
    size = _AGE_DAYS.get(unit) or _AGE_DAYS[unit[0]]
    return number * size * 0.9, (number + 1) * size


def shift(day: str, days: float) -> str:
    """`day` moved by so many days (fractions towards the earlier day). Days out of the calendar's range come back as they were."""
    try:
        return (date.fromisoformat(day) + timedelta(days=int(days // 1))).isoformat()
    except (OverflowError, ValueError):
        return day


def _of_metadata(clues: Clues) -> Published | None:
    for name, stamp in clues.metadata:
        day = iso_day(stamp)
        if day is not None:
            return Published(
                earliest=day, latest=day, precision="day", basis="metadata", evidence=f"{name}: {stamp}"[:200]
            )
        found = _partial(stamp)
        if found is not None:
            return _stated(found, "metadata", f"{name}: {stamp}"[:200])
    return None


def _partial(stamp: str) -> Written | None:
    plain = stamp.strip()
    if re.fullmatch(r"(?:19|20)\d{2}", plain):
        return Written(0, 4, plain, f"{plain}-01-01", f"{plain}-12-31", "year")
    month = re.fullmatch(r"((?:19|20)\d{2})-(\d{2})", plain)
    if month is not None:
        return first_date(f"{plain}-01") and url_date(f"/{month[1]}/{month[2]}/")
    return first_date(plain)


def _of_head(clues: Clues) -> Published | None:
    """The line under the title. The date of an update only tells that the article is no younger."""
    updated: Published | None = None
    for line in clues.head:
        for found in find_dates(line):
            if not found.earliest:
                continue
            if not re.search(r"(?:updated?|modified)[^\d]{0,14}$", line[: found.start], re.I):
                return _stated(found, "text", line[:200])
            updated = Published(latest=found.latest, precision="interval", basis="text", evidence=line[:200])
    return updated


def _of_urls(clues: Clues) -> Published | None:
    for url in clues.urls:
        found = url_date(url)
        if found is not None:
            return _stated(found, "url", url[:200])
    return None


def _of_dateline(clues: Clues, floor: str) -> Published | None:
    """ "MOSCOW, May 9 (TASS) -": a day without a year counts only when the known interval holds exactly one such day."""
    match = _DATELINE.match(clues.text[:140])
    if match is None:
        return None
    found = next(iter(find_dates(match["when"])), None)
    if found is None:
        return None
    if found.earliest:
        return _stated(found, "dateline", match[0].strip())
    if not floor or not clues.crawled:
        return None
    years = range(int(floor[:4]), int(clues.crawled[:4]) + 1)
    days = [d for y in years if floor <= (d := f"{y}-{found.month:02d}-{found.day:02d}") <= clues.crawled]
    if len(days) != 1:
        return None
    return Published(earliest=days[0], latest=days[0], precision="day", basis="dateline", evidence=match[0].strip())


def _stated(found: Written, basis: str, evidence: str) -> Published:
    return Published(
        earliest=found.earliest, latest=found.latest, precision=found.precision, basis=basis, evidence=evidence.strip()
    )


def _narrow(found: Published, floor: str, crawled: str) -> Published:
    """A month or year cut by the crawl or by what the text tells, where these lie inside it."""
    if found.earliest is None and found.latest is not None and floor and floor <= found.latest:
        return Published(
            earliest=floor, latest=found.latest, precision="interval", basis=found.basis, evidence=found.evidence
        )
    if found.precision == "day" or found.earliest is None or found.latest is None:
        return found
    earliest = floor if floor and found.earliest < floor <= found.latest else found.earliest
    latest = crawled if crawled and earliest <= crawled < found.latest else found.latest
    if (earliest, latest) == (found.earliest, found.latest):
        return found
    precision: Precision = "day" if earliest == latest else "interval"
    return Published(earliest=earliest, latest=latest, precision=precision, basis=found.basis, evidence=found.evidence)


def _interval(clues: Clues, floor: str, words: str) -> Published:
    earliest, latest, basis = floor, clues.crawled, "text" if floor else "crawl"
    evidence = [f"tells of {' '.join(words.split())}"] if floor else []
    span = age_days(clues.age) if clues.age else None
    if span is not None:
        least, most = span
        since = shift(clues.crawled or clues.crawled_floor, -most) if clues.crawled_floor or clues.crawled else ""
        if since > earliest:
            earliest, basis = since, "crawl"
            evidence.append(f"“{clues.age}” on a page of {clues.crawled or clues.crawled_floor + ' or later'}")
        latest = shift(clues.crawled, -least + 1) if clues.crawled and least >= 1 else latest
    if clues.crawled:
        evidence.append(f"fetched {clues.crawled}")
    if not earliest and not latest:
        return _NONE
    if earliest and latest and earliest > latest:
        earliest = ""
    precision: Precision = "day" if earliest == latest else "interval"
    return Published(
        earliest=earliest or None, latest=latest or None, precision=precision, basis=basis, evidence="; ".join(evidence)
    )


def _after(earliest: str | None, crawled: str) -> bool:
    """Whether a stated date lies beyond the crawl (two days' grace for time zones): then it is not the publication's."""
    return bool(earliest and crawled) and (earliest or "") > shift(crawled, 2)
