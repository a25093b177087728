"""A page's labelled blocks become its articles: heads, bodies, and what stands before, between and after them.

The walk goes from one stretch of running text to the next and looks at the cluster of lines between them: does a new article start
here, does the old one go on, or has it ended? A new head needs evidence (a byline or date under it, a section over it after the end
of the one before), since a lone short line in a text is a subheading.
"""

from __future__ import annotations

import re

from msgspec import Struct

from visavis.read import names
from visavis.read.head import choose_title, head_evidence, label_head, section_before, strip_site
from visavis.read.label import BODY, TITLE, Mark
from visavis.read.tail import label_tail
from visavis.read.teasers import Teaser, find_teasers, is_cut

_ENOUGH_CHARACTERS = 300
_LONG_RUN_WORDS = 150
_RESUME_WORDS = 30
# After these an article may go on; after the other soft ones it has most likely ended.
_INLINE = {"related-links", "newsletter", "paywall", "advertisement", "share-bar", "syndication-credit"}


class Draft(Struct):
    """An article in the making: its marks' indices and what its head and foot say."""

    title: str = ""
    title_at: int = -1
    section: str = ""
    body: list[int] = []
    head: list[int] = []
    tail: list[int] = []
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    site: str = ""


def split_articles(marks: list[Mark], known_title: str = "") -> tuple[list[Draft], list[Teaser]]:
    """The drafts and teasers of a page in order; every mark ends with a label. `known_title` comes from HTML or a container."""
    teasers = find_teasers(marks)
    walk = _Walk(marks, known_title)
    start = 0
    for i, mark in enumerate(marks):
        if mark.is_text:
            walk.meet(start, i)
            start = i + 1
    walk.finish(start)
    drafts = [d for d in walk.drafts if d.body]
    for n, draft in enumerate(drafts):
        stop = drafts[n + 1].head[0] if n + 1 < len(drafts) and drafts[n + 1].head else len(marks)
        label_head(marks, draft)
        label_tail(marks, draft, stop)
    _label_rest(marks, drafts)
    return drafts, teasers


