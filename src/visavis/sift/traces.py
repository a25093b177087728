"""What machine rewording and machine translation leave in a text, so that a copy is known without its original.

Each trace is rare by itself: of 976 news and web pages in the development half none has three. So three make a text "spun".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

from visavis.lexicon import load

# Traces that make a text spun, and how many of one sort count.
LEAST, _MOST_OF_A_SORT = 3, 3
_FUNCTION_WORDS = (
    "They|His|Her|Its|And|In|Can|So|It|But|As|With|Whose|Which|When|Their|He|She|We|Because|These|Those|From|Into|Also|Only|Therefore"
    "|However|Is|Are|Was|Were|Has|Have|Been|Become"
)
_CAPITAL = re.compile(rf" (?:{_FUNCTION_WORDS}|[A-Z][a-z]{{3,}}ly)(?= [a-z]{{2}})")
_LY_NAMES = re.compile(
    r" (?:July|Italy|Sicily|Emily|Sally|Billy|Reilly|Assembly|Family|Daily|Weekly|Monthly|Quarterly|Yearly|Early|Elderly|Friendly"
    r"|Supply|Reply|Ally|Beverly|Kimberly|[A-Z][a-z]*(?:elly|olly|illy|erly|aly|ealy|enly|itely))\b"
)
_LOWER = re.compile(r"\. [a-z]{2,}\b(?![/@]|\.[a-z])")
_SHORTENED = re.compile(r"(?:\b(?:etc|dept|govt|approx|assn|incl|prof|univ|corp|sept)|[^a-z]|\b[a-z]{1,3})$", re.I)
_JOINED = re.compile(r"\b[A-Za-z][a-z]{3,}(?:The|So|His|And|This|They|But|For|As)(?= [a-z])")
_WRONG_ARTICLE = re.compile(
    r"\b(?:[Aa] (?!one\b|once|u[nst]|eu)[aei][a-z]{3,}|[Aa]n (?!hour|heir|honest|honou?r|herb|hist|hotel|habit)[bcdfgjklmnpqrstvwxz][a-z]{3,})"
)
_FULL_NAME = re.compile(r"\b([A-Z][a-z]{2,}) ([A-Z][a-z]{3,})\b(?!['’-])")
_TITLED = re.compile(
    r"\b(?:President|Minister|Chancellor|Premier|Secretary|Mr\.?|Mrs\.?) ([A-Z][a-z]{4,})\b(?! ?[A-Z])"
)


def traces(text: str) -> tuple[str, ...]:
    """The traces in `text`, in words, sort by sort; at most three of a sort. `LEAST` of them make it spun."""
    found: list[str] = []
    for sort in (_capitals, _lower_starts, _joined, _wrong_articles, _tortured, _respelt):
        found += sorted(set(sort(text)))[:_MOST_OF_A_SORT]
    return tuple(found)


def _capitals(text: str) -> Iterator[str]:
    for match in _CAPITAL.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if before.isalpha() and before.islower() and not _LY_NAMES.match(match.group()):
            yield f"a capital amid a sentence: {match.group().strip()!r}"


def _lower_starts(text: str) -> Iterator[str]:
    for match in _LOWER.finditer(text):
        if not _SHORTENED.search(text[max(0, match.start() - 7) : match.start()]):
            yield f"a sentence that begins in lower case: {match.group()[2:]!r}"


def _joined(text: str) -> Iterator[str]:
    return (f"two sentences run together: {match.group()!r}" for match in _JOINED.finditer(text))


def _wrong_articles(text: str) -> Iterator[str]:
    return (f"a wrong article: {match.group()!r}" for match in _WRONG_ARTICLE.finditer(text))


def _tortured(text: str) -> Iterator[str]:
    lower = text.lower()
    return (
        f"{wrong!r} for {right!r}"
        for wrong, right in _phrases()
        if wrong in lower and re.search(rf"\b{wrong}\b", lower)
    )


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, str], ...]:
    lines = files(__package__).joinpath("data/tortured_phrases.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" = ") for line in lines if line and not line.startswith("#"))
    return tuple((wrong, right) for wrong, right in pairs)


def _respelt(text: str) -> Iterator[str]:
    known, by_word = _people()
    for match in set(_FULL_NAME.findall(text)):
        first, last = (word.casefold() for word in match)
        if (first, last) in known:
            continue
        near = [p for p in (*by_word.get(first, ()), *by_word.get(last, ())) if _one_letter_off((first, last), p)]
        if near and not any(_known_word(word) for word in (first, last) if word not in near[0]):
            yield f"a name respelt: {' '.join(match)!r} for {' '.join(near[0]).title()!r}"
    for surname in set(_TITLED.findall(text)):
        if not _known_word(surname.casefold()):
            yield from (
                f"a name respelt: {surname!r} for {n.title()!r}" for n in _doubled(surname.casefold()) if n in by_word
            )


def _one_letter_off(name: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether one word is the same, and the other, of five letters or more, has a letter doubled, dropped, added or changed."""
    (first, last), (of_first, of_last) = name, other
    if last == of_last:
        first, of_first, last, of_last = last, of_last, first, of_first
    if first != of_first or min(len(last), len(of_last)) < 5 or last.startswith(of_last) or of_last.startswith(last):
        return False
    return Levenshtein.distance(last, of_last, score_cutoff=1) == 1


def _doubled(word: str) -> Iterator[str]:
    """The words that `word` makes when one of its double letters is written once."""
    return (word[:i] + word[i + 1 :] for i in range(len(word) - 1) if word[i] == word[i + 1])


@cache
def _people() -> tuple[frozenset[tuple[str, str]], dict[str, tuple[tuple[str, str], ...]]]:
    """The people of the lexicon who have two names, and the same by either name."""
    actors = load().actors
    names = [
        (words[0], words[1])
        for key, forms in zip(actors.keys, actors.forms, strict=True)
        if len(words := key.split()) == 2 and any(form.how == "person" for form in forms)
    ]
    by_word: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(names):
        for word in name:
            by_word.setdefault(word, []).append(name)
    return frozenset(names), {word: tuple(found) for word, found in by_word.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for key in load().actors.keys for word in key.split())


def _known_word(word: str) -> bool:
    return word in _words()


def is_spun(text: str) -> bool:
    """Whether the traces in `text` say that a machine reworded or translated it. Silent on most lightly reworded texts."""
    return len(traces(text)) >= LEAST
