"""The clock of one article: its publication, and every date its own text has named, in order.

Narrative times ("the following day") count from these: the reference time moves only when the text moves it (Partee 1984). A sentence without a
time of its own does not inherit one: that would be a guess.
"""

from __future__ import annotations

import re

from msgspec import Struct

from visavis.code.dates.find import find_times
from visavis.code.dates.forms import Anchor, Between, Form, Point, Slice, Stretch, Tense, TimeExpression, When
from visavis.code.dates.resolve import resolve
from visavis.code.dates.vocabulary import vocabulary
from visavis.records import Published

_BREAK = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[\"“‘(]?[A-Z])|\n+")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|Prof|Adm|Maj|Capt|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_NEAR = 8  # sentences within which "one day ago" may count from the text's own date
_OPENING = 14  # code points before a time that still opens its sentence ("By early ...")


class Dated(Struct, frozen=True):
    """One time of the text: where it stands, its sentence's number and words, and what it means. `year` is set when it opens its sentence."""

    start: int
    end: int
    sentence: int
    paragraph: int
    words: str
    when: When
    year: int | None = None
    narrates: bool = True


class Clock(Struct, frozen=True):
    """What time it is for a reader of the article. Made by `Clock.of(text, published)`; without a text only publication counts."""

    published: Published = Published()
    dates: tuple[Dated, ...] = ()
    sentences: tuple[tuple[int, int, int], ...] = ()  # start, end, paragraph

    @classmethod
    def of(cls, text: str, published: Published = Published()) -> Clock:
        """Read all times of `text` in order; later ones may count from earlier ones."""
        clock = cls(published=published, sentences=tuple(_sentences(text)))
        dates: list[Dated] = []
        for number, (start, end, paragraph) in enumerate(clock.sentences):
            sentence = text[start:end]
            for t in find_times(sentence):
                anchor = _anchor(dates, number, paragraph, start + t.start)
                when = resolve(t, published, anchor, tense_at(sentence, t.start))
                if when.date_from is None:
                    continue
                dates.append(
                    Dated(
                        start + t.start,
                        start + t.end,
                        number,
                        paragraph,
                        sentence.lower(),
                        when,
                        _opening_year(t, when),
                        _narrates(t),
                    )
                )
        return cls(published=published, dates=tuple(dates), sentences=clock.sentences)

    def anchor(self, position: int) -> Anchor:
        """What the text has dated before `position` (code points in the article's text)."""
        number, paragraph = self._sentence(position)
        return _anchor([d for d in self.dates if d.end <= position], number, paragraph, position)

    def _sentence(self, position: int) -> tuple[int, int]:
        for number, (_, end, paragraph) in enumerate(self.sentences):
            if position < end:
                return number, paragraph
        return len(self.sentences), self.sentences[-1][2] if self.sentences else 0


def _sentences(text: str) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    start = paragraph = 0
    for m in _BREAK.finditer(text):
        if "\n" not in m[0] and _ABBREVIATED.search(text, max(0, m.start() - 6), m.start()):
            continue
        found.append((start, m.start(), paragraph))
        start, paragraph = m.end(), paragraph + ("\n" in m[0])
    return [*found, (start, len(text), paragraph)]


def _anchor(dates: list[Dated], sentence: int, paragraph: int, position: int) -> Anchor:
    told = [d for d in dates if d.narrates and d.end <= position]
    year = next(
        (
            d.year
            for d in reversed(told)
            if d.year is not None and d.paragraph == paragraph and 0 < sentence - d.sentence <= 2
        ),
        None,
    )
    near = any(sentence - d.sentence <= _NEAR and d.when.precision == "day" for d in told)
    return Anchor(year=year, dated=tuple((d.words, d.when) for d in told), near=near)


def _narrates(t: TimeExpression) -> bool:
    return not t.inner and not isinstance(t.form, Stretch) and t.relation not in ("until", "by")


def _opening_year(t: TimeExpression, when: When) -> int | None:
    """The year that a time at the head of its sentence sets for those that follow."""
    if (
        t.start > _OPENING
        or t.relation
        or when.date_from is None
        or when.date_to is None
        or when.date_from[:4] != when.date_to[:4]
    ):
        return None
    return int(when.date_from[:4]) if _names_year(t.form) or when.basis == "explicit" else None


def _names_year(form: Form) -> bool:
    match form:
        case Point(year=year):
            return year is not None
        case Slice(of=of):
            return _names_year(of)
        case Between(last=last):
            return _names_year(last)
        case _:
            return False


_CLAUSE_END = re.compile(r"[;:]|,? (?:which|that|who)\b")
_AHEAD = 60  # code points after a time in which its verb may follow


def tense_at(sentence: str, start: int) -> Tense | None:
    """The tense of the clause round a time, by the nearest marker before it, else after it; None for the perfect or when unmarked."""
    v = vocabulary()
    for part, pick in ((sentence[:start], -1), (_CLAUSE_END.split(sentence[start : start + _AHEAD], maxsplit=1)[0], 0)):
        marks: list[tuple[int, Tense | None]] = []
        for pattern, tense in ((v.future, "future"), (v.perfect, None), (v.past, "past")):
            marks += [(m.start(), tense) for m in pattern.finditer(part)]  # type: ignore[misc]
        if marks:
            marks.sort(key=lambda mark: mark[0])
            return _settled(marks, pick)
    return None


def _settled(marks: list[tuple[int, Tense | None]], pick: int) -> Tense | None:
    """ "has risen", "will be held": the auxiliary says more than the participle after it."""
    if (
        pick < 0
        and len(marks) > 1
        and marks[-1][1] == "past"
        and marks[-2][1] != "past"
        and marks[-1][0] - marks[-2][0] < 20
    ):
        return marks[-2][1]
    return marks[pick][1]
