"""Who can act in a sentence: noun phrases that name states, organisations, people and those who belong to them.

Words beat the lexicon: a nationality in the phrase decides the state. A phrase headed by somebody ("Russian diplomats") is one actor; when its
head is a thing or an act ("the Russian invasion"), the modifier is the actor. Names that nobody knows stay, with what grammar tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec import Struct
from spacy.tokens import Doc, Token

from visavis.code.mentions import Mention, find_mentions
from visavis.code.nominals import Segment, inner_role, segments, token_spans
from visavis.code.references import Known, Memory
from visavis.lexicon import Lexicon, Role
from visavis.records import Party

_WHERE = frozenset("in at near outside inside across throughout around within off along beside".split())
_PLACE_HEADS = frozenset(
    "city town capital village province region district island suburb port center centre outskirts streets south north east west area"
    " border enclave resort camp peninsula coast airport republic territory".split()
)
_GATHERINGS = frozenset(
    "talk talks summit conference meeting agreement agreements accord accords protocol process forum treaty convention peace"
    " negotiation negotiations declaration format session round".split()
)
_OWNED = frozenset("led based owned run".split())  # "US-led coalition": the coalition is of the US
_ACTED_ON = frozenset(
    "backed occupied controlled born sponsored supported brokered mediated allied held funded made built friendly aligned imposed trained armed"
    " ruled administered annexed bound wide".split()
)
_FORMER = frozenset("former ex- ousted deposed late exiled".split())
_ENVOYS = frozenset("ambassador envoy ambassadors envoys embassy representative consul consulate delegation".split())
_NO_NAMES = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL LAW WORK_OF_ART LANGUAGE EVENT PRODUCT FAC".split()
)


class Actor(Struct, frozen=True, kw_only=True):
    """One actor: `root` is the token through which grammar reaches it, `start`..`end` its phrase (token indices, end exclusive).
    `kind`: state, organisation, body, person, people, name, pronoun, group."""

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


@dataclass
class _Draft:
    """An actor in the making."""

    root: int
    start: int
    end: int
    code: str
    sector: str
    name: str
    how: str
    kind: str
    office: str = ""
    called: tuple[str, ...] = ()
    plural: bool = False
    segment: Segment | None = None
    role: Role | None = None
    role_words: str = ""


def find_actors(doc: Doc, offset: int, lexicon: Lexicon, memory: Memory, when: str | None = None) -> tuple[Actor, ...]:
    """The actors of one parsed sentence, in order; `memory` is read and updated. `offset` is where the sentence begins in the article,
    `when` an ISO prefix that chooses terms of office."""
    return _Finder(doc, offset, lexicon, memory, when).run()


class _Finder:
    def __init__(self, doc: Doc, offset: int, lexicon: Lexicon, memory: Memory, when: str | None) -> None:
        self.doc, self.offset, self.lexicon, self.memory, self.when = doc, offset, lexicon, memory, when
        self.spans = token_spans(doc, find_mentions(doc.text, lexicon, when))
        self.segments = segments(doc, self.spans, lexicon)
        self.consumed: set[int] = set()

    def run(self) -> tuple[Actor, ...]:
        self.memory.begin()
        drafts: list[_Draft] = []
        for place, segment in enumerate(self.segments):
            drafts.extend(self._read(segment, place))
        drafts = self._merge_appositions(drafts)
        actors = []
        for draft in sorted(drafts, key=lambda d: (d.start, d.end)):
            if draft.start in self.consumed and draft.segment is None:
                continue
            actors.append(self._finish(draft))
        return tuple(actors)

    # One segment

    def _read(self, segment: Segment, place: int) -> list[_Draft]:
        if segment.start in self.consumed and all(i in self.consumed for i in range(segment.start, segment.end)):
            return []
        if segment.possesses and self._possessed_by(place, segment):
            return []
        tail = segment.tail_mention()
        if tail is not None and tail.kind == "person":
            return [self._person(segment, tail)]
        if segment.role is not None:
            return self._role(segment, place)
        if tail is not None:
            return self._named(segment, place)
        if segment.name_start >= 0 and self._is_name(segment):
            return self._unknown_name(segment)
        return self._modifiers(segment, place)

    def _possessed_by(self, place: int, segment: Segment) -> bool:
        """Whether what follows the possessive is somebody of the possessor's, so that both are one actor."""
        after = self.segments[place + 1] if place + 1 < len(self.segments) else None
        if after is None or after.possessor is not segment or not segment.mentions:
            return False
        tail = after.tail_mention()
        if tail is not None:
            return tail.kind == "person" and inner_role(self.doc, after.start, after.end, self.lexicon)[0] is not None
        return after.role is not None or (
            after.name_start >= 0 and inner_role(self.doc, after.start, after.name_start, self.lexicon)[0] is not None
        )

    def _nationality(self, segment: Segment, before: int) -> Mention | None:
        """The mention that says whose somebody is: in the segment before token `before`, else the possessor's last."""
        for start, end, mention in reversed(segment.mentions):
            if end <= before and mention.how != "attitude" and self._owns(end):
                if mention.kind in ("region", "people") and any(
                    m.kind == "demonym" for s, _, m in segment.mentions if s < start
                ):
                    continue
                return mention
        owner = segment.possessor
        if owner is not None and owner.mentions:
            return owner.mentions[-1][2]
        return None

    def _owns(self, end: int) -> bool:
        """False for "Russian-backed", "Israeli-occupied": what follows belongs to somebody else."""
        hyphen = end < len(self.doc) and self.doc[end].text in ("-", "–")
        follower = self.doc[end + 1].lower_ if hyphen and end + 1 < len(self.doc) else ""
        return follower not in _ACTED_ON

    def _root(self, start: int, end: int) -> int:
        """The token of the phrase whose head lies outside it, the last such."""
        outside = [t.i for t in self.doc[start:end] if not start <= t.head.i < end or t.head is t]
        return outside[-1] if outside else end - 1

    def _person(self, segment: Segment, tail: Mention) -> _Draft:
        start = self._phrase_start(segment)
        nation = self._nationality(segment, segment.mentions[-1][0])
        title, first, _ = inner_role(self.doc, segment.start, segment.mentions[-1][0], self.lexicon)
        code = nation.code if nation is not None and nation.code and nation.kind != "person" else tail.code
        sector = (
            tail.sector
            if tail.current and (code == tail.code)
            else ("GOV" if title is not None and title.sector == "GOV" else "ELI")
        )
        if title is not None and title.sector and not tail.current:
            sector = title.sector
        if self._is_former(segment.start, segment.end):
            sector = "ELI"
        office = self.doc[first : segment.mentions[-1][0]].text if title is not None else tail.office
        if tail.how == "short" and nation is None and title is None:
            known = self.memory.by_name(tail.words)
            if known is not None:
                return self._draft(
                    start,
                    segment.end,
                    known.party.code,
                    known.party.sector,
                    known.party.name,
                    tail.how,
                    "person",
                    segment,
                    known.office,
                )
        return self._draft(start, segment.end, code, sector, tail.name, tail.how, "person", segment, office)

    def _is_former(self, start: int, end: int) -> bool:
        return any(t.lower_ in _FORMER or t.lower_.startswith("ex-") for t in self.doc[start:end])

    def _phrase_start(self, segment: Segment) -> int:
        return (
            segment.possessor.start if segment.possessor is not None and segment.possessor.mentions else segment.start
        )

    def _draft(
        self,
        start: int,
        end: int,
        code: str,
        sector: str,
        name: str,
        how: str,
        kind: str,
        segment: Segment | None,
        office: str = "",
        root: int | None = None,
    ) -> _Draft:
        return _Draft(
            self._root(start, end) if root is None else root,
            start,
            end,
            code,
            sector,
            name,
            how,
            kind,
            office,
            segment=segment,
        )

    def _role(self, segment: Segment, place: int) -> list[_Draft]:
        role = segment.role
        assert role is not None
        nation = self._nationality(segment, segment.role_start)
        own = self._embedded(segment)
        start = self._phrase_start(segment)
        sector = role.sector or (own[0].sector if own is not None else "")
        if own is not None and own[0].sector and not sector:
            sector = own[0].sector
        draft = self._draft(
            start,
            segment.end,
            nation.code if nation else "",
            sector,
            self.doc[start : segment.end].text,
            "demonym" if nation else "",
            "people",
            segment,
        )
        draft.role, draft.role_words = role, self.doc[segment.role_start : segment.end].text.lower()
        head = self.doc[segment.end - 1]
        draft.plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "police", "troops")
        draft.kind = "body" if role.kind == "body" else "people"
        if role.kind in ("title", "person") and not draft.plural:
            draft.kind, draft.office = "person", draft.role_words
        if (
            nation is not None
            and not sector
            and nation.kind not in ("state", "demonym", "region", "people", "city", "capital")
        ):
            draft.sector = nation.sector
        if not role.sector and not draft.sector:
            inner, _, _ = inner_role(self.doc, segment.start, segment.role_start, self.lexicon)
            draft.sector = inner.sector if inner is not None else ""
        if self._is_former(segment.start, segment.end) and role.kind == "title":
            draft.sector = "ELI"
        self._attach(draft, segment, place)
        found = [draft]
        for s, e, mention in segment.mentions:
            if (
                e <= segment.role_start
                and nation is not None
                and mention.code != nation.code
                and mention.kind == "demonym"
                and not self._compound_nation(segment)
            ):
                found.append(
                    self._draft(
                        s,
                        segment.end,
                        mention.code,
                        draft.sector,
                        mention.words,
                        "demonym",
                        draft.kind,
                        segment,
                        root=draft.root,
                    )
                )
        return self._conjoined_nation(found, segment, place)

    def _compound_nation(self, segment: Segment) -> bool:
        """Whether the nationalities stand without a hyphen between them ("Russian Jewish immigrants": one people)."""
        return not any(self.doc[e].text in ("-", "/", "–") for _, e, _ in segment.mentions if e < segment.end)

    def _embedded(self, segment: Segment) -> tuple[Mention] | None:
        """The organisation or person whose people these are ("Pentagon officials", "Hamas fighters")."""
        for _, end, mention in reversed(segment.mentions):
            if end <= segment.role_start:
                return (mention,)
        return None

    def _conjoined_nation(self, found: list[_Draft], segment: Segment, place: int) -> list[_Draft]:
        """ "Turkish and Russian officials": the bare nationality before "and" shares the head."""
        k = place - 1
        reach = segment.start
        while k >= 0:
            other = self.segments[k]
            gap = self.doc[other.end : reach]
            bare = (
                other.role is None
                and other.name_start < 0
                and other.mentions
                and other.mentions[-1][2].kind in ("demonym", "bloc", "state", "organisation", "alliance")
                and other.mentions[-1][1] == other.end
            )
            if (
                not bare
                or other.possesses
                or not 0 < len(gap) <= 2
                or not all(t.lower_ in ("and", "or", ",", "&") for t in gap)
                or not self._is_modifier(other)
            ):
                break
            start, end, mention = other.mentions[-1]
            for draft in [d for d in found if d.start >= start]:
                draft_plain = self._draft(
                    start,
                    end,
                    mention.code,
                    draft.sector,
                    mention.words + " " + draft.role_words,
                    "demonym",
                    draft.kind,
                    segment,
                    root=found[0].root,
                )
                draft_plain.plural = draft.plural
                self.consumed.update(range(other.start, other.end))
                found.append(draft_plain)
                break
            reach = other.start
            k -= 1
        return found

    def _is_modifier(self, segment: Segment) -> bool:
        token = self.doc[segment.end - 1]
        return (
            token.tag_ == "JJ" or token.dep_ in ("amod", "nmod", "compound") or segment.mentions[-1][2].how == "demonym"
        )

    # What follows a role noun

    def _attach(self, draft: _Draft, segment: Segment, place: int) -> None:
        """Take the state from "of Armenia", "in Darfur", "based in Trinidad" when the noun has none of its own; a group takes the sector too."""
        role = draft.role
        assert role is not None
        k, reach, group = place, segment.end, role.kind == "group" or not role.sector
        for _ in range(3):
            k += 1
            if k >= len(self.segments):
                return
            after = self.segments[k]
            words = [t.lower_ for t in self.doc[reach : after.start]]
            if not words or not self._links(words, draft):
                return
            mention = self._code_in(after)
            if (
                words[-1] == "of"
                or (words[-1] in ("for", "from", "to", "at") and not draft.code)
                or (words[-1] == "to" and draft.role_words.split()[-1] in _ENVOYS)
            ):
                self._take(draft, after, mention, group)
                if mention is not None:
                    self.consumed.update(range(after.start, after.end))
                    draft.end = after.end if words[-1] == "of" else draft.end
                    if draft.code and (draft.sector or not group):
                        return
            elif words[-1] in _WHERE or words[-1] in ("from", "fleeing"):
                if mention is not None and not draft.code and draft.role_words.split()[-1] not in _ENVOYS:
                    draft.code, draft.how = mention.code, "place"
                return
            else:
                return
            reach = after.end
            if after.possesses and k + 1 < len(self.segments):
                reach += 1

    def _links(self, words: list[str], draft: _Draft) -> bool:
        if len(words) == 1:
            return words[0] in ("of", "for", "from", "to", "at") or words[0] in _WHERE
        return (
            len(words) <= 3
            and words[0]
            in ("based", "operating", "living", "fighting", "fleeing", "who", "active", "stationed", "deployed", "held")
            and words[-1] in _WHERE | {"from", "fleeing"}
        )

    def _code_in(self, segment: Segment) -> Mention | None:
        usable = [m for _, e, m in segment.mentions if m.how != "attitude" and self._owns(e)]
        return usable[0] if usable else None

    def _take(self, draft: _Draft, after: Segment, mention: Mention | None, group: bool) -> None:
        if mention is not None and not draft.code:
            draft.code, draft.how = mention.code, mention.how
        if group and not draft.sector:
            role = after.role
            draft.sector = (
                role.sector
                if role is not None
                else (mention.sector if mention is not None and mention.how not in ("capital",) else "")
            )
        if group and after.role is not None and draft.role is not None and draft.role.kind == "group":
            self.consumed.update(range(after.start, after.end))
            draft.plural = True

    # Names and modifiers

    def _named(self, segment: Segment, place: int) -> list[_Draft]:
        start, end, mention = segment.mentions[-1]
        if mention.how == "attitude" or (mention.weak and not self._supported(mention)):
            return self._modifiers(segment, place)
        found = [d for s, e, m in segment.mentions[:-1] for d in self._modifier(segment, s, e, m)]
        if self._is_where(segment, mention):
            return [d for d in found if d.kind != "city"]
        if mention.kind in ("city", "region") and mention.how in ("city",):
            return found
        if not self._owns(end):
            return found
        kind = {
            "state": "state",
            "demonym": "people",
            "capital": "state",
            "seat": "body",
            "region": "state",
            "people": "people",
        }.get(mention.kind, "organisation")
        draft = self._draft(
            start,
            end,
            mention.code,
            mention.sector,
            mention.name if mention.kind != "demonym" else mention.words,
            mention.how,
            kind,
            None,
        )
        draft.called, draft.plural = mention.called, mention.kind in ("demonym", "people")
        return [*found, draft]

    def _supported(self, mention: Mention) -> bool:
        named = {m.code for _, _, m in self.spans if not m.weak} | {k.party.code for k in self.memory.seen}
        return mention.code in named

    def _preposition(self, segment: Segment) -> str:
        return self.doc[segment.start - 1].lower_ if segment.start else ""

    def _is_where(self, segment: Segment, mention: Mention) -> bool:
        if mention.kind not in ("state", "capital", "city", "region", "seat", "demonym") or mention.how == "demonym":
            return False
        before = self._preposition(segment)
        if before in _WHERE:
            return True
        head = self.doc[segment.start - 2].lower_ if segment.start > 1 else ""
        return before == "of" and head in _PLACE_HEADS and mention.kind in ("capital", "city", "region")

    def _modifiers(self, segment: Segment, place: int) -> list[_Draft]:
        return [d for s, e, m in segment.mentions for d in self._modifier(segment, s, e, m)] or self._inner_people(
            segment
        )

    def _modifier(self, segment: Segment, start: int, end: int, mention: Mention) -> list[_Draft]:
        """The actor that a modifier names: with the role noun behind it if there is one ("Israeli army bulldozers")."""
        if (
            mention.how in ("attitude", "city")
            or (mention.weak and not self._supported(mention))
            or not self._owns(end)
        ):
            return []
        head = self.doc[segment.end - 1].lower_
        if mention.kind in ("capital", "city") and (head in _GATHERINGS or head in _PLACE_HEADS):
            return []
        if mention.kind == "demonym" and head in _PLACE_HEADS:
            return []
        if mention.kind == "person":
            return [self._draft(start, end, mention.code, mention.sector, mention.name, mention.how, "person", None)]
        role, first, stop = inner_role(self.doc, end, min(segment.end, end + 4), self.lexicon)
        if role is not None and role.kind != "group" and first <= end + 1 and stop > end:
            found = self._draft(
                start,
                stop,
                mention.code,
                role.sector or mention.sector,
                self.doc[start:stop].text,
                "demonym",
                "body",
                None,
                root=stop - 1,
            )
            found.plural = self.doc[stop - 1].tag_ == "NNS"
            return [found]
        kind = "state" if mention.kind in ("state", "demonym", "capital", "region") else "organisation"
        draft = self._draft(start, end, mention.code, mention.sector, mention.name, mention.how, kind, None)
        draft.called = mention.called
        return [draft]

    def _inner_people(self, segment: Segment) -> list[_Draft]:
        """ "a rebel attack", "the police raid": the armed or official body before an act."""
        role, first, stop = inner_role(self.doc, segment.start, segment.end - 1, self.lexicon)
        if (
            role is None
            or role.sector not in ("GOV", "MIL", "REB", "COP", "OPP")
            or role.kind == "thing"
            or self.doc[stop - 1].dep_ not in ("compound", "nmod", "poss")
        ):
            return []
        draft = self._draft(first, stop, "", role.sector, self.doc[first:stop].text, "", "body", None, root=stop - 1)
        draft.role, draft.role_words = role, draft.name.lower()
        return [draft]

    def _is_name(self, segment: Segment) -> bool:
        """Whether a capitalised tail names somebody: a person or organisation, or a title or nationality says so."""
        name = self.doc[segment.name_start : segment.end]
        if any(t.ent_type_ in _NO_NAMES for t in name) or not any(t.tag_ in ("NNP", "NNPS") for t in name):
            return False
        titled = inner_role(self.doc, segment.start, segment.name_start, self.lexicon)[0] is not None
        if titled or any(t.ent_type_ in ("PERSON", "ORG", "NORP") for t in name):
            return True
        return self.memory.by_name(name[-1].text) is not None

    def _unknown_name(self, segment: Segment) -> list[_Draft]:
        name = self.doc[segment.name_start : segment.end]
        title, first, _ = inner_role(self.doc, segment.start, segment.name_start, self.lexicon)
        nation = self._nationality(segment, segment.name_start)
        start = self._phrase_start(segment) if nation is not None or title is not None else segment.name_start
        person = name[-1].ent_type_ == "PERSON" or (title is not None and title.kind in ("title", "person"))
        known = self.memory.by_name(name[-1].text) if nation is None else None
        if known is not None:
            return [
                self._draft(
                    start,
                    segment.end,
                    known.party.code,
                    known.party.sector,
                    known.party.name,
                    "short",
                    "person",
                    segment,
                    known.office,
                )
            ]
        if nation is not None and title is None and not person:
            return self._modifiers(segment, 0)
        how = "demonym" if nation is not None else ("title" if title is not None else "unknown")
        sector = title.sector if title is not None else ""
        if self._is_former(segment.start, segment.name_start) and sector == "GOV":
            sector = "ELI"
        draft = self._draft(
            start,
            segment.end,
            nation.code if nation is not None else "",
            sector,
            name.text,
            how,
            "person" if person else "name",
            segment,
        )
        draft.office = self.doc[first : segment.name_start].text if title is not None else ""
        draft.role = title
        return [draft]

    # The whole sentence

    def _merge_appositions(self, drafts: list[_Draft]) -> list[_Draft]:
        """ "Wang Yi, China's foreign minister, ...": the name takes what the description tells, and one actor remains."""
        drafts = sorted(drafts, key=lambda d: (d.start, -d.end))
        kept: list[_Draft] = []
        for draft in drafts:
            last = kept[-1] if kept else None
            if last is not None and self._describes(last, draft):
                name, role = (last, draft) if last.role is None or last.role_words == "" else (draft, last)
                last.code, last.sector = (role.code or name.code), (role.sector or name.sector)
                last.name, last.office, last.kind = name.name, role.office or name.office, name.kind
                last.end = draft.end
                continue
            kept.append(draft)
        return kept

    def _describes(self, first: _Draft, second: _Draft) -> bool:
        gap = self.doc[first.end : second.start] if second.start > first.end else None
        if gap is None or len(gap) != 1 or gap[0].text not in (",", "("):
            return False
        closes = self.doc[second.end].text if second.end < len(self.doc) else "."
        if closes not in (",", ".", ")", ";", "—", "–") and self.doc[second.root].dep_ != "appos":
            return False
        one, two = self._is_description(first), self._is_description(second)
        names = {first.kind, second.kind} & {"person", "name", "organisation"}
        if one == two or not names or first.plural != second.plural and second.role is not None and second.plural:
            return False
        described = first if two else second
        return described.kind in ("person", "name") or (described.kind == "organisation" and two)

    def _is_description(self, draft: _Draft) -> bool:
        return bool(draft.role_words)

    def _finish(self, draft: _Draft) -> Actor:
        if not draft.code and draft.role is not None:
            self._from_memory(draft)
        span = self.doc[draft.start : draft.end]
        party = Party(
            code=draft.code, sector=draft.sector, name=draft.name, words=span.text, start=self.offset + span.start_char,
            end=self.offset + span.end_char, how=draft.how or "unknown",
        )  # fmt: skip
        self.memory.note(
            Known(
                party=party,
                kind=draft.kind,
                office=draft.office,
                called=draft.called,
                plural=draft.plural,
                subject=self.doc[draft.root].dep_ in ("nsubj", "nsubjpass"),
            )
        )
        return Actor(root=draft.root, start=draft.start, end=draft.end, parties=(party,), kind=draft.kind)

    def _from_memory(self, draft: _Draft) -> None:
        """A role noun without a state: the person of that office, whom a possessive pronoun means, or the article's own state."""
        role = draft.role
        assert role is not None
        if (
            role.kind == "title"
            and not draft.plural
            and draft.segment is not None
            and self.doc[draft.start].lower_ == "the"
        ):
            known = self.memory.by_office(draft.role_words)
            if known is not None:
                draft.code, draft.how, draft.name = known.party.code, "office", known.party.name
                return
        if role.sector in ("GOV", "MIL", "COP", "LEG", "JUD", "OPP", "REB", "CVL", "SPY", "LAB", "EDU"):
            code = self.memory.main_state()
            if code:
                draft.code, draft.how = code, "context"


def find_places(doc: Doc, mentions: tuple[Mention, ...], actors: tuple[Actor, ...]) -> tuple[Place, ...]:
    """The mentions of states, cities and regions that no actor covers: where something is. "in Moscow" after a visit may still imply Russia."""
    covered = {i for actor in actors for i in range(actor.start, actor.end)}
    found = []
    for start, end, mention in token_spans(doc, mentions):
        if mention.kind in ("state", "capital", "city", "region") and not covered & set(range(start, end)):
            root: Token = doc[start:end].root
            before = doc[start - 1] if start else None
            while before is not None and before.tag_ in ("DT", "JJ", "NNP", "NN", "CD") and before.i:
                before = doc[before.i - 1]
            preposition = before.lower_ if before is not None and before.pos_ == "ADP" else ""
            found.append(
                Place(root=root.i, start=start, end=end, code=mention.code, name=mention.name, preposition=preposition)
            )
    return tuple(found)
