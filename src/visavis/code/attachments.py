"""What the phrases around a role noun tell: whose it is ("of Armenia", "in Darfur"), and who shares it ("Turkish and Russian officials")."""

from __future__ import annotations

from itertools import pairwise

from visavis.code.drafts import Draft, owns
from visavis.code.mentions import Mention
from visavis.code.nominals import Segment
from visavis.code.references import Memory
from visavis.code.tree import Doc
from visavis.lexicon import Lexicon, Role

WHERE = frozenset("in at near outside inside across throughout around within off along beside".split())
_LINKS = frozenset("of for from to at".split())
_ACTIVE = frozenset("based operating living fighting fleeing active stationed deployed held who".split())
_ENVOYS = frozenset("ambassador envoy ambassadors envoys embassy representative consul consulate delegation".split())
_SERVANTS = frozenset("adviser advisor aide assistant advisers advisors aides adjutant secretary counsellor".split())
STATELY = frozenset(("state", "demonym", "region", "people", "city", "capital"))


class Surroundings:
    """The segments of one sentence and what they lend each other. `consumed` are tokens that an actor before them has taken in."""

    def __init__(
        self, doc: Doc, found: list[Segment], spans: list[tuple[int, int, Mention]], lexicon: Lexicon, memory: Memory
    ) -> None:
        self.doc, self.segments, self.lexicon, self.memory = doc, found, lexicon, memory
        self.codes = {m.code for _, _, m in spans if not m.weak}
        self.consumed: set[int] = set()

    def supported(self, mention: Mention) -> bool:
        """Whether a weak mention is half of a compound ("Anglo-French") or has its state named elsewhere in the sentence or article."""
        return (
            not mention.weak
            or self.doc.text[mention.end : mention.end + 1] == "-"
            or mention.code in self.codes
            or any(k.party.code == mention.code for k in self.memory.seen)
        )

    def fellows(self, draft: Draft, segment: Segment, place: int) -> list[Draft]:
        """ "Turkish and Russian officials", "US-Israeli delegation": the other nationalities share the head."""
        found = []
        for s, e, mention in segment.mentions:
            if (
                e < segment.role_start
                and self.doc[e].text in ("-", "/", "–")
                and owns(self.doc, e)
                and mention.kind in STATELY
                and mention.code != draft.code
            ):
                found.append(self._fellow(draft, s, e, mention))
        reach = segment.start
        for k in range(place - 1, -1, -1):
            other = self.segments[k]
            gap = self.doc[other.end : reach]
            if (
                not 0 < len(gap) <= 2
                or not all(t.lower_ in ("and", "or", ",", "&") for t in gap)
                or not self._is_bare(other)
            ):
                break
            start, end, mention = other.mentions[-1]
            found.append(self._fellow(draft, start, end, mention))
            self.consumed.update(range(other.start, other.end))
            reach = other.start
        return found

    def _is_bare(self, segment: Segment) -> bool:
        """Whether the segment is nothing but a nationality or bloc that modifies a noun to come."""
        if segment.possesses or segment.role is not None or segment.tail_mention() is None:
            return False
        token, mention = self.doc[segment.end - 1], segment.mentions[-1][2]
        return (mention.how == "demonym" and token.tag_ not in ("NNS", "NNPS")) or token.dep_ in (
            "amod",
            "nmod",
            "compound",
        )

    def _fellow(self, draft: Draft, start: int, end: int, mention: Mention) -> Draft:
        return Draft(
            draft.root, start, end, mention.code, draft.sector, f"{mention.words} {draft.role_words}", "demonym", draft.kind,
            plural=draft.plural, segment=draft.segment,
        )  # fmt: skip

    # What follows a role noun

    def attach(self, draft: Draft, role: Role, place: int) -> list[Draft]:
        """Take the state from "of Armenia", "in Darfur", "based in Trinidad" when the noun has none; a group takes the sector too.

        What comes back are the fellows by coordination: "the leaders of France and Germany".
        """
        reach = self.segments[place].end
        open_sector = role.kind == "group" or not role.sector
        last_word = draft.role_words.split()[-1]
        if self.doc[self.segments[place].start].tag_ == "PRP$":
            return []  # "its force from Chad": whose it is has been said
        envoy, servant = last_word in _ENVOYS, last_word in _SERVANTS
        for k in range(place + 1, min(place + 4, len(self.segments))):
            after = self.segments[k]
            words = [t.lower_ for t in self.doc[reach : after.start]]
            if not self._links(words):
                break
            mention = self._code_in(after)
            if words[-1] in WHERE or words[-1] in ("from", "fleeing"):
                if mention is not None and not draft.code and not envoy:
                    draft.code, draft.how = mention.code, "place"
                if mention is not None or words[-1] != "in" or draft.code:
                    break
            elif (
                words[-1] == "of"
                or (words[-1] == "to" and (envoy or servant))
                or (words[-1] != "to" and not draft.code)
            ):
                self._take(draft, role, after, mention, open_sector)
                if mention is not None:
                    self.consumed.update(range(after.start, after.end))
                    draft.end = after.end if words[-1] == "of" or servant else draft.end
                    if draft.plural and words[-1] == "of" and not after.possesses:
                        return self._coordinated_owners(draft, k)
                    if draft.sector or not open_sector:
                        break
            else:
                break
            reach = after.end + int(after.possesses)
        return []

    def _coordinated_owners(self, draft: Draft, place: int) -> list[Draft]:
        """ "... of France, Germany and Poland": one fellow for each further owner that is nothing but a name."""
        found = []
        for before, after in pairwise(self.segments[place:]):
            gap = [t.lower_ for t in self.doc[before.end : after.start]]
            bare = (
                after.tail_mention() is not None
                and len(after.mentions) == 1
                and not after.possesses
                and before.end > before.start
            )
            if gap not in (["and"], [","], [",", "and"]) or not bare or after.mentions[0][2].kind == "person":
                break
            start, end, mention = after.mentions[0]
            found.append((self._fellow(draft, start, end, mention), after, gap))
        if not any("and" in gap for _, _, gap in found):
            return []  # a comma alone may end the phrase
        for _, after, _ in found:
            self.consumed.update(range(after.start, after.end))
        return [fellow for fellow, _, _ in found]

    def _links(self, words: list[str]) -> bool:
        if not words or (len(words) > 1 and words[0] not in _ACTIVE):
            return False
        return len(words) <= 3 and (words[-1] in _LINKS or words[-1] in WHERE or words[-1] == "fleeing")

    def _code_in(self, segment: Segment) -> Mention | None:
        usable = [m for _, e, m in segment.mentions if m.how != "attitude" and owns(self.doc, e) and self.supported(m)]
        return usable[0] if usable else None

    def _take(self, draft: Draft, role: Role, after: Segment, mention: Mention | None, open_sector: bool) -> None:
        if mention is not None and not draft.code:
            draft.code, draft.how = mention.code, mention.how
        if open_sector and not draft.sector:
            inner = after.role
            draft.sector = (
                inner.sector
                if inner is not None
                else (mention.sector if mention is not None and mention.kind not in STATELY else "")
            )
        if open_sector and after.role is not None and role.kind == "group":
            self.consumed.update(range(after.start, after.end))
            draft.plural = True
