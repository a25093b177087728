"""Which time is the event's: by clause, by attachment, by distance; else the date that the text carries, else publication."""

from __future__ import annotations

from visavis.code.dates.clock import Clock
from visavis.code.dates.find import find_times
from visavis.code.dates.forms import Shift, Tense, TimeExpression, When
from visavis.code.dates.resolve import resolve
from visavis.code.tree import Doc, Span, Token

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
_NAMING = frozenset({"poss", "compound", "nmod", "amod", "nummod"})
_FAR = 9


def event_time(doc: Doc, trigger: int, clock: Clock, offset: int = 0) -> When:
    """When the event of the token at index `trigger` took place, or will.

    `doc` holds the event's sentence (or more) and begins at `offset` in the article that `clock` has read. Returns the time expression
    of the event's own clause or of the clauses round it (never the day on which it was reported); failing these
    publication (basis "published") for what is told as past or present, and an unknown When for what is told as future.
    """
    token = doc[trigger]
    tense = tense_of(token)
    ranked = sorted(_ranked(token, doc, find_times(doc.text)))
    for _, _, _, t in ranked:
        when = resolve(
            t,
            clock.published,
            clock.anchor(offset + t.start),
            _direction(token, tense, t) if _same_tense(doc, t, token) else None,
        )
        related = _related(when, t) if _governor(_span(doc, t).root) != token or token.pos_ == "VERB" else when
        if related is None or related.value is None or (_is_told_done(token, tense) and _is_ahead(related, clock)):
            continue  # "extended the treaty until 2031" was done before it was reported
        return related
    if tense == "future":
        return When()
    if _repeated(token):
        return When()
    p = clock.published
    if p.earliest is None or p.latest is None:
        return When()
    return When(date_from=p.earliest, date_to=p.latest, precision=p.precision, basis="published")


def _is_told_done(token: Token, tense: Tense | None) -> bool:
    perfect = any(c.dep_ == "aux" and c.lower_ in ("has", "have", "having") for c in token.children)
    return tense == "past" or (perfect and tense != "future")


def _is_ahead(when: When, clock: Clock) -> bool:
    """Whether a time begins after the last day on which the article can have appeared."""
    latest = clock.published.latest
    return latest is not None and when.date_from is not None and when.date_from > latest


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
        ahead = verb.head.lemma in _AHEAD or verb.head.lemma in ("be", "go", "due")
        return "future" if ahead or verb.dep_ == "relcl" else tense_of(verb.head, depth - 1)
    if verb.dep_ in ("conj", "xcomp", "advcl", "acl", "pcomp") and verb.head != verb and depth:
        return tense_of(verb.head, depth - 1)
    return None


_PROSPECT = frozenset("would could might may should must".split())


def _direction(token: Token, tense: Tense | None, t: TimeExpression) -> Tense | None:
    """Where a date without a year lies: ahead for the scheduled present ("the pilots walk out on Tuesday") and for what may come."""
    if t.relation in ("since", "by", "until"):
        return "past" if t.relation == "since" else "future"
    if tense is not None:
        return tense
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if auxiliaries & {"has", "have", "'ve", "’ve"}:
        return None
    ahead = (
        verb.tag_ in ("VBZ", "VBP") or auxiliaries & _PROSPECT or (verb.lemma in _AHEAD and auxiliaries & {"is", "are"})
    )
    return "future" if ahead else None


def _repeated(token: Token) -> bool:
    """ "has repeatedly warned": no single day, so publication dates nothing."""
    return any(c.lower_ in _OFTEN for v in (token, *token.ancestors) for c in v.children if c.dep_ in ("advmod", "neg"))


def _same_tense(doc: Doc, t: TimeExpression, token: Token) -> bool:
    """The event's tense says nothing of a time that names another noun ("will honour January's agreement")."""
    root = _span(doc, t).root
    return root.dep_ not in _NAMING or root.head == token


def _span(doc: Doc, t: TimeExpression) -> Span:
    found = doc.char_span(t.start, t.end)
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
    if _names_object(span.root, governor):
        return _FAR
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


def _names_object(root: Token, governor: Token) -> bool:
    """ "condemned the attack of 26 May": the time tells which attack, not when it was condemned."""
    if governor.pos_ != "NOUN" or governor.dep_ not in ("dobj", "nsubj", "nsubjpass"):
        return False
    return root.dep_ in _NAMING or (root.dep_ == "pobj" and root.head.lower_ == "of")


def _outward(token: Token) -> dict[int, int]:
    """Clause heads from the trigger outward with their distance. What is reported has no date from when it was said, and a coordinated clause
    with a subject of its own none from its neighbour."""
    chain: dict[int, int] = {}
    clause, distance = _clause(token), 0
    while clause.i not in chain:
        chain[clause.i] = distance
        outer = clause.head
        if outer == clause or clause.dep_ == "relcl":
            break
        own_subject = any(c.dep_ in ("nsubj", "nsubjpass") for c in clause.children)
        reported = clause.dep_ in ("ccomp", "parataxis") and (outer.lemma in _REPORT or clause.dep_ == "parataxis")
        if reported or (clause.dep_ == "conj" and own_subject):
            break
        clause, distance = _clause(outer), distance + 1
    return chain


def _related(when: When, t: TimeExpression) -> When | None:
    """The time itself for on, in, during, since and by; None after "before" and "after", which date something else."""
    if when.date_from is None and when.date_to is None:
        return None
    return None if t.relation in ("before", "after") else when
