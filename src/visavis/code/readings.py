"""From a noun phrase to its actors: whose somebody is, what office or sector the words tell, and what the phrases behind it add."""

from __future__ import annotations

from visavis.code.attachments import STATELY, WHERE, Surroundings
from visavis.code.drafts import Draft, is_former, owns, phrase_root
from visavis.code.grammar import is_time_word
from visavis.code.mentions import Mention
from visavis.code.nominals import Segment, inner_role
from visavis.code.tree import Span
from visavis.lexicon import Role

_PLACE_HEADS = frozenset(
    "city town capital village province region district island suburb port center centre outskirts streets south north east west area areas"
    " border enclave resort camp peninsula coast airport republic territory stronghold".split()
)
_GATHERINGS = frozenset(
    "talk talks summit conference meeting agreement agreements accord accords protocol process forum treaty convention peace negotiation"
    " negotiations declaration format session round".split()
)
_ARMED_OR_OFFICIAL = frozenset(("GOV", "MIL", "REB", "COP", "OPP"))
_SOME = frozenset("ethnic some many several few other young most more fellow displaced".split())
_KINDS = {
    "state": "state",
    "demonym": "people",
    "capital": "state",
    "seat": "body",
    "region": "state",
    "people": "people",
}


class Reader(Surroundings):
    """Reads the segments of one sentence."""

    def read(self, place: int) -> list[Draft]:
        """The drafts of the segment at `place`."""
        segment = self.segments[place]
        if all(i in self.consumed for i in range(segment.start, segment.end)):
            return []
        if segment.possesses and self._is_one_with_possessed(place, segment):
            return []
        tail = segment.tail_mention()
        if tail is not None and tail.kind == "person" and tail.how != "attitude":
            return [self._person(segment, tail)]
        if segment.role is not None:
            return self._role(segment, segment.role, place)
        if tail is not None:
            return self._named(segment)
        if segment.name_start >= 0 and self._is_name(segment):
            return self._unknown_name(segment)
        return self._modifiers(segment)

    def _is_one_with_possessed(self, place: int, segment: Segment) -> bool:
        """Whether what follows the possessive is somebody of the possessor's, so that both are one actor."""
        after = self.segments[place + 1] if place + 1 < len(self.segments) else None
        if after is None or after.possessor is not segment or not segment.mentions:
            return False
        tail = after.tail_mention()
        if tail is not None:
            return tail.kind == "person" and self._title(after.start, after.end) is not None
        return after.role is not None or (
            after.name_start >= 0 and self._title(after.start, after.name_start) is not None
        )

    def _title(self, start: int, end: int) -> Role | None:
        return inner_role(self.doc, start, end, self.lexicon)[0]

    def _nationality(self, segment: Segment, before: int) -> Mention | None:
        """The mention that says whose somebody is: in the segment before token `before` (the first people of several), else the possessor's."""
        elsewhere = self.doc[segment.start].tag_ == "PRP$" and segment.role is not None  # "its London embassy"
        usable = [
            m
            for _, e, m in segment.mentions
            if e <= before and m.how != "attitude" and owns(self.doc, e) and self.supported(m)
            if not (elsewhere and m.kind in ("capital", "city"))
        ]
        own = [m for m in usable if m.kind in STATELY] or usable
        if own:
            states = [m for m in own if m.kind != "region"]
            return (states or own)[0]
        owner = segment.possessor
        return owner.mentions[-1][2] if owner is not None and owner.mentions else None

    def _start(self, segment: Segment) -> int:
        owner = segment.possessor
        return owner.start if owner is not None and owner.mentions else segment.start

    def _draft(self, start: int, end: int, segment: Segment | None = None) -> Draft:
        return Draft(phrase_root(self.doc, start, end), start, end, segment=segment, name=self.doc[start:end].text)

    # People whom the lexicon names

    def _person(self, segment: Segment, tail: Mention) -> Draft:
        first = segment.mentions[-1][0]
        nation = self._nationality(segment, first)
        title, title_start, title_end = inner_role(self.doc, segment.start, first, self.lexicon)
        draft = self._draft(self._start(segment), segment.end, segment)
        draft.name, draft.how, draft.kind, draft.code, draft.sector = (
            tail.name,
            tail.how,
            "person",
            tail.code,
            tail.sector,
        )
        draft.office = self.doc[title_start:title_end].text if title is not None else tail.office
        known = self.memory.by_name(tail.words) if tail.how == "short" and nation is None else None
        if known is not None and known.party.code:
            draft.code, draft.sector, draft.name = known.party.code, known.party.sector, known.party.name
            return draft
        if nation is not None and nation.kind != "person" and nation.code:
            draft.code = nation.code
        if title is not None and title.sector and not (tail.current and tail.sector == "GOV" and title.sector == "MIL"):
            draft.sector = title.sector
        elif not tail.current or draft.code != tail.code:
            draft.sector = "ELI"
        if is_former(self.doc, segment.start, segment.end):
            draft.sector = "ELI"
        return draft

    # People and bodies that a common noun names

    def _role(self, segment: Segment, role: Role, place: int) -> list[Draft]:
        nation = self._nationality(segment, segment.role_start)
        draft = self._draft(self._start(segment), segment.end, segment)
        head = self.doc[segment.end - 1]
        draft.role, draft.role_words = role, self.doc[segment.role_start : segment.end].text.lower()
        draft.plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in ("people", "police", "troops")
        draft.kind = "body" if role.kind == "body" else "people"
        if role.kind in ("title", "person") and not draft.plural:
            draft.kind, draft.office = "person", draft.role_words
        if nation is not None:
            draft.code, draft.how = nation.code, "demonym"
        draft.sector = self._role_sector(segment, role, nation)
        if role.kind == "thing" and nation is None:
            return []
        owners = self.attach(draft, role, place)
        return [draft, *owners, *self.fellows(draft, segment, place)]

    def _role_sector(self, segment: Segment, role: Role, nation: Mention | None) -> str:
        if role.kind == "title" and is_former(self.doc, segment.start, segment.end):
            return "ELI"
        outside = nation.sector if nation is not None and nation.kind not in STATELY else ""
        if role.sector in ("GOV", "OPP", "MIL") and outside not in ("", "GOV"):
            return outside  # officials of a company, leaders of an armed group
        if role.sector:
            return role.sector
        inner = self._title(segment.start, segment.role_start)
        if inner is not None and inner.sector:
            return inner.sector
        return outside

    # Names and modifiers

    def _named(self, segment: Segment) -> list[Draft]:
        start, end, mention = segment.mentions[-1]
        found = [d for s, e, m in segment.mentions[:-1] for d in self._modifier(segment, s, e, m)]
        if (
            mention.how == "attitude"
            or not self.supported(mention)
            or not owns(self.doc, end)
            or (mention.kind == "city" and not self._is_struck(start, end))
        ):
            return found
        if self._is_where(segment, mention):
            return found
        draft = self._draft(start, end)
        draft.code, draft.sector, draft.how, draft.called = mention.code, mention.sector, mention.how, mention.called
        draft.kind = _KINDS.get(mention.kind, "organisation")
        draft.name = mention.name if mention.kind != "demonym" else mention.words
        draft.plural = mention.kind in ("demonym", "people")
        if draft.plural and end == segment.end and self._is_counted(segment, start):
            draft.sector = "CVL"
            if self.doc[start - 1].lower_ == "ethnic":  # a minority is at home where it lives
                draft.code, draft.how = "", "minority"
        return [*found, draft]

    def _is_struck(self, start: int, end: int) -> bool:
        """Whether a city is what a verb acts on ("shelled Kharkiv", "attacks on Aleppo"): then it stands for its state."""
        root = self.doc[phrase_root(self.doc, start, end)]
        return root.dep_ in ("dobj", "nsubjpass") or (
            root.dep_ == "pobj" and root.head.lower_ in ("on", "against", "upon")
        )

    def _is_counted(self, segment: Segment, start: int) -> bool:
        """Whether a people's name means some of its members ("100 Palestinians", "ethnic Serbs"), not the nation that acts."""
        before = self.doc[segment.start : start]
        partly = (
            segment.start > 1
            and self.doc[segment.start - 1].lower_ == "of"
            and self.doc[segment.start - 2].tag_ == "NNS"
        )
        return partly or any(t.tag_ == "CD" or t.lower_ in _SOME for t in before)

    def _is_where(self, segment: Segment, mention: Mention) -> bool:
        if mention.kind not in ("state", "capital", "region", "seat") or mention.how == "demonym":
            return False
        before = self.doc[segment.start - 1].lower_ if segment.start else ""
        head = self.doc[segment.start - 2].lower_ if segment.start > 1 else ""
        return before in WHERE or (before == "of" and head in _PLACE_HEADS and mention.kind in ("capital", "region"))

    def _modifiers(self, segment: Segment) -> list[Draft]:
        named = [d for s, e, m in segment.mentions for d in self._modifier(segment, s, e, m)]
        return named or self._inner_people(segment)

    def _modifier(self, segment: Segment, start: int, end: int, mention: Mention) -> list[Draft]:
        """The actor that a modifier names: with the role noun behind it if there is one ("Israeli army bulldozers")."""
        if (
            mention.how == "attitude"
            or mention.kind == "city"
            or not self.supported(mention)
            or not owns(self.doc, end)
        ):
            return []
        head = self.doc[segment.end - 1].lower_
        placed = head in _PLACE_HEADS or head in _GATHERINGS
        if (mention.kind == "capital" and placed) or (mention.kind in ("demonym", "state") and head in _PLACE_HEADS):
            return []
        role, first, stop = inner_role(self.doc, end, min(segment.end, end + 4), self.lexicon)
        if role is not None and role.kind != "group" and first <= end + 1 < stop + 1:
            draft = self._draft(start, stop)
            draft.code, draft.sector, draft.how, draft.kind, draft.root = (
                mention.code,
                role.sector or mention.sector,
                "demonym",
                "body",
                stop - 1,
            )
            draft.plural = self.doc[stop - 1].tag_ == "NNS"
            return [draft]
        draft = self._draft(start, end)
        draft.code, draft.sector, draft.name, draft.how, draft.called = (
            mention.code,
            mention.sector,
            mention.name,
            mention.how,
            mention.called,
        )
        draft.kind = "person" if mention.kind == "person" else ("state" if mention.kind in STATELY else "organisation")
        return [draft]

    def _inner_people(self, segment: Segment) -> list[Draft]:
        """ "a rebel attack", "the police raid": the armed or official body before an act."""
        role, first, stop = inner_role(self.doc, segment.start, segment.end - 1, self.lexicon)
        if role is None or role.sector not in _ARMED_OR_OFFICIAL or role.kind == "thing":
            return []
        if self.doc[stop - 1].dep_ not in ("compound", "nmod", "poss"):
            return []
        draft = self._draft(first, stop)
        draft.sector, draft.kind, draft.root, draft.role, draft.role_words = (
            role.sector,
            "body",
            stop - 1,
            role,
            draft.name.lower(),
        )
        return [draft]

    # Names that the lexicon does not know

    def _is_name(self, segment: Segment) -> bool:
        """Whether a capitalised tail names somebody: a person or organisation, or a title says so."""
        name = self.doc[segment.name_start : segment.end]
        if not any(t.tag_ in ("NNP", "NNPS") for t in name):
            return False
        if self._title(segment.start, segment.name_start) is not None:
            return True
        return self.memory.by_name(name[-1].text) is not None or self._acts(name)

    def _acts(self, name: Span) -> bool:
        """Whether a bare unknown name stands where somebody acts or is acted on, as a subject or an object."""
        root = self.doc[phrase_root(self.doc, name.start, name.end)]
        proper = all(t.tag_ in ("NNP", "NNPS", "HYPH") for t in name) and not any(is_time_word(t) for t in name)
        return proper and root.dep_ in ("nsubj", "nsubjpass", "dobj")

    def _unknown_name(self, segment: Segment) -> list[Draft]:
        name = self.doc[segment.name_start : segment.end]
        title, first, stop = inner_role(self.doc, segment.start, segment.name_start, self.lexicon)
        nation = self._nationality(segment, segment.name_start)
        person = title is not None and title.kind in ("title", "person")
        draft = self._draft(
            self._start(segment) if nation is not None or title is not None else segment.name_start,
            segment.end,
            segment,
        )
        draft.name, draft.kind, draft.how = name.text, "person" if person else "name", "unknown"
        known = self.memory.by_name(name[-1].text) if nation is None else None
        if known is not None:
            draft.code, draft.sector, draft.name, draft.how, draft.kind = (
                known.party.code,
                known.party.sector,
                known.party.name,
                "short",
                "person",
            )
            return [draft]
        if nation is not None and title is None and not person:
            return (
                self._modifiers(segment) if nation.kind in ("capital", "city") else [self._with_nation(draft, nation)]
            )
        if title is not None:
            draft.office, draft.role, draft.how = self.doc[first:stop].text, title, "title"
            draft.sector = (
                "ELI"
                if title.sector == "GOV" and is_former(self.doc, segment.start, segment.name_start)
                else title.sector
            )
        return [draft if nation is None else self._with_nation(draft, nation)]

    def _with_nation(self, draft: Draft, nation: Mention) -> Draft:
        draft.code, draft.how = nation.code, "demonym"
        if not draft.sector and nation.kind not in STATELY:
            draft.sector = nation.sector
        return draft
