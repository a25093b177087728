"""Events to happenings: one thing that happened, whoever reported it, and where the reports differ.

Like stories, happenings are stars: an event belongs to the first lead that it agrees with, leads being taken in the order of
how precisely and how early they are dated; so the result depends on the set of events alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from visavis.records import Copy, Event, Happening, Party, Story, content_id

from .agreement import Agreement, agree, family
from .details import Details
from .leads import Leads

_PRECISE = {"day": 0, "interval": 1, "month": 2, "year": 3, "unknown": 4}


class Ruling(NamedTuple):
    """What is settled of happenings: "merge" (by a person) and "keep" join those in which the events stand, "split" (by a person)
    and "part" take the events out of theirs, into one of their own."""

    verdict: str
    event_ids: tuple[str, ...]


class _Told(NamedTuple):
    event: Event
    details: Details


def join(
    events: Sequence[Event], stories: Sequence[Story], copies: Sequence[Copy], rulings: Sequence[Ruling] = ()
) -> tuple[Happening, ...]:
    """The happenings that `events` report, one for each group of events that agree with its lead, sorted by id.

    Every event is in exactly one. `reports` counts stories, `copies` the further articles of these stories, and
    `independent_reports` the stories that no copy edge and no shared source (a news agency that both cite) connects.
    `rulings` are followed in their order after that, whatever the events agree on."""
    story_of = {story.story_id: story for story in stories}
    near = _connected(stories, copies)
    ordered = sorted({event.event_id: event for event in events}.values(), key=_rank)
    # A family after the other, so that the details of one at a time are held; but a person may have merged across them.
    parts = [ordered] if rulings else _families(ordered)
    found = (_happening(group, story_of, near) for part in parts for group in _ruled(_group(part), rulings))
    return tuple(sorted(found, key=lambda h: h.happening_id))


def _rank(event: Event) -> tuple[int, str, str]:
    return (_PRECISE.get(event.date_precision, 4), event.date_from or "9999", event.event_id)


def _families(ordered: Sequence[Event]) -> list[list[Event]]:
    """The events by the family of types within which they may agree, each in their order."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in ordered:
        found[family(event)].append(event)
    return list(found.values())


_Group = list[tuple[_Told, Agreement | None]]


def _group(ordered: Sequence[Event]) -> list[_Group]:
    """Stars round leads."""
    leads = Leads()
    groups: list[_Group] = []
    for event in ordered:
        told = _Told(event, Details(event))
        for number in leads.near(event, told.details):
            lead = groups[number][0][0]
            agreed = agree(lead.event, lead.details, told.event, told.details)
            if agreed is not None:
                groups[number].append((told, agreed))
                break
        else:
            leads.add(len(groups), event, told.details)
            groups.append([(told, None)])
    return groups


def _ruled(groups: list[_Group], rulings: Sequence[Ruling]) -> list[_Group]:
    """The groups as people have them; the mark of a ruling is an agreement whose reason is its verdict."""
    for verdict, event_ids in rulings:
        named = set(event_ids)
        touched = [group for group in groups if any(told.event.event_id in named for told, _ in group)]
        if not touched or (verdict in _TOGETHER and len(touched) < 2):
            continue
        every = sorted((pair for group in touched for pair in group), key=lambda pair: _rank(pair[0].event))
        apart = [[(t, a) for t, a in every if verdict in _TOGETHER or t.event.event_id in named]]
        if verdict not in _TOGETHER:
            apart += [[(t, a) for t, a in group if t.event.event_id not in named] for group in touched]
        old = {id(group) for group in touched}
        groups = [group for group in groups if id(group) not in old]
        groups += [_led(part, _SAID[verdict]) for part in apart if part]
    return groups


_SAID = {
    "merge": "merged by a person",
    "split": "split by a person",
    "keep": "stood together before the text was taken down",
    "part": "its text was taken down",
}
_TOGETHER = frozenset({"merge", "keep"})


def _led(group: _Group, why: str) -> _Group:
    """The group with its first event as the lead, which carries the person's reason."""
    (lead, agreed), *others = group
    kept = [reason for reason in (agreed.why if agreed is not None else ()) if reason not in _SAID.values()]
    said = [(told, a or Agreement((why,), False)) for told, a in others]
    return [(lead, Agreement((*kept, why), False)), *said]


