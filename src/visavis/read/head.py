"""The head of an article: which line is the title, what stands over it, what stands between it and the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from visavis.lexicon.outlets import find_outlet
from visavis.read import names
from visavis.read.blocks import Block
from visavis.read.label import BODY, Mark

if TYPE_CHECKING:
    from visavis.read.split import Draft

_SITE = re.compile(r"\s+(?:[|–—»·•]|-{1,2}|::)\s+(?P<site>[^|–—»·•]{2,50})$")
_NAME = re.compile(r"(?:The )?[A-ZÀ-Þ][\w'’.&-]*(?: (?:of |and |the )?[A-ZÀ-Þ][\w'’.&-]*){1,4}")
_SUFFIX_WORDS = 8
_STANDFIRST_WORDS = 8
_SECTION_WORDS = 4


def strip_site(title: str) -> tuple[str, str]:
    """The title without the name of its site, and that name ("" when there is none that can be told)."""
    found = _SITE.search(title)
    if found is None:
        return title, ""
    site = found["site"].strip()
    sure = "|" in title[found.start() :] or find_outlet(name=site) is not None
    return (title[: found.start()].strip(), site) if sure and len(title[: found.start()].split()) >= 3 else (title, "")


def choose_title(marks: list[Mark], candidates: list[int], cluster: range, known: str) -> int | None:
    """The index of the title among the candidates, or None. Other forms of the same title are labelled."""
    if not candidates:
        return None
    best = _known(marks, candidates, known)
    if best is None and known and not any(marks[i].block.heading in (1, 2) for i in candidates):
        return None
    if best is None:
        best = _repeated(marks, candidates)
    if best is None:
        evident = head_evidence(marks, min(candidates), cluster.stop, True)
        best = max(candidates, key=lambda i: (_score(marks[i].block, evident.get(i, False)), -i))
        above = best - 1
        if above in candidates and _is_over_standfirst(marks, above):
            best = above
    title = _plain(marks[best].text)
    for i in candidates:
        if i == best:
            continue
        plain = _plain(marks[i].text)
        if plain == title:
            marks[i].set("repeated-title")
        elif _is_longer_form(plain, title):
            marks[i].set("page-title")
    return best


def _known(marks: list[Mark], candidates: list[int], known: str) -> int | None:
    if not known:
        return None
    wanted = _plain(known)
    same = [i for i in candidates if _plain(marks[i].text) == wanted]
    if same:
        return same[0]
    return next(
        (i for i in candidates if _is_longer_form(wanted, _plain(marks[i].text)) and len(marks[i].block.words) >= 3),
        None,
    )


def _repeated(marks: list[Mark], candidates: list[int]) -> int | None:
    """The first title that another candidate repeats, or repeats with the site's name after (or before) it."""
    plain = [_plain(marks[i].text) for i in candidates]
    held = {
        " ".join(part)
        for words in map(str.split, set(plain))
        for extra in range(1, _SUFFIX_WORDS + 1)
        for part in (words[:-extra], words[extra:])
    }
    count = Counter(plain)
    titles = ((i, text) for i, text in zip(candidates, plain, strict=True) if len(text.split()) >= 3)
    return next((i for i, text in titles if text in held or count[text] > 1), None)


def _is_over_standfirst(marks: list[Mark], i: int) -> bool:
    """Whether two title-like lines are a title and the line that says more: the upper no shorter than a title, the lower longer."""
    upper, lower = marks[i].block, marks[i + 1].block
    return (
        len(upper.words) >= 5
        and len(lower.words) >= max(8, len(upper.words) - 2)
        and upper.heading <= (lower.heading or 9)
    )


def _score(block: Block, evident: bool) -> float:
    """How much a line looks like a title: long enough, over a byline or date (`evident`), a heading in HTML."""
    words = len(block.words)
    score = min(words, 14) - (5.0 if words <= 2 else 0.0)
    if evident:
        score += 6
    if block.heading:
        score += 14 - 3 * block.heading
    lower = sum(1 for w in block.words if w[0].islower())
    return score - (4 if words > 14 and lower > 0.8 * words else 0)


