"""Pronouns, possessives and groups as actors: "he", "its decision", "both countries", "the two leaders", "the latter", "the alliance"."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from visavis.code.drafts import Draft
from visavis.code.nominals import Segment
from visavis.code.references import Known, Memory
from visavis.code.tree import Doc, Token, remembered
from visavis.lexicon import Lexicon

_HE = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f", "himself": "m", "herself": "f"}
_IT = frozenset("it its itself".split())
_THEY = frozenset("they them their theirs themselves".split())
_WE = frozenset("we us our i me my ours".split())
_STATES = frozenset("country countries nation nations state states neighbor neighbors neighbour neighbours capital capitals power powers side sides"
                    " party parties partner partners ally allies government governments republic republics".split())  # fmt: skip
_PEOPLE = frozenset("leader leaders president presidents minister ministers strongman strongmen man men official officials counterpart counterparts diplomat"
                    " diplomats premier premiers head heads politician politicians delegation delegations statesman statesmen foe foes rival rivals".split())  # fmt: skip
_PAIR_WORDS = frozenset(("both", "two"))
_CALLED_STATE = frozenset("country nation kingdom island republic emirate sultanate state".split())
# Every word that may refer to somebody named before, beside the nouns of roles and of kinds of actors.
REFERRING = frozenset(("latter", "former", "pair", "duo")).union(_HE, _IT, _THEY, _WE, _PAIR_WORDS, _CALLED_STATE)
_SAY = frozenset(
    "say tell add warn declare state announce claim stress note write insist vow reply argue explain assert remark comment tweet emphasize point".split()
)
_EMPTY_IT = frozenset("seem appear mean imply follow happen turn remain rain matter".split())


def pronouns(doc: Doc) -> Iterator[Draft]:
    """A draft for each personal or possessive pronoun that can stand for somebody."""
    for token in doc:
        word = token.lower_
        if token.tag_ not in ("PRP", "PRP$") or (word in _IT and _is_empty(token)):
            continue
        if word in _HE or word in _IT or word in _THEY or word in _WE:
            yield Draft(token.i, token.i, token.i + 1, name=token.text, how="pronoun", kind="pronoun")
    for token in doc:
        if token.lower_ == "both" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
            yield Draft(token.i, token.i, token.i + 1, name=token.text, how="group", kind="group")
        if (
            token.lower_ in ("latter", "former")
            and token.i
            and doc[token.i - 1].lower_ == "the"
            and token.dep_ not in ("amod", "compound")
        ):
            yield Draft(token.i, token.i - 1, token.i + 1, name=token.text, how="group", kind="group")


def _is_empty(token: Token) -> bool:
    """Whether "it" stands for a clause or for nothing."""
    head = token.head
    if token.dep_ == "expl" or head.lemma in _EMPTY_IT:
        return True
    if token.dep_ in ("nsubj", "nsubjpass") and head.lemma == "be":
        return any(c.dep_ in ("acomp", "attr", "advmod", "oprd") for c in head.children)
    passive = token.dep_ == "nsubjpass" and any(c.dep_ in ("ccomp", "xcomp", "csubj") for c in head.children)
    return passive and head.lemma != "ask"


def group(doc: Doc, segment: Segment, lexicon: Lexicon) -> Draft | None:
    """The draft of a segment that refers to somebody named before: "both countries", "the two sides", "the bloc"; else None."""
    named = [m for _, _, m in segment.mentions if m.how != "attitude"]
    one = any(m.code in lexicon.actors.states and not (m.weak or m.others) for m in named)
    if one or (named and not _is_pair(doc, segment)):
        return None  # "two Russian diplomats" are new; "the two Balkan neighbours", "both Korean leaders" are not
    head = doc[segment.end - 1].lower_
    first = doc[segment.start].lower_
    if (head in _STATES or head in _PEOPLE) and _is_pair(doc, segment):
        return _draft(doc, segment, "group")
    if first == "the" and head in ("two", "pair", "duo") and segment.end - segment.start == 2:
        return _draft(doc, segment, "group")  # "the two signed"
    if (
        first in ("the", "both")
        and head in ("sides", "parties", "neighbors", "neighbours")
        and segment.end - segment.start == 2
    ):
        return _draft(doc, segment, "group")
    if (
        first in ("the", "this", "that")
        and segment.end - segment.start <= 3
        and (head in _CALLED_STATE or head in lexicon.actors.called)
    ):
        return _draft(doc, segment, "called")
    return None


def _is_pair(doc: Doc, segment: Segment) -> bool:
    head = doc[segment.end - 1]
    words = {t.lower_ for t in doc[segment.start : segment.end - 1]}
    return (
        bool(words & _PAIR_WORDS)
        and (head.tag_ == "NNS" or head.lower_.endswith(("s", "men")))
        and ("both" in words or doc[segment.start].tag_ in ("DT", "PDT", "PRP$", "CD"))
    )


def _draft(doc: Doc, segment: Segment, how: str) -> Draft:
    return Draft(
        segment.end - 1, segment.start, segment.end, name=doc[segment.start : segment.end].text, how=how, kind="group",
        role_words=doc[segment.end - 1].lower_, plural=doc[segment.end - 1].tag_ == "NNS", segment=segment,
    )  # fmt: skip


def resolve(draft: Draft, doc: Doc, memory: Memory, speaker: Known | None) -> tuple[Known, ...]:
    """Those whom a pronoun or group stands for; () when the article does not tell."""
    word = doc[draft.root].lower_
    if draft.kind == "pronoun":
        return _pronoun(word, memory, speaker)
    if word in ("latter", "former"):
        pair = memory.pair()
        one = memory.latter() if word == "latter" else (pair[0] if pair else None)
        return (one,) if one is not None else ()
    if draft.how == "called":
        called = memory.by_common_noun(word) or (memory.country() if word in _CALLED_STATE else None)
        return (called,) if called is not None else ()
    if word in _PEOPLE:
        return memory.pair(people=True)
    if word in ("two", "pair", "duo"):
        return memory.pair()
    return tuple(replace(k, kind="state", party=replace(k.party, sector="")) for k in memory.pair())


def _pronoun(word: str, memory: Memory, speaker: Known | None) -> tuple[Known, ...]:
    if word in _THEY:
        return memory.they()
    found = speaker if word in _WE else (memory.he(_HE[word]) if word in _HE else memory.it())
    return (found,) if found is not None else ()


@remembered
def speaker_root(doc: Doc) -> int | None:
    """The token of the one who says what the sentence quotes ("We will answer," Lavrov said); None when nobody does."""
    for token in doc:
        if token.lemma in _SAY and token.pos_ == "VERB":
            for child in token.children:
                if child.dep_ == "nsubj" and child.lower_ not in _WE:
                    return child.i
    return None
