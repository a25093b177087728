"""Where a text names somebody the lexicon knows: string matching only, fast enough to be the gate before the parser.

Longest match on word boundaries over folded text (curly quotes, no-break spaces, diacritics, case where it may differ). Namesakes
are told apart by the nationality and title beside them, then by the term of office at `when`, then by rank.
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from visavis.lexicon import Entry, Form, Lexicon
from visavis.lexicon.forms import agrees_in_case, fold, lowered

_ATTITUDES = ("pro-", "anti-", "non-", "un-")
_SENTENCE = 1_500  # characters; longer texts are no sentences
_REACH = 60  # characters before a name in which its nationality and title stand


class Mention(Struct, frozen=True):
    """A stretch of text that names an entry. Offsets are code points in the text, end exclusive.

    `kind` is the entry's (state, demonym, capital, seat, region, city, people, person, media, armed-group, bloc ...); `how` is the form's
    (name, demonym, capital, seat, person, short, ...), "attitude" behind "pro-" or "anti-". `members` are the codes of an
    organisation's members at the date. `weak` mentions need support; `others` are the codes that the same words could also mean.
    `current` is False when a person's term does not hold at the date.
    """

    start: int
    end: int
    words: str
    code: str
    sector: str
    name: str
    kind: str
    how: str
    members: tuple[str, ...] = ()
    weak: bool = False
    others: tuple[str, ...] = ()
    office: str = ""
    called: tuple[str, ...] = ()
    current: bool = True


def find_mentions(text: str, lexicon: Lexicon, when: str | None = None) -> tuple[Mention, ...]:
    """The mentions in `text`, in order, none overlapping. `when` is an ISO prefix; without it any term of office holds."""
    # Sentences are asked for by the gate, for actors and for places, and come back in copies; whole articles are asked for once.
    return (_remembered if len(text) <= _SENTENCE else _find)(text, lexicon, when)


def _find(text: str, lexicon: Lexicon, when: str | None) -> tuple[Mention, ...]:
    plain, offsets = fold(text)
    found: list[Mention] = []
    for start, end, forms in _longest(plain, lexicon):
        context = plain[max(0, start - _REACH) : start]
        form = _choose(forms, context, found, start, when)
        if form.how == "short" and (
            _has_other_first_name(context, found, start, lexicon) or _opens_as_word(plain, start, end)
        ):
            continue
        code = _code_in_context(form, plain, lexicon, when)
        if code:
            begin, stop = (start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1)
            mention = _mention(text, begin, stop, form, forms, context, lexicon, when)
            found.append(
                mention if code == mention.code else replace(mention, code=code, name=mention.words, weak=False)
            )
    return tuple(found)


_remembered = lru_cache(maxsize=4096)(_find)


def _longest(plain: str, lexicon: Lexicon) -> list[tuple[int, int, tuple[Form, ...]]]:
    """The matches that agree in case, in order, with the forms that they can be; of two that overlap the longer, then the first."""
    actors = lexicon.actors
    candidates = []
    for place, start, end in actors.automaton.find_matches_as_indexes(lowered(plain), overlapping=True):
        before = plain[start - 1] if start else " "
        after = plain[end] if end < len(plain) else " "
        if before.isalnum() or after.isalnum():
            continue
        words = plain[start:end]
        forms = tuple(form for form in actors.forms[place] if agrees_in_case(form.text, words))
        if forms:
            candidates.append((start - end, start, end, forms))
    candidates.sort(key=lambda item: item[:2])
    taken: set[int] = set()
    chosen: list[tuple[int, int, tuple[Form, ...]]] = []
    for _, start, end, forms in candidates:
        if start not in taken and end - 1 not in taken:
            chosen.append((start, end, forms))
            taken.update(range(start, end))
    return sorted(chosen, key=lambda item: item[0])


def _code_in_context(form: Form, plain: str, lexicon: Lexicon, when: str | None) -> str:
    """The code that the company of the words gives them; "" when they name nobody here."""
    if form.how not in ("short", "person"):
        for rule in lexicon.actors.contexts.get(lowered(form.text), ()):
            if rule.applies(plain, when):
                return rule.code
    return form.entry.code


def _opens_as_word(plain: str, start: int, end: int) -> bool:
    """Whether a surname that is also a plain word ("May", "Major") opens a sentence, where its capital tells nothing."""
    opens = start == 0 or plain[:start].rstrip(" \"'(")[-1:] in ("", ".", "!", "?", ":")
    return opens and plain[start:end].lower() in _PLAIN_WORDS


def _choose(forms: tuple[Form, ...], context: str, before: list[Mention], start: int, when: str | None) -> Form:
    """The form that the words before it and the date favour."""
    if len(forms) == 1:
        return forms[0]
    nearby = {mention.code for mention in before if mention.end >= start - _REACH}
    beside = {mention.code for mention in before if mention.end >= start - 30 and "." not in context[-4:]}
    low = context.lower()

    def score(form: Form) -> tuple[int, int, int, int, int, str]:
        entry = form.entry
        return (
            0 if form.weak else 1,
            (entry.code in beside) * 2 + (entry.code in nearby),
            _office_fits(entry, low),
            entry.holds(when) if when else 0,
            entry.rank,
            entry.start,
        )

    return max(forms, key=score)


def _office_fits(entry: Entry, context: str) -> int:
    """Whether the entry's office stands right before the name: 1 if so."""
    return int(bool(entry.office) and context[-45:].rstrip().endswith(entry.office.lower()))


