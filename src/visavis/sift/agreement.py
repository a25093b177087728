"""Whether two events report one happening: conservatively, and with the reason stated.

Type family, status and parties must agree and nothing may stand against it; then the dates say how many shared details are
asked for. A shared day asks for little, a shared month for more, an unknown date for most; unless the reports are of one
article, or name the same day of an unknown year. A war between two states is one happening, however its reports are dated.
"""

from __future__ import annotations

from typing import NamedTuple

from visavis.records import Event

from .details import Details

_FAMILIES = {"AGREE": "AGREE", "COOPERATE": "AGREE", "COERCE": "COERCE", "SANCTION": "COERCE"}
RECIPROCAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
CONFLICT = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"})
_PHYSICAL = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "AID"})
_FOUNDING = ("propo", "launc", "signe", "signi", "unvei", "found", "adopt", "annou", "estab", "inaug", "conce")
_PLANNED = frozenset({"future", "hypothetical"})
# Longer intervals than a week are coarse; reports dated by their own day may be off by some days.
_FINE_DAYS, SLACK_DAYS = 8, 3
# An undertaking with a name of its own is founded once: reports may date it so far apart (days) and still mean it.
_FOUNDED_ONCE_DAYS = 120
# How many details must be shared: on a known day, within a coarse interval, without a date. Set by judgement, before the pairs
# that measure them (tests/sift/happening_pairs.jsonl) were run.
_NEEDED = {"day": 2, "told": 2, "near": 3, "year": 3, "coarse": 4, "unknown": 5}
# Names and topics recur in undated reports of other days: so many of them count. One article seldom tells of two such events.
_NAMES_OF_UNDATED, _SAME_ARTICLE = 2, 2
# Two dates of one war, at most so many days apart: when it began, and when it was told.
_ONE_WAR_DAYS = 1100


class Agreement(NamedTuple):
    """Why two events are taken for reports of one happening; `swapped` when they disagree on who acted on whom."""

    why: tuple[str, ...]
    swapped: bool = False


def agree(a: Event, da: Details, b: Event, db: Details) -> Agreement | None:
    """The agreement of two events, None when they are not known to report one happening. Symmetric."""
    if family(a) != family(b) or (a.status in _PLANNED) != (b.status in _PLANNED):
        return None
    if (a.article_id, a.start) == (b.article_id, b.start):
        return None  # two acts of one sentence
    parties = _parties(a, da, b, db)
    if parties is None or _contradict(a, da, b, db):
        return None
    when = _when(a, da, b, db)
    shared = _shared(a, da, b, db, when)
    if parties != "swapped" and _one_war(a, da, b, db):
        return Agreement((f"both speak of one war, with {parties} parties", _WHEN[when], *(text for text, _ in shared)))
    if when in ("apart", "unknown") and (once := _founded_once(a, da, b, db, shared, when)) is not None:
        return once
    same_article = a.article_id == b.article_id
    if same_article and when == "unknown" and da.relative & db.relative:
        when = "told"
    if when == "apart" or (when == "unknown" and not same_article and not _specific(a, da, b, db)):
        return None
    needed = _NEEDED[when] + (0 if parties == "the same" else 1) - (1 if _meeting(a, b) else 0)
    needed -= _SAME_ARTICLE if same_article and when == "unknown" and (da.acts & db.acts or _meeting(a, b)) else 0
    weight = sum(count for _, count in shared)
    if weight < needed or (da.numbers and db.numbers and not da.numbers & db.numbers and weight < needed + 1):
        return None
    reasons = (f"{a.type} with {parties} parties", _WHEN[when], *(text for text, _ in shared))
    return Agreement(reasons, parties == "swapped")


def _specific(a: Event, da: Details, b: Event, db: Details) -> bool:
    """Whether undated reports share what other days do not have: a number, a place, a name."""
    return bool(da.numbers & db.numbers or da.names & db.names or (a.place and b.place))


def _one_war(a: Event, da: Details, b: Event, db: Details) -> bool:
    if not (da.war and db.war and a.type == b.type == "ASSAULT" and da.targets and da.targets == db.targets):
        return False
    if (a.status == "historical") != (b.status == "historical"):
        return False
    return da.days is None or db.days is None or abs(da.days[0] - db.days[0]) <= _ONE_WAR_DAYS


_WHEN = {
    "day": "dates overlap within a week",
    "near": "dated by publication, within three days",
    "coarse": "dates overlap, known to the month or year",
    "told": "one article, both by the same word for the day",
    "year": "both name the same day of a year that is not known",
    "apart": "dated apart",
    "unknown": "a date is not known",
}


