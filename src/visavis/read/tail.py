"""The foot of an article: notes on its authors, sign-offs, credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visavis.read import furniture as f
from visavis.read import names
from visavis.read.label import Mark

if TYPE_CHECKING:
    from visavis.read.split import Draft

_REPORTED = re.compile(
    r"(?:reporting|writing|reported|written) (?:and (?:writing|editing) )?by\s+(?P<who>[^;()]+)", re.I
)
_DASH = re.compile(r"^(?:[-–—]{1,2}|\*)\s*(?P<who>[A-Z][\w.'’ -]{3,40})$")
# A note on an author stands among the last stretches of an article, seldom deeper.
_DEEPEST_NOTE = 4


def label_tail(marks: list[Mark], draft: Draft, stop: int) -> None:
    """Take author notes off the end of the body, and names and credits from the lines after it, up to `stop`."""
    _credits(marks, draft, stop)
    _notes(marks, draft)
    for i in range(draft.body[-1] + 1 if draft.body else 0, stop):
        mark = marks[i]
        if mark.after == "hard" or mark.reason in ("teaser-label", "teaser-title", "title"):
            break
        if mark.reason and mark.reason not in ("sidebar", "related-links"):
            continue
        _foot_line(mark, draft)


def _notes(marks: list[Mark], draft: Draft) -> None:
    """The last stretches that tell who somebody is; names alone between them."""
    note_at = -1
    for depth, i in enumerate(reversed(draft.body)):
        if depth >= _DEEPEST_NOTE or len(draft.body) - depth <= 1:
            break
        if _is_note(marks[i], draft.authors):
            note_at = i
        elif not names.is_name(marks[i].text):
            break
    if note_at < 0:
        return
    for i in [i for i in draft.body if i >= note_at]:
        is_name = names.is_name(marks[i].text)
        marks[i].set("author-box" if is_name else "author-bio")
        if not draft.authors and not is_name:
            draft.authors = _named_in(marks[i].text)
    draft.body = [i for i in draft.body if i < note_at]
    _trim_names(marks, draft)


def _trim_names(marks: list[Mark], draft: Draft) -> None:
    while len(draft.body) > 1 and names.is_name(marks[draft.body[-1]].text):
        marks[draft.body.pop()].set("author-box")


def _is_note(mark: Mark, authors: tuple[str, ...]) -> bool:
    text = mark.text
    if names.opens_with_name(text, authors) and (names.ROLE_WORDS.search(text[:240]) or len(mark.block.words) <= 30):
        return True
    return names.is_bio(text) and (
        text.startswith("*") or bool(re.match(r"\W*(?:the )?(?:author|writer)", text, re.I)) or _is_standing_note(text)
    )


def _is_standing_note(text: str) -> bool:
    """A note says what somebody is, in the present, and reports nothing: no speech, no quotation."""
    return not re.search(r"\b(?:said|says|told|added|noted|warned|argued|according)\b|[“\"]", text)


def _named_in(text: str) -> tuple[str, ...]:
    bare = re.sub(r"^[*\s•–—-]+", "", text)
    opening = re.match(r"((?:[A-ZÀ-Þ][\w'’.-]*\s+){2,4})(?:is|are|was)\b", bare)
    return names.split_names(opening[1]) if opening else ()


def _credits(marks: list[Mark], draft: Draft, stop: int) -> None:
    found: list[str] = []
    first = draft.head[0] if draft.head else draft.body[0]
    for mark in marks[first:stop]:
        if mark.reason == "copier-credit":
            found.append(mark.text.strip("()[] "))
        elif mark.reason == "syndication-credit":
            found.append(mark.text.strip("()[] "))
            reported = _REPORTED.search(mark.text)
            if reported is not None and not draft.authors:
                draft.authors = names.split_names(reported["who"])
    draft.credits = tuple(dict.fromkeys(found))


def _foot_line(mark: Mark, draft: Draft) -> None:
    """A name with a credit in brackets, a dash and a name, or the author's name again."""
    text = mark.text
    credit = f.CREDIT_WORDS.search(text)
    dashed = _DASH.match(text)
    if credit is not None and len(mark.block.words) <= 16:
        draft.credits = (*draft.credits, credit["words"].strip())
        who = names.split_names(text[: credit.start()])
        draft.authors = draft.authors or who
        mark.set("sign-off")
    elif dashed is not None and names.is_name(dashed["who"].strip()):
        draft.authors = draft.authors or (dashed["who"].strip(),)
        mark.set("sign-off")
    elif any(names.same_person(text, a) for a in draft.authors):
        mark.set("author-box")
    elif names.opens_with_name(text, draft.authors) and names.ROLE_WORDS.search(text[:240]):
        mark.set("author-bio")
