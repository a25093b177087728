"""What a time expression says, before anybody asks when it was said: small frozen forms, nested like the phrases themselves."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from visavis.records import Precision

Unit = Literal["hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century", "weekend"]
Base = Literal["published", "narrative", "either"]
Tense = Literal["past", "future"]


class Point(Struct, frozen=True, tag=True):
    """A day, month or year of the calendar; what is None was left unsaid ("July 9" has no year, "the 16th" no month)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    turn: int = 0  # -1 "last March", 0 "this" or nothing, 1 "next March"


class Years(Struct, frozen=True, tag=True):
    """Whole years from first to last: a decade, a century, a fiscal year with its first month."""

    first: int
    last: int
    first_month: int = 1


class Weekday(Struct, frozen=True, tag=True):
    """0 Monday .. 6 Sunday; `turn` is last, this, next or nothing."""

    day: int
    turn: str = ""


class Relative(Struct, frozen=True, tag=True):
    """The unit that contains the base day, moved by `offset` units: last month, tomorrow, the previous year."""

    unit: Unit
    offset: int
    base: Base = "published"


class Shift(Struct, frozen=True, tag=True):
    """`low`..`high` units before (-1) or after (1) a base: "two weeks ago", "a few days later", "a month after the vote"."""

    low: int
    high: int
    unit: Unit
    sign: int
    base: Base | Form = "published"


class Stretch(Struct, frozen=True, tag=True):
    """A stretch that ends (-1) or begins (1) at publication: "the past decade"; 0 when only the tense can tell."""

    count: int
    unit: Unit
    sign: int


class Slice(Struct, frozen=True, tag=True):
    """A part of another form: early, mid, late, start, end, q1..q4, h1, h2, a season, week, or the part elapsed or to come."""

    part: str
    of: Form


class Between(Struct, frozen=True, tag=True):
    """From the first day of one form to the last day of another."""

    first: Form
    last: Form


class Either(Struct, frozen=True, tag=True):
    """One of two readings (4/5/2019): resolved to the interval that holds both."""

    one: Form
    other: Form


class Happened(Struct, frozen=True, tag=True):
    """A datable event of the world (lexicon/time.yaml), as first and last day."""

    first: str
    last: str


class Mentioned(Struct, frozen=True, tag=True):
    """An event that the text itself may have dated before ("the vote"), by its noun."""

    noun: str


Form = Point | Years | Weekday | Relative | Shift | Stretch | Slice | Between | Either | Happened | Mentioned


class TimeExpression(Struct, frozen=True, kw_only=True):
    """A stretch of text that says when: code points, end exclusive. `relation` is the word before it (since, until, by, before, after,
    during, between) when that word moves the meaning; `inner` marks an expression inside a longer one."""

    start: int
    end: int
    words: str
    form: Form
    relation: str = ""
    inner: bool = False


class When(Struct, frozen=True, kw_only=True):
    """Inclusive interval of days as ISO strings, None where it is open or unknown; `basis` is explicit, relative, published or none."""

    date_from: str | None = None
    date_to: str | None = None
    precision: Precision = "unknown"
    basis: str = "none"
    words: str = ""

    @property
    def value(self) -> str | None:
        """The shortest ISO form: `2021`, `2021-04`, `2021-04-10`, an interval `a/b` (`a/..` when open), None when unknown."""
        if self.date_from is None and self.date_to is None:
            return None
        if self.date_from is None or self.date_to is None:
            return f"{self.date_from or '..'}/{self.date_to or '..'}"
        length = {"day": 10, "month": 7, "year": 4}.get(self.precision)
        return f"{self.date_from}/{self.date_to}" if length is None else self.date_from[:length]


class Anchor(Struct, frozen=True, kw_only=True):
    """What the text has dated so far: `last`, the date that "one day earlier" counts from; `year`, a year that later months
    inherit; `dated`, (sentence in lower case, date) for every dated sentence before, latest last; `near`, whether `last` stands close enough
    that "one day ago" may count from it."""

    last: When | None = None
    year: int | None = None
    dated: tuple[tuple[str, When], ...] = ()
    near: bool = False


NO_ANCHOR = Anchor()
