"""Who says so: the speakers who vouch for an event, outermost first, found by climbing from the event's word through the clauses that report it.

Several signals, since no parse is right always: complements of cue verbs, cue clauses set apart ("..., the ministry said"), "as X put it",
"according to X", relaying verbs ("Tass quoted Lavrov as saying"), cue nouns ("X's message was"), and the article's quotations.
An actor of a verbal event ("Lavrov accused Washington") is no voice for it; only who reports it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from visavis.code.actors import Actor
from visavis.code.speech import PERSONAL, Speech, kind_of
from visavis.code.tree import Doc, Token
from visavis.lexicon.voices import Cues, cues
from visavis.records import Party, Voice

__all__ = ["Speech", "find_voices", "kind_of", "vouching"]

_REPORTED = frozenset({"ccomp", "pcomp", "parataxis", "dep"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_ASIDE = frozenset({"parataxis", "ccomp", "conj", "dep", "ROOT", "advcl", "relcl"})
_KNOWN = frozenset({"the", "its", "his", "her", "their", "this", "that"})


_SAYINGS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def find_voices(
    doc: Doc, trigger: int, actors: tuple[Actor, ...], speech: Speech | None = None, offset: int = 0
) -> tuple[Voice, ...]:
    """Who vouches for the event whose word is the token at `trigger`, outermost first; () when the author does.

    `actors` give speakers their codes. `offset` is where `doc` begins in the article that `speech` has read; offsets of the voices count from there.
    """
    speech = speech or Speech()
    finder = _Finder(doc, trigger, actors, speech, offset)
    return finder.voices()


def vouching(
    voices: tuple[Voice, ...], sources: tuple[Party, ...], type: str, status: str = "happened"
) -> tuple[Voice, ...]:
    """The voices without those who only speak of themselves: "Georgia said it was severing ties" has an actor, no witness.

    When the act is itself a saying, a state's speaker who comes before his state is its actor too ("Xi pointed out that China is willing");
    one who comes after bears witness ("Slovakia asked for gas, its minister said"). Who denies is the voice of what is denied.
    """
    return (
        voices
        if status == "denied"
        else tuple(v for v in voices if not any(_is_actor(v, p, type in _SAYINGS) for p in sources))
    )


def _is_actor(voice: Voice, party: Party, saying: bool) -> bool:
    if party.start < voice.end and voice.start < party.end:
        return True
    same_side = bool(party.code) and party.code == voice.code and voice.start < party.start
    return same_side and (party.how == "pronoun" or saying)


class _Finder:
    """The search for one event's voices."""

    def __init__(self, doc: Doc, trigger: int, actors: tuple[Actor, ...], speech: Speech, offset: int) -> None:
        self.doc, self.token, self.actors, self.speech, self.offset = doc, doc[trigger], actors, speech, offset
        self.cues: Cues = cues()
        self.path = (self.token, *self.token.ancestors)
        self.quote = speech.at(offset + self.token.idx)

    def voices(self) -> tuple[Voice, ...]:
        """Inner to outer while climbing, then turned round; nobody twice."""
        found: list[Voice] = []
        for speakers in self._layers():
            for token in speakers:
                voice = self._voice(token)
                if voice is not None and all(
                    v.name != voice.name and not v.start <= voice.start < v.end for v in found
                ):
                    found.append(voice)
        if self.quote is not None and self.quote.name and not found:
            found.append(self.quote)
        return tuple(reversed(found))

    def _layers(self) -> Iterator[tuple[Token, ...]]:
        """Groups of speaking tokens from the nearest to the outermost."""
        for child, head in zip(self.path, self.path[1:], strict=False):
            yield from self._at_noun(child, head)
            yield from self._at_verb(child, head)
        yield from self._phrases()
        yield from self._apart()
        yield from self._trailing()

    def _at_verb(self, child: Token, head: Token) -> Iterator[tuple[Token, ...]]:
        """The trigger's clause completes a cue verb."""
        verb = head
        if child.dep_ == "conj":
            return
        reported = child.dep_ in _REPORTED or (child.dep_ == "xcomp" and head.lemma in self.cues.infinitive_verbs)
        if not reported or verb.lemma not in self.cues.verbs or _vouches_not(verb):
            return
        if self._is_relayed(verb):
            yield self._relayed(verb.head.head)
            yield self._relayers(verb.head.head)
        else:
            yield from self._citing(verb)
            yield self._subjects(verb)
            yield self._hearers(verb)

    def _is_relayed(self, saying: Token) -> bool:
        """ "quoted X as saying"."""
        head = saying.head
        return saying.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma in self.cues.relaying_verbs

    def _relayed(self, verb: Token) -> tuple[Token, ...]:
        passive = [c for c in verb.children if c.dep_ == "nsubjpass"]
        objects = [c for c in verb.children if c.dep_ in ("dobj", "obj")]
        if passive or objects:
            return tuple(passive or objects)
        return (verb.head,) if verb.dep_ == "acl" else ()

    def _relayers(self, verb: Token) -> tuple[Token, ...]:
        by = [
            p
            for c in verb.subtree
            if c.dep_ == "agent" or (c.lower_ == "by" and c.dep_ == "prep")
            for p in c.children
            if p.dep_ == "pobj"
        ]
        return tuple(by) or tuple(c for c in verb.children if c.dep_ == "nsubj")

    def _citing(self, verb: Token) -> Iterator[tuple[Token, ...]]:
        """ "Tass reported, citing a source": the source stands inside, the agency outside; the agency was given first."""
        for child in verb.children:
            if child.lemma in ("cite", "quote") and child.dep_ in ("advcl", "prep", "acl", "conj"):
                yield tuple(c for c in child.children if c.dep_ in ("dobj", "pobj"))

    def _subjects(self, verb: Token) -> tuple[Token, ...]:
        """Subjects of a cue verb, inherited through coordination and participles; the noun for a relative clause or "statement saying"."""
        for _ in range(4):
            own = [c for c in verb.children if c.dep_ in _SUBJECTS]
            if own and own[0].lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                return (verb.head,)
            if own:
                agent = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
                passive = own[0].dep_ == "nsubjpass"
                return tuple(agent) if passive else (*own, *_conjuncts(own[0]))
            if verb.dep_ == "acl":
                return (verb.head,)
            if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep") or verb.head == verb:
                return ()
            verb = verb.head
        return ()

    def _at_noun(self, child: Token, head: Token) -> Iterator[tuple[Token, ...]]:
        """ "X's claim that ...", "X's message was that ...": the owner speaks. A parse that hangs the clause on the hearer
        ("told reporters that ...") or on the speaker ("was told by a witness that ...") is undone."""
        if child.dep_ in ("acl", "ccomp", "relcl", "appos") and any(
            c.lower_ == "that" and c.dep_ == "mark" for c in child.children
        ):
            verb = head.head.head if head.dep_ == "pobj" else head.head
            if head.dep_ == "pobj" and head.head.dep_ == "agent" and verb.lemma in self.cues.verbs:
                yield (head,)
            elif head.dep_ in ("dobj", "pobj", "dative") and verb.lemma in self.cues.verbs and not _vouches_not(verb):
                yield self._subjects(verb)
            elif head.lemma in self.cues.nouns:
                yield self._owners(head)
        if head.lemma == "be" and child.dep_ in ("ccomp", "attr", "acomp", "advcl", "xcomp"):
            for subject in (c for c in head.children if c.dep_ == "nsubj" and c.lemma in self.cues.nouns):
                yield self._owners(subject)

    def _owners(self, noun: Token) -> tuple[Token, ...]:
        """Whose words: possessor, "of/by/from X", "issued by X"; else the noun itself speaks."""
        own = [c for c in noun.children if c.dep_ == "poss"]
        own += [
            p
            for c in noun.children
            if c.dep_ == "prep" and c.lower_ in ("of", "by", "from")
            for p in c.children
            if p.dep_ == "pobj"
        ]
        for part in (c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VBN"):
            own += [
                p
                for c in part.children
                if c.dep_ in ("agent", "prep") and c.lower_ in ("by", "from")
                for p in c.children
                if p.dep_ == "pobj"
            ]
        return tuple(own)

    def _phrases(self) -> Iterator[tuple[Token, ...]]:
        """ "according to X", "in the words of X": at the head or foot of the sentence, or on the way up."""
        low = self.doc.text.lower()
        for phrase in self.cues.phrases:
            at = low.find(phrase)
            while at >= 0:
                span = self.doc.char_span(at, at + len(phrase))
                if span is not None:
                    yield from self._phrase_speakers(span.start, span.end)
                at = low.find(phrase, at + 1)

    def _phrase_speakers(self, first: int, end: int) -> Iterator[tuple[Token, ...]]:
        opener = self.doc[first]
        inside = {t.i for t in opener.subtree}
        edge = first <= opener.sent.start + 2 or max(inside) >= opener.sent.end - 3 or self.doc[first - 1].text == ","
        if self.token.i not in inside and (edge or opener.head in self.path):
            yield tuple(p for p in self.doc[end - 1].children if p.dep_ == "pobj")

    def _apart(self) -> Iterator[tuple[Token, ...]]:
        """Cue clauses set apart: ", the ministry said", "As Wang said, ...", "which he said would ..."."""
        for head in self.path:
            yield from self._citing(head)
        for verb in self.doc:
            if (
                verb.lemma in self.cues.verbs | {"put"}
                and verb.pos_ == "VERB"
                and verb != self.token
                and not _vouches_not(verb)
            ):
                yield from self._aside(verb)

    def _aside(self, verb: Token) -> Iterator[tuple[Token, ...]]:
        if not any(c.dep_ in _SUBJECTS for c in verb.children):
            if (
                verb.dep_ in ("acl", "relcl")
                and verb.tag_ in ("VBD", "VBZ")
                and verb.head.dep_ == "appos"
                and verb.head.i > self.token.i
            ):
                yield (verb.head,)  # "..., a governor claimed": read as an apposition
            return
        marks = {c.lower_ for c in verb.children}
        if verb.dep_ == "advcl" and "as" in marks and (verb.lemma != "put" or "it" in marks):
            if self._covers(verb.head):
                yield self._subjects(verb)
            return
        own_clause = any(c.dep_ in ("ccomp", "xcomp") and self.token not in c.subtree for c in verb.children)
        if verb.lemma != "put" and not own_clause and verb.dep_ in _ASIDE and self._set_apart(verb):
            yield self._subjects(verb)
            yield self._hearers(verb)

    def _hearers(self, verb: Token) -> tuple[Token, ...]:
        """ "told Reuters": the agency passes on what it was told."""
        if verb.lemma not in ("tell", "inform"):
            return ()
        heard = [c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd")]
        return tuple(t for t in heard if self._is_medium(t))

    def _is_medium(self, token: Token) -> bool:
        if token.lemma in ("reporter", "journalist", "correspondent"):
            return False
        parties = [p for a in self.actors if a.start <= token.i < a.end for p in a.parties]
        return (
            any(p.sector == "JRN" for p in parties)
            or bool(
                {t.lower_ for t in token.subtree if t.dep_ in ("compound", "poss", "amod") or t == token}
                & self.cues.media
            )
            or any(
                t.pos_ == "PROPN" and t.lower_ in ("der", "die", "das", "al", "an", "el", "la", "le")
                for t in token.subtree
            )
        )

    def _trailing(self) -> Iterator[tuple[Token, ...]]:
        """ "..., said the finance chief", "..., diplomats quoted the text as saying": the speaker stands behind the verb, or is passed on."""
        for verb in self.doc:
            if verb.i <= self.token.i or verb.pos_ != "VERB" or verb in self.path:
                continue
            if verb.lemma in self.cues.relaying_verbs and any(c.lower_ == "as" for c in verb.children):
                yield self._relayed(verb)
                yield self._relayers(verb)
            before = self.doc[verb.i - 1].text
            if (
                verb.lemma in ("say", "add", "write", "announce", "report", "claim")
                and before
                in (
                    ",",
                    "”",
                    '"',
                    "''",
                    "'",
                    "’",
                )
                and not any(c.dep_ in _SUBJECTS for c in verb.children)
            ):
                yield tuple(c for c in verb.children if c.i > verb.i and c.dep_ in ("dobj", "oprd", "attr", "npadvmod"))

    def _covers(self, head: Token) -> bool:
        return head in self.path or self.token in head.subtree

    def _set_apart(self, verb: Token) -> bool:
        """Whether subject and verb stand together behind a comma or quotation mark, with no clause of their own, away from the trigger."""
        subject = next(c for c in verb.children if c.dep_ in _SUBJECTS)
        span = [t.i for t in subject.subtree] + [verb.i]
        first, last = min(span), max(span)
        if first <= self.token.i <= last:
            return False
        before = self.doc[first - 1].text if first else ""
        after = self.doc[last + 1].text if last + 1 < len(self.doc) else ""
        ends = self.token.i < first and before in (",", "”", '"', "’", "''", "-", "–", "—", ")")
        inside = (before in (",", "which", "that", "–", "—", "-") and after in (",", "–", "—", "-")) or before in (
            "which",
            "that",
            "who",
        )
        opens = first == self.doc[first].sent.start and after in (",", "–", "—", "-") and verb.dep_ == "parataxis"
        return ends or inside or opens

    # From tokens to voices

    def _voice(self, token: Token) -> Voice | None:
        """The voice of a speaking token: a document speaks for its owner, a pronoun for whom the actors or the last quotation name."""
        if token.lemma in self.cues.documents:
            owners = self._owners(token)
            if owners:
                return self._voice(owners[0])
            definite = self.doc[token.left_edge.i].lower_ in ("the", "this")
            before = self.speech.last_before(self.offset + token.idx) if definite else None
            if before is not None and token.lemma not in ("report", "editorial"):
                return before
        actor = next((a for a in self.actors if a.start <= token.i < a.end and a.parties), None)
        if token.pos_ == "PRON" and actor is None:
            before = self.speech.last_before(self.offset + token.idx)
            if token.lower_ not in PERSONAL | {"they"}:
                return None
            if before is not None and token.lower_ in PERSONAL:
                return before
        start, end = self._phrase(token, actor)
        words = self.doc[start:end].text
        party = actor.parties[0] if actor is not None else None
        known = party is not None and party.how in ("pronoun", "group") and party.name
        context = self.doc[token.left_edge.i : token.right_edge.i + 1].text
        return Voice(
            name=party.name if party is not None and known else words,
            code=party.code if party is not None else "",
            kind=kind_of(words, party.sector if party is not None else "", self.cues),
            quoted=self._is_quoted(),
            anonymous=self._is_anonymous(token, context),
            words=words,
            start=self.offset + self.doc[start].idx,
            end=self.offset + self.doc[end - 1].idx + len(self.doc[end - 1]),
        )

    def _phrase(self, token: Token, actor: Actor | None) -> tuple[int, int]:
        """The words of the speaker: the noun phrase to its head, the "of" phrase, and what the actor covers."""
        start, end = token.left_edge.i, token.i + 1
        for child in token.children:
            if child.dep_ == "appos" and child.i == end:
                end = child.right_edge.i + 1
            if (
                child.i > token.i
                and child.dep_ == "prep"
                and child.lower_ in ("of", "for", "in", "at")
                and child.i == end
            ):
                end = max(t.i for t in child.subtree if t.dep_ not in ("punct",)) + 1
        if actor is not None:
            start, end = min(start, actor.start), max(actor.end, min(end, actor.end + 8))
        while start < token.i and self.doc[start].is_punct:
            start += 1
        return start, end

    def _is_quoted(self) -> bool:
        if self.quote is not None:
            return True
        depth = 0
        for t in self.doc[: self.token.i]:
            if t.text in ("“", "„", "«", "``") or (t.text == '"' and depth == 0):
                depth += 1
            elif depth and t.text in ("”", "»", "''", '"'):
                depth -= 1
        return depth > 0

    def _is_anonymous(self, token: Token, context: str) -> bool:
        """Unnamed by the words ("on condition of anonymity"), or a bare role that nothing pins down ("two officials", "a source")."""
        role = token.lemma in self.cues.anonymous and token.pos_ == "NOUN"
        if self.cues.anonymity.search(context) or (role and self.cues.anonymity.search(self.doc.text)):
            return True
        pinned = any(c.lower_ in _KNOWN or c.dep_ in ("poss", "appos") for c in token.children)
        return role and not pinned and token.lemma not in self.cues.experts


def _vouches_not(verb: Token) -> bool:
    """ "did not say that": nobody vouches."""
    return any(c.dep_ == "neg" for c in verb.children) or any(
        c.lower_ in ("if", "whether") and c.dep_ == "mark" for c in verb.children
    )


def _conjuncts(token: Token) -> tuple[Token, ...]:
    return tuple(c for c in token.conjuncts if c.i > token.i)