def family(event: Event) -> str:
    """The type family within which two events may be one happening."""
    return _FAMILIES.get(event.type, event.type)


def _meeting(a: Event, b: Event) -> bool:
    """The heads or ministers of two states seldom meet twice on a day: the day says most of it."""
    return a.type == b.type == "CONSULT"


def _parties(a: Event, da: Details, b: Event, db: Details) -> str | None:
    """ "the same", "swapped" or "fewer named" parties, None when they differ."""
    if a.type in RECIPROCAL and b.type in RECIPROCAL:
        left, right = da.sources | da.targets, db.sources | db.targets
        if left == right:
            return "the same"
        known = len(left & right) >= 2 and (left <= right or right <= left)
        return "fewer named" if known else None
    if not da.sources or not db.sources:
        return None
    if da.sources == db.sources:
        if da.targets == db.targets:
            return "the same"
        return "fewer named" if not da.targets or not db.targets or _nested(da.targets, db.targets) else None
    if a.type in CONFLICT and da.sources == db.targets and da.targets == db.sources:
        return "swapped"
    return None


def _nested(left: frozenset[str], right: frozenset[str]) -> bool:
    return left < right or right < left


def _contradict(a: Event, da: Details, b: Event, db: Details) -> bool:
    if a.mode and b.mode and a.mode != b.mode:
        return True
    place_a, place_b = a.place.casefold(), b.place.casefold()
    if place_a and place_b and place_a not in place_b and place_b not in place_a:
        return True
    if da.levels and db.levels and not da.levels & db.levels:
        return True
    if any(code in db.people and not people & db.people[code] for code, people in da.people.items()):
        return True
    if da.ordinals and db.ordinals and not da.ordinals & db.ordinals:
        return True
    elsewhere = bool(da.names and db.names) and not da.names & db.names
    return a.type in _PHYSICAL and elsewhere


def _shared(a: Event, da: Details, b: Event, db: Details, when: str) -> list[tuple[str, int]]:
    """The details that both hold, as (reason, weight)."""
    found: list[tuple[str, int]] = []
    if a.place and b.place:
        found.append((f"same place: {min(a.place, b.place)}", 2))
    if a.mode and a.mode == b.mode:
        found.append((f"same mode: {a.mode}", 1))
    if a.cameo and b.cameo and a.cameo[:3] == b.cameo[:3]:
        # A mode and a code say one thing twice.
        found.append((f"same CAMEO code: {a.cameo[:3]}", 0 if a.mode and a.mode == b.mode else 1))
    if da.numbers & db.numbers:
        found.append((f"same numbers: {', '.join(sorted(da.numbers & db.numbers))}", 1))
    if da.names & db.names:
        count = len(da.names & db.names)
        most = _NAMES_OF_UNDATED if when == "unknown" and a.article_id != b.article_id else count
        found.append((f"same names: {', '.join(sorted(da.names & db.names))}", min(count, most)))
    stems = (da.stems & db.stems) - {name[:5] for name in da.names & db.names}
    if found:
        stems -= da.acts & db.acts  # the words by which both have their type
    if stems:
        found.append((f"same words: {', '.join(sorted(stems))}", len(stems)))
    return found


def _when(a: Event, da: Details, b: Event, db: Details) -> str:
    if da.days is None or db.days is None:
        if da.calendar & db.calendar:
            return "year"
        return "apart" if len(da.calendar) == len(db.calendar) == 1 else "unknown"
    apart = max(da.days[0], db.days[0]) - min(da.days[1], db.days[1])
    published = "published" in (a.date_basis, b.date_basis)
    if apart > 0:
        return "near" if published and apart <= SLACK_DAYS else "apart"
    longest = max(da.days[1] - da.days[0], db.days[1] - db.days[0])
    return "day" if longest < _FINE_DAYS else "coarse"


def _founded_once(
    a: Event, da: Details, b: Event, db: Details, shared: list[tuple[str, int]], when: str
) -> Agreement | None:
    """A treaty or an initiative with a name of its own, founded in both reports, though they date it apart or not at all."""
    dated = da.days is not None and db.days is not None
    if da.days is not None and db.days is not None:
        apart = max(da.days[0], db.days[0]) - min(da.days[1], db.days[1])
        if apart > _FOUNDED_ONCE_DAYS:
            return None
    names = da.long_names & db.long_names
    founding = all(any(stem.startswith(_FOUNDING) for stem in d.stems) for d in (da, db))
    if not names or not founding or a.type in CONFLICT:
        return None
    how = "the reports date it apart" if dated else _WHEN[when]
    return Agreement((f"both found the {sorted(names)[0]}", how, *(text for text, _ in shared)))