def head_evidence(marks: list[Mark], first: int, stop: int, after_end: bool) -> dict[int, bool]:
    """Of each line from `first` to `stop`: whether a byline or a date stands under it, before the text at `stop` and before another line
    that could be a title. Within an article (`after_end` False) the evidence must follow at once.

    From the last line to the first, since one that tells nothing has what the next one has.
    """
    found, evident = {}, False
    for i in range(stop - 1, first - 1, -1):
        found[i] = evident
        told = _tells(marks[i], after_end)
        evident = evident if told is None else told
    return found


def _tells(mark: Mark, after_end: bool) -> bool | None:
    """Whether a line under another is a byline or a date, or is none and ends the search; None when the next one has to tell."""
    if mark.reason in ("byline", "date-line"):
        return True
    if mark.reason in ("repeated-title", "photo-credit", "caption", "image-alt", "share-bar", "tag-line"):
        return None
    if not after_end or len(mark.block.words) > _STANDFIRST_WORDS or mark.block.heading in (1, 2):
        return False
    if not mark.reason and names.is_name(mark.text):
        return True
    return False if mark.reason else None


def section_before(marks: list[Mark], title: int, cluster: range) -> str:
    """The section over the title: one short line right before it. The line is labelled."""
    if title - 1 not in cluster:
        return ""
    mark = marks[title - 1]
    block = mark.block
    fits = 1 <= len(block.words) <= _SECTION_WORDS and len(block.text) <= 40 and not block.ends_sentence
    if (
        not fits
        or mark.reason not in ("", "section-label", "sidebar-heading")
        or names.byline_names(mark.text) is not None
    ):
        return ""
    mark.set("section-label")
    return block.text


def label_head(marks: list[Mark], draft: Draft) -> None:
    """Label what stands between title and text; take bylines, standfirst and section from it."""
    first = draft.body[0]
    title = draft.title_at
    authors: list[str] = []
    for i in draft.head:
        mark = marks[i]
        if mark.reason == "byline":
            authors.extend(
                n for n in (names.byline_names(mark.text) or names.split_names(mark.text)) if n not in authors
            )
        elif mark.reason or i == title or i < title or title < 0:
            continue
        elif _plain(mark.text) == _plain(draft.title):
            mark.set("repeated-title")
        elif not authors and names.is_name_line(mark.text):
            authors.extend(names.split_names(mark.text))
            mark.set("byline")
        elif len(mark.block.words) >= _STANDFIRST_WORDS or mark.block.ends_sentence:
            mark.set(BODY)
            draft.body.append(i)
        else:
            mark.set("image-alt" if i + 1 <= first else "sidebar")
    draft.body.sort()
    draft.authors = tuple(authors)
    if not draft.site:
        draft.site = _site_of_page_title(marks, draft) or _masthead(marks, title)


def _site_of_page_title(marks: list[Mark], draft: Draft) -> str:
    for i in draft.head:
        if marks[i].reason == "page-title":
            found = _SITE.search(marks[i].text)
            if found is not None:
                return found["site"].strip()
    return ""


def _masthead(marks: list[Mark], title: int) -> str:
    """The name that opens a page, over its menu."""
    if title < 2 or marks[1].reason != "nav" or not _NAME.fullmatch(marks[0].text):
        return ""
    marks[0].set("nav")
    return marks[0].text


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def _is_longer_form(longer: str, title: str) -> bool:
    """Whether `longer` is the title with a few words of the site after (or before) it."""
    if len(title.split()) < 3 or len(longer) <= len(title):
        return False
    extra = len(longer.split()) - len(title.split())
    return 0 < extra <= _SUFFIX_WORDS and (longer.startswith(title + " ") or longer.endswith(" " + title))