def _happening(group: _Group, story_of: dict[str, Story], near: dict[str, set[str]]) -> Happening:
    events = [told.event for told, _ in group]
    lead = events[0]
    stories = sorted({event.story_id for event in events})
    parties = {p.code for event in events for p in (*event.sources, *event.targets) if p.code}
    dated = [event for event in events if event.date_precision == lead.date_precision]
    why = tuple(dict.fromkeys(reason for _, agreed in group if agreed is not None for reason in agreed.why))
    return Happening(
        happening_id=content_id("happening", lead.event_id),
        event_ids=tuple(sorted(event.event_id for event in events)),
        type=lead.type,
        parties=tuple(sorted(parties)),
        date_from=min((e.date_from for e in dated if e.date_from), default=None),
        date_to=max((e.date_to for e in dated if e.date_to), default=None),
        reports=len(stories),
        copies=sum(len(story_of[s].article_ids) - 1 for s in stories if s in story_of),
        independent_reports=_independent(events, near),
        differences=_differences(group),
        why=why,
        reviewed=next((verdict for said, verdict in _MARKS.items() if said in why), ""),
    )


_MARKS = {_SAID["merge"]: "merged", _SAID["split"]: "split"}


def _connected(stories: Iterable[Story], copies: Iterable[Copy]) -> dict[str, set[str]]:
    """The stories that a copy edge connects, by story id."""
    home = {article_id: story.story_id for story in stories for article_id in story.article_ids}
    near: defaultdict[str, set[str]] = defaultdict(set)
    for copy in copies:
        a, b = home.get(copy.article_id), home.get(copy.of_article_id)
        if a is not None and b is not None and a != b:
            near[a].add(b)
            near[b].add(a)
    return dict(near)


def _independent(events: Sequence[Event], near: dict[str, set[str]]) -> int:
    """The number of groups of stories that nothing connects: no copied passage, no medium that both cite."""
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for event in events:
        cited[event.story_id] |= {v.name.casefold() for v in event.voices if v.kind == "media" and v.name}
    left = sorted(cited)
    count = 0
    while left:
        count += 1
        reached = [left.pop(0)]
        while reached:
            story = reached.pop()
            linked = [s for s in left if s in near.get(story, ()) or cited[s] & cited[story]]
            left = [s for s in left if s not in linked]
            reached += linked
    return count


def _differences(group: _Group) -> tuple[str, ...]:
    """What the reports disagree on, each as "what: one (story) | other (story)". Nothing is averaged."""
    told = [item for item, _ in group]
    lead = told[0].details
    found = []
    if lead.days and any(d.details.days and not _overlap(lead.days, d.details.days) for d in told):
        found.append(_versus("date", [(_iso(t.event), t.event) for t in told if t.details.days]))
    if any(
        t.details.numbers and not t.details.numbers & u.details.numbers for t in told for u in told if u.details.numbers
    ):
        found.append(
            _versus("numbers", [(", ".join(sorted(t.details.numbers)), t.event) for t in told if t.details.numbers])
        )
    if any(agreed is not None and agreed.swapped for _, agreed in group):
        found.append(_versus("who acted", [(_sides(t.event.sources), t.event) for t in told]))
    for what in ("status", "type"):
        if len({getattr(t.event, what) for t in told}) > 1:
            found.append(_versus(what, [(getattr(t.event, what), t.event) for t in told]))
    return tuple(found)


def _versus(what: str, said: list[tuple[str, Event]]) -> str:
    by_value: dict[str, list[str]] = {}
    for value, event in said:
        by_value.setdefault(value, []).append(event.story_id)
    parts = [f"{value} ({', '.join(sorted(set(stories)))})" for value, stories in sorted(by_value.items())]
    return f"{what}: {' | '.join(parts)}"


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return max(a[0], b[0]) <= min(a[1], b[1])


def _iso(event: Event) -> str:
    first, last = event.date_from or "?", event.date_to or event.date_from or "?"
    if event.date_precision in ("month", "year"):
        return first[:7] if event.date_precision == "month" else first[:4]
    return first if first == last else f"{first}/{last}"


def _sides(parties: Iterable[Party]) -> str:
    return ", ".join(p.code or p.name or p.words for p in parties)
