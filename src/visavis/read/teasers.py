"""Teaser lists: section and age, title, first words of an article that stands elsewhere."""

from __future__ import annotations

import re

from msgspec import Struct

from visavis.read import furniture as f
from visavis.read.label import TEASER_LEAD, TEASER_TITLE, Mark

_CUT = re.compile(
    r"(?:\.\.\.|…|\[(?:…|\.\.\.|&hellip;)\]|\[\+\d+ chars\])\s*(?:(?:read|continue|see|learn) (?:more|reading)\W*)?$",
    re.I,
)
_LONGEST_LEAD = 90


class Teaser(Struct, frozen=True):
    """A title with its lead: indices of their marks, the section and the age as written ("Style", "4 hours ago")."""

    title: int
    lead: int
    section: str = ""
    age: str = ""


def find_teasers(marks: list[Mark]) -> list[Teaser]:
    """The teasers among the marks; their marks are labelled. A label of section and age without title and lead stays furniture."""
    found = [*_labelled(marks), *_cut_off(marks)]
    return sorted(found, key=lambda t: t.title)


def is_cut(text: str) -> bool:
    """Whether a stretch breaks off as a teaser does."""
    return _CUT.search(text) is not None


def _labelled(marks: list[Mark]) -> list[Teaser]:
    found = []
    for i, mark in enumerate(marks):
        if mark.reason != "teaser-label" and not _bare_age(mark):
            continue
        title = _next_free(marks, i + 1)
        if title is None or title > i + 2 or not _is_free(marks[title]) or not marks[title].block.is_title_like:
            continue
        lead = _next_free(marks, title + 1)
        if lead is None or lead > title + 3 or not _is_lead(marks, lead):
            if lead is None or lead > title + 1:
                marks[title].set("related-links", "soft")
            continue
        label = f.TEASER_LABEL.fullmatch(mark.text)
        section, age = (label["section"].strip(), label["age"]) if label else ("", mark.text)
        found.append(_take(marks, title, lead, section, age))
        mark.set("teaser-label")
    return found


def _cut_off(marks: list[Mark]) -> list[Teaser]:
    """A title whose only text breaks off ("…") is a teaser without a label."""
    found = []
    for i, mark in enumerate(marks):
        if not _is_free(mark) or not mark.block.is_title_like:
            continue
        lead = _next_free(marks, i + 1)
        if lead is not None and lead <= i + 3 and is_cut(marks[lead].text) and _is_lead(marks, lead):
            found.append(_take(marks, i, lead, "", ""))
    return found


def _take(marks: list[Mark], title: int, lead: int, section: str, age: str) -> Teaser:
    marks[title].set(TEASER_TITLE, "soft")
    marks[lead].set(TEASER_LEAD, "soft")
    return Teaser(title, lead, section, age)


def _is_free(mark: Mark) -> bool:
    """Whether nothing is known of the line, or only that HTML put it beside the article."""
    return mark.reason in ("", "sidebar")


def _bare_age(mark: Mark) -> bool:
    return mark.reason == "date-line" and bool(re.search(r"\bago$", mark.text))


def _next_free(marks: list[Mark], start: int) -> int | None:
    """The next mark that is not a date, byline or picture."""
    skipped = ("date-line", "byline", "photo-credit", "caption", "image-alt")
    return next((i for i in range(start, min(start + 4, len(marks))) if marks[i].reason not in skipped), None)


def _is_lead(marks: list[Mark], i: int) -> bool:
    """A lead is short and stands alone: it breaks off, or what follows it is no running text."""
    mark = marks[i]
    if not _is_free(mark) or len(mark.block.words) > _LONGEST_LEAD or len(mark.block.words) < 4:
        return False
    following = marks[i + 1] if i + 1 < len(marks) else None
    goes_on = following is not None and following.is_text
    if is_cut(mark.text):
        return not goes_on
    return (
        mark.block.is_prose
        and not goes_on
        and (following is None or following.reason in ("teaser-label", "date-line", "sidebar-heading"))
    )
