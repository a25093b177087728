"""Which time is the event's: by clause, by attachment, by distance; else the date that the text carries, else publication."""

from __future__ import annotations

import msgspec
from spacy.tokens import Doc, Span, Token

from visavis.code.dates.calendar import iso_bounds
from visavis.code.dates.clock import Clock
from visavis.code.dates.find import find_times
from visavis.code.dates.forms import Shift, Tense, TimeExpression, When
from visavis.code.dates.resolve import resolve

_CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis", "acl", "csubj"})
_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_AHEAD = frozenset(
    [
        "plan",
        "agree",
        "promise",
        "vow",
        "pledge",
        "intend",
        "expect",
        "schedule",
        "set",
        "prepare",
        "want",
        "hope",
        "threaten",
        "decide",
        "offer",
        "seek",
        "aim",
        "wish",
    ]
)
_REPORT = frozenset(
    [
        "say",
        "tell",
        "report",
        "announce",
        "state",
        "add",
        "note",
        "claim",
        "declare",
        "confirm",
        "reveal",
        "write",
        "insist",
        "stress",
        "warn",
    ]
)
_OPEN = frozenset({"since", "until", "by", "before", "after", "between"})
_OFTEN = frozenset(
    "repeatedly always often consistently long traditionally usually frequently regularly constantly persistently".split()
)
_FAR = 9


def event_time(doc: Doc, trigger: int, clock: Clock, offset: int = 0) -> When:
    """When the event of the token at index `trigger` took place, or will.

    `doc` holds the event's sentence (or more) and begins at `offset` in the article that `clock` has read. Returns the time expression
    of the event's own clause, of the clauses round it, or (basis "relative") the day that the sentence before named; failing these
    publication (basis "published") for what is told as past or present, and an unknown When for what is told as future.
    """
    token = doc[trigger]
    tense = tense_of(token)
    ranked = sorted(_ranked(token, doc, find_times(doc.text)))
    for _, _, _, t in ranked:
        when = resolve(
            t, clock.published, clock.anchor(offset + t.start), tense if _same_tense(doc, t, token) else None
        )
        related = _related(when, t, clock) if _governor(_span(doc, t).root) != token or token.pos_ == "VERB" else when
        if related is not None and related.value is not None:
            return related
    if tense == "future":
        return When()
    carried = clock.carried(offset + token.sent.start_char) if _narrated(token) else None
    if carried is not None:
        return msgspec.structs.replace(carried, basis="relative")
    if _repeated(token):
        return When()
    p = clock.published
    if p.earliest is None or p.latest is None:
        return When()
    return When(date_from=p.earliest, date_to=p.latest, precision=p.precision, basis="published")


def tense_of(token: Token, depth: int = 6) -> Tense | None:
    """ "future" under will, shall, going to, or a verb that looks ahead ("plans to visit"); "past" for past forms; else None."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & _FUTURE_AUX:
        return "future"
    if verb.tag_ == "VBD" or auxiliaries & {"was", "were", "had", "did"}:
        return "past"
    if "to" in auxiliaries and verb.head != verb and depth:
        ahead = verb.head.lemma_ in _AHEAD or verb.head.lemma_ in ("be", "go", "due")
        return "future" if ahead or verb.dep_ == "relcl" else tense_of(verb.head, depth - 1)
    if verb.dep_ in ("conj", "xcomp", "advcl", "acl", "pcomp") and verb.head != verb and depth:
        return tense_of(verb.head, depth - 1)
    return None


def _narrated(token: Token) -> bool:
    """Whether the event, or who reports it, is told in the simple past: the sentence goes on from the one before."""
    verbs = [v for v in (token, *token.ancestors) if v.pos_ in ("VERB", "AUX")]
    return any(
        v.tag_ == "VBD" or any(c.lower_ in ("was", "were") for c in v.children if c.dep_ == "auxpass") for v in verbs
    )


def _repeated(token: Token) -> bool:
    """ "has repeatedly warned": no single day, so publication dates nothing."""
    return any(c.lower_ in _OFTEN for v in (token, *token.ancestors) for c in v.children if c.dep_ in ("advmod", "neg"))


def _same_tense(doc: Doc, t: TimeExpression, token: Token) -> bool:
    """The event's tense says nothing of a time that hangs on another noun ("will honour January's agreement")."""
    span = _span(doc, t)
    governor = _governor(span.root)
    return governor.pos_ in ("VERB", "AUX", "ADP") or governor == token


