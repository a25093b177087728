"""Names of authors in bylines and sign-offs."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from visavis.read.dates import find_dates
from visavis.read.furniture import AGENCIES

_BY = re.compile(
    r"^(?:\W{0,3}(?:(?:an? )?(?:article|story|text|analysis|opinion|commentary|report|words|news|post|written|posted|authored|reported|published|contributed|column|review)s?\s+)?"
    r"(?:by\b:?|authors?\s*:|authors?\(s\)\s*:|writers?\s*:|byline\s*:|автор\w{0,2}\s*:|текст\s*:)|written by:?|reporters?\s*:|correspondents?\s*:)\s*",
    re.I,
)
_PARTICLES = {"de", "da", "do", "dos", "di", "du", "del", "della", "van", "von", "der", "den", "bin", "ben", "ibn", "bint", "al", "el", "la", "le", "ter", "ten", "af", "zu", "y", "e", "abu", "st."}  # fmt: skip
_TOKEN = re.compile(r"^(?:[A-ZÀ-ÞĀ-ŽΑ-ΩЀ-Я][\w'’.-]*|[a-z]l-[A-Z][\w'’-]*|[dDlLO]['’][A-Z]\w+)$")
_HONORIFICS = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|amb|ambassador|gen|lt|col|sir|dame|maj|capt|rev)\.?\s+", re.I
)
_NOT_NAMES = re.compile(
    rf"\b(?:{AGENCIES}|staff|editor(?:s|ial)?|admin(?:istrator)?|desk|team|bureau|reporters?|writers?|correspondents?|agenc(?:y|ies)|news|newsroom|press|release|"
    r"times|post|daily|online|web|service|guest|contributors?|author|special|anonymous|report|media|journal|tribune|herald|institute|council|center|centre|"
    r"board|the|our|published|updated|comments?|read|share|min|ago|subscribe|follow|more|world|politics|opinion|analysis|about|contact|home|rights|east|"
    r"asia|africa|europe|america|middle|economy|business|culture|sports?|science|security|defen[cs]e|foreign|policy|affairs|diplomacy|video|photos?|latest|"
    r"trending|technology|international|national|local|region|regional|energy|environment|society|features?|exclusive|breaking|interview|russia|china|"
    r"united|states|kingdom|nations|union|ukraine|turkey|iran|india|war|crisis|city|republic|hours?|days?|minutes?|all|and|for|with|from|in|on|at|to|of)\b",
    re.I,
)
_PLACES = re.compile(
    r"(?:new (?:delhi|york|orleans)|hong kong|tel[ -]aviv|los angeles|san (?:francisco|diego|jose|salvador)|abu dhabi|kuala lumpur|buenos aires|mexico city|"
    r"cape town|addis ababa|saudi arabia|(?:north|south) korea|white house|(?:st\.?|saint) petersburg|phnom penh|ho chi minh city|rio de janeiro|s[aã]o paulo|"
    r"sri lanka|el salvador|costa rica|burkina faso|sierra leone|papua new guinea|new zealand|south africa|puerto rico|port sudan|panama city|"
    r"kuwait city|guatemala city|santo domingo|las vegas|the hague|nizhny novgorod|washington d\.?c\.?)",
    re.I,
)
_ROLE = re.compile(
    r"^(?:(?:\w+[ -]){0,4}(?:staff|senior|chief|special|diplomatic|foreign|political|guest|contributing|former|associate)?\s*"
    r"(?:writer|correspondent|reporter|editor|contributor|columnist|analyst|professor|fellow|journalist|researcher|director|ambassador|bureau chief|author|staff|student|expert|lecturer|scholar)s?\b.*)$",
    re.I,
)
ROLE_WORDS = re.compile(
    r"\b(?:professor|fellow|researcher|research(?:es)?|analyst|student|candidate|journalist|correspondent|editor|writer|columnist|author|scholar|lecturer|"
    r"director|expert|ph\.?d|m\.?a\.?|graduate|specialist|reporter|ambassador|contributor|consultant|founder|adviser|advisor|freelance|intern|"
    r"teaches|writes|covers|holds an?|degree|majored|studied|works (?:as|for|at)|based in|blogs?|tweets?|email|reached at|follow (?:him|her|them)|"
    r"think tank|chair|academic|historian|economist|diplomat|lawyer|activist|novelist)\b",
    re.I,
)
_SPLIT = re.compile(r"\s*(?:[,;&|/•·]|\band\b|\bwith\b|\+|–|—)\s*", re.I)


def is_name(text: str) -> bool:
    """Whether `text` has the form of a person's name: two to five capitalised words, particles and initials allowed."""
    tokens = text.split()
    if _PLACES.fullmatch(text.strip()):
        return False
    if not 2 <= len(tokens) <= 6 or len(text) > 60 or _NOT_NAMES.search(text.replace("-", "")):
        return False
    capital = sum(1 for t in tokens if _TOKEN.match(t))
    return capital >= 2 and all(_TOKEN.match(t) or t.lower() in _PARTICLES for t in tokens)


