"""Noun phrases read off the tags, not the tree: where they begin and end, where they are cut by possessives, what heads them.

The tree of a small parser errs on long names and titles; the tags seldom do. A phrase is a run of nominal tokens; "Ukraine's President
Volodymyr Zelenskyy" is two segments, the possessor and the possessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from visavis.code.grammar import is_time_word
from visavis.code.mentions import Mention
from visavis.code.tree import Doc, Token
from visavis.lexicon import Lexicon, Role

_NOMINAL = frozenset("DT PDT PRP$ JJ JJR JJS CD NN NNS NNP NNPS FW HYPH $ #".split())
_PREMODIFIER = frozenset("VBN VBG RB VBD".split())
_MAY_BE_NOMINAL = _NOMINAL | _PREMODIFIER
_LONGEST_ROLE = 5
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_DEMONSTRATIVE_ALONE = frozenset("this that these those all each some any both no".split())


@dataclass
class Segment:
    """Tokens `start`..`end` of one noun phrase without its possessor. `mentions` are (token start, token end, mention);
    `role` is the role noun at its tail with its first token, `name` the first token of a proper name at its tail."""

    start: int
    end: int
    mentions: list[tuple[int, int, Mention]] = field(default_factory=list)
    role: Role | None = None
    role_start: int = -1
    name_start: int = -1
    possessor: Segment | None = None
    possesses: bool = False

    def tail_mention(self) -> Mention | None:
        """The mention that ends the segment."""
        return self.mentions[-1][2] if self.mentions and self.mentions[-1][1] == self.end else None


def token_spans(doc: Doc, mentions: tuple[Mention, ...]) -> list[tuple[int, int, Mention]]:
    """The mentions with the tokens that they cover (end exclusive)."""
    spans = []
    starts = [token.idx for token in doc.tokens] if mentions else []
    for mention in mentions:
        first, behind = max(bisect_right(starts, mention.start) - 1, 0), bisect_left(starts, mention.end)
        if first < behind and starts[first] + len(doc[first].text) <= mention.start:
            first += 1  # it begins in the white space behind the token
        if first < behind:
            spans.append((first, behind, mention))
    return spans


def segments(doc: Doc, spans: list[tuple[int, int, Mention]], lexicon: Lexicon) -> list[Segment]:
    """The segments of `doc` in order, each with its mentions, role noun or name."""
    inside = {i: k for k, (start, end, _) in enumerate(spans) for i in range(start, end)}
    found: list[Segment] = []
    start: int | None = None
    owner: Segment | None = None
    for i, token in enumerate((*doc.tokens, None)):
        nominal = token is not None and _is_nominal(token, i, inside, doc, start)
        if start is not None and (not nominal or _starts_anew(doc, i, inside)):
            segment = _segment(doc, start, i, spans, lexicon)
            segment.possessor = owner
            found.append(segment)
            owner = None
            start = None
            if token is not None and (token.tag_ == "POS" or (token.dep_ == "case" and token.lower_ in _POSSESSIVES)):
                segment.possesses = True
                owner = segment
                continue
        if nominal and start is None:
            start = i
        elif not nominal:
            owner = None
    return found


def _is_nominal(token: Token, i: int, inside: dict[int, int], doc: Doc, start: int | None) -> bool:
    if i in inside:
        return True
    if token.tag_ not in _MAY_BE_NOMINAL and token.text != "-":
        return False
    if token.is_space or token.is_quote or token.text in ("(", ")", "[", "]", ","):
        return False
    if token.lower_ in _DEMONSTRATIVE_ALONE and token.dep_ in ("nsubj", "mark", "dobj"):
        return False
    if token.tag_ in _NOMINAL or (token.text == "-" and start is not None):
        return True
    if token.tag_ in _PREMODIFIER and i + 1 < len(doc):
        follows = doc[i + 1].tag_ in ("NN", "NNS", "NNP", "JJ") or i + 1 in inside
        opened = start is not None and (
            doc[i - 1].tag_ in ("DT", "PRP$", "HYPH", "JJ", "CD", "RB") or doc[i - 1].text == "-"
        )
        adjectival = (
            token.dep_ in ("amod", "advmod", "compound", "nmod")
            and token.head.i > i
            and token.head.pos_ in ("NOUN", "PROPN", "ADJ", "VERB")
        )
        return follows and (opened or (token.dep_ == "amod" and adjectival))
    return False


def _starts_anew(doc: Doc, i: int, inside: dict[int, int]) -> bool:
    """Whether a determiner or a time word opens a new phrase right after another one ("told Iran the deal", "Russia this week")."""
    token = doc[i]
    if i in inside and inside.get(i - 1) == inside[i]:
        return False
    if i in inside and i - 1 not in inside and (is_time_word(doc[i - 1]) or doc[i - 1].lower_.endswith("ties")):
        return True  # "in the seventies Libya armed ...", "on Monday Libya ..."
    return token.tag_ in ("DT", "PRP$", "PDT") and doc[i - 1].tag_ not in ("DT", "PDT", "RB")


def _is_minority(doc: Doc, span: tuple[int, int, Mention], end: int) -> bool:
    """ "ethnic Albanian guerrillas": the people they are of is not the state they are of."""
    start, stop, _ = span
    return start > 0 and doc[start - 1].lower_ == "ethnic" and stop < end


def _segment(doc: Doc, start: int, end: int, spans: list[tuple[int, int, Mention]], lexicon: Lexicon) -> Segment:
    while end - 1 > start and (is_time_word(doc[end - 1]) or doc[end - 1].text == "-"):
        if any(s <= end - 1 < e for s, e, _ in spans):
            break
        end -= 1  # "Hosni Mubarak Wednesday"
    segment = Segment(start, end, [x for x in spans if start <= x[0] and x[1] <= end and not _is_minority(doc, x, end)])
    if segment.tail_mention() is None:
        named = segment.mentions[-1][1] if segment.mentions else start
        segment.role, segment.role_start = tail_role(doc, named, end, lexicon)
    if segment.tail_mention() is None and segment.role is None:
        i = end
        while i > start and _is_name_token(doc[i - 1], spans) and _role_at(doc, i - 1, lexicon) is None:
            i -= 1
        segment.name_start = i if i < end else -1
    return segment


def _is_name_token(token: Token, spans: list[tuple[int, int, Mention]]) -> bool:
    if any(s <= token.i < e and m.kind != "person" for s, e, m in spans):
        return False
    capital = token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS", "NN", "JJ", "FW", "NNS", "CD")
    return (
        (capital and not token.is_sent_start)
        or token.tag_ in ("NNP", "NNPS")
        or token.text in ("-", "bin", "al", "el", "ibn", "von", "van", "de")
    )


def tail_role(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[Role | None, int]:
    """The longest role noun phrase that ends at `end`, with its first token; (None, -1) when there is none."""
    if end <= start or doc[end - 1].lower_.replace("’", "'") not in lexicon.actors.role_ends:
        return None, -1
    for size in range(min(_LONGEST_ROLE, end - start), 0, -1):
        words = _spelled(doc, end - size, end)
        role = lexicon.actors.roles.get(words)
        if role is not None:
            return role, end - size
    return None, -1


def _role_at(doc: Doc, i: int, lexicon: Lexicon) -> Role | None:
    return lexicon.actors.roles.get(doc[i].lower_)


def inner_role(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[Role | None, int, int]:
    """The last role noun phrase inside `start`..`end`, with its tokens; (None, -1, -1) when there is none."""
    for stop in range(end, start, -1):
        role, first = tail_role(doc, start, stop, lexicon)
        if role is not None:
            return role, first, stop
    return None, -1, -1


def _spelled(doc: Doc, start: int, end: int) -> str:
    """The tokens' lower-case words joined as roles.csv spells them (hyphens without blanks)."""
    words = "".join(t.lower_ + (" " if t.whitespace_ else "") for t in doc[start:end]).strip()
    return words.replace("’", "'")
