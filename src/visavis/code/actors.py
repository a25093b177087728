"""Who can act in a sentence: noun phrases that name states, organisations, people and those who belong to them.

Words beat the lexicon: a nationality in the phrase decides the state. A phrase headed by somebody ("Russian diplomats") is one actor; when its
head is a thing or an act ("the Russian invasion"), the modifier is the actor. Names that nobody knows stay, with what grammar tells.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from visavis.code.anaphora import group, pronouns, resolve, speaker_root
from visavis.code.drafts import Draft
from visavis.code.mentions import Mention, find_mentions
from visavis.code.nominals import segments, token_spans
from visavis.code.readings import Reader
from visavis.code.references import Known, Memory
from visavis.code.tree import Doc, Token
from visavis.lexicon import Lexicon
from visavis.records import Party

_HOME_SECTORS = frozenset("GOV MIL COP LEG JUD OPP REB SPY".split())
_CLOSERS = frozenset((",", ".", ")", ";", "—", "–", ":"))


class Actor(Struct, frozen=True, kw_only=True, cache_hash=True):
    """One actor: `root` is the token through which grammar reaches it, `start`..`end` its phrase (token indices, end exclusive).

    Coordinated nationalities before one noun ("Turkish and Russian officials") are two actors with one root. `parties` has more than
    one member for groups ("both countries"). `kind`: state, organisation, body, person, people, name, pronoun, group.
    """

    root: int
    start: int
    end: int
    parties: tuple[Party, ...]
    kind: str = ""


class Place(Struct, frozen=True, kw_only=True):
    """Where something is: the mention's tokens, its state's code and the preposition before it ("" for a modifier)."""

    root: int
    start: int
    end: int
    code: str
    name: str
    preposition: str = ""


def find_actors(doc: Doc, offset: int, lexicon: Lexicon, memory: Memory, when: str | None = None) -> tuple[Actor, ...]:
    """The actors of one parsed sentence, in order of their first token; `memory` is read and updated.

    `offset` is where the sentence begins in the article, `when` an ISO prefix that chooses among terms of office.
    """
    memory.begin()
    drafts = _together(_merge_appositions(doc, _drafts(doc, lexicon, memory, when)), doc)
    speaker = speaker_root(doc)
    actors: list[Actor] = []
    noted: dict[int, int] = {}
    for draft, coordinated in drafts:
        known = _known(draft, doc, offset, memory, lexicon)
        if coordinated:
            known = tuple(
                replace(k, together=noted.setdefault(coordinated, memory.group() if coordinated not in noted else 0))
                for k in known
            )
        for one in known:
            memory.note(one)
        if known:
            parties = tuple(dict.fromkeys(k.party for k in known))
            actors.append(Actor(root=draft.root, start=draft.start, end=draft.end, parties=parties, kind=draft.kind))
            if draft.root == speaker:
                memory.speaker = known[0]
    return tuple(actors)


def _drafts(doc: Doc, lexicon: Lexicon, memory: Memory, when: str | None) -> list[Draft]:
    spans = token_spans(doc, find_mentions(doc.text, lexicon, when))
    found = segments(doc, spans, lexicon)
    reader = Reader(doc, found, spans, lexicon, memory)
    drafts = list(pronouns(doc))
    for place, segment in enumerate(found):
        reference = group(doc, segment, lexicon)
        if reference is not None:
            drafts.append(reference)
        else:
            drafts.extend(reader.read(place))
    covered = {i for d in drafts if d.kind == "person" or d.role_words for i in range(d.start, d.end)}
    kept = [d for d in drafts if d.kind != "pronoun" or d.start not in covered]
    return sorted(
        (d for d in kept if d.segment is not None or d.start not in reader.consumed), key=lambda d: (d.start, -d.end)
    )


# Appositions


def _merge_appositions(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """ "Wang Yi, China's foreign minister, ...": the name takes what the description tells, and one actor remains."""
    kept: list[Draft] = []
    for draft in drafts:
        last = next((d for d in reversed(kept) if d.kind != "pronoun"), None)
        if last is not None and _describes(doc, last, draft):
            name, role = (draft, last) if last.role_words else (last, draft)
            last.code, last.sector = name.code or role.code, (role.sector or name.sector)
            last.how = name.how if name.code else role.how
            last.name, last.office, last.kind, last.end = name.name, role.office or name.office, name.kind, draft.end
            last.role = role.role
        else:
            kept.append(draft)
    return kept


def _describes(doc: Doc, first: Draft, second: Draft) -> bool:
    """Whether two neighbours, divided by one comma or bracket, are a name and its description."""
    if second.start - first.end != 1 or doc[first.end].text not in (",", "("):
        return False
    closed = second.end >= len(doc) or doc[second.end].text in _CLOSERS or doc[second.root].dep_ == "appos"
    if not closed or bool(first.role_words) == bool(second.role_words):
        return False
    name, role = (second, first) if first.role_words else (first, second)
    if name.code and role.code and name.code != role.code:
        return False
    return not role.plural and name.kind in (
        ("person", "name") if name is second else ("person", "name", "organisation")
    )


def _together(drafts: list[Draft], doc: Doc) -> list[tuple[Draft, int]]:
    """Each draft with the number (from 1) of the coordination that it stands in, 0 for none."""
    numbers = [0] * len(drafts)
    for i in range(1, len(drafts)):
        before, here = drafts[i - 1], drafts[i]
        gap = [t.lower_ for t in doc[before.end : here.start]]
        if before.root == here.root or (
            (gap and all(word in ("and", ",", "&", "-", "–", "as", "well") for word in gap) and "and" in gap)
            or gap == ["-"]
        ):
            numbers[i] = numbers[i - 1] = numbers[i - 1] or i
    return list(zip(drafts, numbers, strict=True))


def _coordinates(gap: list[str], here: Token) -> bool:
    """Whether the words between two actors only coordinate them."""
    if gap == [",", "and"] and here.dep_ != "conj":
        return False
    return gap == ["-"] or ("and" in gap and all(word in ("and", ",", "&", "as", "well") for word in gap))


# From drafts to parties


def _known(draft: Draft, doc: Doc, offset: int, memory: Memory, lexicon: Lexicon) -> tuple[Known, ...]:
    """Those for whom the draft stands, as this article knows them; () for a pronoun or group that nothing explains."""
    subject = doc[draft.root].dep_ in ("nsubj", "nsubjpass")
    if draft.kind in ("pronoun", "group"):
        speaker = _speaker(doc, memory)
        found = resolve(draft, doc, memory, speaker)
        return tuple(replace(k, party=_place(k.party, draft, doc, offset), subject=subject, together=0) for k in found)
    if not draft.code and draft.role is not None:
        _complete(draft, doc, memory, lexicon)
    party = Party(code=draft.code, sector=draft.sector, name=draft.name, how=draft.how or "unknown")
    known = Known(
        party=_place(party, draft, doc, offset),
        kind=draft.kind,
        office=draft.office,
        called=draft.called,
        plural=draft.plural,
        subject=subject,
    )
    return (known,)


def _place(party: Party, draft: Draft, doc: Doc, offset: int) -> Party:
    """The party with the words and offsets of the draft."""
    span = doc[draft.start : draft.end]
    how = draft.how if draft.kind in ("pronoun", "group") else party.how
    return replace(party, words=span.text, start=offset + span.start_char, end=offset + span.end_char, how=how)


def _speaker(doc: Doc, memory: Memory) -> Known | None:
    root = speaker_root(doc)
    here = [k for k in memory.seen if k.sentence == memory.sentence and root is not None and k.subject]
    return here[-1] if here else memory.speaker


def _complete(draft: Draft, doc: Doc, memory: Memory, lexicon: Lexicon) -> None:
    """A role noun without a state: whom its possessive pronoun means, the person last named with the office, or the article's own state."""
    first = doc[draft.start]
    if first.tag_ == "PRP$":
        found = resolve(Draft(first.i, first.i, first.i + 1, kind="pronoun"), doc, memory, memory.speaker)
        if found:
            draft.code, draft.how = found[0].party.code, "pronoun"
        return
    definite = first.lower_ in ("the", "this", "that")
    if draft.role is not None and draft.role.kind == "title" and definite and not draft.plural:
        holder = memory.by_office(draft.role_words)
        if holder is not None:
            draft.code, draft.how, draft.name = holder.party.code, "office", holder.party.name
            return
    bare = draft.end - draft.start == 1 and draft.kind == "body"
    titled = draft.kind == "person" and draft.how == "title"
    if draft.sector in _HOME_SECTORS and (definite or bare or titled):
        draft.code = memory.state_here(lexicon.actors.states) or memory.main_state(lexicon.actors.states)
        draft.how = "context" if draft.code else draft.how


def find_places(doc: Doc, mentions: tuple[Mention, ...], actors: tuple[Actor, ...]) -> tuple[Place, ...]:
    """The mentions of states, cities and regions that no actor covers: where something is. "in Moscow" after a visit may still imply Russia."""
    covered = {i for actor in actors for i in range(actor.start, actor.end)}
    found = []
    for start, end, mention in token_spans(doc, mentions):
        if mention.kind in ("state", "capital", "city", "region", "demonym") and not covered & set(range(start, end)):
            found.append(
                Place(
                    root=doc[start:end].root.i,
                    start=start,
                    end=end,
                    code=mention.code,
                    name=mention.name,
                    preposition=_preposition(doc, start),
                )
            )
    return tuple(found)


def _preposition(doc: Doc, start: int) -> str:
    i = start - 1
    while i >= 0 and doc[i].tag_ in ("DT", "JJ", "NNP", "NN", "CD", "POS"):
        i -= 1
    token: Token | None = doc[i] if i >= 0 else None
    return token.lower_ if token is not None and token.pos_ == "ADP" else ""