def byline_names(text: str) -> tuple[str, ...] | None:
    """The people that a byline names; () for a byline of an agency or a desk, None when the line is no byline.

    A byline opens with "By", "Author:", "Written by" and the like.
    """
    opened = _BY.match(text)
    if opened is None or len(text) > 240:
        return None
    rest = text[opened.end() :]
    names = split_names(rest)
    if names:
        return names
    words = rest.split()
    return (
        ()
        if len(words) <= 6 and (_NOT_NAMES.search(rest) or not words or (len(words) <= 3 and words[0][:1].isalpha()))
        else None
    )


def split_names(text: str) -> tuple[str, ...]:
    """The person names in a list such as "Jane Doe, John Roe & Ann Poe | 12 March 2021, staff writers"."""
    for found in reversed(list(find_dates(text))):
        text = text[: found.start] + " | " + text[found.end :]
    text = re.sub(r"\S+@\S+|https?://\S+|@\w+|\([^()]*\)|\b\d{1,2}:\d{2}\b.*$", " ", text)
    text = re.sub(r"(?<=\w)\s*,?\s+\b(?:in|for|from|at)\s+[A-Z][\w .-]+$", "", text)
    names: list[str] = []
    for part in _SPLIT.split(text):
        part = _HONORIFICS.sub("", re.sub(r"[*†‡§¹²³\d]+", "", part).strip(" .:-–—\"'\t"))
        part = re.sub(r"^by\s+", "", part, flags=re.I)
        part = re.sub(
            r"^(?:Von|Par|Por)\s+(?=[A-ZÀ-Ž]\w+\s+[A-ZÀ-Ž])", "", part
        )  # a byline of another language, no particle
        if not part or _ROLE.match(part):
            continue
        if part.isupper() and len(part.split()) >= 2:
            part = part.title()
        if is_name(part) and part not in names:
            names.append(part)
    return tuple(names)


_META_WORDS = re.compile(
    r"\b(?:posted|published|updated|modified|created|written|last|first|on|at|by|in|from|to|date|and|the|min(?:ute)?s?|read|views?|comments?|no|leave a|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|[ap]\.?m\.?|gmt|utc|est|edt|cet|ist|bst|"
    r"admin|staff|writer|reporter|correspondent|editor|news|desk|online|source)\b|\d+[:.]\d+|\d+|\W+",
    re.I,
)


def is_meta_line(text: str) -> bool:
    """Whether a short line holds a date with its year, and besides only names and words such as "posted", "by", "min read"."""
    if len(text) > 160:
        return False
    dates = [d for d in find_dates(text) if d.earliest]
    if not dates:
        return False
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " | " + rest[found.end :]
    for name in split_names(rest):
        rest = rest.replace(name, " ")
    return len(_META_WORDS.sub(" ", rest).split()) <= 2 and (
        len(text.split()) <= 6 or re.search(r"\b(?:by|posted|published|updated)\b|[|•·]", text, re.I) is not None
    )


def is_name_line(text: str) -> bool:
    """Whether a line holds nothing but people and what they are: "Jane Doe, Moscow correspondent"."""
    parts = [p for p in (part.strip(" .:*") for part in _SPLIT.split(text)) if p]
    people = [p for p in parts if is_name(_HONORIFICS.sub("", p))]
    return (
        len(text) <= 120
        and bool(people)
        and parts[0] == people[0]
        and all(p in people or _ROLE.match(p) for p in parts)
    )


def same_person(a: str, b: str) -> bool:
    """Whether two spellings name one person: equal but for hyphens, case, dots and marks ("Yang Yi-zhong", "Yang Yizhong")."""
    plain_a, plain_b = (re.sub(r"[^a-z]", "", name.lower()) for name in (a, b))
    return bool(plain_a) and fuzz.ratio(plain_a, plain_b) >= 92


def opens_with_name(text: str, names: tuple[str, ...]) -> bool:
    """Whether `text` opens with one of `names`, as a note on an author does."""
    words = re.sub(r"^[*\s•–—-]+", "", text).split()
    for name in names:
        size = len(name.split())
        if any(same_person(" ".join(words[:n]).rstrip(",:"), name) for n in {size - 1, size, size + 1} if n > 0):
            return True
        if (
            words
            and len(words) > 2
            and name.split()[0] == words[0].strip(",.")
            and words[1][:1].isupper()
            and "." in " ".join(words[1:3])
        ):
            return True
    return False


def is_bio(text: str) -> bool:
    """Whether a paragraph tells who somebody is: it opens with a name or a star, then gives a post, a study or a place of work."""
    bare = re.sub(r"^[*\s•–—-]+", "", text)
    if len(text.split()) > 110 or not ROLE_WORDS.search(bare[:200]):
        return False
    if re.match(
        r"(?:the )?(?:author|writer)s? (?:is|are|was|has|holds|can be|works|teaches)\b|about the author", bare, re.I
    ):
        return True
    opening = re.match(r"((?:(?:dr|prof|professor|mr|mrs|ms|amb|gen|lt)\.?\s+)?(?:[A-ZÀ-Þ][\w'’.-]*\.?\s+){1,4}(?:\([^)]*\)\s*)?)(?:,\s*|is\b|was\b|are\b|has\b|holds\b|works\b|teaches\b|writes\b|covers\b|serves\b|served\b)", bare, re.I if bare.isupper() else 0)  # fmt: skip
    return (opening is not None and is_name(re.sub(r"\([^)]*\)", "", _HONORIFICS.sub("", opening[1])).strip())) or (
        text.startswith("*") and opening is not None
    )