def _span(doc: Doc, t: TimeExpression) -> Span:
    found = doc.char_span(t.start, t.end, alignment_mode="expand")
    return found if found is not None else doc[0:1]


def _governor(token: Token) -> Token:
    """The word a time hangs on, through its preposition."""
    head = token.head
    while head.pos_ in ("ADP", "SCONJ", "NUM", "ADV") and head.head != head:
        head = head.head
    return head


def _clause(token: Token) -> Token:
    """The head of the clause that a word stands in; coordinated and controlled verbs keep their own."""
    while (
        token.head != token
        and token.dep_ not in _CLAUSE
        and not (token.dep_ in ("conj", "xcomp", "pcomp") and token.pos_ == "VERB")
    ):
        token = token.head
    return token


def _ranked(token: Token, doc: Doc, times: tuple[TimeExpression, ...]) -> list[tuple[int, int, int, TimeExpression]]:
    """(rank, distance, start, time) for each time of the sentence that may be the event's; lower is closer."""
    ranked = []
    chain = _outward(token)
    for t in times:
        span = _span(doc, t)
        if span.sent != token.sent:
            continue
        inside = span.start <= token.i < span.end
        if inside and isinstance(t.form, Shift):
            continue
        rank = _rank(token, span, chain)
        if t.inner and not _covered_with(token, t, times):
            rank = _FAR
        if rank < _FAR:
            distance = min(abs(span.start - token.i), abs(span.end - 1 - token.i))
            ranked.append((rank + 4 * (t.relation in _OPEN and rank > 0), distance, t.start, t))
    return ranked


def _covered_with(token: Token, t: TimeExpression, times: tuple[TimeExpression, ...]) -> bool:
    """An inner time belongs to the noun that shares its outer expression ("the November ceasefire")."""
    outer = next((o for o in times if not o.inner and o.start <= t.start and t.end <= o.end), None)
    return outer is not None and outer.start <= token.idx < outer.end


def _rank(token: Token, span: Span, chain: dict[int, int]) -> int:
    """0 on the trigger itself, 1 in its clause, 2 and more in the clauses round it, far elsewhere."""
    governor = _governor(span.root)
    if governor == token or (token.is_ancestor(span.root) and token.pos_ == "NOUN"):
        return 0
    clause = _clause(governor) if governor.pos_ != "VERB" else governor
    while clause.i not in chain and clause.tag_ in ("VB", "VBG") and clause.head != clause:
        clause = _clause(clause.head)  # "issued an order to secure membership in August": parsers hang the date too low
    if clause.i in chain:
        return 1 + chain[clause.i]
    if token.dep_ == "relcl" and token.head.is_ancestor(span.root):
        return 2
    if any(
        a.dep_ == "relcl" and a.head.is_ancestor(span.root) and not a.is_ancestor(span.root)
        for a in (token, *token.ancestors)
    ):
        return 3
    return _FAR


def _outward(token: Token) -> dict[int, int]:
    """Clause heads from the trigger outward with their distance; a reporting clause counts double."""
    chain: dict[int, int] = {}
    clause, distance = _clause(token), 0
    while True:
        chain[clause.i] = distance
        if clause.head == clause or clause.dep_ == "relcl":
            return chain
        inner, clause = clause, _clause(clause.head)
        distance += 2 if clause.lemma_ in _REPORT and inner.dep_ == "ccomp" else 1
        if inner.dep_ in ("conj", "advcl") and clause.i in chain:
            return chain


def _related(when: When, t: TimeExpression, clock: Clock) -> When | None:
    """ "since 1992" runs to publication, "by 2030" from it, "after May 9" from then to publication; None when nothing is known."""
    if when.date_from is None or when.date_to is None:
        return None
    published = clock.published.latest
    first, last = when.date_from, when.date_to
    if t.relation == "since" or (t.relation == "after" and published is not None):
        start = last if t.relation == "after" else first
        return _interval(start, published if published is not None and published >= start else None, when)
    if t.relation in ("by", "until") and published is not None and last >= published:
        return _interval(clock.published.earliest, last, when)
    if t.relation in ("by", "until", "before"):
        return _interval(None, last, when)
    return when


def _interval(first: str | None, last: str | None, when: When) -> When:
    if first is not None and last is not None:
        exact = iso_bounds(first, last)
        precision = "day" if exact.first == exact.last else "interval"
        return When(date_from=first, date_to=last, precision=precision, basis=when.basis, words=when.words)  # type: ignore[arg-type]
    return When(date_from=first, date_to=last, precision="interval", basis=when.basis, words=when.words)
