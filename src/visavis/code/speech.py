"""What an article says in quotation marks, and who says it; what kind of speaker somebody is."""

from __future__ import annotations

from visavis.code.mentions import find_mentions
from visavis.code.quotes import Quotation, find_quotations
from visavis.lexicon import Lexicon
from visavis.lexicon.voices import Cues, cues
from visavis.records import Voice

_OFFICIAL_SECTORS = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP", "ELI"})
PERSONAL = frozenset({"he", "she"})
PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who"})


class Speech:
    """What one article says in quotation marks, and who; `Speech()` knows nothing, `Speech.of(text)` has read the article."""

    def __init__(self, quotations: tuple[Quotation, ...] = (), named: tuple[Voice, ...] = ()) -> None:
        self.quotations = quotations
        self.named = named

    @classmethod
    def of(cls, text: str, lexicon: Lexicon | None = None, when: str | None = None) -> Speech:
        """Read the article's quotations and their speakers; with a lexicon the speakers get codes, as of the ISO prefix `when`."""
        quotations = find_quotations(text)
        people = _people(text, lexicon, when) if any(q.speaker.lower() in PERSONAL for q in quotations) else ()
        named: list[Voice] = []
        for q in quotations:
            voice = _speaker_of(q, lexicon, when)
            if voice.name.lower() in PERSONAL:
                known = (*(p for p in people if p.start < q.speaker_start), *(v for v in named if v.name))
                voice = max(known, key=lambda v: v.start, default=Voice(name=""))
            elif voice.name.lower() in PRONOUNS:
                voice = Voice(name="")
            named.append(voice)
        return cls(quotations, tuple(named))

    def at(self, position: int) -> Voice | None:
        """The voice of the quotation that holds `position`: with an empty name when its speaker is unknown, None outside quotations."""
        for q, voice in zip(self.quotations, self.named, strict=True):
            if q.start <= position < q.end:
                return voice
        return None

    def last_before(self, position: int) -> Voice | None:
        """The last speaker named beside a quotation before `position`."""
        return next((v for v in reversed(self.named) if v.name and v.start < position), None)


def kind_of(words: str, sector: str, c: Cues) -> str:
    """government, media, expert, organisation, person or unknown, by the words first, then by PLOVER's sector."""
    tokens = [w.strip(".,'’“”\"").lower().removesuffix("’s").removesuffix("'s") for w in words.split()]
    singular = set(tokens) | {t.removesuffix("s") for t in tokens}
    if sector == "JRN" or (
        singular & c.media and not singular & {"spokesman", "spokeswoman", "spokesperson", "minister", "official"}
    ):
        return "media"
    if singular & c.experts or sector == "EDU":
        return "expert"
    if sector in _OFFICIAL_SECTORS or singular & c.officials:
        return "government"
    if sector in ("IGO", "NGO", "BUS", "PTY", "CVL", "LAB", "REL", "UNS", "NGM", "MNC", "REB", "OPP"):
        return "organisation"
    if words and words[0].isupper() and len(tokens) <= 3 and all(t[:1].isupper() for t in words.split()):
        return "person" if len(tokens) > 1 else "unknown"
    return "unknown"


def _speaker_of(q: Quotation, lexicon: Lexicon | None, when: str | None) -> Voice:
    """A quotation's speaker as a voice, coded where the lexicon knows the name; without a name when nobody is named."""
    if not q.speaker:
        return Voice(name="")
    mentions = find_mentions(q.speaker, lexicon, when) if lexicon is not None else ()
    best = next((m for m in reversed(mentions) if m.kind == "person"), mentions[-1] if mentions else None)
    return Voice(
        name=q.speaker,
        code=best.code if best is not None else "",
        kind=kind_of(q.speaker, best.sector if best is not None else "", cues()),
        quoted=True,
        anonymous=bool(cues().anonymity.search(q.speaker)),
        words=q.speaker,
        start=q.speaker_start,
        end=q.speaker_end,
    )


def _people(text: str, lexicon: Lexicon | None, when: str | None) -> tuple[Voice, ...]:
    """Everybody the lexicon knows by name in the text, as voices: whom "he said" can mean."""
    mentions = find_mentions(text, lexicon, when) if lexicon is not None else ()
    return tuple(
        Voice(
            name=m.name,
            code=m.code,
            kind=kind_of(m.words, m.sector, cues()),
            quoted=True,
            words=m.words,
            start=m.start,
            end=m.end,
        )
        for m in mentions
        if m.kind == "person"
    )