def _has_other_first_name(context: str, before: list[Mention], start: int, lexicon: Lexicon) -> bool:
    """Whether a capitalised word that is no title and no nationality stands before a short name: then it is somebody else's."""
    if not context.endswith(" "):
        return False
    word = context.split()[-1] if context.split() else ""
    if len(word) < 2 or not word[0].isupper() or not word.isalpha():
        return False
    if any(mention.end >= start - 1 for mention in before[-1:]):
        return False
    low = word.lower()
    if low in lexicon.actors.roles or low in _TITLES:
        return False
    return len(context.split()) > 1 or len(context.strip()) > len(word)


_TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame herr president minister premier chancellor secretary general prime foreign king queen prince "
    "sheikh mullah ayatollah comrade senator colonel chairman leader marshal admiral when while after before as but and that if since "
    "although because although then yet so according meanwhile today yesterday on in at for by to from with like despite".split()
)


_PLAIN_WORDS = frozenset(
    "may major brown rice bush straw gates key cook hill king hunt fox gore perry baker grant price moon park burns lake mills power young bolt song shin"
    " wade dole flake waltz ban dean ramadan bishop peters payne power wallace fox".split()
)


def _mention(
    text: str,
    start: int,
    end: int,
    form: Form,
    forms: tuple[Form, ...],
    context: str,
    lexicon: Lexicon,
    when: str | None,
) -> Mention:
    entry = form.entry
    attitude = context.lower().endswith(_ATTITUDES)
    others = tuple(sorted({other.entry.code for other in forms} - {entry.code}))
    return Mention(
        start=start, end=end, words=text[start:end], code=entry.code, sector=entry.sector, name=entry.name, kind=entry.kind,
        how="attitude" if attitude else form.how, members=members_of(entry.code, lexicon, when), weak=form.weak, others=others,
        office=entry.office, called=entry.called, current=entry.holds(when),
    )  # fmt: skip


def members_of(code: str, lexicon: Lexicon, when: str | None = None) -> tuple[str, ...]:
    """The codes of the organisation's members at `when` (without a date: the present ones), sorted; () when it lists none."""
    terms = lexicon.actors.members.get(code, ())
    if not when:
        return tuple(sorted({state for state, _, end in terms if not end}))
    return tuple(sorted({s for s, start, end in terms if (not start or start <= when) and (not end or when <= end)}))
