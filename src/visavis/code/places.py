"""Where an event took place: the locative phrase of its clause, else the place of the dateline. Where, not who."""

from __future__ import annotations

from visavis.code.actors import Actor
from visavis.code.sentences import DATELINE
from visavis.code.tree import Doc, Token

_WHERE = frozenset(["in", "at", "near", "outside", "inside", "off", "along", "around", "across"])
_ARRIVALS = frozenset(
    ["arrive", "land", "meet", "sign", "hold", "host", "gather", "convene", "open", "fly", "travel", "visit"]
)
_GATHERINGS = frozenset(
    [
        "talk",
        "meeting",
        "summit",
        "conference",
        "session",
        "ceremony",
        "visit",
        "signing",
        "round",
        "exercise",
        "drill",
        "attack",
        "strike",
        "protest",
        "rally",
        "negotiation",
    ]
)
_NOT_PLACES = frozenset(["breaking", "update", "exclusive", "analysis", "opinion"])


def event_place(doc: Doc, trigger: int, actors: tuple[Actor, ...] = (), dateline: str = "") -> str:
    """The name of the place where the event of the token at `trigger` happened, as the text gives it; "" when it does not say.

    A place that stands for a government ("talks with Moscow") is an actor and never comes back. `dateline` is what the article opens with
    (see `dateline_place`): it stands in for a clause that names no place, when the event is a gathering.
    """
    token = doc[trigger]
    taken = {i for a in actors for i in range(a.start, a.end) if not _is_locative(doc[a.root])}
    for anchor in _anchors(token):
        for prep in sorted((c for c in anchor.children if c.dep_ == "prep"), key=lambda c: abs(c.i - token.i)):
            if prep.lower_ not in _WHERE:
                continue
            found = next((p for p in prep.children if p.dep_ == "pobj" and _names_place(p) and p.i not in taken), None)
            if found is not None:
                return _name(found)
    return dateline if token.lemma in _GATHERINGS | _ARRIVALS else ""


def dateline_place(text: str) -> str:
    """The place of a dateline ("GENEVA, March 3 (Agency) - ...") as written in title case; "" when the text opens otherwise."""
    match = DATELINE.match(text)
    if match is None or match["place"].strip().lower() in _NOT_PLACES:
        return ""
    return match["place"].strip().title()


def _anchors(token: Token) -> list[Token]:
    """The trigger, its objects, and the verb that a nominal trigger hangs on: nearest first."""
    found = [token, *(c for c in token.children if c.dep_ in ("dobj", "obj", "attr", "nsubjpass"))]
    head = token
    while head.pos_ not in ("VERB", "AUX") and head.head != head:
        head = head.head
        found.append(head)
    return [
        *found,
        *(
            p
            for c in token.children
            if c.dep_ == "prep"
            for p in c.children
            if p.dep_ == "pobj" and p.lemma in _GATHERINGS
        ),
    ]


def _is_locative(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ in _WHERE


def _names_place(token: Token) -> bool:
    """A proper name that is no person, month or gathering."""
    return token.pos_ == "PROPN" and not _is_time(token)


_TIMES = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)


def _is_time(token: Token) -> bool:
    return token.lower_ in _TIMES


def _name(token: Token) -> str:
    """The place's name: its compounds, and the larger place set beside it."""
    first = min((c.i for c in token.children if c.dep_ in ("compound", "amod") and c.pos_ == "PROPN"), default=token.i)
    return token.doc[first : token.i + 1].text
