"""The factuality gate: did the act happen, will it, might it, was it denied, or does the sentence not assert it at all?

Statuses are PLOVER's auxiliary modes. The gate climbs from the act to the root of the sentence and reads each governor on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from visavis.code.acts import Act
from visavis.code.grammar import auxiliaries, is_negated, subjects
from visavis.code.tree import Token
from visavis.records import Status

_MAY = frozenset({"may", "might", "could", "can", "would", "'d"})
_WILL = frozenset({"will", "shall", "'ll", "wo", "’ll"})
_MUST = frozenset({"must", "should", "ought", "need"})
_IF = frozenset({"if", "unless", "whether", "provided", "lest", "should", "were", "had"})
_PURPOSE = frozenset({"so", "order"})
_DENY = frozenset({"deny", "refute", "rebut", "disclaim", "dismiss", "reject"})
_MUSE = frozenset(
    "consider mull weigh contemplate study ponder debate envisage discuss explore propose suggest".split()
)
_WISH = frozenset("want wish hope like prefer need deserve able unable fear dream imagine suppose believe think expect seem tend fail aim seek"
                  " refuse decline avoid hesitate afford serve intend plan worry doubt wonder ask urge call argue".split())  # fmt: skip
_FACT = frozenset("begin start continue resume keep proceed decide manage help come go end stop finish vote move happen dare rush get use order"
                  " announce report say confirm see force lead cause compel prompt appear choose opt elect join bring".split())  # fmt: skip
_ATTEMPT = frozenset({"try", "attempt"})  # an attempted attack is an attack
_MATERIAL = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})
_SCHEDULED = frozenset(
    {"due", "scheduled", "set", "expected", "slated", "bound", "about", "going", "planned", "supposed"}
)
_SCHEDULE_VERBS = frozenset({"expect", "schedule", "slate", "plan", "set", "due", "go", "prepare"})
_UPCOMING = frozenset(
    {"upcoming", "planned", "forthcoming", "next", "scheduled", "coming", "future", "impending", "pending", "proposed"}
)
_UNREAL = frozenset("possible potential hypothetical eventual likely further future any alleged possibility prospect risk threat option idea danger chance fear need"
                    " absence lack case event hope desire expectation likelihood spectre plan proposal call appeal demand question possibility way readiness"
                    " willingness ability right capacity pressure opportunity attempt effort".split())  # fmt: skip
_REAL_NOUNS = frozenset("decision move vote order step announcement agreement deal action act".split())
_ASSERTING_PREPOSITIONS = frozenset(
    {
        "after",
        "by",
        "in",
        "following",
        "before",
        "upon",
        "on",
        "despite",
        "since",
        "with",
        "while",
        "through",
        "besides",
    }
)


def climb(token: Token) -> Iterator[tuple[Token, Token]]:
    """(child, governor) pairs from the token up to the root."""
    while token.head.i != token.i:
        yield token, token.head
        token = token.head


def status_of(act: Act) -> Status | None:
    """The status that the sentence gives the act; None when the sentence does not assert it. "historical" is for the date to say."""
    head = act.head
    if head.doc.text.rstrip(" ”\"'’").endswith("?"):
        return None
    own = _own_status(act)
    if own in (None, "hypothetical", "denied"):
        return own
    return _governed(head, own)


def _own_status(act: Act) -> Status | None:
    head = act.head
    if head.pos_ not in ("VERB", "AUX", "NOUN", "PROPN") and head.head.pos_ in ("VERB", "AUX"):
        head = head.head  # an adjective is as its copula is
    if head.pos_ not in ("VERB", "AUX"):
        return _noun_status(act)
    if any(c.lower_ == "no" and c.dep_ == "det" for w in act.words for c in w.children):
        return "denied"
    if act.rule.startswith("not to +"):
        return _infinitive(act)
    if "will not" in act.rule or act.frame == "must":
        return "happened"
    aux = auxiliaries(head)
    if act.rule.startswith("will +"):
        return "future" if not (aux & {"would", "'d"}) else _would(head, act)
    if head.tag_ == "VB" and head.dep_ in ("ROOT", "conj") and not aux and not subjects(head):
        return None  # an imperative
    if is_negated(head):
        habit = head.tag_ in ("VBZ", "VBP") or (not aux - {"do", "does"} and bool(aux))
        return None if aux & (_MAY | _MUST) or habit else "denied"
    if aux & _MUST:
        return None
    if aux & _MAY:
        return "happened" if act.type in ("THREATEN", "REJECT") and "could" in aux else "hypothetical"
    if aux & _WILL:
        return "future"
    if any(c.lower_ in ("to",) and c.dep_ == "aux" for c in head.children):
        return _infinitive(act)
    return "happened"


def _would(head: Token, act: Act) -> Status:
    """ "said it would give" is a promise made; any other "would" is supposed."""
    return "happened" if head.dep_ in ("ccomp", "acl", "pcomp") and act.content is not None else "hypothetical"


def _infinitive(act: Act) -> Status | None:
    head = act.head
    governor = head.head
    if head.dep_ in ("xcomp", "ccomp", "acomp"):
        word = governor.lemma
        if governor.lower_ in _SCHEDULED or (word in _SCHEDULE_VERBS and governor.tag_ in ("VBN", "VBG", "JJ")):
            return "future"
        if word == "be" or governor.lower_ in ("is", "are"):
            return "future"
        if word in _FACT or (word in _ATTEMPT and act.type in _MATERIAL):
            return "happened"
        return "denied" if word == "fail" else None
    if head.dep_ == "acl" and governor.lemma in _REAL_NOUNS:
        return "happened"
    if head.dep_ == "ROOT" or head.dep_ == "relcl":
        return "future" if any(c.lower_ in ("is", "are", "was", "were") for c in head.children) else None
    return None


def _noun_status(act: Act) -> Status | None:
    words = {c.lower_ for c in act.head.children} | {c.lower_ for c in act.core.children}
    if words & {"no", "neither"}:
        return None
    if words & _UPCOMING:
        return "future"
    if words & _UNREAL:
        return None
    return "happened"


def _governed(token: Token, status: Status) -> Status | None:
    """The status after all that stands above the token."""
    for child, governor in climb(token):
        marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
        if child.dep_ == "advcl":
            if marks & {"if", "unless", "whether", "lest"}:
                return "hypothetical"
            if "to" in {c.lower_ for c in child.children if c.dep_ == "aux"} and child.i != token.i:
                return None
        if child.dep_ in ("ccomp", "csubj") and "whether" in marks | {c.lower_ for c in child.children}:
            return None
        verdict = _under(child, governor)
        if verdict is not None:
            return None if verdict == "none" else cast(Status, verdict)
    return status


def _under(child: Token, governor: Token) -> Status | str | None:
    word = governor.lemma
    aux = auxiliaries(governor) if governor.pos_ in ("VERB", "AUX") else frozenset()
    if child.dep_ in ("ccomp", "dobj", "xcomp", "pobj", "prep", "acl", "nsubj", "nsubjpass", "pcomp", "relcl", "attr"):
        if word in _DENY and child.dep_ in ("ccomp", "xcomp", "dobj", "acl"):
            return "denied"
        if word in _MUSE and child.dep_ in ("xcomp", "dobj", "ccomp") and governor.pos_ == "VERB":
            return "hypothetical"
        scheduled = word in _SCHEDULE_VERBS and governor.tag_ == "VBN"  # "is expected to visit"
        if word in _WISH and not scheduled and child.dep_ in ("xcomp", "ccomp") and governor.pos_ in ("VERB", "ADJ"):
            return "none"
        if governor.pos_ in ("NOUN", "PROPN") and word in _UNREAL and child.dep_ in ("prep", "acl"):
            return "none"
    if child.dep_ == "pcomp" and governor.lower_ not in _ASSERTING_PREPOSITIONS:
        return "none"
    if child.dep_ in (
        "dobj",
        "pobj",
        "prep",
        "nsubj",
        "nsubjpass",
        "xcomp",
        "ccomp",
        "attr",
        "pcomp",
    ) and governor.pos_ in ("VERB", "AUX"):
        if is_negated(governor) and child.dep_ in ("dobj", "prep", "attr", "nsubjpass", "xcomp"):
            return "denied" if child.dep_ == "dobj" else "none"
        if aux & _MAY and child.dep_ not in ("ccomp",):
            return "hypothetical"
    return None


def generic(act: Act) -> bool:
    """True for a habit or rule in the simple present ("states expel diplomats in a crisis"), headlines apart."""
    head = act.head
    if head.pos_ not in ("VERB", "AUX") or head.tag_ not in ("VBZ", "VBP") or auxiliaries(head):
        return False
    headline = not head.doc.text.rstrip().endswith((".", "!", "”", '"', "’"))
    return not headline and act.type in (
        "AID",
        "COOPERATE",
        "CONSULT",
        "MOBILIZE",
        "COERCE",
        "ASSAULT",
        "SANCTION",
        "RETREAT",
        "PROTEST",
        "CONCEDE",
        "AGREE",
    )