class _Walk:
    """The state of the walk: the draft that is open and what the lines since its last text announced."""

    def __init__(self, marks: list[Mark], known_title: str) -> None:
        self.marks = marks
        self.known_title = known_title
        self.drafts: list[Draft] = []
        self.zone = "before"

    def meet(self, start: int, text: int) -> None:
        """The running text at `text`, after the cluster of lines from `start`."""
        marks, cluster = self.marks, range(start, text)
        candidates = [i for i in cluster if not marks[i].reason and _may_be_title(marks[i])]
        if self.zone == "before":
            if self._is_stray(text):
                marks[text].set("sidebar")
                return
            self._open(cluster, candidates, text)
            return
        zone = self._zone_after(cluster)
        head = self._new_head(cluster, candidates, text, zone)
        if head is not None:
            self._open(range(head[0], text), [i for i in candidates if i >= head[0]], text)
        elif (zone == "body" and marks[text].block.vote is not False) or self._resumes(cluster, candidates, text, zone):
            self._go_on(cluster, text, zone)
        else:
            self._leave_out(cluster, text, zone)

    def finish(self, start: int) -> None:
        """The lines after the last running text."""
        if self.zone == "before":
            return
        for i in range(start, len(self.marks)):
            mark = self.marks[i]
            self.zone = (
                "hard"
                if mark.after == "hard"
                else "soft"
                if mark.after == "soft" and self.zone == "body"
                else self.zone
            )
            if self.zone == "body" and not mark.reason and mark.block.ends_sentence and len(mark.block.words) >= 3:
                self.drafts[-1].body.append(i)
                mark.set(BODY)

    def _open(self, cluster: range, candidates: list[int], text: int) -> None:
        known = self.known_title if not self.drafts else ""
        title_at = choose_title(self.marks, candidates, cluster, known)
        if title_at is None and not known:
            title_at = self._any_line(cluster)
        draft = Draft(body=[], head=list(cluster), tail=[])
        if title_at is not None:
            draft.title_at = title_at
            draft.title, draft.site = strip_site(self.marks[title_at].text)
            self.marks[title_at].set(TITLE)
            draft.section = section_before(self.marks, title_at, cluster)
        elif not self.drafts:
            draft.title = self.known_title
        self.drafts.append(draft)
        self._take(text)
        self.zone = "body"

    def _any_line(self, cluster: range) -> int | None:
        """A title that looks like none (it ends in a full stop, or is one word): the longest free line over the text."""
        free = [i for i in cluster if not self.marks[i].reason and 1 <= len(self.marks[i].block.words) <= 32]
        named = [i for i in free if not names.is_name(self.marks[i].text)]
        return max(named, key=lambda i: (len(self.marks[i].block.words), -i), default=None)

    def _take(self, i: int) -> None:
        self.drafts[-1].body.append(i)
        self.marks[i].set(BODY)

    def _zone_after(self, cluster: range) -> str:
        zone = self.zone
        for i in cluster:
            mark = self.marks[i]
            if mark.after == "hard":
                zone = "hard"
            elif mark.after == "soft" and zone in ("body", "inline"):
                zone = "inline" if mark.reason in _INLINE else "soft"
        return zone

    def _new_head(self, cluster: range, candidates: list[int], text: int, zone: str) -> tuple[int] | None:
        """Where a new article's head begins in the cluster, or None."""
        run = self._run(text)
        if not candidates or (len(run) < 2 and sum(m.block.end - m.block.start for m in run) < _ENOUGH_CHARACTERS):
            return None
        marks = self.marks
        evident = head_evidence(marks, min(candidates), text, zone != "body")
        proven = [i for i in candidates if evident.get(i, False)]
        headed = [i for i in candidates if marks[i].block.heading == 1 or self._new_group(i)]
        ended = zone in ("soft", "hard", "inline")
        sectioned = [
            i for i in candidates if ended and section_before(marks, i, cluster) and len(marks[i].block.words) >= 4
        ]
        long = [
            i
            for i in candidates
            if zone == "soft" and self._run_words(text) >= _LONG_RUN_WORDS and len(marks[i].block.words) >= 5
        ]
        for found in (proven, headed, sectioned if zone != "inline" else [], long):
            if found:
                return (self._head_start(cluster, found[0]),)
        return None

    def _head_start(self, cluster: range, title: int) -> int:
        """The title, or the section that stands over it."""
        marks = self.marks
        first = title
        while (
            first - 1 in cluster
            and marks[first - 1].reason in ("", "section-label", "date-line")
            and len(marks[first - 1].block.words) <= 4
            and first > title - 2
        ):
            first -= 1
        return first

    def _new_group(self, i: int) -> bool:
        group = self.marks[i].block.group
        last = self.marks[self.drafts[-1].body[-1]].block.group
        return group > 0 and group != last and self.marks[i].block.heading > 0

    def _resumes(self, cluster: range, candidates: list[int], text: int, zone: str) -> bool:
        mark = self.marks[text]
        if zone == "hard" or is_cut(mark.text) or mark.block.vote is False:
            return False
        if mark.block.vote:
            return True
        if zone == "inline":
            return len(mark.block.words) >= 10 and len(candidates) <= 6
        long = len(mark.block.words) >= _RESUME_WORDS
        return long and (not candidates or self._run_words(text) >= _LONG_RUN_WORDS) and not names.is_bio(mark.text)

    def _go_on(self, cluster: range, text: int, zone: str) -> None:
        """The article goes on: short lines between are its subheadings, or links when an invitation stands before them."""
        linked = False
        draft = self.drafts[-1]
        if len(draft.body) <= 2 and any(self.marks[i].reason in ("byline", "date-line") for i in cluster):
            draft.head.extend(cluster)  # what came before was a standfirst
        for i in cluster:
            mark = self.marks[i]
            linked = linked or mark.after == "soft"
            if mark.reason:
                continue
            if linked and zone != "body" and i != text - 1 and mark.block.is_title_like:
                mark.set("related-links")
            else:
                self._take(i)
        self._take(text)
        self.zone = "body"

    def _leave_out(self, cluster: range, text: int, zone: str) -> None:
        self.zone = zone
        reason = "comment" if zone == "hard" and self._in_comments(text) else "sidebar"
        self.marks[text].set("author-bio" if names.is_bio(self.marks[text].text) else reason)

    def _in_comments(self, text: int) -> bool:
        return any(m.reason in ("comment-form", "comment") for m in self.marks[self.drafts[-1].body[-1] : text])

    def _run_words(self, text: int) -> int:
        return sum(len(m.block.words) for m in self._run(text))

    def _run(self, text: int) -> list[Mark]:
        """The running text from here to the next line that announces something else."""
        run = []
        for mark in self.marks[text:]:
            if mark.after in ("soft", "hard") and mark.reason not in _INLINE:
                break
            if mark.is_text:
                run.append(mark)
        return run

    def _is_stray(self, text: int) -> bool:
        """Text before any title that is not the article's: a lone teaser, or, in HTML, what the extractor left out."""
        return self.marks[text].block.vote is False


def _may_be_title(mark: Mark) -> bool:
    words = len(mark.block.words)
    if mark.block.heading in (1, 2) and 1 <= words <= 40:
        return True
    return mark.block.is_title_like and not names.is_name(mark.text)


def _label_rest(marks: list[Mark], drafts: list[Draft]) -> None:
    """What nobody claimed: menus before the first article, lists after it."""
    first = drafts[0].body[0] if drafts else len(marks)
    for i, mark in enumerate(marks):
        if not mark.reason:
            short = len(mark.block.words) <= 5
            mark.set("nav" if i < first and short else "related-links" if mark.block.is_title_like else "sidebar")
    for mark in marks:
        if mark.reason == "section-label" and not re.search(r"\w", mark.text):
            mark.set("nav")
