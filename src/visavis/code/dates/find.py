"""Text -> time expressions: the rules find simple times, then parts, ranges and offsets grow round them as phrases do."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from visavis.code.dates.absolute import Rule, events, lone_events, months, named_rules, numbered_rules, years
from visavis.code.dates.forms import (
    Between,
    Form,
    Mentioned,
    Point,
    Relative,
    Shift,
    Slice,
    TimeExpression,
    Weekday,
    Years,
)
from visavis.code.dates.relative import counted_rules, near_rules, part_name, turned_rules, unit_of, weekday_rules
from visavis.code.dates.vocabulary import Vocabulary, vocabulary

_MAX_GAP = 100  # code points between "three weeks after" and the date it counts from


class _Found(NamedTuple):
    start: int
    end: int
    form: Form
    inner: bool = False


@lru_cache(maxsize=4096)
def find_times(text: str) -> tuple[TimeExpression, ...]:
    """Every time expression of `text`, in order; one inside a longer one ("November" in "two months after the November ceasefire")
    comes too, marked `inner`.

    >>> [t.words for t in find_times("On March 6-9 the minister toured Central Asia, two weeks after the vote.")]
    ['March 6-9', 'two weeks after the vote']
    """
    v = vocabulary()
    kinds = v.kinds(text)
    found = _longest(_simple(text, v, kinds))
    found = _dated_weekdays(text, found)
    found = [_sliced(text, f) for f in found]
    found = _ranges(text, found)
    found = _offsets(text, found, v) if "unit" in kinds else found
    return tuple(
        TimeExpression(
            start=f.start,
            end=f.end,
            words=text[f.start : f.end],
            form=f.form,
            relation=_relation(text, f.start),
            inner=f.inner,
        )
        for f in sorted(found)
    )


@cache
def _rules(kinds: frozenset[str]) -> tuple[Rule, ...]:
    """The rules that may hold in a text of these kinds (`Vocabulary.kinds`), the stronger first."""
    every = {
        "digit": numbered_rules,
        "named": named_rules,
        "near": near_rules,
        "weekday": weekday_rules,
        "period": turned_rules,
        "unit": counted_rules,
    }
    return tuple(rule for kind, rules in every.items() if kind in kinds for rule in rules(vocabulary()))


def _simple(text: str, v: Vocabulary, kinds: frozenset[str]) -> list[_Found]:
    found = [
        _Found(m.start(), _end(m), form)
        for pattern, build in _rules(kinds)
        for m in pattern.finditer(text)
        if (form := build(m)) is not None
    ]
    more = (
        *(years(text, v) if "digit" in kinds else ()),
        *(months(text, v) if "month" in kinds else ()),
        *(events(text) if "event" in kinds else ()),
        *lone_events(text),
    )
    return found + [_Found(*f) for f in more]


def _end(match: re.Match[str]) -> int:
    """A full stop after a weekday or month is part of the abbreviation only."""
    words = match[0]
    return match.end() - 1 if words.endswith(".") and len(words.split()[-1]) > 5 else match.end()


def _longest(found: list[_Found]) -> list[_Found]:
    """Drop what a longer expression covers; of two as long, the rule that stands first wins."""
    kept: list[_Found] = []
    for f in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(f.end <= k.start or f.start >= k.end for k in kept):
            kept.append(f)
    return sorted(kept, key=lambda f: f.start)


def _dated_weekdays(text: str, found: list[_Found]) -> list[_Found]:
    """ "Thursday, Sept. 16" and "Thursday (16 September)" are one day."""
    merged: list[_Found] = []
    for f in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and isinstance(last.form, Weekday)
            and isinstance(f.form, Point)
            and f.form.day is not None
            and re.fullmatch(r"[,\s(]*(?:the )?", text[last.end : f.start])
        ):
            merged[-1] = _Found(last.start, f.end, f.form)
        else:
            merged.append(f)
    return merged


_PART_OF = re.compile(
    r"(?:\b(early|late|mid|middle|beginning|start|end|close|week|(?:first|second)\s+half|(?:first|second|third|fourth|last)\s+quarter"
    r"|spring|summer|autumn|fall|winter)(?:\s+part)?\s+(?:of|in)\s+(?:the\s+)?(?:year\s+)?"
    r"|\b(early|late|mid|spring|summer|autumn|winter|(?:first|second|third|fourth)[- ]quarter)(?:\s+|\s?-\s?))(?:the\s+)?$",
    re.IGNORECASE,
)


def _sliced(text: str, f: _Found) -> _Found:
    """ "early", "the end of", "the first half of" before an expression."""
    lead = text[max(0, f.start - 40) : f.start]
    match = _PART_OF.search(lead)
    if match is None or isinstance(f.form, Weekday | Shift | Slice) or _is_day(f.form):
        return f
    return _Found(f.start - len(lead) + match.start(), f.end, Slice(part_name(match[1] or match[2]), f.form), f.inner)


def _is_day(form: Form) -> bool:
    return (isinstance(form, Point) and form.day is not None) or (isinstance(form, Relative) and form.unit == "day")


_JOINT = re.compile(r",?\s*(?:to|through|until|till|–|—|-)\s*(?:the\s+)?|,?\s+and\s+(?:the\s+)?")


def _ranges(text: str, found: list[_Found]) -> list[_Found]:
    """ "from April to July 2017", "between 2010 and 2015": two expressions and a joint become one interval."""
    merged: list[_Found] = []
    for f in found:
        last = merged[-1] if merged else None
        joint = _JOINT.fullmatch(text[last.end : f.start]) if last is not None else None
        if last is None or joint is None or not _joins(text, last, joint[0], f):
            merged.append(f)
        else:
            merged[-1] = _Found(last.start, f.end, Between(_filled(last.form, f.form), f.form))
    return merged


def _joins(text: str, first: _Found, joint: str, last: _Found) -> bool:
    kinds = (Point, Weekday, Slice, Years)
    if not isinstance(first.form, kinds) or not isinstance(last.form, kinds):
        return False
    lead = text[max(0, first.start - 14) : first.start].lower()
    if "and" in joint:
        return re.search(r"\bbetween\s+(?:the\s+)?$", lead) is not None
    same = type(first.form) is type(last.form) or isinstance(first.form, Slice) or isinstance(last.form, Slice)
    return same and ("until" not in joint or re.search(r"\bfrom\s+(?:the\s+)?$", lead) is not None)


def _filled(first: Form, last: Form) -> Form:
    """The year and month that only the second end names hold for the first too."""
    if isinstance(first, Slice):
        return Slice(first.part, _filled(first.of, last))
    if isinstance(last, Slice):
        last = last.of
    if not isinstance(first, Point) or not isinstance(last, Point) or first.year is not None or last.year is None:
        return first
    wraps = first.month is not None and last.month is not None and first.month > last.month
    return msgspec.structs.replace(first, year=last.year - wraps)


@cache
def _offset_lead(amount: str, number: str, unit: str) -> re.Pattern[str]:
    hedge = r"(?:(?:just|only|about|around|some|nearly|almost|barely|exactly|less than|more than)\s+)?"
    return re.compile(
        rf"\b{hedge}({amount}|{number})\s+({unit}s?)\s+(after|before|following|prior to|since|ahead of|into)\s+(?=\S)",
        re.IGNORECASE,
    )


_NOUN_STOP = re.compile(
    r"\s(?:of|in|on|at|by|with|between|that|which|who|was|were|had|has|have|is|are|will|when|and|to|from|over|for)\b|[,.;:()!?\n]|$"
)


_CLAUSE = re.compile(r"\s(?:was|were|had|has|have|is|are|will)\b")
_SUBJECTS = frozenset({"he", "she", "it", "they", "we", "i", "being", "taking", "having"})


def _offsets(text: str, found: list[_Found], v: Vocabulary) -> list[_Found]:
    """ "14 days after the meeting on Nov. 15": the date counted from stands in the same clause, or the noun must be looked up."""
    result = list(found)
    for m in _offset_lead(v.amount_part, v.number_part, v.unit_part).finditer(text):
        sign = -1 if m[3].lower() in ("before", "prior to", "ahead of") else 1
        low, high = v.amount(m[1])
        base = next((f for f in found if f.start >= m.end() and _same_clause(text[m.end() : f.start])), None)
        if base is None:
            stop = _NOUN_STOP.search(text, m.end())
            end = stop.start() if stop else len(text)
            words = re.findall(r"[\w’'-]+", text[m.end() : end])
            if not words or len(words) > 6 or _CLAUSE.match(text, end) or words[0].lower() in _SUBJECTS:
                continue
            whole = _Found(m.start(), end, Shift(low, high, unit_of(m[2]), sign, Mentioned(words[-1].lower())))
        else:
            whole = _Found(m.start(), _phrase_end(text, base), Shift(low, high, unit_of(m[2]), sign, base.form))
        result = [f._replace(inner=True) if whole.start <= f.start and f.end <= whole.end else f for f in result]
        result.append(whole)
    return result


def _same_clause(gap: str) -> bool:
    return len(gap) <= _MAX_GAP and not re.search(
        r"[,;!?:\n]|\.\s+[A-Z](?![a-z]*\.)|\b(?:will|would|was|were|had|said)\b", gap
    )


def _phrase_end(text: str, base: _Found) -> int:
    """The noun that a month modifies belongs to the phrase: "after the November ceasefire"."""
    tail = re.compile(r"(?:['’]s)?(?:\s+[a-z][\w-]*)?").match(text, base.end)
    words = tail[0].split()[-1:] if tail and tail[0].split() else []
    stops = {
        "and",
        "in",
        "on",
        "at",
        "the",
        "that",
        "when",
        "to",
        "with",
        "by",
        "of",
        "for",
        "as",
        "but",
        "or",
        "were",
        "was",
        "had",
    }
    return base.end if not words or words[0] in stops or tail is None else tail.end()


_RELATIONS = (
    (re.compile(r"\b(?:ever )?since\s+(?:the\s+|as early as\s+)?$", re.I), "since"),
    (
        re.compile(
            r"\bas of\s+(?:the\s+)?$|\bstarting\s+(?:in\s+|on\s+|from\s+)?(?:the\s+)?$|\bfrom\s+(?:the\s+)?$", re.I
        ),
        "since",
    ),
    (re.compile(r"\b(?:until|till|up to|through)\s+(?:the\s+)?$", re.I), "until"),
    (re.compile(r"\b(?:by|no later than)\s+(?:the\s+)?$", re.I), "by"),
    (re.compile(r"\b(?:before|prior to|ahead of)\s+(?:the\s+)?$", re.I), "before"),
    (re.compile(r"\b(?:after|following|in the wake of)\s+(?:the\s+)?$", re.I), "after"),
    (re.compile(r"\b(?:during|throughout)\s+(?:the\s+)?$", re.I), "during"),
    (re.compile(r"\bbetween\s+(?:the\s+)?$", re.I), "between"),
)


def _relation(text: str, start: int) -> str:
    lead = text[max(0, start - 24) : start]
    return next((name for pattern, name in _RELATIONS if pattern.search(lead)), "")
